"""The values that a number can take at most, so that a solver need not search for sums.

That no combination of points meets a number exactly is hard to show by search, and easy by adding
them up, item after item. Of what ties questions to each other, only that some apply together is
taken into account: what is not among the values surely cannot come out; what is among them may
still not.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final, TypeAlias, assert_never

from maturity.engines.prove.smt import exact
from maturity.plan import Plan
from maturity.rules import expr
from maturity.rules.expr import Method, NotApplicable

MOST_VALUES: Final = 60_000
"""Numbers that could take more values are not followed up."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a number. `absence` names when it does not apply: None if that is never.

    Numbers with the same absence apply together.
    """

    numbers: frozenset[Fraction]
    absence: Hashable = None


Weighted: TypeAlias = tuple[Fraction, Values]


def attainable(node: expr.Number, plan: Plan) -> Values | None:
    """The values that a number can take at most; None where they are too many to list."""
    match node:
        case expr.Points():
            return _points(node, plan)
        case expr.Amount():
            return None
        case expr.Indicator(_, yes, no):
            return Values(frozenset({exact(yes), exact(no)}))
        case expr.ScoreRef(key):
            score = plan.values[key]
            return attainable(score, plan) if isinstance(score, expr.Number) else None
        case expr.Fold():
            return _folded(node, plan)
    assert_never(node)


def _points(node: expr.Points, plan: Plan) -> Values:
    table = dict(node.table)
    options = plan.shapes[node.question].options
    numbers = frozenset(exact(table.get(option, 0.0)) for option in options)
    if plan.shapes[node.question].kind == "multi":
        numbers = frozenset({Fraction(0)})
        for _, points in node.table:
            numbers |= {exact(points) + one for one in numbers}
    condition = plan.applies[node.question]
    declarable = node.question in plan.declarable
    if condition == expr.Const(value=True) and not declarable:
        return Values(numbers)
    match node.not_applicable:
        case NotApplicable.EXCLUDE:
            return Values(numbers, node.question if declarable else condition)
        case NotApplicable.LEAST | NotApplicable.MOST:
            # The stand-in is one of them: the least or the most that the question can bring.
            return Values(numbers)
    assert_never(node.not_applicable)


def _folded(node: expr.Fold, plan: Plan) -> Values | None:
    weighted: list[Weighted] = []
    for weight, item in node.items:
        values = attainable(item, plan)
        if values is None:
            return None
        weighted.append((exact(weight), values))
    always = any(values.absence is None for _, values in weighted)
    absence = None if always else node
    match node.method:
        case Method.MEAN | Method.SUM:
            numbers = _added(node.method, weighted)
            return None if numbers is None else Values(numbers, absence)
        case Method.LEAST | Method.MOST:
            every = frozenset(one for _, values in weighted for one in values.numbers)
            return Values(every, absence)
        case Method.GEOMETRIC:
            return None
    assert_never(node.method)


Total: TypeAlias = tuple[int, int]
"""Points and weights added up, both in the same small unit."""


def _added(method: Method, weighted: Sequence[Weighted]) -> frozenset[Fraction] | None:
    """Every total of points over its total of weights; of a sum, the total itself."""
    unit = lcm(*(w.denominator * n.denominator for w, v in weighted for n in v.numbers))
    found: set[Total] = {(0, 0)}
    for absence in dict.fromkeys(values.absence for _, values in weighted):
        together = [one for one in weighted if one[1].absence == absence]
        added = _totals(found, together, unit)
        if added is None:
            return None
        found = added if absence is None else found | added
    quotients = ((p, w if method is Method.MEAN else unit) for p, w in found if w)
    return frozenset(Fraction(points, weights) for points, weights in quotients)


def _totals(found: set[Total], weighted: Iterable[Weighted], unit: int) -> set[Total] | None:
    """The totals after some more items, all of which apply."""
    for weight, values in weighted:
        more = int(weight * unit)
        steps = {int(weight * number * unit) for number in values.numbers}
        found = {(points + step, weights + more) for points, weights in found for step in steps}
        if len(found) > MOST_VALUES:
            return None
    return found
