"""A rubric beside its questionnaire, with every name, condition and reference found once."""

from dataclasses import dataclass
from functools import cached_property

from maturity.base.places import Place, Places
from maturity.checks.mentions import STAGES, Mention, mentions_in_rubric
from maturity.checks.questions import Questions
from maturity.checks.reach import Reach, reaches
from maturity.checks.readings import Reading, readings_of
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric


@dataclass(frozen=True)
class Judged:
    """What every check of a rubric looks at."""

    rubric: Rubric
    places: Places
    questionnaire: Questionnaire

    @cached_property
    def questions(self) -> Questions:
        """The questions by name."""
        return Questions.of(self.questionnaire)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every condition, in stage order."""
        return mentions_in_rubric(self.rubric)

    @cached_property
    def readings(self) -> list[Reading]:
        """What the conditions read of the questions."""
        return readings_of(self.mentions, self.questions)

    @cached_property
    def positions(self) -> dict[str, dict[str, tuple[int, int]]]:
        """The position of every named entry, by the key of its stage and its id."""
        return {
            stage: {name: (number, index) for index, name in enumerate(getattr(self.rubric, stage))}
            for number, stage in enumerate(STAGES)
        }

    @cached_property
    def reaches(self) -> dict[str, Reach]:
        """How low and how high each score can come out."""
        return reaches(self.rubric, self.questions)

    def outcomes(self, name: str) -> tuple[str, ...]:
        """The level ids of a ladder or the row ids of a decision; none where there is neither."""
        if name in self.rubric.ladders:
            return tuple(level.id for level in self.rubric.ladders[name].levels)
        if name in self.rubric.decisions:
            return tuple(row.id for row in self.rubric.decisions[name].outcomes())
        return ()

    def place(self, *steps: str | int, key: bool = False) -> Place:
        """The place of a value of the rubric, or of its key."""
        return self.places.of(steps, key=key)
