"""Conditions as people write them in YAML; each lowers itself to the algebra of `expr`."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from maturity.base.ids import Id, QuestionId
from maturity.base.strict import Many, Some, Strict
from maturity.rules import expr
from maturity.rules.scope import Scope
from maturity.rules.selection import Selection, selected

CheckStatus = Literal["met", "partly", "open", "not-applicable"]


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


class AllOf(Strict):
    """`{all: [C, …]}`"""

    all: "Many[Condition]"

    def lower(self, scope: Scope) -> expr.Condition:
        """True where every item is."""
        return expr.All(tuple(lower(item, scope) for item in self.all))


class AnyOf(Strict):
    """`{any: [C, …]}`"""

    any: "Many[Condition]"

    def lower(self, scope: Scope) -> expr.Condition:
        """True where at least one item is."""
        return expr.AnyOf(tuple(lower(item, scope) for item in self.any))


class NotThat(Strict):
    """`{not: C}`"""

    item: "Condition" = Field(alias="not")

    def lower(self, scope: Scope) -> expr.Condition:
        """True where the item is false."""
        return expr.Not(lower(self.item, scope))


class AtLeastOf(Strict):
    """`{at_least: n, of: [C, …]}`"""

    at_least: int = Field(ge=0)
    of: "Some[Condition]"

    def lower(self, scope: Scope) -> expr.Condition:
        """True where so many items are."""
        return expr.AtLeast(self.at_least, tuple(lower(item, scope) for item in self.of))


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
        return _chosen(
            self.answer, options, self.chosen, len(set(options)), self.or_not_applicable
        )


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
    """`{every: QUESTIONS, in: [option, …], if_empty: false}`"""

    every: Selection
    options: Some[Id] = Field(alias="in")
    if_empty: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """All of the questions are answered by one of the options."""
        atoms = _atoms(self.every, self.options, scope)
        return expr.All(atoms) if atoms else expr.Const(self.if_empty)


class Count(Strict):
    """`{count: QUESTIONS, in: [option, …], at_least: n}`"""

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
        options = frozenset(self.options)
        items = tuple(
            (
                1.0,
                expr.Indicator(expr.AnswerIn(question, options), 1.0, 0.0, expr.Applies(question)),
            )
            for question in selected(self.share, scope)
        )
        mean = expr.Fold(expr.Method.MEAN, items)
        return expr.Within(mean, self.bounds(), self.or_not_applicable)


class Named(Strict):
    """`{condition: name}`: a named condition above."""

    condition: Id

    def lower(self, scope: Scope) -> expr.Condition:
        """The named condition."""
        return expr.Ref(f"condition.{self.condition}")


class ScoreWithin(Bounded):
    """`{score: S, at_least: x}`"""

    score: Id
    or_not_applicable: bool = False

    def lower(self, scope: Scope) -> expr.Condition:
        """The score surely lies within the bounds."""
        number = expr.ScoreRef(f"score.{self.score}")
        return expr.Within(number, self.bounds(), self.or_not_applicable)


class LadderAt(Strict):
    """`{ladder: L, at_least: level}` or `{ladder: L, below: level}`"""

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
    """`{decision: D, in: [row, …]}`"""

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

    check: "Id | Some[Id]"
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

    flag: "Id | Some[Id]"

    def lower(self, scope: Scope) -> expr.Condition:
        """One of the flags is raised."""
        return expr.AnyOf(tuple(expr.Ref(f"flag.{item}") for item in as_ids(self.flag)))


Form: TypeAlias = (
    AllOf
    | AnyOf
    | NotThat
    | AtLeastOf
    | AnswerIn
    | AnswerHas
    | AnswerHasAll
    | AnswerLacks
    | AnswerChosen
    | AnswerNumber
    | Every
    | Count
    | Share
    | Named
    | ScoreWithin
    | LadderAt
    | DecisionIn
    | Above
    | CheckIn
    | FlagRaised
)

ANSWER_HEADS = ("in", "has", "has_all", "lacks", "chosen")
HEADS = (
    "answer",
    "all",
    "any",
    "not",
    "every",
    "count",
    "share",
    "condition",
    "score",
    "ladder",
    "decision",
    "check",
    "flag",
    "of",
)
"""The keys by which the form of a condition is told, in the order they are looked for."""


def form_of(value: Any) -> str | None:
    """The tag of the form that a raw or built condition has; None where it has none."""
    if isinstance(value, bool):
        return "is-constant"
    if isinstance(value, Strict):
        return next((tag for tag, form in FORMS.items() if type(value) is form), None)
    if not isinstance(value, dict):
        return None
    head = next((key for key in HEADS if key in value), None)
    if head == "answer":
        kind = next((key for key in ANSWER_HEADS if key in value), "number")
        return f"is-answer-{kind}"
    if head is None and "above" in value:
        return "is-above"
    return None if head is None else f"is-{head}"


FORMS: dict[str, type[Strict]] = {
    "is-all": AllOf,
    "is-any": AnyOf,
    "is-not": NotThat,
    "is-of": AtLeastOf,
    "is-answer-in": AnswerIn,
    "is-answer-has": AnswerHas,
    "is-answer-has_all": AnswerHasAll,
    "is-answer-lacks": AnswerLacks,
    "is-answer-chosen": AnswerChosen,
    "is-answer-number": AnswerNumber,
    "is-every": Every,
    "is-count": Count,
    "is-share": Share,
    "is-condition": Named,
    "is-score": ScoreWithin,
    "is-ladder": LadderAt,
    "is-decision": DecisionIn,
    "is-above": Above,
    "is-check": CheckIn,
    "is-flag": FlagRaised,
}

Condition = Annotated[
    Annotated[bool, Tag("is-constant")]
    | Annotated[AllOf, Tag("is-all")]
    | Annotated[AnyOf, Tag("is-any")]
    | Annotated[NotThat, Tag("is-not")]
    | Annotated[AtLeastOf, Tag("is-of")]
    | Annotated[AnswerIn, Tag("is-answer-in")]
    | Annotated[AnswerHas, Tag("is-answer-has")]
    | Annotated[AnswerHasAll, Tag("is-answer-has_all")]
    | Annotated[AnswerLacks, Tag("is-answer-lacks")]
    | Annotated[AnswerChosen, Tag("is-answer-chosen")]
    | Annotated[AnswerNumber, Tag("is-answer-number")]
    | Annotated[Every, Tag("is-every")]
    | Annotated[Count, Tag("is-count")]
    | Annotated[Share, Tag("is-share")]
    | Annotated[Named, Tag("is-condition")]
    | Annotated[ScoreWithin, Tag("is-score")]
    | Annotated[LadderAt, Tag("is-ladder")]
    | Annotated[DecisionIn, Tag("is-decision")]
    | Annotated[Above, Tag("is-above")]
    | Annotated[CheckIn, Tag("is-check")]
    | Annotated[FlagRaised, Tag("is-flag")],
    Discriminator(
        form_of,
        custom_error_type="condition",
        custom_error_message="not a condition: expected true, false, or one of the forms of "
        "a condition (all, any, not, at_least, answer, every, count, share, condition, score, "
        "ladder, decision, above, check, flag)",
    ),
]


def lower(condition: "bool | Form", scope: Scope) -> expr.Condition:
    """The condition in the closed algebra."""
    if isinstance(condition, bool):
        return expr.Const(condition)
    return condition.lower(scope)


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


def _chosen(
    question: str, options: tuple[str, ...], low: int, high: int, if_not_applicable: bool
) -> expr.Condition:
    return expr.ChosenCount(question, frozenset(options), low, high, if_not_applicable)


def _atoms(
    selection: Any, options: tuple[str, ...], scope: Scope
) -> tuple[expr.Condition, ...]:
    listed = frozenset(options)
    return tuple(expr.AnswerIn(question, listed) for question in selected(selection, scope))


for _each in FORMS.values():
    _each.model_rebuild()
