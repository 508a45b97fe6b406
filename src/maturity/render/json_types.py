"""The published form of a result, `maturity/result@1`, and its JSON Schema."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

TextMap = Annotated[dict[str, str], Field(min_length=1)]


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_name=True)


class Tool(_Out):
    """The program that made the result."""

    name: Literal["maturity"] = "maturity"
    version: str


class ModelOut(_Out):
    """A model file: id, version, digest of its bytes."""

    id: str
    version: str
    digest: str


class InputOut(_Out):
    """The city file, relative to the working folder, and the digest of its bytes."""

    path: str
    digest: str


class CityOut(_Out):
    """The city."""

    name: TextMap
    country: str | None


class GroupOut(_Out):
    """The group in which the country stood in a year, or in those from `year` to `until`."""

    id: str
    name: TextMap
    year: int
    until: int | None
    source: str
    note: TextMap | None


class FigureOut(_Out):
    """A number about the country."""

    what: TextMap
    value: float
    unit: TextMap
    year: int
    until: int | None
    source: str
    note: TextMap | None


class PopulationOut(_Out):
    """People who live in the city, within the bounds of `scope`."""

    value: float
    year: int
    until: int | None
    scope: TextMap
    source: str
    note: TextMap | None


class CorrectionOut(_Out):
    """What a source got wrong about the city."""

    what: TextMap
    source: str


class ContextOut(_Out):
    """What a registry says about the city and its country. No score rests on it."""

    registry: ModelOut
    ref: str
    country: str
    country_name: TextMap | None
    population: PopulationOut | None
    group: GroupOut | None
    figures: list[FigureOut]
    corrections: list[CorrectionOut]


class ScoreOut(_Out):
    """Least and most of a score; null where it does not apply."""

    least: float | None
    most: float | None


class OpenScoreOut(ScoreOut):
    """The score where it applies; it is open whether it does."""

    may_not_apply: Literal[True] = Field(default=True, alias="may-not-apply")


class LadderOut(_Out):
    """Level ids; null where not even the first is reached."""

    confirmed: str | None
    possible: str | None


class DecisionOut(_Out):
    """Row ids; `confirmed` is null while several are possible."""

    confirmed: str | None
    possible: list[str]


class CheckOut(_Out):
    """A checklist item. `floor` is `partly` where at least that is sure."""

    id: str
    party: Literal["government", "private"]
    theme: str
    status: Literal["met", "partly", "open", "unknown", "not-applicable"]
    floor: Literal["partly"] | None = None


class FlagOut(_Out):
    """A flag that is not false. `severity` is lowered where `justified_by` names answers."""

    id: str
    severity: Literal["info", "warning", "critical"]
    status: Literal["raised", "watched", "possible"]
    theme: str
    declared: Literal["info", "warning", "critical"]
    justified_by: list[str]


class RecommendationOut(_Out):
    """A recommendation that is not false."""

    id: str
    owner: Literal["government", "private", "joint"]
    status: Literal["given", "possible"]
    horizon: str


class DivergenceOut(_Out):
    """The sides answer differently; `decides` holds the outputs for which that matters."""

    question: str
    government: object
    private: object
    decides: list[str]
    settled: bool


class NextOut(_Out):
    """An open question and the share of what is open that its answer removes on average."""

    question: str
    asked: Literal["government", "private", "both"]
    gain: float
    settles: list[str]


class CoverageOut(_Out):
    """Questions asked, answered (`partly` of them), unknown, evidenced."""

    asked: int
    answered: int
    unknown: int
    evidenced: int
    partly: int


class ProjectOut(_Out):
    """One project."""

    id: str
    name: TextMap
    domain: str
    weight: float
    scores: dict[str, OpenScoreOut | ScoreOut]
    ladders: dict[str, LadderOut]
    decisions: dict[str, DecisionOut]
    checklists: list[CheckOut]
    flags: list[FlagOut]
    recommendations: list[RecommendationOut]
    divergences: list[DivergenceOut]
    one_sided: list[str]
    unused: list[str]
    next_questions: list[NextOut]
    coverage: CoverageOut


class SpreadOut(_Out):
    """Weight by outcome; `open` is the weight not yet settled."""

    confirmed: dict[str, float]
    none: float
    open: float


class ProfileOut(_Out):
    """The spread of some projects."""

    projects: int
    weight: float
    spread: dict[str, SpreadOut]
    exposed: float
    exposed_possible: float
    scores: dict[str, OpenScoreOut | ScoreOut]


class CityProfileOut(_Out):
    """The spread of the whole city and of each domain."""

    city: ProfileOut
    domains: dict[str, ProfileOut]


class ResultOut(_Out):
    """An assessment."""

    format: Literal["maturity/result@1"] = "maturity/result@1"
    tool: Tool
    questionnaire: ModelOut
    rubric: ModelOut
    input: InputOut
    city: CityOut
    assessed: str
    illustration: bool
    context: ContextOut | None = None
    projects: list[ProjectOut]
    profile: CityProfileOut
