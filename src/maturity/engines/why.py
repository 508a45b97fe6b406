"""Valuation -> Reason: what decided a value, down to the answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.intervals import Interval
from maturity.engines.python import Valuation, limits, number_of, truth_of, value_of
from maturity.model.bundle import Silence
from maturity.model.reason import Asked, Form, Kind, Number, Reason
from maturity.model.state import State, Truth
from maturity.rules import expr


def why(at: Valuation, key: str) -> Reason:
    """The reason of a named value, with the reasons of those it refers to below it.

    Every named value is opened once, where it first decides; so a tree never grows beyond the
    rubric, however often its values refer to each other.
    """
    return _Telling(at).named(key)


@dataclass(slots=True)
class _Telling:
    """One tree in the making: the valuation, and the named values opened so far."""

    at: Valuation
    opened: set[str] = field(default_factory=set)

    def named(self, key: str) -> Reason:
        value = _shown(self.at.values[key])
        if key in self.opened:
            return Reason("named", value, key)
        self.opened.add(key)
        return Reason("named", value, key, (self.reason(self.at.plan.values[key]),))

    def reason(self, node: expr.Node) -> Reason:
        match node:
            case expr.All(items):
                return self._connective("all", node, items, free=True)
            case expr.AnyOf(items):
                return self._connective("any", node, items, free=False)
            case expr.Not(item):
                return Reason("not", truth_of(node, self.at), parts=(self.reason(item),))
            case expr.AtLeast(count, items):
                parts = tuple(self.reason(item) for item in items)
                return Reason("at-least", truth_of(node, self.at), parts=parts, wanted=count)
            case expr.Const(value):
                return Reason("constant", value)
            case expr.Ref(key) | expr.ScoreRef(key):
                return self.named(key)
            case expr.Within():
                return self._within(node)
            case expr.Fold():
                return self._fold(node)
            case expr.Indicator():
                return self._indicator(node)
        return self._leaf(node)

    def _connective(
        self, kind: Kind, node: expr.Condition, items: Sequence[expr.Condition], *, free: bool
    ) -> Reason:
        """Keep the items that decide: all of them where the value is the connective's default."""
        wanted = truth_of(node, self.at)
        kept = [one for one in items if wanted is free or truth_of(one, self.at) is wanted]
        parts = tuple(self.reason(one) for one in kept)
        return Reason(kind, wanted, parts=parts, left_out=len(items) - len(kept))

    def _within(self, node: expr.Within) -> Reason:
        named = (
            ("at-least", node.bounds.at_least),
            ("above", node.bounds.above),
            ("at-most", node.bounds.at_most),
            ("below", node.bounds.below),
        )
        ends = tuple((name, end) for name, end in named if end is not None)
        parts = (self.reason(node.number),)
        return Reason("within", truth_of(node, self.at), parts=parts, bounds=ends)

    def _fold(self, node: expr.Fold) -> Reason:
        parts = tuple(self.reason(one)._replace(weight=weight) for weight, one in node.items)
        value = _shown(number_of(node, self.at))
        return Reason("fold", value, parts=parts, method=node.method.value)

    def _indicator(self, node: expr.Indicator) -> Reason:
        parts = (self.reason(node.condition),)
        value = _shown(number_of(node, self.at))
        return Reason("indicator", value, parts=parts, points=(node.yes, node.no))

    def _leaf(self, node: expr.Node) -> Reason:
        question = expr.question_read(node)
        assert question is not None
        form, wanted, low, high = _form(node)
        order = (*self.at.plan.shapes[question].options, NOT_APPLICABLE)
        asked = Asked(
            question,
            form,
            tuple(option for option in order if option in wanted),
            self.at.states[question],
            self.at.applies[question],
            low,
            high,
            _silence(node) if not self.at.states[question].answered else None,
            _ends(node, self.at.states[question]),
        )
        value = _shown(value_of(node, self.at))
        return Reason("asked", value, asked=asked, parts=self._condition(question))

    def _condition(self, question: str) -> tuple[Reason, ...]:
        """Why a question does not apply, or may not; told once a tree."""
        key = f"applies.{question}"
        if self.at.applies[question] is True or key in self.opened:
            return ()
        self.opened.add(key)
        return (self.reason(self.at.plan.applies[question]),)


def _form(node: expr.Node) -> tuple[Form, frozenset[str], float | None, float | None]:
    match node:
        case expr.AnswerIn(_, options):
            return "in", options, None, None
        case expr.ChosenCount(_, options, low, high):
            return _count_form(low, high, len(options)), options, low, high
        case expr.Points(_, table):
            return "points", frozenset(option for option, _ in table), None, None
        case expr.Amount(_, least, most):
            return "number", frozenset(), least, most
    raise TypeError(node)


def _silence(node: expr.Node) -> Silence | None:
    match node:
        case expr.Points() | expr.Amount():
            by_policy: dict[expr.Unanswered, Silence] = {
                expr.Unanswered.LEAST: "least",
                expr.Unanswered.SKIP: "skip",
            }
            return by_policy.get(node.unanswered)
    return None


def _ends(node: expr.Node, state: State) -> tuple[float, float]:
    return limits(node, state) if isinstance(node, expr.Points | expr.Amount) else (0.0, 0.0)


def _count_form(low: int, high: int, every: int) -> Form:
    if high == 0:
        return "lacks"
    if low == 1:
        return "has"
    return "has-all" if low == every else "chosen"


def _shown(value: Truth | Interval) -> Truth | Number:
    if not isinstance(value, Interval):
        return value
    if value.applies is False:
        return Number(None, None)
    return Number(value.least, value.most)
