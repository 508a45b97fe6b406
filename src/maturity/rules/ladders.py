"""Ladders: ordered levels, each with a condition."""

from maturity.base.ids import Id
from maturity.base.strict import Many, Some, Strict
from maturity.base.text import FilledText, Text
from maturity.rules import expr
from maturity.rules.conditions import Condition, lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope
from maturity.rules.source import Source


class Level(Strict):
    """One step of a ladder."""

    id: Id
    name: FilledText
    means: Text | None = None
    when: Condition
    source: Source | None = None


class Ladder(Strict):
    """Levels, lowest first. Cumulative: one is reached only where every one below it is.

    `monotone` names scores: a better answer, one with no fewer points in any of them and more in
    one, is promised never to lower the level. It changes no result, and `validate --prove` holds
    the rubric to it.
    """

    name: FilledText
    means: Text | None = None
    cumulative: bool = True
    none: FilledText
    monotone: Many[Id] = ()
    levels: Some[Level]
    source: Source | None = None

    def lower(self, name: str, scope: Scope) -> Lowered:
        """One named condition a level: it is reached."""
        lowered: Lowered = {}
        below: str | None = None
        for level in self.levels:
            own = lower(level.when, scope)
            held = expr.All((expr.Ref(below), own)) if below and self.cumulative else own
            below = f"ladder.{name}.{level.id}"
            lowered[below] = held
        return lowered
