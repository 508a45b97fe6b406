"""Why a value is what it is: a tree from the value down to answers."""

from typing import Literal, NamedTuple, TypeAlias

from maturity.model.bundle import Silence
from maturity.model.state import State, Truth

Kind: TypeAlias = Literal[
    "named",
    "all",
    "any",
    "not",
    "at-least",
    "constant",
    "within",
    "fold",
    "indicator",
    "asked",
]

Form: TypeAlias = Literal["in", "has", "has-all", "lacks", "chosen", "number", "points"]


class Number(NamedTuple):
    """The value of a number in a reason; ends None where it does not apply."""

    least: float | None
    most: float | None


class Asked(NamedTuple):
    """A leaf: what a condition asks of one question, and the state of its answer.

    `wanted` holds option ids in the order of the questionnaire; `form` tells how they are meant.
    `applies` is the truth of the question's own condition. `low` and `high` are how many options
    are to be chosen, or the range of a number. `silence` tells what a number makes of it where
    nobody answered, `ends` the least and the most that any answer to it counts.
    """

    question: str
    form: Form
    wanted: tuple[str, ...]
    state: State
    applies: Truth
    low: float | None = None
    high: float | None = None
    silence: Silence | None = None
    ends: tuple[float, float] = (0.0, 0.0)


class Reason(NamedTuple):
    """One step: a named value, a connective, or a leaf.

    `key` is the named value's key; the second time a named value occurs in a tree it has no parts.
    `value` is a truth or a number. `parts` are the steps that decide it: of an `all` that is
    false only those that make it so, and likewise for true and unknown; `left_out` counts the
    others. `wanted` is the number that at-least asks for, `weight` the weight of an item in a fold,
    `method` how a fold combines them, `points` what an indicator counts for yes and for no.
    """

    kind: Kind
    value: Truth | Number
    key: str | None = None
    parts: "tuple[Reason, ...]" = ()
    asked: Asked | None = None
    wanted: int | None = None
    weight: float | None = None
    bounds: tuple[tuple[str, float], ...] = ()
    left_out: int = 0
    method: str | None = None
    points: tuple[float, float] | None = None

    @property
    def truth(self) -> Truth:
        """The value of a condition."""
        return None if isinstance(self.value, Number) else self.value

    @property
    def number(self) -> Number:
        """The value of a number."""
        return self.value if isinstance(self.value, Number) else Number(None, None)

    def leaves(self) -> "tuple[Asked, ...]":
        """The answers at the ends of the tree, each once, in order."""
        own = (self.asked,) if self.asked else ()
        below = tuple(leaf for part in self.parts for leaf in part.leaves())
        return tuple({leaf.question: leaf for leaf in (*own, *below)}.values())


class Change(NamedTuple):
    """A change of one answer that would change a value: into what, and what comes out.

    `into` names the answer tried: options (chosen ones of a multi question) or a number. `outcome`
    is the last part of the key that then holds, `none` where surely none does; of a score it is
    `score`, and `number` is what the score would be.
    """

    question: str
    into: tuple[str, ...] | float
    outcome: str
    number: Number | None = None
