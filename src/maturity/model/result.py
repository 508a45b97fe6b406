"""What an engine says about a city: ids and numbers; sentences come later."""

from datetime import date
from typing import Literal, NamedTuple

from maturity.base.text import Text
from maturity.model.city import Side

CheckStatus = Literal["met", "partly", "open", "unknown", "not-applicable"]
FlagStatus = Literal["raised", "watched", "possible"]
RecommendationStatus = Literal["given", "possible"]
Severity = Literal["info", "warning", "critical"]


class ScoreResult(NamedTuple):
    """A score on its own scale; both ends None where it does not apply.

    `may_not_apply`: it is open whether the score applies at all.
    """

    id: str
    least: float | None
    most: float | None
    may_not_apply: bool = False


class LadderResult(NamedTuple):
    """Level ids; None where not even the first is reached."""

    id: str
    confirmed: str | None
    possible: str | None

    @property
    def settled(self) -> bool:
        """Confirmed and possible level are the same."""
        return self.confirmed == self.possible


class DecisionResult(NamedTuple):
    """Row ids; `confirmed` where one possible row remains; none is possible where none holds."""

    id: str
    confirmed: str | None
    possible: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """One row holds, or surely none does."""
        return self.confirmed is not None or not self.possible


class CheckResult(NamedTuple):
    """A checklist item. `floor` is `partly` where at least that is sure while the status is not."""

    id: str
    status: CheckStatus
    floor: Literal["partly"] | None
    possible: tuple[str, ...]

    @property
    def told(self) -> str:
        """The status, or what is sure of it while it is open: one of the catalog's statuses."""
        if self.status != "unknown":
            return self.status
        if self.floor is not None:
            return "at-least-partly"
        if self.is_kept_from_met:
            return "not-met" if "not-applicable" in self.possible else "at-most-partly"
        return "unknown"

    @property
    def is_kept_from_met(self) -> bool:
        """The status is open, but it surely is not `met`."""
        return self.status == "unknown" and "met" not in self.possible


class FlagResult(NamedTuple):
    """A flag that is not surely absent. `severity` is lowered where an answer is justified."""

    id: str
    status: FlagStatus
    severity: Severity
    declared: Severity
    justified_by: tuple[str, ...] = ()


class RecommendationResult(NamedTuple):
    """A recommendation that is not surely out of place, and what gives rise to it."""

    id: str
    status: RecommendationStatus
    because: tuple[str, ...]


class Divergence(NamedTuple):
    """The sides answer differently; `decides` holds the outputs for which that matters.

    `settled_by` is set where a joint answer stands above the two.
    """

    question: str
    decides: tuple[str, ...]
    settled: bool


class NextQuestion(NamedTuple):
    """An open question and what its answer would settle.

    `gain` is the share of what is open in the project that an answer removes on average, 0 to 1.
    `settles` holds the outputs that some answer makes certain, with how many of the tried do.
    """

    question: str
    gain: float
    tried: int
    settles: tuple[tuple[str, int], ...]


class Coverage(NamedTuple):
    """Questions that apply or may apply; `answered` includes partly known ones.

    `partly` counts those with more than one possible answer, those where the sides differ included.
    """

    asked: int
    answered: int
    unknown: int
    evidenced: int
    partly: int


class ProjectResult(NamedTuple):
    """Everything the rubric says about one project."""

    id: str
    name: Text
    domain: str
    weight: float
    scores: tuple[ScoreResult, ...]
    ladders: tuple[LadderResult, ...]
    decisions: tuple[DecisionResult, ...]
    checklists: tuple[CheckResult, ...]
    flags: tuple[FlagResult, ...]
    recommendations: tuple[RecommendationResult, ...]
    divergences: tuple[Divergence, ...]
    one_sided: tuple[tuple[str, Side], ...]
    unused: tuple[str, ...]
    next_questions: tuple[NextQuestion, ...]
    coverage: Coverage

    def ladder(self, name: str) -> LadderResult | None:
        """The ladder of this id, if there is one."""
        return next((one for one in self.ladders if one.id == name), None)

    def decision(self, name: str) -> DecisionResult | None:
        """The decision of this id, if there is one."""
        return next((one for one in self.decisions if one.id == name), None)

    def differing(self) -> frozenset[str]:
        """The questions on which the sides differ and no joint answer stands above them."""
        return frozenset(one.question for one in self.divergences if not one.settled)


class Spread(NamedTuple):
    """How the weight of some projects is spread over the outcomes of a ladder or decision.

    `confirmed` by outcome (None: no level reached); `open` is the weight not yet settled.
    """

    id: str
    confirmed: tuple[tuple[str | None, float], ...]
    open: float


class DomainProfile(NamedTuple):
    """The projects of one domain, or of the whole city where `domain` is None."""

    domain: str | None
    projects: int
    weight: float
    spreads: tuple[Spread, ...]
    exposed: float
    exposed_possible: float
    scores: tuple[ScoreResult, ...]


class Profile(NamedTuple):
    """A city is its spread by domain, never one number alone."""

    city: DomainProfile
    domains: tuple[DomainProfile, ...]


class Model(NamedTuple):
    """A model file that took part: its id, version and the digest of its bytes."""

    id: str
    version: str
    digest: str


class Result(NamedTuple):
    """An assessment."""

    tool_version: str
    questionnaire: Model
    rubric: Model
    input_path: str
    input_digest: str
    city: Text
    country: str | None
    assessed: date
    illustration: bool
    projects: tuple[ProjectResult, ...]
    profile: Profile
