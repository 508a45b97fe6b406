"""The reference engine: one project, every value, one code path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.intervals import NOWHERE, Interval, Pair, fold, within
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    Truth,
    is_applicable,
    narrowed,
)
from maturity.plan import Plan
from maturity.rules import expr
from maturity.rules.expr import NotApplicable, Unanswered

Value = Truth | Interval


@dataclass(slots=True)
class Valuation:
    """Every named value of one project: the trace from which everything is explained.

    `raw` holds what the answers alone say; `states` what remains once it is known which questions
    apply; `applies` the truth of each question's condition; `values` the named values by key.
    """

    plan: Plan
    raw: dict[str, State]
    states: dict[str, State]
    applies: dict[str, Truth]
    values: dict[str, Value]

    def truth(self, key: str) -> Truth:
        """A named condition."""
        value = self.values[key]
        assert not isinstance(value, Interval)
        return value

    def interval(self, key: str) -> Interval:
        """A named number."""
        value = self.values[key]
        assert isinstance(value, Interval)
        return value


def evaluate(plan: Plan, raw: Mapping[str, State]) -> Valuation:
    """Evaluate every question's applicability in file order, then every value in stage order."""
    valuation = Valuation(plan, dict(raw), {}, {}, {})
    _settle(valuation, plan.shapes)
    _fill(valuation, plan.values)
    return valuation


def reevaluate(
    before: Valuation, question: str, state: State, keys: Sequence[str] | None = None
) -> Valuation:
    """The valuation with one answer changed; only what that answer can reach is evaluated anew.

    With `keys`, only these of what it can reach; they must include all that they read.
    """
    reach = before.plan.reach(question)
    after = Valuation(
        before.plan,
        {**before.raw, question: state},
        dict(before.states),
        dict(before.applies),
        dict(before.values),
    )
    _settle(after, reach.questions)
    _fill(after, reach.values if keys is None else keys)
    return after


def _settle(valuation: Valuation, questions: Iterable[str]) -> None:
    plan = valuation.plan
    for name in questions:
        applies = truth_of(plan.applies[name], valuation)
        valuation.applies[name] = applies
        valuation.states[name] = narrowed(valuation.raw[name], plan.shapes[name], applies)


def _fill(valuation: Valuation, keys: Iterable[str]) -> None:
    nodes = valuation.plan.values
    for key in keys:
        valuation.values[key] = value_of(nodes[key], valuation)


_NUMBERS = (expr.Fold, expr.Points, expr.Amount, expr.Indicator, expr.ScoreRef)


def value_of(node: expr.Node, at: Valuation) -> Value:
    """The value of any node."""
    if isinstance(node, _NUMBERS):
        return number_of(node, at)
    return truth_of(node, at)


def truth_of(node: expr.Condition, at: Valuation) -> Truth:
    """Kleene's truth of a condition; the most frequent nodes come first."""
    match node:
        case expr.Ref():
            return at.truth(node.key)
        case expr.AnswerIn():
            return _answer_in(at.states[node.question], node.options)
        case expr.All():
            return _all(node.items, at)
        case expr.AnyOf():
            return _any(node.items, at)
        case expr.Not():
            truth = truth_of(node.item, at)
            return None if truth is None else not truth
        case expr.ChosenCount():
            return _chosen(node, at.states[node.question])
        case expr.Within():
            return within(number_of(node.number, at), node.bounds, node.if_not_applicable)
        case expr.AtLeast():
            return _at_least(node.count, node.items, at)
        case expr.Const():
            return node.value
    assert_never(node)


def number_of(node: expr.Number, at: Valuation) -> Interval:
    """The interval of a number."""
    match node:
        case expr.Points():
            return _points(node, at.states[node.question], at.applies[node.question])
        case expr.Fold():
            items = [(weight, number_of(item, at)) for weight, item in node.items]
            return fold(node.method, items)
        case expr.ScoreRef():
            return at.interval(node.key)
        case expr.Indicator():
            return _indicator(node, at)
        case expr.Amount():
            return _amount(node, at.states[node.question], at.applies[node.question])
    assert_never(node)


def _all(items: tuple[expr.Condition, ...], at: Valuation) -> Truth:
    result: Truth = True
    for item in items:
        truth = truth_of(item, at)
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def _any(items: tuple[expr.Condition, ...], at: Valuation) -> Truth:
    result: Truth = False
    for item in items:
        truth = truth_of(item, at)
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def _at_least(count: int, items: tuple[expr.Condition, ...], at: Valuation) -> Truth:
    truths = [truth_of(item, at) for item in items]
    sure = truths.count(True)
    if sure >= count:
        return True
    return False if sure + truths.count(None) < count else None


