"""Why a value is what it is: a tree from the value down to answers."""

from dataclasses import dataclass

from maturity.model.state import State, Truth


@dataclass(frozen=True, slots=True)
class Number:
    """The value of a number in a reason; ends None where it does not apply."""

    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A leaf: what a condition asks of one question, and the state of its answer.

    `wanted` holds option ids; `form` tells how they are meant (in, has, has-all, lacks, chosen,
    number, applies, points). `applies` is the truth of the question's own condition.
    """

    question: str
    form: str
    wanted: tuple[str, ...]
    state: State
    applies: Truth
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One step: a named value, a connective, or a leaf.

    `kind`: named, all, any, not, at-least, constant, within, fold, indicator, asked. `key` is the
    named value's key. `value` is a truth or a number. `parts` are the steps that decide it:
    of a condition that is false only those that make it so, and likewise for true and unknown.
    `count` is the number wanted by at-least; `weight` the weight of an item in a fold.
    """

    kind: str
    value: Truth | Number
    key: str | None = None
    parts: "tuple[Reason, ...]" = ()
    asked: Asked | None = None
    count: int | None = None
    weight: float | None = None
    bounds: tuple[tuple[str, float], ...] = ()

    def leaves(self) -> "tuple[Asked, ...]":
        """The answers at the ends of the tree, each once, in order."""
        own = (self.asked,) if self.asked else ()
        below = tuple(leaf for part in self.parts for leaf in part.leaves())
        return tuple({leaf.question: leaf for leaf in (*own, *below)}.values())


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one answer that would change a value: into what, and what comes out.

    `into` names the answer tried: options (chosen ones of a multi question) or a number.
    """

    question: str
    into: tuple[str, ...] | float
    outcome: str
