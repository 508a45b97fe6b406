"""The closed algebra that every rule is lowered to and every engine implements.

Two sorts of node. A `Condition` is true, false or unknown (Kleene); a `Number` is an interval
that may be not applicable. Leaves read the set of possible answers of one question; `Ref` and
`ScoreRef` read a value that the plan has named before.

Source: the scoring semantics of the product (docs/decisions/0001-semantics.md).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias


class Unanswered(StrEnum):
    """What a score makes of a question that nobody could answer."""

    RANGE = "range"
    LEAST = "least"
    SKIP = "skip"


class NotApplicable(StrEnum):
    """What a score makes of a question that does not apply."""

    EXCLUDE = "exclude"
    LEAST = "least"
    MOST = "most"


class Method(StrEnum):
    """How the items of a score become one number; each rises with every item."""

    MEAN = "mean"
    GEOMETRIC = "geometric"
    LEAST = "least"
    MOST = "most"
    SUM = "sum"


NOISE: Final = 1e-12
"""The share of a bound, or of 1 for smaller ones, that is put down to binary arithmetic."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval of numbers; an end that is None is open to infinity."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    def reaches(self, number: float) -> bool:
        """The number is not too low."""
        return not (
            (self.at_least is not None and number < self.at_least - noise(self.at_least))
            or (self.above is not None and number <= self.above + noise(self.above))
        )

    def keeps(self, number: float) -> bool:
        """The number is not too high."""
        return not (
            (self.at_most is not None and number > self.at_most + noise(self.at_most))
            or (self.below is not None and number >= self.below - noise(self.below))
        )


def noise(end: float) -> float:
    """How far from an end a number still counts as being there.

    Weights such as 0.1 have no exact binary form: 0.1 x 1 + 0.2 x 2 + 0.7 x 3 comes to
    2.5999999999999996, and 2.6 is what was meant.
    """
    return NOISE * max(1.0, abs(end))


@dataclass(frozen=True, slots=True)
class Const:
    """Always true, or always false."""

    value: bool


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """The answer of a choice question is one of the options (`not-applicable` may be one)."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class ChosenCount:
    """Of these options of a multi question, at least `low` and at most `high` are chosen."""

    question: str
    options: frozenset[str]
    low: int
    high: int
    if_not_applicable: bool


@dataclass(frozen=True, slots=True)
class Within:
    """A number lies within bounds."""

    number: "Number"
    bounds: Bounds
    if_not_applicable: bool


@dataclass(frozen=True, slots=True)
class All:
    """Every item is true; true of none."""

    items: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one item is true; false of none."""

    items: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The item is false."""

    item: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` items are true."""

    count: int
    items: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Ref:
    """A condition that the plan has named before, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a question's answer; those of a multi question add up over the chosen ones."""

    question: str
    table: tuple[tuple[str, float], ...]
    unanswered: Unanswered
    not_applicable: NotApplicable


@dataclass(frozen=True, slots=True)
class Amount:
    """The answer of a number question itself, within `least` and `most`."""

    question: str
    least: float
    most: float
    unanswered: Unanswered
    not_applicable: NotApplicable


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number where a condition holds, and another where it does not."""

    condition: "Condition"
    yes: float
    no: float


@dataclass(frozen=True, slots=True)
class ScoreRef:
    """A number that the plan has named before, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Weighted items, folded in declared order; what does not apply drops out with its weight."""

    method: Method
    items: "tuple[tuple[float, Number], ...]"


Condition: TypeAlias = Const | AnswerIn | ChosenCount | Within | All | AnyOf | Not | AtLeast | Ref
Number: TypeAlias = Points | Amount | Indicator | ScoreRef | Fold
Node: TypeAlias = Condition | Number


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, in declared order."""
    match node:
        case All(items) | AnyOf(items) | AtLeast(_, items):
            return items
        case Not(item):
            return (item,)
        case Within(number):
            return (number,)
        case Indicator(condition):
            return (condition,)
        case Fold(_, weighted):
            return tuple(number for _, number in weighted)
    return ()


def question_read(node: Node) -> str | None:
    """The question that a leaf reads, if it is one that reads a question."""
    match node:
        case AnswerIn(question) | ChosenCount(question):
            return question
        case Points(question) | Amount(question):
            return question
    return None


def key_read(node: Node) -> str | None:
    """The named value that a leaf reads, if it is one that does."""
    match node:
        case Ref(key) | ScoreRef(key):
            return key
    return None
