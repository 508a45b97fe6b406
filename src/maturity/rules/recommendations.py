"""Recommendations: what to do, who does it, by when."""

from typing import Literal

from maturity.base.ids import Id, QuestionId
from maturity.base.strict import Some, Strict
from maturity.base.text import Text
from maturity.rules.conditions import Condition, lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope
from maturity.rules.source import Source


class Recommendation(Strict):
    """An action; `answers` names the answers that it would change, and into what."""

    action: Text
    theme: Id
    owner: Literal["government", "private", "joint"]
    horizon: Id
    when: Condition
    answers: dict[QuestionId, Some[Id]] = {}
    source: Source | None = None

    def lower(self, name: str, scope: Scope) -> Lowered:
        """One named condition: the recommendation is given."""
        return {f"recommendation.{name}": lower(self.when, scope)}
