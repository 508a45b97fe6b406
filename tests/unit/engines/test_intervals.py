"""Numbers as intervals: folding and comparing."""

import math

import pytest

from maturity.engines.intervals import NOWHERE, Interval, fold, within
from maturity.rules.expr import Bounds, Method


def sure(value: float) -> Interval:
    return Interval(value, value)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Method.MEAN, (2 * 8 + 1 * 2) / 3),
        (Method.GEOMETRIC, math.exp((2 * math.log(8) + math.log(2)) / 3)),
        (Method.LEAST, 2.0),
        (Method.MOST, 8.0),
        (Method.SUM, 18.0),
    ],
)
def test_the_methods(method: Method, expected: float) -> None:
    found = fold(method, [(2.0, sure(8)), (1.0, sure(2))])
    assert found.least == found.most == pytest.approx(expected)


def test_what_does_not_apply_drops_out_with_its_weight() -> None:
    assert fold(Method.MEAN, [(1.0, sure(4)), (9.0, NOWHERE)]) == sure(4)
    assert fold(Method.MEAN, [(9.0, NOWHERE)]) == fold(Method.SUM, []) == NOWHERE


def test_what_may_not_apply_is_taken_where_it_moves_an_end() -> None:
    low, high = Interval(0, 0, applies=None), Interval(10, 10, applies=None)
    assert fold(Method.MEAN, [(1.0, sure(4)), (1.0, low), (1.0, high)]) == Interval(2.0, 7.0)
    assert fold(Method.MEAN, [(1.0, low), (1.0, high)]) == Interval(0.0, 10.0, applies=None)


@pytest.mark.parametrize("value", [0.0, -3.0])
def test_a_geometric_mean_with_nought_or_less_is_nought(value: float) -> None:
    assert fold(Method.GEOMETRIC, [(1.0, sure(value)), (1.0, sure(9))]) == sure(0)


def test_full_marks_stay_full_marks_whatever_the_weights() -> None:
    assert fold(Method.MEAN, [(0.1, sure(100)), (0.2, sure(100)), (0.3, sure(100))]) == sure(100)


@pytest.mark.parametrize(
    ("number", "if_not_applicable", "expected"),
    [
        (Interval(3, 4), False, True),
        (Interval(1, 2), False, False),
        (Interval(2, 3), False, None),
        (NOWHERE, False, False),
        (NOWHERE, True, True),
        (Interval(3, 4, applies=None), True, True),
        (Interval(3, 4, applies=None), False, None),
        (Interval(1, 2, applies=None), False, False),
        (Interval(1, 2, applies=None), True, None),
    ],
)
def test_within(number: Interval, if_not_applicable: bool, expected: bool | None) -> None:
    assert within(number, Bounds(at_least=3), if_not_applicable) is expected
