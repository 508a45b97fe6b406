"""Means: of the numbers as they are, or of their logarithms.

An open item is kept where it lies beyond the mean of those that are sure and of the open ones
beyond itself: the sum of their weighted distances from it tells that.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlglot import exp

from maturity.engines.sql import terms
from maturity.engines.sql.ends import End, Side, extreme, part, values_of, weighted
from maturity.engines.sql.terms import Term, column, real
from maturity.engines.sql.truths import Truth


class Pull(NamedTuple):
    """How an item counts where it is open which apply: its weight, sure and possible added.

    `open`: its weight where it is open whether it applies, None where that is never so.
    """

    weight: Term
    open: Term | None


def mean(end: End) -> Term:
    """The weighted mean; where no item is sure, the best one alone is the end."""
    kept = _kept(end)
    found = _within(end, kept, _quotient(end, kept))
    alone = end.furthest(values_of(end, sure=False))
    return terms.cases([(end.any_sure(), found)], alone)


def _kept(end: End) -> list[Term]:
    """Whether each item takes part in this end of a mean, where at least one surely applies.

    Items that apply together then all do.
    """
    if len({side.applies.sure for side in end.sides}) == 1:
        return [terms.truth(value=True) for _ in end.sides]
    pulls = [_pull(end, at) for at in range(len(end.sides))]
    products = [
        terms.compared(exp.Mul, one.weight.copy(), column(side.value))
        for one, side in zip(pulls, end.sides, strict=True)
    ]
    total = end.define("pull", terms.added(products))
    weight = end.once("weight", terms.added([one.weight.copy() for one in pulls]))
    return [
        side.applies.sure.copy()
        if side.is_sure
        else end.define(f"{at + 1} kept", _helps(end, at, pulls, (total, weight)))
        for at, side in enumerate(end.sides)
    ]


def _helps(end: End, at: int, pulls: Sequence[Pull], both: tuple[Term, Term]) -> Term:
    """The item surely applies, or may and moves the mean the wanted way.

    How far the others pull away is, twice over, `total - value * weight` of all items, each as
    heavy as half sure and half possible, and less or more the weighted distances of the open ones.
    """
    total, weight = (one.copy() for one in both)
    side = end.sides[at]
    middle = terms.compared(exp.Sub, total, terms.compared(exp.Mul, column(side.value), weight))
    apart = [
        terms.compared(exp.Mul, one.open.copy(), _distance(end, at, other))
        for other, one in enumerate(pulls)
        if other != at and one.open is not None
    ]
    spread = terms.added(apart) if apart else real(0.0)
    distance = terms.compared(exp.Add if end.highest else exp.Sub, middle, spread)
    moves = terms.compared(exp.LT if end.highest else exp.GT, distance, real(0.0))
    open_and_moves = terms.every([side.applies.maybe.copy(), moves])
    return terms.some([side.applies.sure.copy(), open_and_moves])


def _distance(end: End, one: int, other: int) -> Term:
    """How far two items are apart, whichever lies beyond."""
    first, second = sorted((one, other))
    values = (column(end.sides[at].value) for at in (first, second))
    apart = exp.Abs(this=terms.compared(exp.Sub, *values))
    return end.once(f"{first + 1} from {second + 1}", apart)


def _pull(end: End, at: int) -> Pull:
    side = end.sides[at]
    if side.is_sure:
        return Pull(real(2.0 * side.weight), None)
    sure, maybe = (terms.real_of(one.copy()) for one in side.applies)
    both = terms.compared(exp.Mul, real(side.weight), exp.Add(this=sure, expression=maybe))
    left = exp.Sub(this=maybe.copy(), expression=sure.copy())
    weights = both, terms.compared(exp.Mul, real(side.weight), left)
    named_ones = (
        end.once(f"{at + 1} {wanted}", one)
        for wanted, one in zip(("weight", "open"), weights, strict=True)
    )
    return Pull(*named_ones)


def _quotient(end: End, kept: Sequence[Term]) -> Term:
    weights = end.fitted(_weights(end.sides, kept, exact=end.exact))
    total = end.fitted(_total(end.sides, kept))
    if end.narrow:  # what comes next may be no short fraction
        return terms.compared(exp.Div, terms.as_real(total), terms.as_real(weights))
    return terms.compared(exp.Div, total, weights)


def _total(sides: Sequence[Side], kept: Sequence[Term]) -> Term:
    return terms.added([part(one, weighted(side)) for one, side in zip(kept, sides, strict=True)])


def _weights(sides: Sequence[Side], kept: Sequence[Term], *, exact: bool) -> Term:
    always = [terms.is_constant(one, value=True) for one in kept]
    if not exact and not all(always):
        return terms.added(
            [part(one, real(side.weight)) for one, side in zip(kept, sides, strict=True)]
        )
    folded = 0.0
    for side, is_always in zip(sides, always, strict=True):
        folded += side.weight if is_always else 0.0
    rest = [
        part(one, real(side.weight))
        for one, side, is_always in zip(kept, sides, always, strict=True)
        if not is_always
    ]
    return terms.added([real(folded), *rest]) if folded else terms.added(rest)


def _within(end: End, kept: Sequence[Term], mean: Term) -> Term:
    """A mean lies among its values: rounding must not put full marks just below full marks.

    With exact weights it never does, as full marks are whole, or short binary fractions.
    """
    if end.exact:
        return mean
    pairs = [(one, column(side.value)) for one, side in zip(kept, end.sides, strict=True)]
    low, high = (
        extreme([(one.copy(), value.copy()) for one, value in pairs], highest=highest)
        for highest in (False, True)
    )
    return terms.lowest([terms.highest([mean, low]), high])


def geometric(end: End) -> Term:
    """A mean of logarithms; 0 where an item of 0 takes part, or has to."""
    end = replace(end, exact=False, narrow=False)
    zero = terms.some(
        terms.every([one, terms.compared(exp.LTE, value, real(0.0))])
        for one, value in values_of(end, sure=end.highest)
    )
    sides = tuple(_logarithm(end, n, side) for n, side in enumerate(end.sides, 1))
    logs = replace(end, sides=sides)
    kept = _kept(logs)
    mean = _within(
        replace(end, exact=False, narrow=False), kept, exp.Exp(this=_quotient(logs, kept))
    )
    alone = end.furthest(values_of(end, sure=False))
    at_least = terms.highest([alone, real(0.0)])
    return terms.cases([(zero, real(0.0)), (end.any_sure(), mean)], at_least)


def _logarithm(end: End, number: int, side: Side) -> Side:
    """The item's logarithm; the highest end has no use for an open item without one."""
    positive = terms.compared(exp.GT, column(side.value), real(0.0))
    term = terms.cases([(positive, exp.Ln(this=terms.as_real(column(side.value))))], real(0.0))
    log = end.define(f"{number} ln", terms.as_real(term))
    applies = side.applies.again()
    if end.highest and not side.is_sure:
        applies = Truth(applies.sure, terms.every([applies.maybe, positive.copy()]))
        applies = Truth(applies.sure, end.define(f"{number} counts", applies.maybe))
    return Side(side.weight, log.name, applies)
