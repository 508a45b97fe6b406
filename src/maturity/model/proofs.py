"""What a proof says: the claims about a rubric, each with its verdict and what shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from maturity.base.places import At

Told: TypeAlias = str | float | tuple[str, ...]
"""An answer as city files have it: an option or `not-applicable`, a number, the options chosen."""


class Kind(StrEnum):
    """What is claimed of every settled set of answers, or of at least one."""

    LEVEL_REACHED = "level-reached"
    LEVEL_STANDS = "level-stands"
    NO_LEVEL = "no-level"
    ROW_WINS = "row-wins"
    ALWAYS_DECIDED = "always-decided"
    STATUS_OCCURS = "status-occurs"
    FLAG_RAISED = "flag-raised"
    WATCH_MATTERS = "watch-matters"
    RECOMMENDED = "recommended"
    CAN_HOLD = "can-hold"
    CAN_FAIL = "can-fail"
    MAKES_A_DIFFERENCE = "makes-a-difference"
    SCORE_RISES = "score-rises"
    LADDER_RISES = "ladder-rises"
    EXACTLY_ON = "exactly-on"
    ABOVE = "above-threshold"
    BELOW = "below-threshold"
    MET_TOGETHER = "met-together"


class Topic(StrEnum):
    """The chapters of the proofs; each can be asked for alone."""

    OUTCOMES = "outcomes"
    PARTS = "parts"
    DIFFERENCES = "differences"
    THRESHOLDS = "thresholds"
    RISES = "rises"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Promised:
    """What has to rise with better answers: scores, and ladders with the scores that rank answers.

    It changes no result of a rubric; proofs hold the rubric to it.
    """

    scores: frozenset[str] = frozenset()
    ladders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Verdict(StrEnum):
    """Proven holds over all answers; refuted is shown by a witness or a core."""

    PROVEN = "proven"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


class Cause(StrEnum):
    """Why a claim is undecided.

    `method`: a geometric mean, which is only bounded. `rounding`: exact numbers and those of the
    engine fall on different sides of a threshold. `disagreement`: the engine gives something else
    than the solver although no number is involved, which is a fault of this program.
    """

    TIME = "time"
    METHOD = "method"
    ROUNDING = "rounding"
    DISAGREEMENT = "disagreement"


@dataclass(frozen=True, slots=True)
class Witness:
    """Answers of one project, settled throughout, which the reference engine has confirmed.

    Questions that do not apply, and texts, are left out.
    """

    answers: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `subject` is a key of the plan, or the key of the rule that `at` is a part of.

    `witnesses` show what can happen: one where something can, two for a watch (raised, and not)
    and for a better answer that lowers something (before, and after). `core` names the parts
    that cannot hold together where something cannot happen; no part can be left out of it.
    `question` is the one whose better answer is meant, and `outcomes` the score or level that comes
    out of each of the two witnesses; `threshold` the number. `declared` is false where no rubric
    has to be so unless it says that it is, and the claim only informs.
    """

    kind: Kind
    subject: str
    at: At
    verdict: Verdict
    cause: Cause | None = None
    witnesses: tuple[Witness, ...] = ()
    core: tuple[At, ...] = ()
    question: str | None = None
    outcomes: tuple[float | str | None, ...] = ()
    threshold: float | None = None
    declared: bool = True


@dataclass(frozen=True, slots=True)
class Proofs:
    """All claims by topic, in the order of the rubric within each; and the effort.

    `units` counts the solver's own steps, which do not depend on the machine.
    """

    claims: tuple[Claim, ...]
    units: int

    def with_verdict(self, verdict: Verdict) -> tuple[Claim, ...]:
        """The claims with one verdict."""
        return tuple(claim for claim in self.claims if claim.verdict is verdict)

    def faults(self) -> tuple[Claim, ...]:
        """What is refuted although the rubric demands it."""
        refuted = self.with_verdict(Verdict.REFUTED)
        return tuple(one for one in refuted if one.declared)


@dataclass(frozen=True, slots=True)
class Tally:
    """What proofs came to in one run: claims by their verdicts.

    `refuted` are those that a rubric has to keep, `remarks` those that do not hold and need not.
    `steps` are the solver's own, `seconds` those of a clock.
    """

    rubrics: int = 0
    claims: int = 0
    proven: int = 0
    refuted: int = 0
    remarks: int = 0
    undecided: int = 0
    steps: int = 0
    seconds: float = 0.0

    def plus(self, proofs: Proofs, seconds: float) -> "Tally":
        """With the proofs of one rubric more."""
        faults = len(proofs.faults())
        return Tally(
            self.rubrics + 1,
            self.claims + len(proofs.claims),
            self.proven + len(proofs.with_verdict(Verdict.PROVEN)),
            self.refuted + faults,
            self.remarks + len(proofs.with_verdict(Verdict.REFUTED)) - faults,
            self.undecided + len(proofs.with_verdict(Verdict.UNDECIDED)),
            self.steps + proofs.units,
            self.seconds + seconds,
        )
