"""Scored projects -> a portfolio: everything is counted while they pass, in any order.

Weights are kept as counts of equal weights and added at the end, so that the order of projects does
not show. What is kept grows with cities, domains and distinct values, not with projects.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, Protocol

from maturity.base.characters import visible
from maturity.base.text import Text
from maturity.engines.clashing import ClashCount
from maturity.engines.grouping import Counting, exposed, verdicts
from maturity.engines.ranking import Top, quantile, ranked
from maturity.model.bundle import Bundle
from maturity.model.columns import Conflict
from maturity.model.flat import COUNTS
from maturity.model.portfolio import (
    CheckCount,
    Clashes,
    Exposed,
    Failed,
    FaultCount,
    FlagCount,
    Group,
    Named,
    Portfolio,
    Scored,
    ScoreSpread,
    Totals,
    VerdictCount,
)

SHOWN: Final = 50
"""The longest list that is kept; what is behind it is counted."""

FEW: Final = 5
"""How many examples stand beside a count."""

FINER: Final = 2  # digits behind those of a score at which its values are counted
_QUARTER, _HALF, _THREE_QUARTERS = 0.25, 0.5, 0.75


class Clashing(Protocol):
    """Clashes of one kind, counted or while they are."""

    def clashes(self) -> Clashes:
        """What has been counted."""
        ...


class Tally:
    """Counts projects and faults."""

    def __init__(self, bundle: Bundle, conflicts: Sequence[Conflict] = ()) -> None:
        rubric = bundle.rubric
        self.bundle = bundle
        self.whole = Counting(bundle)
        self.domains: dict[str, Counting] = {}
        self.cities: dict[str, Counting] = {}
        self.names: dict[str, Text] = {}
        self.others: Counting | None = None  # cities that were counted together
        self.other_cities = 0
        self.surely: Counter[str] = Counter()
        self.possibly: Counter[str] = Counter()
        self.exposed = Top[Exposed](SHOWN, _prominence)
        self.least: dict[str, Counter[float]] = {name: Counter() for name in rubric.scores}
        self.most: dict[str, Counter[float]] = {name: Counter() for name in rubric.scores}
        self.flags: dict[str, Counter[str]] = {name: Counter() for name in rubric.flags}
        self.raised_in = {name: Top[Named](FEW, _name) for name in rubric.flags}
        self.checks: dict[str, Counter[str]] = {name: Counter() for name in rubric.checklists}
        self.coverage: Counter[str] = Counter()
        self.clashes: list[Clashing] = [ClashCount(one, FEW, SHOWN) for one in conflicts]
        self.faults: Counter[tuple[str, str]] = Counter()
        self.first_faults: dict[str, Top[Failed]] = defaultdict(lambda: Top(FEW, _place))
        self.refused: set[tuple[str, int]] = set()

    def add(self, one: Scored) -> None:
        """Count one project, under the names that results show."""
        one = one._replace(city=one.city.seen(), project=visible(one.project), name=one.name.seen())
        city = one.city.in_language("en")
        self.name(one.city)
        for groups, name in ((self.domains, one.domain), (self.cities, city)):
            if name not in groups:
                groups[name] = Counting(self.bundle)
            groups[name].add(one)
        self.whole.add(one)
        self._count_scores(one)
        self._count_flags(one)
        for name, statuses in self.checks.items():
            statuses[str(one.values[f"check.{name}"])] += 1
        self._count_coverage(one)
        self._rank(one)
        for clash in self.clashes:
            if isinstance(clash, ClashCount):
                clash.add(one, _named(one))

    def name(self, city: Text) -> None:
        """Remember how a city is called, in most languages."""
        plain = city.in_language("en")
        self.names[plain] = min(self.names.get(plain, city), city, key=_fullest)

    def fail(self, fault: Failed, unit: tuple[str, int]) -> None:
        """Count one fault of a file or row."""
        self.refused.add(unit)
        self.faults[fault.code, fault.word] += 1
        self.first_faults[fault.code].add(fault)

    def portfolio(self) -> Portfolio:
        """What was counted."""
        shown, rest = self._cities()
        clashes = (one.clashes() for one in self.clashes)
        return Portfolio(
            totals=self._totals(),
            whole=self.whole.group(),
            domains=tuple(self.domains[name].group(domain=name) for name in sorted(self.domains)),
            cities=shown,
            other_cities=rest,
            verdicts=self._verdicts(),
            exposed=self.exposed.first(),
            exposed_count=self.exposed.count,
            scores=tuple(self._score(name) for name in self.least if self.least[name]),
            flags=self._flags(),
            checks=tuple(CheckCount(name, dict(found)) for name, found in self.checks.items()),
            clashes=tuple(one for one in clashes if one.number),
            faults=self._faults(),
            failed=self.faults.total(),
            refused=len(self.refused),
        )

    def _count_scores(self, one: Scored) -> None:
        for name in self.least:
            least, most = (one.values[f"score.{name}.{end}"] for end in ("least", "most"))
            if isinstance(least, float | int) and isinstance(most, float | int):
                digits = self.bundle.rubric.scores[name].digits + FINER
                self.least[name][round(least, digits)] += 1
                self.most[name][round(most, digits)] += 1

    def _count_flags(self, one: Scored) -> None:
        for name, found in self.flags.items():
            status = str(one.values[f"flag.{name}"])
            found[status] += 1
            if status == "raised":
                self.raised_in[name].add(_named(one))
                declared = self.bundle.rubric.flags[name].severity
                found["lowered"] += one.values[f"flag.{name}.severity"] != declared

    def _count_coverage(self, one: Scored) -> None:
        for name in COUNTS:
            count = one.values[f"coverage.{name}"]
            self.coverage[name] += int(count) if isinstance(count, float | int) else 0
        self.coverage["silent"] += not one.values["coverage.answered"]
        self.coverage["illustrations"] += one.carried.get("illustration") == "true"

    def _rank(self, one: Scored) -> None:
        confirmed, possible = verdicts(self.bundle, one.values)
        self.surely.update([confirmed] if confirmed else ())
        self.possibly.update(possible)
        severities = Counter(
            (str(one.values[f"flag.{name}"]), str(one.values[f"flag.{name}.severity"]))
            for name in self.flags
        )
        critical = severities["raised", "critical"]
        surely = exposed(self.bundle, one.values, surely=True)
        if not surely and not critical and not exposed(self.bundle, one.values, surely=False):
            return
        self.exposed.add(
            Exposed(
                named=_named(one),
                domain=one.domain,
                surely=surely,
                verdict=confirmed,
                possible=possible,
                critical=critical,
                warnings=severities["raised", "warning"],
                watched=sum(n for (status, _), n in severities.items() if status == "watched"),
                open_checks=sum(one.values[f"check.{name}"] == "open" for name in self.checks),
            )
        )

    def _cities(self) -> tuple[tuple[Group, ...], Group | None]:
        order = sorted(self.cities, key=lambda name: (-self.cities[name].all.total(), name))
        shown = tuple(self.cities[name].group(city=self.names[name]) for name in order[:SHOWN])
        if len(order) <= SHOWN and self.others is None:
            return shown, None
        rest = self.others or Counting(self.bundle)
        for name in order[SHOWN:]:
            rest.merge(self.cities[name])
        return shown, rest.group()

    def _verdicts(self) -> tuple[VerdictCount, ...]:
        name = self.bundle.rubric.summary.verdict
        rows = self.bundle.steps(name).ids if name else ()
        return tuple(VerdictCount(row, self.surely[row], self.possibly[row]) for row in rows)

    def _score(self, name: str) -> ScoreSpread:
        least, most = self.least[name], self.most[name]
        return ScoreSpread(
            id=name,
            projects=least.total(),
            lowest=min(least),
            lower=quantile(least, _QUARTER),
            median=(quantile(least, _HALF), quantile(most, _HALF)),
            upper=quantile(most, _THREE_QUARTERS),
            highest=max(most),
        )

    def _flags(self) -> tuple[FlagCount, ...]:
        """Flags that are raised or watched somewhere, the most frequent first."""
        order = ranked(
            (name, found["raised"] * self.whole.all.total() + found["watched"])
            for name, found in self.flags.items()
        )
        return tuple(self._flag(name) for name, _ in order)

    def _flag(self, name: str) -> FlagCount:
        found = self.flags[name]
        return FlagCount(
            id=name,
            declared=self.bundle.rubric.flags[name].severity,
            raised=found["raised"],
            lowered=found["lowered"],
            watched=found["watched"],
            possible=found["possible"],
            first=self.raised_in[name].first(),
        )

    def _totals(self) -> Totals:
        whole = self.whole.group()
        return Totals(
            projects=whole.projects,
            weight=whole.weight,
            cities=len(self.cities) + self.other_cities,
            asked=self.coverage["asked"],
            answered=self.coverage["answered"],
            partly=self.coverage["partly"],
            evidenced=self.coverage["evidenced"],
            unknown=self.coverage["unknown"],
            unanswered=self.coverage["silent"],
            undetermined=whole.projects - self.surely.total(),
            illustrations=self.coverage["illustrations"],
        )

    def _faults(self) -> tuple[FaultCount, ...]:
        order = sorted(self.faults.items(), key=lambda one: (-one[1], one[0]))
        return tuple(
            FaultCount(code, word, count, self.first_faults[code].first())
            for (code, word), count in order
        )


def _named(one: Scored) -> Named:
    return Named(one.city, one.project, one.name)


def _name(one: Named) -> tuple[str, ...]:
    return one.city.in_language("en"), one.project


def _prominence(one: Exposed) -> tuple[float | str, ...]:
    """Surely exposed first, then by what was found; what is merely open counts least."""
    found = (-one.surely, -one.critical, -one.warnings, -one.open_checks, -one.watched)
    return (*found, *_name(one.named))


def _place(one: Failed) -> tuple[float | str, ...]:
    return one.path, one.row, one.column, one.message


def _fullest(text: Text) -> tuple[int, str]:
    """The text with most languages first; of equals one that does not depend on order."""
    return -len(text.as_map()), repr(sorted(text.as_map().items()))
