"""Scores: weighted items folded from left to right; what does not apply drops out.

Where it is open whether an item applies, each end is exact over all ways to leave such items out.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from maturity.engines.sql import terms
from maturity.engines.sql.ends import End, Side, extreme, part, values_of, weighted
from maturity.engines.sql.means import geometric, mean
from maturity.engines.sql.sheet import Place
from maturity.engines.sql.spans import NOWHERE, Span
from maturity.engines.sql.terms import Term, column, real
from maturity.engines.sql.truths import any_of
from maturity.rules.expr import Method


class Item(NamedTuple):
    """One item of a score. `exact`: its weight adds up with others without rounding.

    `reach`: the greatest that its span can be, where that is always a short binary fraction.
    """

    weight: float
    span: Span
    exact: bool
    reach: float | None


def fold(place: Place, method: Method, items: Sequence[Item]) -> Span:
    """Fold weighted items into one number."""
    if not items:
        return NOWHERE.again()
    applies = any_of([one.again() for one in dict.fromkeys(item.span.applies for item in items)])
    shared: dict[Term, Term] = {}
    ends = [_end(place, method, items, shared, highest=highest) for highest in (False, True)]
    least, most = (terms.cases([(applies.maybe.copy(), end)], real(0.0)) for end in ends)
    return Span(least, most, applies)


def _end(
    place: Place,
    method: Method,
    items: Sequence[Item],
    shared: dict[Term, Term],
    *,
    highest: bool,
) -> Term:
    sides = tuple(
        Side(weight, (span.most if highest else span.least).name, span.applies)
        for weight, span, *_ in items
    )
    exact = all(item.exact for item in items)
    end = End(place, sides, highest, exact, exact and _is_narrow(items), shared)
    return _METHODS[method](end)


MOST_NARROW: Final = 2.0**16
"""Below this all multiples of 1/64, as products of short fractions are, fit into 24 bits."""


def _is_narrow(items: Sequence[Item]) -> bool:
    """Whether 32 bits hold whatever the sums over all items, each twice, come to."""
    if any(item.reach is None for item in items):
        return False
    return sum(4 * abs(item.weight) * max(item.reach or 0.0, 1.0) for item in items) < MOST_NARROW


def _least(end: End) -> Term:
    """Leaving an item out never lowers a minimum, and the best one alone raises it most."""
    if not end.highest:
        return end.furthest(values_of(end, sure=False))
    sure = extreme(values_of(end, sure=True), highest=False)
    return terms.cases([(end.any_sure(), sure)], end.furthest(values_of(end, sure=False)))


def _most(end: End) -> Term:
    """Leaving an item out never raises a maximum, and the worst one alone lowers it most."""
    if end.highest:
        return end.furthest(values_of(end, sure=False))
    sure = extreme(values_of(end, sure=True), highest=True)
    return terms.cases([(end.any_sure(), sure)], end.furthest(values_of(end, sure=False)))


def _sum(end: End) -> Term:
    """An open item is kept where it moves the sum the wanted way; at least one item is there."""
    kept = [
        side.applies.sure.copy() if side.is_sure else end.define(f"{n} kept", _moves(end, side))
        for n, side in enumerate(end.sides, 1)
    ]
    total = terms.added(
        [part(one, weighted(side)) for one, side in zip(kept, end.sides, strict=True)]
    )
    alone = end.furthest([(side.applies.maybe.copy(), weighted(side)) for side in end.sides])
    return terms.cases([(terms.some(one.copy() for one in kept), total)], alone)


def _moves(end: End, side: Side) -> Term:
    beyond = end.further(column(side.value), real(0.0))
    open_and_beyond = terms.every([side.applies.maybe.copy(), beyond])
    return terms.some([side.applies.sure.copy(), open_and_beyond])


_METHODS: Final[dict[Method, Callable[[End], Term]]] = {
    Method.MEAN: mean,
    Method.GEOMETRIC: geometric,
    Method.LEAST: _least,
    Method.MOST: _most,
    Method.SUM: _sum,
}
