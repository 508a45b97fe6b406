"""Conditions as people write them in YAML; each lowers itself to the algebra of `expr`."""

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from maturity.base.strict import Many, Some, Strict
from maturity.rules import expr
from maturity.rules.answers import (
    AnswerChosen,
    AnswerHas,
    AnswerHasAll,
    AnswerIn,
    AnswerLacks,
    AnswerNumber,
    Count,
    Every,
    Share,
)
from maturity.rules.references import (
    Above,
    CheckIn,
    DecisionIn,
    FlagRaised,
    LadderAt,
    Named,
    ScoreWithin,
)
from maturity.rules.scope import Scope


class AllOf(Strict):
    """`{all: [C, …]}`."""

    all: "Many[Condition]"

    def lower(self, scope: Scope) -> expr.Condition:
        """True where every item is."""
        return expr.All(tuple(lower(item, scope) for item in self.all))


class AnyOf(Strict):
    """`{any: [C, …]}`."""

    any: "Many[Condition]"

    def lower(self, scope: Scope) -> expr.Condition:
        """True where at least one item is."""
        return expr.AnyOf(tuple(lower(item, scope) for item in self.any))


class NotThat(Strict):
    """`{not: C}`."""

    item: "Condition" = Field(alias="not")

    def lower(self, scope: Scope) -> expr.Condition:
        """True where the item is false."""
        return expr.Not(lower(self.item, scope))


class AtLeastOf(Strict):
    """`{at_least: n, of: [C, …]}`."""

    at_least: int = Field(ge=0)
    of: "Some[Condition]"

    def lower(self, scope: Scope) -> expr.Condition:
        """True where so many items are."""
        return expr.AtLeast(self.at_least, tuple(lower(item, scope) for item in self.of))


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


def form_of(value: object) -> str | None:
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
