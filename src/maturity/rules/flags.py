"""Flags: facts that somebody should act on."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from maturity.base.ids import NOT_APPLICABLE, Id, QuestionId
from maturity.base.strict import Many, Some, Strict
from maturity.base.text import FilledText, Text
from maturity.rules import expr
from maturity.rules.conditions import Condition, lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope
from maturity.rules.source import Source

Severity = Literal["info", "warning", "critical"]


class Departure(Strict):
    """A departure from usual practice: the answer is not among the usual options.

    `silent` lists the answers that say nothing (the contract is silent): they never depart.
    """

    question: QuestionId
    usual: Some[Id]
    silent: Many[Id] = ("unstated",)
    where: Condition = True

    def lower(self, scope: Scope) -> expr.Condition:
        """The rule applies and the answer is neither usual nor silent."""
        excused = {*self.usual, *self.silent, NOT_APPLICABLE}
        unusual = frozenset(scope.shape(self.question).options) - excused
        return expr.All((lower(self.where, scope), expr.AnswerIn(self.question, unusual)))


class Flag(Strict):
    """A condition with its severity, what it means, what to do, and its head of contract.

    `watch`: where it is surely true and the condition is unknown, the gap itself is reported.
    `justified_by`: the questions on whose answers a justification lowers the severity to
    information; without it, those that the condition reads.
    """

    name: FilledText
    theme: Id
    severity: Severity
    when: Condition | None = None
    departs: Departure | None = None
    watch: Condition = False
    justified_by: Some[QuestionId] | None = None
    means: FilledText
    action: FilledText
    contract: Text | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _has_one_form(self) -> "Flag":
        if (self.when is None) == (self.departs is None):
            raise PydanticCustomError("flag", "needs either when or departs")
        return self

    def lower(self, name: str, scope: Scope) -> Lowered:
        """Two named conditions: the flag, and the watch over it."""
        raised = lower(self.when or False, scope)
        if self.departs is not None:
            raised = self.departs.lower(scope)
        return {f"flag.{name}": raised, f"watch.{name}": lower(self.watch, scope)}
