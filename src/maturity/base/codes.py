"""The table of diagnostic codes: number, word, and how grave it is unless said otherwise.

A code never changes its number or its word once released: scripts and baselines hold on to them.
To add one, add a line to `Code` and a text with the same number to `i18n/rules.yaml`, where
title, meaning, reason and examples live; those are read only when somebody asks for them.
The first digit tells the stage that finds the fault: M0xx reading a file.
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

    UNKNOWN_FORMAT = ("M101", "unknown-format")
    UNKNOWN_KEY = ("M102", "unknown-key")
    MISSING_KEY = ("M103", "missing-key")
    UNKNOWN_QUESTION = ("M104", "unknown-question")
    WRONG_VALUE = ("M105", "wrong-value")
    UNKNOWN_MODEL = ("M106", "unknown-model")

    def __init__(self, number: str, word: str, severity: Severity = Severity.ERROR) -> None:
        """Keep the columns of the line: number, word and default severity."""
        self.number = number
        self.word = word
        self.severity = severity

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
