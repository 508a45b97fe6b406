"""The table of diagnostic codes: number, word, and how grave it is unless said otherwise.

A code never changes its number or its word once released: scripts and baselines hold on to them.
To add one, add a line to `Code` and a text with the same number to `i18n/rules.yaml`, where
title, meaning, reason and examples live; those are read only when somebody asks for them.
The first digit tells where a fault first can show: M0xx reading a file, M1xx its shape, the
answers of a city and registries, M2xx the questionnaire and conditions, M3xx the rubric, M4xx
worked cases, M5xx templates, M6xx two versions of a model, M7xx suppressions and settings of the
checks, M8xx proofs over all answers, which only `validate --prove` looks for, M9xx outputs.
A code means the same in every kind of file.
"""

from __future__ import annotations

from enum import Enum, StrEnum, unique


class Severity(StrEnum):
    """How grave a diagnostic is: an error refuses the file, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@unique
class Code(Enum):
    """Every diagnostic that the program can give, in the order of the numbers."""

    UNREADABLE = ("M001", "unreadable")
    TOO_LARGE = ("M002", "too-large")
    NOT_UTF8 = ("M003", "not-utf8")
    SYNTAX = ("M004", "syntax")
    TOO_DEEP = ("M005", "too-deep")
    TOO_MANY_NODES = ("M006", "too-many-nodes")
    ANCHOR = ("M007", "anchor")
    TAG = ("M008", "tag")
    DUPLICATE_KEY = ("M009", "duplicate-key")
    KEY_NOT_TEXT = ("M010", "key-not-text")
    MANY_DOCUMENTS = ("M011", "many-documents")
    EMPTY = ("M012", "empty")
    NOT_FINITE = ("M013", "not-finite")
    LEADING_ZERO = ("M014", "leading-zero")
    HIDDEN_CHARACTER = ("M015", "hidden-character", Severity.WARNING)
    CONTROL_CHARACTER = ("M016", "control-character")
    UNREADABLE_TABLE = ("M020", "unreadable-table")
    RAGGED_ROW = ("M021", "ragged-row")

    UNKNOWN_FORMAT = ("M101", "unknown-format")
    UNKNOWN_KEY = ("M102", "unknown-key")
    MISSING_KEY = ("M103", "missing-key")
    UNKNOWN_QUESTION = ("M104", "unknown-question")
    WRONG_VALUE = ("M105", "wrong-value")
    UNKNOWN_MODEL = ("M106", "unknown-model")
    UNKNOWN_OPTION = ("M107", "unknown-option")
    ANSWER_FORM = ("M108", "answer-form")
    REPEATED_OPTION = ("M109", "repeated-option")
    OUT_OF_RANGE = ("M110", "out-of-range")
    ALWAYS_APPLICABLE = ("M111", "always-applicable")
    MISSING_REASON = ("M112", "missing-reason")
    DUPLICATE_PROJECT = ("M113", "duplicate-project")
    UNKNOWN_DOMAIN = ("M114", "unknown-domain", Severity.WARNING)
    MISSING_TRANSLATION = ("M115", "missing-translation", Severity.WARNING)
    UNKNOWN_EVIDENCE_KEY = ("M116", "unknown-evidence-key", Severity.WARNING)
    NOT_CITY_WIDE = ("M117", "not-city-wide")
    UNKNOWN_REFERENCE = ("M118", "unknown-reference")
    DIFFERS_FROM_REGISTRY = ("M119", "differs-from-registry", Severity.WARNING)
    UNKNOWN_GROUP = ("M120", "unknown-group")
    UNLISTED_COUNTRY = ("M121", "unlisted-country", Severity.WARNING)
    AMBIGUOUS_QUESTION = ("M122", "ambiguous-question")
    CONTRADICTION = ("M123", "contradiction")
    TWO_ANSWERS = ("M124", "two-answers")
    UNUSED_HEADER = ("M125", "unused-header", Severity.WARNING)

    DUPLICATE_QUESTION = ("M201", "duplicate-question")
    UNKNOWN_THEME = ("M202", "unknown-theme")
    UNKNOWN_ANSWER_SET = ("M203", "unknown-answer-set")
    RESERVED_OPTION = ("M204", "reserved-option")
    FORM_NOT_ALLOWED = ("M205", "form-not-allowed")
    REFERS_AHEAD = ("M206", "refers-ahead")
    WRONG_KIND = ("M207", "wrong-kind")
    CROSSED_BOUNDS = ("M208", "crossed-bounds")
    UNKNOWN_SOURCE = ("M209", "unknown-source")
    MISSING_SOURCE = ("M210", "missing-source", Severity.WARNING)
    UNUSED_THEME = ("M211", "unused-theme", Severity.WARNING)
    UNUSED_ANSWER_SET = ("M212", "unused-answer-set", Severity.WARNING)
    UNKNOWN_SHARED_QUESTION = ("M213", "unknown-shared-question")
    NOT_THE_SAME = ("M214", "not-the-same")

    OTHER_QUESTIONNAIRE = ("M301", "other-questionnaire")
    OTHER_VERSION = ("M302", "other-version")
    UNKNOWN_NAME = ("M303", "unknown-name")
    UNKNOWN_OUTCOME = ("M304", "unknown-outcome")
    NOT_COMPARABLE = ("M305", "not-comparable")
    MISPLACED_POINTS = ("M306", "misplaced-points")
    OPTION_WITHOUT_POINTS = ("M307", "option-without-points")
    NEGATIVE_POINTS = ("M308", "negative-points")
    SCALE_NOT_RISING = ("M309", "scale-not-rising")
    SCALE_LEFT = ("M310", "scale-left", Severity.WARNING)
    BAND_GAP = ("M311", "band-gap")
    BAND_OVERLAP = ("M312", "band-overlap")
    DUPLICATE_OUTCOME = ("M313", "duplicate-outcome")
    SHARED_NAME = ("M314", "shared-name")
    UNREACHABLE_ROW = ("M315", "unreachable-row", Severity.WARNING)
    MISSING_LAST_ROW = ("M316", "missing-last-row", Severity.WARNING)
    RESTS_ON_NOTHING = ("M317", "rests-on-nothing", Severity.WARNING)
    NOTHING_UNUSUAL = ("M318", "nothing-unusual")
    FLAG_WITHOUT_ADVICE = ("M319", "flag-without-advice", Severity.WARNING)
    CHECK_WITHOUT_ADVICE = ("M320", "check-without-advice", Severity.WARNING)
    NEGATED_INAPPLICABLE = ("M321", "negated-inapplicable", Severity.WARNING)
    UNUSED_CONDITION = ("M322", "unused-condition", Severity.WARNING)
    SETTLED_THRESHOLD = ("M323", "settled-threshold", Severity.WARNING)

    DUPLICATE_CASE = ("M401", "duplicate-case")
    UNKNOWN_BASE = ("M402", "unknown-base")
    UNKNOWN_EXPECTATION = ("M403", "unknown-expectation")
    IMPOSSIBLE_EXPECTATION = ("M404", "impossible-expectation")
    UNKNOWN_CITY = ("M405", "unknown-city")

    TEMPLATE = ("M501", "template")

    VERSION_NOT_RAISED = ("M601", "version-not-raised")

    UNUSED_SUPPRESSION = ("M701", "unused-suppression", Severity.WARNING)
    MISSING_GROUND = ("M702", "suppression-without-reason", Severity.WARNING)
    WRONG_SUPPRESSION = ("M703", "wrong-suppression")
    UNKNOWN_SETTING = ("M704", "unknown-setting")
    WRONG_SETTING = ("M705", "wrong-setting")

    UNREACHED_LEVEL = ("M801", "unreached-level")
    SKIPPED_LEVEL = ("M802", "skipped-level", Severity.WARNING)
    UNREACHED_ROW = ("M803", "unreached-row")
    UNDECIDED_ANSWERS = ("M804", "undecided-answers")
    UNREACHED_STATUS = ("M805", "unreached-status")
    DEAD_FLAG = ("M806", "dead-flag")
    IDLE_WATCH = ("M807", "idle-watch", Severity.WARNING)
    DEAD_RECOMMENDATION = ("M808", "dead-recommendation")
    NEVER_TRUE = ("M809", "never-true", Severity.WARNING)
    ALWAYS_TRUE = ("M810", "always-true", Severity.WARNING)
    IDLE_PART = ("M811", "idle-part", Severity.INFO)
    IDLE_THRESHOLD = ("M812", "idle-threshold", Severity.WARNING)
    UNMET_THRESHOLD = ("M813", "unmet-threshold", Severity.INFO)
    FALLING_SCORE = ("M814", "falling-score")
    FALLING_LADDER = ("M815", "falling-ladder")
    EXCLUDING_CHECKS = ("M816", "excluding-checks")
    PROOF_OUT_OF_TIME = ("M817", "proof-out-of-time")
    NOT_PROVABLE = ("M818", "not-provable", Severity.WARNING)

    CANNOT_WRITE = ("M901", "cannot-write")

    def __init__(self, number: str, word: str, severity: Severity = Severity.ERROR) -> None:
        """Keep the columns of the line: number, word and default severity."""
        self.number = number
        self.word = word
        self.severity = severity

    @property
    def is_of_proofs(self) -> bool:
        """Whether only `validate --prove` looks for it."""
        return self.number.startswith("M8")

    def __str__(self) -> str:
        """Give number and word as they are documented: `M104 unknown-question`."""
        return f"{self.number} {self.word}"

    @classmethod
    def find(cls, name: str) -> Code | None:
        """Return the code with this number (in any case) or word, or None."""
        wanted = name.strip()
        for code in cls:
            if wanted.upper() == code.number or wanted.lower() == code.word:
                return code
        return None

    @classmethod
    def named(cls, name: str) -> tuple[Code, ...]:
        """Return the codes meant by a number, a word, or the beginning of numbers such as `M3`."""
        found = cls.find(name)
        if found is not None:
            return (found,)
        head = name.strip().upper()
        is_head = len(head) > 1 and head.startswith("M")
        return tuple(code for code in cls if is_head and code.number.startswith(head))
