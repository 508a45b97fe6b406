"""Many projects: what came of each, and what is told of all."""

from collections.abc import Mapping
from typing import NamedTuple

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.base.text import Text
from maturity.model.flat import FlatValue
from maturity.model.result import Severity


class Scored(NamedTuple):
    """One project with its flat result and the columns that are passed on.

    `report` is the name of its advisory report, where one was written.
    """

    city: Text
    project: str
    name: Text
    domain: str
    weight: float
    carried: Mapping[str, str]
    values: Mapping[str, FlatValue]
    report: str | None = None


class Failed(NamedTuple):
    """One fault that kept something from being scored."""

    path: str
    row: int
    column: int
    code: str
    word: str
    message: str
    hint: str | None

    @classmethod
    def of(cls, fault: Diagnostic) -> "Failed":
        """The fault that a diagnostic tells of."""
        place, code = fault.place, fault.code
        return cls(
            place.path, place.line, place.column, code.number, code.word, fault.message, fault.hint
        )

    @property
    def told(self) -> Diagnostic:
        """The diagnostic that tells of it."""
        place = Place(self.path, self.row, self.column)
        code = Code.find(self.code) or Code.UNREADABLE
        return Diagnostic.of(code, place, self.message, self.hint)


class Outcome(NamedTuple):
    """What came of a city file or a row. `row` is 0 for a file.

    `columns`: those that a row would have passed on which is not scored.
    """

    digest: str
    path: str
    row: int
    scored: tuple[Scored, ...]
    failed: tuple[Failed, ...]
    columns: tuple[str, ...] = ()


class SpreadCount(NamedTuple):
    """Weight by settled outcome of a ladder or decision; `open` is what is not settled."""

    id: str
    settled: Mapping[str | None, float]
    open: float


class Group(NamedTuple):
    """The projects of a domain, of a city, or (without both) of all."""

    domain: str | None
    city: Text | None
    projects: int
    weight: float
    spreads: tuple[SpreadCount, ...]
    exposed: float
    exposed_possible: float


class ScoreSpread(NamedTuple):
    """A score over all projects to which it applies, at its digits.

    Quarters and median by weight: `lower` of the least ends, `upper` of the most ends.
    """

    id: str
    projects: int
    lowest: float
    lower: float
    median: tuple[float, float]
    upper: float
    highest: float


class FlagCount(NamedTuple):
    """In how many projects a flag is raised (of these lowered by a reason), watched, possible.

    `first` names some projects in which it is raised.
    """

    id: str
    declared: Severity
    raised: int
    lowered: int
    watched: int
    possible: int
    first: tuple["Named", ...]


class Named(NamedTuple):
    """A project, for lists."""

    city: Text
    project: str
    name: Text


class Exposed(NamedTuple):
    """A project with what makes it stand out: verdict, flags by severity, open checklist items."""

    named: Named
    domain: str
    surely: bool
    verdict: str | None
    possible: tuple[str, ...]
    critical: int
    warnings: int
    watched: int
    open_checks: int


class VerdictCount(NamedTuple):
    """The projects that surely have a verdict, and those that may have it."""

    id: str
    surely: int
    possible: int


class CheckCount(NamedTuple):
    """A checklist item by status."""

    id: str
    statuses: Mapping[str, int]


class Clash(NamedTuple):
    """Projects that share a value of a column."""

    value: str
    projects: int
    first: tuple[Named, ...]


class Clashes(NamedTuple):
    """All clashes of one kind, the largest first, and how many there are."""

    name: Text
    column: str
    number: int
    top: tuple[Clash, ...]


class Totals(NamedTuple):
    """Questions over all projects; `undetermined` projects have no sure verdict."""

    projects: int
    weight: float
    cities: int
    asked: int
    answered: int
    partly: int
    evidenced: int
    unknown: int
    unanswered: int
    undetermined: int
    illustrations: int


class FaultCount(NamedTuple):
    """How often a code stands in the errors, and where it does first."""

    code: str
    word: str
    number: int
    first: tuple[Failed, ...]


class Portfolio(NamedTuple):
    """All that a renderer needs to tell a portfolio.

    `failed` counts faults, `refused` the files and rows that have some. Lists end where nobody
    reads on; `other_cities` holds the rest of the cities, `exposed_count` is the whole number.
    """

    totals: Totals
    whole: Group
    domains: tuple[Group, ...]
    cities: tuple[Group, ...]
    other_cities: Group | None
    verdicts: tuple[VerdictCount, ...]
    exposed: tuple[Exposed, ...]
    exposed_count: int
    scores: tuple[ScoreSpread, ...]
    flags: tuple[FlagCount, ...]
    checks: tuple[CheckCount, ...]
    clashes: tuple[Clashes, ...]
    faults: tuple[FaultCount, ...]
    failed: int
    refused: int
