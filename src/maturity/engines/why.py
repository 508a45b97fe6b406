"""Valuation -> Reason: what decided a value, down to the answers."""

from collections.abc import Iterable
from dataclasses import replace

from maturity.engines.intervals import Interval
from maturity.engines.python import Valuation, number_of, truth_of, value_of
from maturity.model.reason import Asked, Number, Reason
from maturity.model.state import Truth
from maturity.rules import expr


def why(at: Valuation, key: str) -> Reason:
    """The reason of a named value, with the reasons of those it refers to below it."""
    node = at.plan.values[key]
    return Reason("named", _shown(at.values[key]), key, (_reason(node, at),))


def _reason(node: expr.Node, at: Valuation) -> Reason:
    match node:
        case expr.All(items):
            return _connective("all", items, at, wanted=truth_of(node, at), free=True)
        case expr.AnyOf(items):
            return _connective("any", items, at, wanted=truth_of(node, at), free=False)
        case expr.Not(item):
            return Reason("not", truth_of(node, at), parts=(_reason(item, at),))
        case expr.AtLeast(count, items):
            parts = tuple(_reason(item, at) for item in items)
            return Reason("at-least", truth_of(node, at), parts=parts, count=count)
        case expr.Const(value):
            return Reason("constant", value)
        case expr.Ref(key) | expr.ScoreRef(key):
            return why(at, key)
        case expr.Within(number, bounds):
            return _within(node, number, bounds, at)
        case expr.Fold(_, items):
            parts = tuple(replace(_reason(n, at), weight=weight) for weight, n in items)
            return Reason("fold", _shown(number_of(node, at)), parts=parts)
        case expr.Indicator(condition):
            parts = (_reason(condition, at),)
            return Reason("indicator", _shown(number_of(node, at)), parts=parts)
    return _leaf(node, at)


def _connective(
    kind: str, items: Iterable[expr.Condition], at: Valuation, wanted: Truth, free: bool
) -> Reason:
    """Keep the items that decide: all of them where the value is the connective's own default."""
    reasons = [_reason(item, at) for item in items]
    if wanted is not free:
        reasons = [reason for reason in reasons if reason.value is wanted]
    return Reason(kind, wanted, parts=tuple(reasons))


def _within(node: expr.Within, number: expr.Number, bounds: expr.Bounds, at: Valuation) -> Reason:
    named = (
        ("at_least", bounds.at_least),
        ("above", bounds.above),
        ("at_most", bounds.at_most),
        ("below", bounds.below),
    )
    ends = tuple((name, end) for name, end in named if end is not None)
    return Reason("within", truth_of(node, at), parts=(_reason(number, at),), bounds=ends)


def _leaf(node: expr.Node, at: Valuation) -> Reason:
    question = expr.question_read(node)
    assert question is not None
    form, wanted, low, high = _form(node)
    asked = Asked(question, form, wanted, at.states[question], at.applies[question], low, high)
    return Reason("asked", _shown(value_of(node, at)), asked=asked, parts=_condition(question, at))


def _condition(question: str, at: Valuation) -> tuple[Reason, ...]:
    """Why a question does not apply, or may not."""
    if at.applies[question] is True:
        return ()
    return (_reason(at.plan.applies[question], at),)


def _form(node: expr.Node) -> tuple[str, tuple[str, ...], float | None, float | None]:
    match node:
        case expr.AnswerIn(_, options):
            return "in", tuple(sorted(options)), None, None
        case expr.ChosenCount(_, options, low, high):
            form = "lacks" if high == 0 else "has-all" if low == len(options) else "chosen"
            form = "has" if form == "chosen" and low == 1 else form
            return form, tuple(sorted(options)), low, high
        case expr.Points(_, table):
            return "points", tuple(option for option, _ in table), None, None
        case expr.Amount(_, least, most):
            return "number", (), least, most
    return "applies", (), None, None


def _shown(value: Truth | Interval) -> Truth | Number:
    if not isinstance(value, Interval):
        return value
    if value.applies is False:
        return Number(None, None)
    return Number(value.least, value.most)
