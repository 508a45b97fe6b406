"""Recommendations: what to do, who does it, by when."""

from typing import Literal

from maturity.base.ids import NOT_APPLICABLE, Id, QuestionId
from maturity.base.strict import Some, Strict
from maturity.base.text import FilledText
from maturity.rules import expr
from maturity.rules.conditions import Condition, lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope, Shape
from maturity.rules.source import Source


class Recommendation(Strict):
    """An action; `answers` names the answers that it would change, and into what.

    It is not given where every one of these answers stands as wanted, or does not apply.
    """

    action: FilledText
    theme: Id
    owner: Literal["government", "private", "joint"]
    horizon: Id
    when: Condition
    answers: dict[QuestionId, Some[Id]] = {}
    source: Source | None = None

    def lower(self, name: str, scope: Scope) -> Lowered:
        """One named condition: the recommendation is given."""
        wanted = lower(self.when, scope)
        if self.answers:
            left = [expr.Not(_stands(scope.shape(name), to)) for name, to in self.answers.items()]
            wanted = expr.All((wanted, expr.AnyOf(tuple(left))))
        return {f"recommendation.{name}": wanted}


def _stands(shape: Shape, wanted: tuple[str, ...]) -> expr.Condition:
    """The answer is among the options wanted; of a multi question, all of them are chosen."""
    if shape.kind == "multi":
        options = frozenset(wanted)
        count = len(options)
        return expr.ChosenCount(shape.id, options, count, count, if_not_applicable=True)
    return expr.AnswerIn(shape.id, frozenset({*wanted, NOT_APPLICABLE}))
