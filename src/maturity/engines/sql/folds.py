"""Scores: weighted items folded from left to right; what does not apply drops out.

Where it is open whether an item applies, each end is exact over all ways to leave such items
out. In a mean an open item is kept where it lies beyond the mean of those that are sure and of
the open ones beyond itself: the sum of their weighted distances from it tells that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.engines.sql import terms
from maturity.engines.sql.sheet import Place, named
from maturity.engines.sql.spans import NOWHERE, Span
from maturity.engines.sql.terms import Term, column, real
from maturity.engines.sql.truths import Truth, any_of
from maturity.rules.expr import Method

FAR: Final = 1e300
"""Beyond every sum of points."""


class Item(NamedTuple):
    """One item of a score. `exact`: its weight adds up with others without rounding."""

    weight: float
    span: Span
    exact: bool


class Side(NamedTuple):
    """One item as one end of the score sees it: its value is the name of a column."""

    weight: float
    value: str
    applies: Truth

    @property
    def is_sure(self) -> bool:
        """The item applies in every row."""
        return terms.is_constant(self.applies.sure, value=True)


class Pull(NamedTuple):
    """How an item counts where it is open which apply: its weight, sure and possible added.

    `open`: its weight where it is open whether it applies, None where that is never so.
    """

    weight: Term
    open: Term | None


@dataclass(frozen=True, slots=True)
class End:
    """One end of a score: what it is made of, and where its columns are named."""

    place: Place
    sides: tuple[Side, ...]
    highest: bool
    exact: bool
    shared: dict[Term, Term]

    def define(self, wanted: str, term: Term) -> Term:
        """A column that belongs to this end."""
        side = "most" if self.highest else "least"
        sheet, stage, key = self.place
        return named(sheet, stage, f"{key} {side} {wanted}", term)

    def once(self, wanted: str, term: Term) -> Term:
        """A column that both ends may share: the same term is named once."""
        if term not in self.shared:
            sheet, stage, key = self.place
            self.shared[term] = column(sheet.define(stage, f"{key} {wanted}", term))
        return self.shared[term].copy()

    def further(self, one: Term, other: Term) -> Term:
        """The one lies beyond the other, the way this end looks."""
        return terms.compared(exp.GT if self.highest else exp.LT, one, other)

    def furthest(self, pairs: Sequence[tuple[Term, Term]]) -> Term:
        """Of the values whose condition holds, that which lies furthest."""
        return _extreme(pairs, highest=self.highest)

    def any_sure(self) -> Term:
        """At least one item surely applies."""
        every = dict.fromkeys(side.applies.sure for side in self.sides)
        return terms.some(sure.copy() for sure in every)


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
        for weight, span, _ in items
    )
    end = End(place, sides, highest, all(item.exact for item in items), shared)
    return _METHODS[method](end)


def _extreme(pairs: Sequence[tuple[Term, Term]], *, highest: bool) -> Term:
    """The highest or lowest of the values whose condition holds."""
    outer, out = (terms.highest, -FAR) if highest else (terms.lowest, FAR)
    return outer([terms.cases([pair], real(out)) for pair in pairs])


def _values(end: End, *, sure: bool) -> list[tuple[Term, Term]]:
    return [
        ((side.applies.sure if sure else side.applies.maybe).copy(), column(side.value))
        for side in end.sides
    ]


def _least(end: End) -> Term:
    """Leaving an item out never lowers a minimum, and the best one alone raises it most."""
    if not end.highest:
        return end.furthest(_values(end, sure=False))
    sure = _extreme(_values(end, sure=True), highest=False)
    return terms.cases([(end.any_sure(), sure)], end.furthest(_values(end, sure=False)))


def _most(end: End) -> Term:
    """Leaving an item out never raises a maximum, and the worst one alone lowers it most."""
    if end.highest:
        return end.furthest(_values(end, sure=False))
    sure = _extreme(_values(end, sure=True), highest=True)
    return terms.cases([(end.any_sure(), sure)], end.furthest(_values(end, sure=False)))


def _sum(end: End) -> Term:
    """An open item is kept where it moves the sum the wanted way; at least one item is there."""
    kept = [
        side.applies.sure.copy() if side.is_sure else end.define(f"{n} kept", _moves(end, side))
        for n, side in enumerate(end.sides, 1)
    ]
    total = terms.added(
        [_part(one, _weighted(side)) for one, side in zip(kept, end.sides, strict=True)]
    )
    alone = end.furthest([(side.applies.maybe.copy(), _weighted(side)) for side in end.sides])
    return terms.cases([(terms.some(one.copy() for one in kept), total)], alone)


def _moves(end: End, side: Side) -> Term:
    beyond = end.further(column(side.value), real(0.0))
    open_and_beyond = terms.every([side.applies.maybe.copy(), beyond])
    return terms.some([side.applies.sure.copy(), open_and_beyond])


def _weighted(side: Side) -> Term:
    return terms.compared(exp.Mul, real(side.weight), column(side.value))


def _part(condition: Term, value: Term) -> Term:
    return terms.real_if(condition.copy(), value)


def _mean(end: End) -> Term:
    kept = _kept(end)
    mean = _within(end, kept, _quotient(end, kept))
    alone = end.furthest(_values(end, sure=False))
    return terms.cases([(end.any_sure(), mean)], alone)


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
    sure, maybe = (terms.as_real(one.copy()) for one in side.applies)
    both = terms.compared(exp.Mul, real(side.weight), exp.Add(this=sure, expression=maybe))
    left = exp.Sub(this=maybe.copy(), expression=sure.copy())
    weights = both, terms.compared(exp.Mul, real(side.weight), left)
    named_ones = (
        end.once(f"{at + 1} {wanted}", one)
        for wanted, one in zip(("weight", "open"), weights, strict=True)
    )
    return Pull(*named_ones)


def _quotient(end: End, kept: Sequence[Term]) -> Term:
    weights = _weights(end.sides, kept, exact=end.exact)
    return terms.compared(exp.Div, _total(end.sides, kept), weights)


def _total(sides: Sequence[Side], kept: Sequence[Term]) -> Term:
    return terms.added([_part(one, _weighted(side)) for one, side in zip(kept, sides, strict=True)])


def _weights(sides: Sequence[Side], kept: Sequence[Term], *, exact: bool) -> Term:
    always = [terms.is_constant(one, value=True) for one in kept]
    if not exact and not all(always):
        return terms.added(
            [_part(one, real(side.weight)) for one, side in zip(kept, sides, strict=True)]
        )
    folded = 0.0
    for side, is_always in zip(sides, always, strict=True):
        folded += side.weight if is_always else 0.0
    rest = [
        _part(one, real(side.weight))
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
        _extreme([(one.copy(), value.copy()) for one, value in pairs], highest=highest)
        for highest in (False, True)
    )
    return terms.lowest([terms.highest([mean, low]), high])


def _geometric(end: End) -> Term:
    """A mean of logarithms; 0 where an item of 0 takes part, or has to."""
    zero = terms.some(
        terms.every([one, terms.compared(exp.LTE, value, real(0.0))])
        for one, value in _values(end, sure=end.highest)
    )
    sides = tuple(_logarithm(end, n, side) for n, side in enumerate(end.sides, 1))
    logs = replace(end, sides=sides, exact=False)
    kept = _kept(logs)
    mean = _within(replace(end, exact=False), kept, exp.Exp(this=_quotient(logs, kept)))
    alone = end.furthest(_values(end, sure=False))
    at_least = terms.highest([alone, real(0.0)])
    return terms.cases([(zero, real(0.0)), (end.any_sure(), mean)], at_least)


def _logarithm(end: End, number: int, side: Side) -> Side:
    """The item's logarithm; the highest end has no use for an open item without one."""
    positive = terms.compared(exp.GT, column(side.value), real(0.0))
    term = terms.cases([(positive, exp.Ln(this=column(side.value)))], real(0.0))
    log = end.define(f"{number} ln", terms.as_real(term))
    applies = side.applies.again()
    if end.highest and not side.is_sure:
        applies = Truth(applies.sure, terms.every([applies.maybe, positive.copy()]))
        applies = Truth(applies.sure, end.define(f"{number} counts", applies.maybe))
    return Side(side.weight, log.name, applies)


_METHODS: Final[dict[Method, Callable[[End], Term]]] = {
    Method.MEAN: _mean,
    Method.GEOMETRIC: _geometric,
    Method.LEAST: _least,
    Method.MOST: _most,
    Method.SUM: _sum,
}
