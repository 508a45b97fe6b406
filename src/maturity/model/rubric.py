"""The judgement: points, weights, ladders, decisions, checklists, flags, recommendations."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maturity.base.ids import Id, Version
from maturity.base.strict import Many, Strict
from maturity.base.text import FilledText, Text
from maturity.rules.checklists import ChecklistItem
from maturity.rules.conditions import Condition
from maturity.rules.decisions import Decision
from maturity.rules.flags import Flag
from maturity.rules.ladders import Ladder
from maturity.rules.recommendations import Recommendation
from maturity.rules.scores import PointsTable, Score
from maturity.rules.source import Source, SourcePlaces

VERSIONS_PATTERN = (
    r"^\s*(>=|<=|>|<|==)\s*\d+(\.\d+){0,2}(\s*,\s*(>=|<=|>|<|==)\s*\d+(\.\d+){0,2})*\s*$"
)


class QuestionnaireRef(Strict):
    """The questionnaire that a rubric scores, with the range of its versions."""

    id: Id
    versions: Annotated[str, StringConstraints(pattern=VERSIONS_PATTERN)]


class NamedCondition(Strict):
    """A condition with a name that can stand inside a sentence."""

    name: FilledText
    when: Condition
    source: Source | None = None


class Section(Strict):
    """A theme that has a section of its own in the report, with themes told in it."""

    theme: Id
    also: Many[Id] = Field(default=(), alias="with")

    def themes(self) -> tuple[str, ...]:
        """The section's theme, then those told with it."""
        return (self.theme, *self.also)


class Summary(Strict):
    """What people see first."""

    verdict: Id | None = None
    columns: Many[Id] = ()
    also: Many[Id] = ()
    spread: Many[Id] = ()
    sections: Many[Section] = ()


class Rubric(Strict):
    """A judgement over one questionnaire. Stages are evaluated in the order of the fields."""

    format: Literal["maturity/rubric@1"]
    id: Id
    version: Version
    name: FilledText
    description: Text | None = None
    questionnaire: QuestionnaireRef
    sources: dict[Id, Text] = {}
    places: SourcePlaces = {}
    unanswered: Literal["range", "least", "skip"] = "range"
    not_applicable: Literal["exclude", "least", "most"] = "exclude"
    horizons: dict[Id, Text] = {}
    point_sets: dict[Id, PointsTable] = {}
    conditions: dict[Id, NamedCondition] = {}
    scores: dict[Id, Score] = {}
    ladders: dict[Id, Ladder] = {}
    decisions: dict[Id, Decision] = {}
    checklists: dict[Id, ChecklistItem] = {}
    flags: dict[Id, Flag] = {}
    recommendations: dict[Id, Recommendation] = {}
    summary: Summary = Summary()
