"""Scores: weighted items folded into one number."""

from typing import Annotated, Literal, TypeAlias, assert_never

from pydantic import Discriminator, Field, Tag

from maturity.base.ids import Id, QuestionId
from maturity.base.strict import Some, Strict, map_or_name
from maturity.base.text import FilledText, Text
from maturity.rules import expr
from maturity.rules.conditions import Condition, lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope
from maturity.rules.selection import Selection, selected
from maturity.rules.source import Source

Weight = Annotated[float, Field(gt=0, le=1e6)]
Number = Annotated[float, Field(ge=-1e12, le=1e12)]
"""Points: so bounded that no sum of them leaves the range of numbers."""
PointsTable: TypeAlias = dict[Id, Number]


Points = Annotated[
    Annotated[PointsTable, Tag("is-map")] | Annotated[Id, Tag("is-name")],
    map_or_name("points", "expected points by option, or the name of a point set"),
]
"""What each option counts: written out, or as a point set that several items share."""


class QuestionItem(Strict):
    """The points of one question's answer; a number question without points counts itself."""

    question: QuestionId
    weight: Weight = 1.0
    points: Points | None = None


class QuestionsItem(Strict):
    """The points of several questions, each an item with this weight."""

    questions: Selection
    weight: Weight = 1.0
    points: Points


class ScoreItem(Strict):
    """Another score, declared above."""

    score: Id
    weight: Weight = 1.0


class ConditionItem(Strict):
    """`yes` points where a condition holds, `no` points where not."""

    when: Condition
    yes: Number
    no: Number = 0.0
    weight: Weight = 1.0


def _item_form(value: object) -> str | None:
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    heads = ("question", "questions", "score", "when")
    return next((f"is-item-{head}" for head in heads if head in keys), None)


Item = Annotated[
    Annotated[QuestionItem, Tag("is-item-question")]
    | Annotated[QuestionsItem, Tag("is-item-questions")]
    | Annotated[ScoreItem, Tag("is-item-score")]
    | Annotated[ConditionItem, Tag("is-item-when")],
    Discriminator(
        _item_form,
        custom_error_type="item",
        custom_error_message="not an item of a score: expected question, questions, score or when",
    ),
]

ITEMS: dict[str, type[Strict]] = {
    "is-item-question": QuestionItem,
    "is-item-questions": QuestionsItem,
    "is-item-score": ScoreItem,
    "is-item-when": ConditionItem,
}


class Score(Strict):
    """One dimension. `scale` is the least and the most that can come out, for bars.

    `monotone` promises that a better answer, one with more points here, never lowers the score;
    it changes no result, and `validate --prove` holds the rubric to it.
    """

    name: FilledText
    theme: Id | None = None
    party: Literal["government", "private"] | None = None
    method: Literal["mean", "geometric", "least", "most", "sum"] = "mean"
    scale: Annotated[tuple[float, float], Field(strict=False)] = (0.0, 100.0)
    digits: int = Field(default=0, ge=0, le=6)
    unanswered: Literal["range", "least", "skip"] | None = None
    not_applicable: Literal["exclude", "least", "most"] | None = None
    monotone: bool = False
    means: Text | None = None
    source: Source | None = None
    items: Some[Item]

    def lower(self, name: str, scope: Scope) -> Lowered:
        """One named number."""
        items = tuple(pair for item in self.items for pair in self._pairs(item, scope))
        return {f"score.{name}": expr.Fold(expr.Method(self.method), items)}

    def asks(self) -> bool:
        """Whether a question counts in it directly, not only by way of scores and conditions."""
        return any(isinstance(item, QuestionItem | QuestionsItem) for item in self.items)

    def _pairs(self, item: "Item", scope: Scope) -> list[tuple[float, expr.Number]]:
        match item:
            case QuestionItem(question=question, points=points):
                return [(item.weight, self._points(question, points, scope))]
            case QuestionsItem(questions=questions, points=points):
                found = selected(questions, scope)
                return [(item.weight, self._points(one, points, scope)) for one in found]
            case ScoreItem(score=score):
                return [(item.weight, expr.ScoreRef(f"score.{score}"))]
            case ConditionItem(when=when, yes=yes, no=no):
                number = expr.Indicator(lower(when, scope), yes, no)
                return [(item.weight, number)]
        assert_never(item)

    def _points(self, question: str, points: PointsTable | str | None, scope: Scope) -> expr.Number:
        unanswered = expr.Unanswered(self.unanswered or scope.unanswered)
        not_applicable = expr.NotApplicable(self.not_applicable or scope.not_applicable)
        shape = scope.shape(question)
        if points is None:
            return expr.Amount(question, shape.least, shape.most, unanswered, not_applicable)
        given = scope.point_set(points) if isinstance(points, str) else points
        # A point set may serve questions with fewer options: only those that can be chosen count.
        table = tuple((option, given.get(option, 0.0)) for option in shape.options)
        return expr.Points(question, table, unanswered, not_applicable)
