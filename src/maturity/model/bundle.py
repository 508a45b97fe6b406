"""A questionnaire and a rubric that belong together, as the rules see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from maturity.model.questionnaire import Question, Questionnaire
from maturity.model.rubric import Rubric
from maturity.rules.expr import NotApplicable, Unanswered
from maturity.rules.scope import Shape, Steps

Silence: TypeAlias = Literal["least", "skip"]
"""What a score makes of a question that nobody answered: its least points, or nothing."""


@dataclass(frozen=True)
class Bundle:
    """Implements `maturity.rules.scope.Scope` over the two models."""

    questionnaire: Questionnaire
    rubric: Rubric

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """Every answerable question by id, in file order."""
        return {shape.id: shape for shape, _ in self.questionnaire.shapes()}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The question in which each answerable question stands."""
        return {shape.id: question for shape, question in self.questionnaire.shapes()}

    @property
    def unanswered(self) -> Unanswered:
        """The rubric's policy for questions that nobody could answer."""
        return Unanswered(self.rubric.unanswered)

    @property
    def not_applicable(self) -> NotApplicable:
        """The rubric's policy for questions that do not apply."""
        return NotApplicable(self.rubric.not_applicable)

    @cached_property
    def silences(self) -> dict[Silence, tuple[str, ...]]:
        """The scores that judge a question which nobody answered, by how; empty under `range`."""
        found: dict[Silence, tuple[str, ...]] = {}
        for name, score in self.rubric.scores.items():
            policy = score.unanswered or self.rubric.unanswered
            if policy != "range" and score.asks():
                found[policy] = (*found.get(policy, ()), name)
        return found

    def shape(self, question: str) -> Shape:
        """The shape of an answerable question."""
        return self.shapes[question]

    def select(self, theme: str | None, tag: str | None, rows_of: str | None) -> Sequence[str]:
        """The answerable questions that fit every criterion given, in file order."""
        return [
            name
            for name, question in self.questions.items()
            if (theme is None or question.theme == theme)
            and (tag is None or tag in question.tags)
            and (rows_of is None or question.id == rows_of)
        ]

    def steps(self, name: str) -> Steps:
        """The outcomes of a ladder or decision."""
        if name in self.rubric.ladders:
            ladder = self.rubric.ladders[name]
            return Steps("ladder", tuple(level.id for level in ladder.levels), ladder.cumulative)
        return Steps("decision", tuple(row.id for row in self.rubric.decisions[name].outcomes()))

    def point_set(self, name: str) -> dict[str, float]:
        """A point set of the rubric."""
        return self.rubric.point_sets[name]
