"""Conditions on answers: of one question, or of several at once."""

from pydantic import Field

from maturity.base.ids import Id, QuestionId
from maturity.base.strict import Some, Strict
from maturity.rules import expr
from maturity.rules.bounded import Bounded
from maturity.rules.scope import Scope
from maturity.rules.selection import Selection, Selector, selected


class AnswerIn(Strict):
    """`{answer: Q, in: [option, …]}`: a choice question; n/a satisfies only where it is named."""

    answer: QuestionId
    options: Some[Id] = Field(alias="in")

    def lower(self, scope: Scope) -> expr.Condition:
        """True where every possible answer is listed, false where none is."""
        return expr.AnswerIn(self.answer, frozenset(self.options))


class AnswerHas(Strict):
    """`{answer: Q, has: [option, …]}`: a multi question; any of them is chosen."""

    answer: QuestionId
    has: Some[Id]
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """At least one of the options is chosen."""
        count = len(set(self.has))
        return _chosen(self.answer, self.has, 1, count, self.or_not_applicable)


class AnswerHasAll(Strict):
    """`{answer: Q, has_all: [option, …]}`: a multi question; all of them are chosen."""

    answer: QuestionId
    has_all: Some[Id]
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """All of the options are chosen."""
        count = len(set(self.has_all))
        return _chosen(self.answer, self.has_all, count, count, self.or_not_applicable)


class AnswerLacks(Strict):
    """`{answer: Q, lacks: [option, …]}`: a multi question; none of them is chosen."""

    answer: QuestionId
    lacks: Some[Id]
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """None of the options is chosen."""
        return _chosen(self.answer, self.lacks, 0, 0, self.or_not_applicable)


class AnswerChosen(Strict):
    """`{answer: Q, chosen: n, of: [option, …]}`: a multi question; at least so many are chosen."""

    answer: QuestionId
    chosen: int = Field(ge=0)
    of: Some[Id] | None = None
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """At least `chosen` of the options are."""
        options = self.of or scope.shape(self.answer).options
        return _chosen(self.answer, options, self.chosen, len(set(options)), self.or_not_applicable)


class AnswerNumber(Bounded):
    """`{answer: Q, at_least: x}`: a number question."""

    answer: QuestionId
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """Every possible number lies within the bounds."""
        shape = scope.shape(self.answer)
        number = expr.Amount(
            self.answer,
            shape.least,
            shape.most,
            expr.Unanswered.RANGE,
            expr.NotApplicable.EXCLUDE,
        )
        return expr.Within(number, self.bounds(), self.or_not_applicable)


class Every(Strict):
    """`{every: QUESTIONS, in: [option, …], if_empty: false}`."""

    every: Selection
    options: Some[Id] = Field(alias="in")
    if_empty: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """All of the questions are answered by one of the options."""
        atoms = _atoms(self.every, self.options, scope)
        return expr.All(atoms) if atoms else expr.Const(self.if_empty)


class Count(Strict):
    """`{count: QUESTIONS, in: [option, …], at_least: n}`."""

    count: Selection
    options: Some[Id] = Field(alias="in")
    at_least: int = Field(ge=0)

    def lower(self, scope: Scope) -> expr.Condition:
        """At least so many of the questions are answered by one of the options."""
        return expr.AtLeast(self.at_least, _atoms(self.count, self.options, scope))


class Share(Bounded):
    """`{share: QUESTIONS, in: [option, …], at_least: 0.8}`: of the applicable questions, 0 to 1."""

    share: Selection
    options: Some[Id] = Field(alias="in")
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """The share of questions answered by one of the options lies within the bounds."""
        # Points rather than a condition: their ends leave "not applicable" out, which drops out.
        listed = tuple((option, 1.0) for option in dict.fromkeys(self.options))
        policies = (expr.Unanswered.RANGE, expr.NotApplicable.EXCLUDE)
        asked = selected(self.share, scope)
        items = tuple((1.0, expr.Points(question, listed, *policies)) for question in asked)
        mean = expr.Fold(expr.Method.MEAN, items)
        return expr.Within(mean, self.bounds(), self.or_not_applicable)


def _chosen(
    question: str, options: tuple[str, ...], low: int, high: int, if_not_applicable: bool
) -> expr.Condition:
    return expr.ChosenCount(question, frozenset(options), low, high, if_not_applicable)


def _atoms(
    selection: tuple[str, ...] | Selector, options: tuple[str, ...], scope: Scope
) -> tuple[expr.Condition, ...]:
    listed = frozenset(options)
    return tuple(expr.AnswerIn(question, listed) for question in selected(selection, scope))
