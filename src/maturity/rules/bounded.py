"""Bounds on a number, as people write them in YAML."""

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from maturity.base.strict import Strict
from maturity.rules import expr


class Bounded(Strict):
    """Bounds on a number: at least one of four."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _has_a_bound(self) -> "Bounded":
        if self.bounds() == expr.Bounds():
            raise PydanticCustomError("no_bound", "needs at_least, above, at_most or below")
        return self

    def bounds(self) -> expr.Bounds:
        """The bounds as the algebra has them."""
        return expr.Bounds(self.at_least, self.above, self.at_most, self.below)
