"""The reference engine: one project, every value, one code path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
Table = tuple[tuple[str, float], ...]
"""Points by option."""


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
    for key, node in plan.values.items():
        valuation.values[key] = value_of(node, valuation)
    return valuation


def reevaluate(
    before: Valuation, question: str, state: State, keys: Sequence[str] | None = None
) -> Valuation:
    """The valuation with one answer changed; only what the change reaches is evaluated anew.

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
    changed = {name for name in reach.questions if _differs(name, before, after)}
    for key in reach.values if keys is None else keys:
        if not after.plan.reads[key].isdisjoint(changed):
            value = value_of(after.plan.values[key], after)
            if value != after.values[key]:
                after.values[key] = value
                changed.add(key)
    return after


def _differs(question: str, before: Valuation, after: Valuation) -> bool:
    is_same = before.states[question] == after.states[question]
    return not is_same or before.applies[question] != after.applies[question]


def _settle(valuation: Valuation, questions: Iterable[str]) -> None:
    plan = valuation.plan
    for name in questions:
        applies = truth_of(plan.applies[name], valuation)
        valuation.applies[name] = applies
        valuation.states[name] = narrowed(valuation.raw[name], plan.shapes[name], applies)


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
            least, most = _choice_points(node.table, state)
        case MultiState():
            least, most = _multi_points(node.table, state)
        case _:
            raise TypeError(node)
    applies = _applies(is_applicable(state), state, asked, node.unanswered)
    return _by_policy(Interval(least, most, applies), node, state)


def _choice_points(table: Table, state: ChoiceState) -> Pair:
    """The least and the most of the possible answers."""
    possible = state.possible
    found = [points for option, points in table if option in possible]
    if len(found) < len(possible) - (NOT_APPLICABLE in possible):
        found.append(0.0)  # an option without points has none
    return min(found, default=0.0), max(found, default=0.0)


def _multi_points(table: Table, state: MultiState) -> Pair:
    """The sum over the chosen options with what the open ones may take or add."""
    sure = sum((points for option, points in table if option in state.chosen), 0.0)
    settled = state.chosen | state.refused
    least, most = _reach(points for option, points in table if option not in settled)
    return sure + least, sure + most


def limits(node: expr.Points | expr.Amount, state: State) -> Pair:
    """The least and the most of all answers there are."""
    if isinstance(node, expr.Amount):
        return node.least, node.most
    every = [points for _, points in node.table]
    return _reach(every) if isinstance(state, MultiState) else (min(every), max(every))


def _reach(points: Iterable[float]) -> Pair:
    every = tuple(points)
    return sum((min(one, 0.0) for one in every), 0.0), sum((max(one, 0.0) for one in every), 0.0)


def _amount(node: expr.Amount, state: State, asked: Truth) -> Interval:
    assert isinstance(state, NumberState)
    applies = _applies(state.applies, state, asked, node.unanswered)
    return _by_policy(Interval(state.least, state.most, applies), node, state)


def _applies(known: Truth, state: State, asked: Truth, unanswered: Unanswered) -> Truth:
    """Under a policy, nobody is taken to have declared an unanswered question inapplicable."""
    return known if state.answered or unanswered is Unanswered.RANGE else asked


def _by_policy(interval: Interval, node: expr.Points | expr.Amount, state: State) -> Interval:
    """What remains of a number where nobody answered, or where the question does not apply."""
    found: list[Pair | None] = []
    if interval.applies is not False:
        found.append(_where_applies(interval, node.unanswered, is_answered=state.answered))
    if interval.applies is not True:
        found.append(_stand_in(node, state))
    present = [pair for pair in found if pair is not None]
    if not present:
        return NOWHERE
    least, most = min(low for low, _ in present), max(high for _, high in present)
    return Interval(least, most, True if len(present) == len(found) else None)


def _where_applies(interval: Interval, unanswered: Unanswered, *, is_answered: bool) -> Pair | None:
    if is_answered or unanswered is Unanswered.RANGE:
        return interval.least, interval.most
    return None if unanswered is Unanswered.SKIP else (interval.least, interval.least)


def _stand_in(node: expr.Points | expr.Amount, state: State) -> Pair | None:
    """What a question that does not apply counts for; None where it drops out."""
    match node.not_applicable:
        case NotApplicable.EXCLUDE:
            return None
        case NotApplicable.LEAST:
            least = limits(node, state)[0]
            return least, least
        case NotApplicable.MOST:
            most = limits(node, state)[1]
            return most, most
    assert_never(node.not_applicable)


def _indicator(node: expr.Indicator, at: Valuation) -> Interval:
    truth = truth_of(node.condition, at)
    if truth is None:
        return Interval(min(node.yes, node.no), max(node.yes, node.no))
    points = node.yes if truth else node.no
    return Interval(points, points)
