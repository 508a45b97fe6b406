"""Numbers as terms: whether they apply, and how they compare.

A weighted mean is compared without dividing: it is at least t where the weighted differences of
its items from t add up to zero or more. Only where a mean is read by another number does it get
a term of its own.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from maturity.engines.prove import smt

Level: TypeAlias = Fraction | smt.Real
"""What a number is compared with: one that is known, or a term."""

Ledger: TypeAlias = list[smt.Bool]
"""Facts about the terms that a number needed, collected for the solver."""


@dataclass(frozen=True)
class Figure(ABC):
    """A number that may not apply; comparisons are meant only where it does."""

    present: smt.Bool
    name: str
    ledger: Ledger = field(repr=False, compare=False)

    @abstractmethod
    def at_least(self, level: Fraction) -> smt.Bool:
        """The number does not lie below the level."""

    @abstractmethod
    def at_most(self, level: Fraction) -> smt.Bool:
        """The number does not lie above the level."""

    @abstractmethod
    def over(self, level: Level) -> smt.Real:
        """The number less the level; 0 where it does not apply."""

    @cached_property
    @abstractmethod
    def value(self) -> smt.Real:
        """The number as a term; anything where it does not apply."""


@dataclass(frozen=True)
class Listed(Figure):
    """One of several known numbers; exactly one of the truths holds where it applies."""

    pieces: tuple[tuple[smt.Bool, Fraction], ...]

    def at_least(self, level: Fraction) -> smt.Bool:
        return smt.some(truth for truth, number in self.pieces if number >= level)

    def at_most(self, level: Fraction) -> smt.Bool:
        return smt.some(truth for truth, number in self.pieces if number <= level)

    def over(self, level: Level) -> smt.Real:
        if isinstance(level, Fraction):
            return smt.weighed((truth, number - level) for truth, number in self.pieces)
        return self.value - smt.chosen(self.present, level, smt.ZERO)

    @cached_property
    def value(self) -> smt.Real:
        return smt.weighed(self.pieces)


@dataclass(frozen=True)
class Counted(Figure):
    """A number that is a term."""

    term: smt.Real

    def at_least(self, level: Fraction) -> smt.Bool:
        return self.term >= smt.constant(level)

    def at_most(self, level: Fraction) -> smt.Bool:
        return self.term <= smt.constant(level)

    def over(self, level: Level) -> smt.Real:
        return smt.chosen(self.present, self.term - _term(level), smt.ZERO)

    @cached_property
    def value(self) -> smt.Real:
        return self.term


@dataclass(frozen=True)
class Fold(Figure):
    """Weighted items; what does not apply drops out with its weight."""

    items: tuple[tuple[Fraction, Figure], ...]

    def over(self, level: Level) -> smt.Real:
        return smt.chosen(self.present, self.value - _term(level), smt.ZERO)

    def where(self, terms: Sequence[smt.Bool]) -> list[smt.Bool]:
        """Each term, demanded of its item only where that applies."""
        return [smt.implies(item.present, t) for (_, item), t in zip(self.items, terms, strict=True)]

    def any_of(self, terms: Sequence[smt.Bool]) -> smt.Bool:
        """One of the items that apply has its term."""
        pairs = zip(self.items, terms, strict=True)
        return smt.some(smt.every([item.present, term]) for (_, item), term in pairs)


@dataclass(frozen=True)
class Mean(Fold):
    """The weighted arithmetic mean."""

    def at_least(self, level: Fraction) -> smt.Bool:
        return self._excess(level) >= 0

    def at_most(self, level: Fraction) -> smt.Bool:
        return self._excess(level) <= 0

    @cached_property
    def value(self) -> smt.Real:
        term = smt.number(f"{self.name} value")
        self.ledger.append(smt.implies(self.present, self._excess(term) == 0))
        return term

    def _excess(self, level: Level) -> smt.Real:
        return smt.total(smt.constant(weight) * item.over(level) for weight, item in self.items)


@dataclass(frozen=True)
class Sum(Fold):
    """The weighted sum."""

    def at_least(self, level: Fraction) -> smt.Bool:
        return self.value >= smt.constant(level)

    def at_most(self, level: Fraction) -> smt.Bool:
        return self.value <= smt.constant(level)

    @cached_property
    def value(self) -> smt.Real:
        nought = Fraction(0)
        return smt.total(smt.constant(weight) * item.over(nought) for weight, item in self.items)


@dataclass(frozen=True)
class Least(Fold):
    """The least of the items; weights do not matter."""

    def at_least(self, level: Fraction) -> smt.Bool:
        return smt.every(self.where([item.at_least(level) for _, item in self.items]))

    def at_most(self, level: Fraction) -> smt.Bool:
        return self.any_of([item.at_most(level) for _, item in self.items])

    @cached_property
    def value(self) -> smt.Real:
        term = smt.number(f"{self.name} value")
        values = [item.value for _, item in self.items]
        bounds = self.where([term <= value for value in values])
        reached = self.any_of([term == value for value in values])
        self.ledger.append(smt.implies(self.present, smt.every([reached, *bounds])))
        return term


@dataclass(frozen=True)
class Most(Fold):
    """The most of the items; weights do not matter."""

    def at_least(self, level: Fraction) -> smt.Bool:
        return self.any_of([item.at_least(level) for _, item in self.items])

    def at_most(self, level: Fraction) -> smt.Bool:
        return smt.every(self.where([item.at_most(level) for _, item in self.items]))

    @cached_property
    def value(self) -> smt.Real:
        term = smt.number(f"{self.name} value")
        values = [item.value for _, item in self.items]
        bounds = self.where([term >= value for value in values])
        reached = self.any_of([term == value for value in values])
        self.ledger.append(smt.implies(self.present, smt.every([reached, *bounds])))
        return term


@dataclass(frozen=True)
class Geometric(Fold):
    """The weighted geometric mean, bounded from both sides, for its logarithms are not rational.

    What the bounds leave open is left free: the solver may find too much, and the reference engine
    decides; it never rules out what can happen.
    """

    def at_least(self, level: Fraction) -> smt.Bool:
        if level <= 0:
            return smt.TRUE
        term = smt.truth(f"{self.name} at least {level}")
        low, high = self._logarithms(level)
        positive = smt.every(self.where([smt.no(item.at_most(NOUGHT)) for _, item in self.items]))
        self.ledger.append(smt.implies(smt.every([positive, low >= 0]), term))
        self.ledger.append(smt.implies(term, smt.every([positive, high >= 0])))
        return term

    def at_most(self, level: Fraction) -> smt.Bool:
        if level < 0:
            return smt.FALSE
        if level == 0:
            return self.any_of([item.at_most(NOUGHT) for _, item in self.items])
        term = smt.truth(f"{self.name} at most {level}")
        low, high = self._logarithms(level)
        nothing = self.any_of([item.at_most(NOUGHT) for _, item in self.items])
        self.ledger.append(smt.implies(smt.some([nothing, high <= 0]), term))
        self.ledger.append(smt.implies(term, smt.some([nothing, low <= 0])))
        return term

    @cached_property
    def value(self) -> smt.Real:
        term = smt.number(f"{self.name} value")
        values = [item.value for _, item in self.items]
        nothing = self.any_of([value <= 0 for value in values])
        least = self.any_of([value <= term for value in values])
        most = self.any_of([value >= term for value in values])
        between = smt.every([least, most])
        found = smt.some([smt.every([nothing, term == 0]), smt.every([smt.no(nothing), between])])
        self.ledger.append(smt.implies(self.present, found))
        return term

    def _logarithms(self, level: Fraction) -> tuple[smt.Real, smt.Real]:
        """The weighted logarithms of the items over the level, from below and from above."""
        lows, highs = [], []
        for weight, item in self.items:
            low, high = _logarithm(item, level)
            lows.append(smt.constant(weight) * low)
            highs.append(smt.constant(weight) * high)
        return smt.total(lows), smt.total(highs)


NOUGHT = Fraction(0)
WIDTH = Fraction(1, 10**12)
"""More than the error of a logarithm in floats, for numbers up to a million."""


def _logarithm(item: Figure, level: Fraction) -> tuple[smt.Real, smt.Real]:
    """Terms between which the logarithm of a positive item over a level lies; 0 where absent."""
    if not isinstance(item, Listed):
        low = smt.number(f"{item.name} logarithm over {level}")
        item.ledger.append(smt.implies(smt.no(item.present), low == 0))
        reaches, keeps = item.at_least(level), item.at_most(level)
        item.ledger.append(smt.implies(smt.every([item.present, reaches]), low >= 0))
        item.ledger.append(smt.implies(smt.every([item.present, keeps]), low <= 0))
        return low, low
    found = [(truth, *_around(number / level)) for truth, number in item.pieces if number > 0]
    low = smt.weighed((truth, least) for truth, least, _ in found)
    return low, smt.weighed((truth, most) for truth, _, most in found)


def _around(ratio: Fraction) -> tuple[Fraction, Fraction]:
    """Two rationals with the logarithm between them."""
    if ratio == 1:
        return NOUGHT, NOUGHT
    near = Fraction(math.log(ratio.numerator) - math.log(ratio.denominator))
    return near - WIDTH, near + WIDTH


def _term(level: Level) -> smt.Real:
    return smt.constant(level) if isinstance(level, Fraction) else level
