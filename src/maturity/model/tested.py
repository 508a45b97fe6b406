"""What running worked cases came to, with places: what the renderers of `maturity test` tell."""

from dataclasses import dataclass
from typing import Literal

from maturity.base.phrase import Phrase
from maturity.base.places import Place
from maturity.model.case_result import CaseFailure
from maturity.model.saved import SavedCases

MeasureKind = Literal["coverage", "mutants"]


@dataclass(frozen=True, slots=True)
class FailedExpectation:
    """One expectation that does not hold, where it stands, and on demand why."""

    place: Place
    failure: CaseFailure
    trace: str = ""


@dataclass(frozen=True, slots=True)
class CaseTold:
    """One case of a file."""

    name: str
    place: Place
    expectations: int
    failures: tuple[FailedExpectation, ...]


@dataclass(frozen=True, slots=True)
class FileTold:
    """One file of cases, with the path of the rubric that it tests."""

    path: str
    rubric: str
    cases: tuple[CaseTold, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """What no case reaches or notices, and where it stands."""

    place: Place
    what: Phrase


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a rubric the cases reach (`coverage`), or notice the change of (`mutants`).

    `tried` were looked at, of the `of` that there are. `equivalent` are mutants that no answers can
    tell from the rubric, as far as a solver was asked; they do not count.
    """

    kind: MeasureKind
    rubric: str
    tried: int
    of: int
    missed: tuple[Missed, ...]
    equivalent: tuple[Missed, ...] = ()

    @property
    def counted(self) -> int:
        """How many could be reached or noticed."""
        return self.tried - len(self.equivalent)

    @property
    def percent(self) -> float:
        """The share of those counted that is not missed, 0 to 100; 100 where none counts."""
        return 100 * (1 - len(self.missed) / self.counted) if self.counted else 100.0


@dataclass(frozen=True, slots=True)
class CasesTold:
    """All that came of some files of cases; `suggested` are new ones, a group a rubric."""

    files: tuple[FileTold, ...]
    measures: tuple[Measure, ...] = ()
    suggested: tuple[SavedCases, ...] = ()

    @property
    def cases(self) -> int:
        """How many cases were run."""
        return sum(len(file.cases) for file in self.files)

    @property
    def failures(self) -> int:
        """How many expectations failed."""
        return sum(len(case.failures) for file in self.files for case in file.cases)

    def below(self, kind: MeasureKind, percent: float | None) -> bool:
        """Whether a measure of this kind does not come up to so many percent, if any is asked."""
        if percent is None:
            return False
        return any(one.kind == kind and one.percent < percent for one in self.measures)
