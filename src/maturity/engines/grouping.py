"""The projects of a domain, a city, or of all, counted as they pass."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import fsum
from typing import TypeAlias

from maturity.base.text import Text
from maturity.engines.profile import is_exposed
from maturity.model.bundle import Bundle
from maturity.model.flat import FlatValue
from maturity.model.portfolio import Group, Scored, SpreadCount

Weights = Counter[float]
"""How often each weight stands."""

Values: TypeAlias = Mapping[str, FlatValue]
"""What came out of a project, by key; those that are asked for."""


class Counting:
    """A group while it is counted."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.all: Weights = Counter()
        self.settled: dict[str, dict[str | None, Weights]] = {
            name: defaultdict(Counter) for name in bundle.rubric.summary.spread
        }
        self.open: dict[str, Weights] = {name: Counter() for name in self.settled}
        self.exposed: Weights = Counter()
        self.exposed_possible: Weights = Counter()

    def add(self, one: Scored) -> None:
        """Count one project."""
        for name in self.settled:
            self.add_outcomes(name, one.values, one.weight, 1)
        self.add_verdicts(one.values, one.weight, 1)

    def add_outcomes(self, name: str, values: Values, weight: float, times: int) -> None:
        """Count what a ladder or decision gives in several projects of one weight."""
        is_settled, outcome = settled(self.bundle, name, values)
        counted = self.settled[name][outcome] if is_settled else self.open[name]
        counted[weight] += times

    def add_verdicts(self, values: Values, weight: float, times: int) -> None:
        """Count several projects of one weight and one verdict."""
        self.all[weight] += times
        if exposed(self.bundle, values, surely=True):
            self.exposed[weight] += times
        if exposed(self.bundle, values, surely=False):
            self.exposed_possible[weight] += times

    def merge(self, other: "Counting") -> None:
        """Count all that another group has counted."""
        self.all += other.all
        for name, outcomes in other.settled.items():
            for outcome, weights in outcomes.items():
                self.settled[name][outcome] += weights
            self.open[name] += other.open[name]
        self.exposed += other.exposed
        self.exposed_possible += other.exposed_possible

    def without(self, others: Iterable["Counting"]) -> "Counting":
        """What is left of the group without some parts of it."""
        left = Counting(self.bundle)
        left.merge(self)
        for other in others:
            left.all -= other.all
            for name, outcomes in other.settled.items():
                for outcome, weights in outcomes.items():
                    left.settled[name][outcome] -= weights
                left.open[name] -= other.open[name]
            left.exposed -= other.exposed
            left.exposed_possible -= other.exposed_possible
        return left

    def group(self, domain: str | None = None, city: Text | None = None) -> Group:
        """What was counted, outcomes in declared order."""
        spreads = tuple(
            SpreadCount(name, self._by_outcome(name), total(self.open[name]))
            for name in self.settled
        )
        return Group(
            domain=domain,
            city=city,
            projects=self.all.total(),
            weight=total(self.all),
            spreads=spreads,
            exposed=total(self.exposed),
            exposed_possible=total(self.exposed_possible),
        )

    def _by_outcome(self, name: str) -> Mapping[str | None, float]:
        is_ladder = name in self.bundle.rubric.ladders
        outcomes = [*([None] if is_ladder else []), *_rising(self.bundle, name)]
        return {one: total(self.settled[name].get(one, Counter())) for one in outcomes}


def _rising(bundle: Bundle, name: str) -> tuple[str, ...]:
    """The outcomes in declared order; those of a decision over a ladder's levels as these rise."""
    ids = bundle.steps(name).ids
    for ladder in bundle.rubric.ladders.values():
        levels = [level.id for level in ladder.levels]
        if set(ids) <= set(levels):
            return tuple(sorted(ids, key=levels.index))
    return ids


def total(weights: Weights) -> float:
    """The sum of the weights, the same in whatever order they came."""
    return fsum(weight * count for weight, count in weights.items())


def settled(bundle: Bundle, name: str, values: Values) -> tuple[bool, str | None]:
    """Whether a ladder or decision is settled in a project, and its confirmed outcome."""
    stage = "ladder" if name in bundle.rubric.ladders else "decision"
    confirmed = values[f"{stage}.{name}.confirmed"]
    outcome = confirmed if isinstance(confirmed, str) else None
    if stage == "decision":
        return outcome is not None, outcome
    return confirmed == values[f"ladder.{name}.possible"], outcome


def verdicts(bundle: Bundle, values: Values) -> tuple[str | None, tuple[str, ...]]:
    """The confirmed verdict and the possible ones; nothing where the rubric gives none."""
    name = bundle.rubric.summary.verdict
    confirmed = values.get(f"decision.{name}.confirmed")
    possible = values.get(f"decision.{name}.possible")
    return (
        confirmed if isinstance(confirmed, str) else None,
        possible if isinstance(possible, tuple) else (),
    )


def exposed(bundle: Bundle, values: Values, *, surely: bool) -> bool:
    """Whether the verdict exposes a project."""
    return is_exposed(bundle, *verdicts(bundle, values), surely=surely)