def _answer_in(state: State, options: frozenset[str]) -> Truth:
    assert isinstance(state, ChoiceState)
    if state.possible <= options:
        return True
    return False if state.possible.isdisjoint(options) else None


def _chosen(node: expr.ChosenCount, state: State) -> Truth:
    assert isinstance(state, MultiState)
    if state.applies is False:
        return node.if_not_applicable
    least = len(node.options & state.chosen)
    most = len(node.options - state.refused)
    inside = node.low <= least and most <= node.high
    outside = most < node.low or least > node.high
    if state.applies is None:
        inside, outside = inside and node.if_not_applicable, outside and not node.if_not_applicable
    return True if inside else False if outside else None


def _points(node: expr.Points, state: State, asked: Truth) -> Interval:
    match state:
        case ChoiceState():
            (least, most), ends = _choice_points(dict(node.table), state)
        case MultiState():
            (least, most), ends = _multi_points(dict(node.table), state)
        case _:
            raise TypeError(node)
    interval = Interval(least, most, is_applicable(state))
    known = replace(interval, applies=_applies(interval, state, asked, node.unanswered))
    return _by_policy(known, ends, state, node.unanswered, node.not_applicable)


def _choice_points(table: dict[str, float], state: ChoiceState) -> tuple[Pair, Pair]:
    """The least and the most of the possible answers, and of the whole table."""
    found = [table.get(option, 0.0) for option in state.possible if option != NOT_APPLICABLE]
    ends = (min(table.values()), max(table.values()))
    return (min(found, default=0.0), max(found, default=0.0)), ends


def _multi_points(table: dict[str, float], state: MultiState) -> tuple[Pair, Pair]:
    """The sum over the chosen options with what the open ones may take or add, and its limits."""
    sure = sum((points for option, points in table.items() if option in state.chosen), 0.0)
    settled = state.chosen | state.refused
    rest = [points for option, points in table.items() if option not in settled]
    least, most = _reach(rest)
    return (sure + least, sure + most), _reach(table.values())


def _reach(points: Iterable[float]) -> Pair:
    every = tuple(points)
    return sum((min(one, 0.0) for one in every), 0.0), sum((max(one, 0.0) for one in every), 0.0)


def _amount(node: expr.Amount, state: State, asked: Truth) -> Interval:
    assert isinstance(state, NumberState)
    interval = Interval(state.least, state.most, state.applies)
    ends = (node.least, node.most)
    known = replace(interval, applies=_applies(interval, state, asked, node.unanswered))
    return _by_policy(known, ends, state, node.unanswered, node.not_applicable)


def _applies(interval: Interval, state: State, asked: Truth, unanswered: Unanswered) -> Truth:
    """Under a policy, nobody is taken to have declared an unanswered question inapplicable."""
    is_open = state.answered or unanswered is Unanswered.RANGE
    return interval.applies if is_open else asked


def _by_policy(
    interval: Interval,
    ends: tuple[float, float],
    state: State,
    unanswered: Unanswered,
    not_applicable: NotApplicable,
) -> Interval:
    """What remains of a number where nobody answered, or where the question does not apply."""
    where_applies: Pair | None = (interval.least, interval.most)
    if not state.answered and unanswered is Unanswered.SKIP:
        where_applies = None
    elif not state.answered and unanswered is Unanswered.LEAST:
        where_applies = (interval.least, interval.least)
    stand_ins = {NotApplicable.LEAST: ends[0], NotApplicable.MOST: ends[1]}
    stand_in = stand_ins.get(not_applicable)
    where_not = None if stand_in is None else (stand_in, stand_in)
    possible = [where_applies] if interval.applies is not False else []
    possible += [where_not] if interval.applies is not True else []
    present = [pair for pair in possible if pair is not None]
    if not present:
        return NOWHERE
    least, most = min(low for low, _ in present), max(high for _, high in present)
    return Interval(least, most, True if len(present) == len(possible) else None)


def _indicator(node: expr.Indicator, at: Valuation) -> Interval:
    truth = truth_of(node.condition, at)
    if truth is None:
        return Interval(min(node.yes, node.no), max(node.yes, node.no))
    points = node.yes if truth else node.no
    return Interval(points, points)
