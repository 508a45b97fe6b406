"""Numbers as intervals, and how items that may drop out are folded exactly."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from maturity.model.state import Truth
from maturity.rules.expr import Bounds, Method


@dataclass(frozen=True, slots=True)
class Interval:
    """From `least` to `most`, both possible; `applies` is unknown where it may not apply."""

    least: float
    most: float
    applies: Truth = True


NOWHERE: Final = Interval(0.0, 0.0, applies=False)
"""The number that does not apply."""

Weighted = tuple[float, Interval]
Pair = tuple[float, float]
"""A weight and a value."""


def within(number: Interval, bounds: Bounds, if_not_applicable: bool) -> Truth:
    """Whether a number surely lies within bounds, surely outside, or neither."""
    if number.applies is False:
        return if_not_applicable
    inside = bounds.reaches(number.least) and bounds.keeps(number.most)
    outside = not (bounds.reaches(number.most) and bounds.keeps(number.least))
    if number.applies is None:
        inside, outside = inside and if_not_applicable, outside and not if_not_applicable
    return True if inside else False if outside else None


def fold(method: Method, items: Sequence[Weighted]) -> Interval:
    """Fold weighted items, left to right; those that do not apply drop out with their weight.

    Where it is open whether an item applies, each end is the most extreme value over all ways to
    leave such items out. Both ends are exact.
    """
    present = [item for item in items if item[1].applies is not False]
    if not present:
        return NOWHERE
    sure = any(item[1].applies is True for item in present)
    lower = _end(method, [(w, n.least, n.applies) for w, n in present], highest=False)
    upper = _end(method, [(w, n.most, n.applies) for w, n in present], highest=True)
    return Interval(lower, upper, True if sure else None)


def _end(method: Method, items: list[tuple[float, float, Truth]], highest: bool) -> float:
    """One end: the compulsory items with those optional ones that move it the wanted way."""
    combine = _COMBINE[method]
    kept = {index for index, item in enumerate(items) if item[2] is True}
    optional = [index for index, item in enumerate(items) if item[2] is None]
    worth = [weight * value if method is Method.SUM else value for weight, value, _ in items]
    optional.sort(key=lambda index: -worth[index] if highest else worth[index])
    if not kept:
        kept.add(optional.pop(0))
    best = combine(_pick(items, kept))
    for index in optional:
        moved = combine(_pick(items, kept | {index}))
        if (moved > best) if highest else (moved < best):
            kept.add(index)
            best = moved
    return best


def _pick(items: list[tuple[float, float, Truth]], kept: set[int]) -> list[Pair]:
    return [(item[0], item[1]) for index, item in enumerate(items) if index in kept]


def _mean(pairs: Sequence[Pair]) -> float:
    total = weights = 0.0
    for weight, value in pairs:
        total += weight * value
        weights += weight
    return _between(pairs, total / weights)


def _geometric(pairs: Sequence[Pair]) -> float:
    if any(value <= 0.0 for _, value in pairs):
        return 0.0
    logarithm = _mean([(weight, math.log(value)) for weight, value in pairs])
    return _between(pairs, math.exp(logarithm))


def _between(pairs: Sequence[Pair], mean: float) -> float:
    """A mean lies among its values: rounding must not put full marks just below full marks."""
    return min(max(mean, _least(pairs)), _most(pairs))


def _sum(pairs: Sequence[Pair]) -> float:
    total = 0.0
    for weight, value in pairs:
        total += weight * value
    return total


def _least(pairs: Sequence[Pair]) -> float:
    return min(value for _, value in pairs)


def _most(pairs: Sequence[Pair]) -> float:
    return max(value for _, value in pairs)


_COMBINE: Final[dict[Method, Callable[[Sequence[Pair]], float]]] = {
    Method.MEAN: _mean,
    Method.GEOMETRIC: _geometric,
    Method.LEAST: _least,
    Method.MOST: _most,
    Method.SUM: _sum,
}
