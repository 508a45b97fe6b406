"""What binary arithmetic adds up without rounding, and so alike in whatever order."""

import math
from typing import Final

from maturity.plan import Plan
from maturity.rules import expr

_MOST: Final = 10**6


def is_short(weight: float) -> bool:
    """A multiple of an eighth below a million: such weights, and full marks, add up exactly."""
    return (weight * 8).is_integer() and abs(weight) < _MOST


def reach_of(node: expr.Number) -> float | None:
    """The greatest that a number can be, either way; None where it may be no short fraction."""
    match node:
        case expr.Points(table=table):
            values = [value for _, value in table]
        case expr.Indicator(yes=yes, no=no):
            values = [yes, no]
        case _:
            return None
    return sum(map(abs, values)) if all(map(is_short, values)) else None


def comes_out_alike(plan: Plan) -> bool:
    """Whether the scores of the query and of the reference engine are the same to the last bit.

    They are where the items of a mean, a sum, a minimum or a maximum are short fractions, and so
    are their weights: both engines then divide the same two numbers, which are exact. One item
    may be such a score itself, if its weight is a power of two: it is exact, or else no other item
    lies just where the mean does, and multiplied with its weight it does not change.
    """
    folds = {key: one for key, one in plan.values.items() if isinstance(one, expr.Fold)}
    exact = {key for key, one in folds.items() if all(map(_is_exact, one.items))}
    return all(_is_alike(one, exact) for one in folds.values())


def _is_exact(item: tuple[float, expr.Number]) -> bool:
    weight, number = item
    return is_short(weight) and reach_of(number) is not None


def _is_alike(fold: expr.Fold, exact: set[str]) -> bool:
    rest = [item for item in fold.items if not _is_exact(item)]
    if fold.method is expr.Method.GEOMETRIC or len(rest) > 1:
        return False
    return all(
        isinstance(number, expr.ScoreRef) and number.key in exact and _is_power_of_two(weight)
        for weight, number in rest
    )


def _is_power_of_two(weight: float) -> bool:
    return is_short(weight) and abs(math.frexp(weight)[0]) == 0.5  # noqa: PLR2004 - mantissa
