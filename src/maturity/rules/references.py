"""Conditions on what stands before in a rubric: named conditions, scores, ladders and so on."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from maturity.base.ids import Id, OneOrSeveral
from maturity.base.strict import Some, Strict
from maturity.rules import expr
from maturity.rules.bounded import Bounded
from maturity.rules.scope import Scope

CheckStatus = Literal["met", "partly", "open", "not-applicable"]


class Named(Strict):
    """`{condition: name}`: a named condition above."""

    condition: Id

    def lower(self, scope: Scope) -> expr.Condition:
        """The named condition."""
        return expr.Ref(f"condition.{self.condition}")


class ScoreWithin(Bounded):
    """`{score: S, at_least: x}`."""

    score: Id
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """The score surely lies within the bounds."""
        number = expr.ScoreRef(f"score.{self.score}")
        return expr.Within(number, self.bounds(), self.or_not_applicable)


class LadderAt(Strict):
    """`{ladder: L, at_least: level}` or `{ladder: L, below: level}`."""

    ladder: Id
    at_least: Id | None = None
    below: Id | None = None

    @model_validator(mode="after")
    def _has_one_end(self) -> "LadderAt":
        if (self.at_least is None) == (self.below is None):
            raise PydanticCustomError("no_bound", "needs either at_least or below")
        return self

    def lower(self, scope: Scope) -> expr.Condition:
        """The ladder has reached the level, or has not."""
        levels = scope.steps(self.ladder).ids
        start = levels.index(self.at_least or self.below or "")
        there = reached(self.ladder, levels[start:], scope)
        return there if self.at_least is not None else expr.Not(there)


class DecisionIn(Strict):
    """`{decision: D, in: [row, …]}`."""

    decision: Id
    rows: Some[Id] = Field(alias="in")

    def lower(self, scope: Scope) -> expr.Condition:
        """The decision falls on one of the rows."""
        return expr.AnyOf(tuple(expr.Ref(f"decision.{self.decision}.{row}") for row in self.rows))


class Above(Strict):
    """`{above: [a, b]}`: a stands above b; both are ladders or decisions over the same levels."""

    above: Annotated[tuple[Id, ...], Field(strict=False, min_length=2, max_length=2)]

    def lower(self, scope: Scope) -> expr.Condition:
        """There is a level that a has reached and b has not."""
        high, low = self.above
        levels = common_levels(high, low, scope)
        tops = [levels[start:] for start in range(len(levels))]
        return expr.AnyOf(
            tuple(
                expr.All((reached(high, top, scope), expr.Not(reached(low, top, scope))))
                for top in tops
            )
        )


class CheckIn(Strict):
    """`{check: G1, in: [open, partly]}`; `check` may be a list, of which any will do."""

    check: OneOrSeveral
    statuses: Some[CheckStatus] = Field(alias="in")

    def lower(self, scope: Scope) -> expr.Condition:
        """One of the checklist items has one of the statuses."""
        return expr.AnyOf(
            tuple(
                expr.Ref(f"check.{item}.{status}")
                for item in as_ids(self.check)
                for status in self.statuses
            )
        )


class FlagRaised(Strict):
    """`{flag: F}`; may be a list, of which any will do."""

    flag: OneOrSeveral

    def lower(self, scope: Scope) -> expr.Condition:
        """One of the flags is raised."""
        return expr.AnyOf(tuple(expr.Ref(f"flag.{item}") for item in as_ids(self.flag)))


def as_ids(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One id or several, as several."""
    return (value,) if isinstance(value, str) else value


def common_levels(high: str, low: str, scope: Scope) -> tuple[str, ...]:
    """The levels by which two ladders, or a ladder and a decision, are compared, lowest first."""
    ladders = [s for s in (scope.steps(high), scope.steps(low)) if s.stage == "ladder"]
    return ladders[0].ids


def reached(name: str, levels: tuple[str, ...], scope: Scope) -> expr.Condition:
    """The ladder or decision stands at one of these levels, which run up to the highest."""
    steps = scope.steps(name)
    if steps.stage == "ladder" and steps.cumulative:
        return expr.Ref(f"ladder.{name}.{levels[0]}")
    return expr.AnyOf(
        tuple(expr.Ref(f"{steps.stage}.{name}.{level}") for level in levels if level in steps.ids)
    )
