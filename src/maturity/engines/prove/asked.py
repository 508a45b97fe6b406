"""What a claim asks for: chances, which are conditions on one world, and the parts behind them."""

from dataclasses import dataclass

from maturity.base.places import At
from maturity.engines.parts import Part
from maturity.model.proofs import Kind
from maturity.rules import expr


@dataclass(frozen=True, slots=True)
class Demand:
    """A part that has to hold, or has to fail."""

    part: Part
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Chance:
    """Something that may happen: the condition that says so, and the parts that it asks for."""

    goal: expr.Condition
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim to decide: every one of the chances exists; with `never`, the one does not."""

    kind: Kind
    subject: str
    at: At
    chances: tuple[Chance, ...]
    never: bool = False
    threshold: float | None = None
    declared: bool = True
