"""Numbers as terms: whether they apply, and how they compare.

A weighted mean is compared without dividing: it is at least t where the weighted differences of
its items from t add up to zero or more. Only where a mean is read by another number does it get
a term of its own. A geometric mean is bounded from both sides, for its logarithms are not
rational: what the bounds leave open is left free. So the solver may find too much, which the
reference engine then refuses, but never rules out what can happen.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias, assert_never

from maturity.engines.prove import smt
from maturity.rules.expr import Method

Ledger: TypeAlias = list[smt.Bool]
"""Facts about terms that follow from the form of a number, collected for the solver."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One of several known numbers; where it applies, exactly one of the truths holds."""

    present: smt.Bool
    pieces: tuple[tuple[smt.Bool, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that is a term."""

    present: smt.Bool
    term: smt.Real


@dataclass(frozen=True)
class Folded:
    """Weighted items; what does not apply drops out with its weight."""

    present: smt.Bool
    name: str
    ledger: Ledger
    method: Method
    items: "tuple[tuple[Fraction, Figure], ...]"

    @cached_property
    def value(self) -> smt.Real:
        """A term of its own; anything where nothing applies."""
        return _value(self)


Figure: TypeAlias = Listed | Counted | Folded
"""A number that may not apply; comparisons are meant only where it does."""

NOUGHT: Final = Fraction(0)


def value(figure: Figure) -> smt.Real:
    """The number as a term; anything where it does not apply."""
    match figure:
        case Listed(_, pieces):
            return smt.weighed(pieces)
        case Counted(_, term):
            return term
        case Folded():
            return figure.value
    assert_never(figure)


def over(figure: Figure, level: Fraction | smt.Real) -> smt.Real:
    """The number less a level; 0 where it does not apply."""
    if isinstance(figure, Listed) and isinstance(level, Fraction):
        return smt.weighed((truth, number - level) for truth, number in figure.pieces)
    term = smt.constant(level) if isinstance(level, Fraction) else level
    return smt.chosen(figure.present, value(figure) - term, smt.zero())


def at_least(figure: Figure, level: Fraction) -> smt.Bool:
    """The number does not lie below the level."""
    match figure:
        case Listed(_, pieces):
            return smt.some(truth for truth, number in pieces if number >= level)
        case Counted(_, term):
            return term >= smt.constant(level)
        case Folded():
            return _fold_at_least(figure, level)
    assert_never(figure)


def at_most(figure: Figure, level: Fraction) -> smt.Bool:
    """The number does not lie above the level."""
    match figure:
        case Listed(_, pieces):
            return smt.some(truth for truth, number in pieces if number <= level)
        case Counted(_, term):
            return term <= smt.constant(level)
        case Folded():
            return _fold_at_most(figure, level)
    assert_never(figure)


def _fold_at_least(fold: Folded, level: Fraction) -> smt.Bool:
    match fold.method:
        case Method.MEAN:
            return _excess(fold, level) >= 0
        case Method.SUM:
            return fold.value >= smt.constant(level)
        case Method.LEAST:
            return smt.every(_where_present(fold, lambda item: at_least(item, level)))
        case Method.MOST:
            return _any_present(fold, lambda item: at_least(item, level))
        case Method.GEOMETRIC:
            return _geometric_at_least(fold, level)
    assert_never(fold.method)


def _fold_at_most(fold: Folded, level: Fraction) -> smt.Bool:
    match fold.method:
        case Method.MEAN:
            return _excess(fold, level) <= 0
        case Method.SUM:
            return fold.value <= smt.constant(level)
        case Method.LEAST:
            return _any_present(fold, lambda item: at_most(item, level))
        case Method.MOST:
            return smt.every(_where_present(fold, lambda item: at_most(item, level)))
        case Method.GEOMETRIC:
            return _geometric_at_most(fold, level)
    assert_never(fold.method)


def _value(fold: Folded) -> smt.Real:
    if fold.method is Method.SUM:
        return _excess(fold, NOUGHT)
    term = smt.number(f"{fold.name} value")
    fold.ledger.append(smt.implies(fold.present, _is_value(fold, term)))
    return term


def _is_value(fold: Folded, term: smt.Real) -> smt.Bool:
    """What a term has to be to be the value of a fold."""
    match fold.method:
        case Method.MEAN | Method.SUM:
            return _excess(fold, term) == 0
        case Method.LEAST:
            bounds = _where_present(fold, lambda item: term <= value(item))
            return smt.every([_any_present(fold, lambda item: term == value(item)), *bounds])
        case Method.MOST:
            bounds = _where_present(fold, lambda item: term >= value(item))
            return smt.every([_any_present(fold, lambda item: term == value(item)), *bounds])
        case Method.GEOMETRIC:
            least = _any_present(fold, lambda item: value(item) <= term)
            most = _any_present(fold, lambda item: value(item) >= term)
            nothing = _any_present(fold, lambda item: value(item) <= 0)
            between = smt.every([smt.no(nothing), least, most])
            return smt.some([smt.every([nothing, term == 0]), between])
    assert_never(fold.method)


def _excess(fold: Folded, level: Fraction | smt.Real) -> smt.Real:
    """The weighted sum of what the items have over a level."""
    return smt.total(smt.constant(weight) * over(item, level) for weight, item in fold.items)


def _where_present(fold: Folded, demand: Callable[[Figure], smt.Bool]) -> list[smt.Bool]:
    """What is demanded of each item, wherever it applies."""
    return [smt.implies(item.present, demand(item)) for _, item in fold.items]


def _any_present(fold: Folded, demand: Callable[[Figure], smt.Bool]) -> smt.Bool:
    """One of the items that apply is as demanded."""
    return smt.some(smt.every([item.present, demand(item)]) for _, item in fold.items)


def _geometric_at_least(fold: Folded, level: Fraction) -> smt.Bool:
    if level <= 0:
        return smt.known(value=True)
    term = smt.truth(f"{fold.name} at least {level}")
    low, high = _logarithms(fold, level)
    positive = smt.no(_any_present(fold, lambda item: at_most(item, NOUGHT)))
    fold.ledger.append(smt.implies(smt.every([positive, low >= 0]), term))
    fold.ledger.append(smt.implies(term, smt.every([positive, high >= 0])))
    return term


def _geometric_at_most(fold: Folded, level: Fraction) -> smt.Bool:
    if level < 0:
        return smt.known(value=False)
    nothing = _any_present(fold, lambda item: at_most(item, NOUGHT))
    if level == 0:
        return nothing
    term = smt.truth(f"{fold.name} at most {level}")
    low, high = _logarithms(fold, level)
    fold.ledger.append(smt.implies(smt.some([nothing, high <= 0]), term))
    fold.ledger.append(smt.implies(term, smt.some([nothing, low <= 0])))
    return term


WIDTH: Final = Fraction(1, 10**12)
"""More than the error of a logarithm in floats, for numbers up to a million."""


def _logarithms(fold: Folded, level: Fraction) -> tuple[smt.Real, smt.Real]:
    """The weighted logarithms of the items over a level, from below and from above."""
    lows, highs = [], []
    for index, (weight, item) in enumerate(fold.items):
        name = f"{fold.name} item {index} over {level}"
        low, high = _logarithm(item, level, name, fold.ledger)
        lows.append(smt.constant(weight) * low)
        highs.append(smt.constant(weight) * high)
    return smt.total(lows), smt.total(highs)


def _logarithm(
    item: Figure, level: Fraction, name: str, ledger: Ledger
) -> tuple[smt.Real, smt.Real]:
    """Terms between which the logarithm of a positive item over a level lies; 0 where absent."""
    if isinstance(item, Listed):
        found = list(_around(item.pieces, level))
        low = smt.weighed((truth, least) for truth, least, _ in found)
        return low, smt.weighed((truth, most) for truth, _, most in found)
    term = smt.number(name)
    reaches = smt.every([item.present, at_least(item, level)])
    keeps = smt.every([item.present, at_most(item, level)])
    ledger.append(smt.implies(smt.no(item.present), term == 0))
    ledger.append(smt.implies(reaches, term >= 0))
    ledger.append(smt.implies(keeps, term <= 0))
    return term, term


def _around(
    pieces: Sequence[tuple[smt.Bool, Fraction]], level: Fraction
) -> Iterator[tuple[smt.Bool, Fraction, Fraction]]:
    """For each positive piece two rationals with the logarithm of its share of a level between."""
    for truth, number in pieces:
        if number == level:
            yield truth, NOUGHT, NOUGHT
        elif number > 0:
            ratio = number / level
            near = Fraction(math.log(ratio.numerator) - math.log(ratio.denominator))
            yield truth, near - WIDTH, near + WIDTH
