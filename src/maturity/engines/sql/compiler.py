"""The closed algebra -> SQL: one `match` for conditions, one for numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, assert_never

from sqlglot import exp

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.sql import folds, spans, terms, truths
from maturity.engines.sql.exactness import is_short, reach_of
from maturity.engines.sql.sheet import Place, Sheet, Stage
from maturity.engines.sql.spans import Span, keep_span
from maturity.engines.sql.states import State
from maturity.engines.sql.terms import Term, compared, every, opposite, real
from maturity.engines.sql.truths import Truth, keep, where_applicable
from maturity.rules import expr
from maturity.rules.expr import Bounds, children, noise

TRIVIAL: Final = (expr.Const, expr.Ref, expr.ScoreRef)
"""Nodes that are as short as the name of a column."""

LONGEST_LIST: Final = 40
"""Characters of a list of options that still stand in a name."""


@dataclass(slots=True)
class Compiler:
    """What has been compiled so far, and where the next columns go.

    `shared` counts how often each node stands in the plan: what stands there twice is named.
    """

    sheet: Sheet
    shared: Counter[expr.Node]
    states: dict[str, State] = field(default_factory=dict)
    truths: dict[str, Truth] = field(default_factory=dict)
    numbers: dict[str, Span] = field(default_factory=dict)
    stage: Stage = Stage.APPLICABILITY
    _conditions: dict[expr.Node, Truth] = field(default_factory=dict)
    _spans: dict[expr.Node, Span] = field(default_factory=dict)

    def truth(self, node: expr.Condition) -> Truth:
        """A condition; one that stands in several places is named once."""
        if node in self._conditions:
            return self._conditions[node].again()
        found = self._truth(node)
        if self.shared[node] > 1 and not isinstance(node, TRIVIAL):
            found = keep(self.sheet, self._place(node), _label(node), found)
            self._conditions[node] = found.again()
        return found

    def span(self, node: expr.Number) -> Span:
        """A number; its ends are always named."""
        if node not in self._spans:
            stage, label = self._place(node), _label(node)
            found = self._span(node, stage, label)
            narrow = reach_of(node) is not None
            self._spans[node] = keep_span(self.sheet, stage, label, found, narrow=narrow)
        return self._spans[node].again()

    def score(self, key: str, node: expr.Fold) -> Span:
        """A named number."""
        return keep_span(self.sheet, self.stage, key, self._fold(node, self.stage, key))

    def _place(self, node: expr.Node) -> Stage:
        """Readings of answers stand before the stages of the rubric."""
        if self.stage is Stage.APPLICABILITY or not _reads_answers_alone(node):
            return self.stage
        return Stage.READINGS

    def _truth(self, node: expr.Condition) -> Truth:
        match node:
            case expr.Ref(key):
                return self.truths[key].again()
            case expr.AnswerIn():
                return self._answer_in(node)
            case expr.All(items):
                return truths.all_of([self.truth(item) for item in items])
            case expr.AnyOf(items):
                return truths.any_of([self.truth(item) for item in items])
            case expr.Not(item):
                return truths.negated(self.truth(item))
            case expr.ChosenCount():
                return self._chosen(node)
            case expr.Within():
                return self._within(node)
            case expr.AtLeast(count, items):
                return truths.at_least(count, [self.truth(item) for item in items])
            case expr.Const(value):
                return truths.settled(value)
        assert_never(node)

    def _span(self, node: expr.Number, stage: Stage, label: str) -> Span:
        match node:
            case expr.Points():
                return spans.points(self.sheet, node, self.states[node.question])
            case expr.Amount():
                return spans.amount(node, self.states[node.question])
            case expr.Indicator():
                return spans.indicator(node, self.truth(node.condition))
            case expr.Fold():
                return self._fold(node, stage, label)
            case expr.ScoreRef(key):
                return self.numbers[key].again()
        assert_never(node)

    def _answer_in(self, node: expr.AnswerIn) -> Truth:
        state = self.states[node.question]
        others = {*state.shape.options, NOT_APPLICABLE} - node.options
        if terms.is_constant(state.applies.sure, value=True):
            others.discard(NOT_APPLICABLE)
        return Truth(state.options.has_none(others), state.options.has_any(node.options))

    def _chosen(self, node: expr.ChosenCount) -> Truth:
        """Between what is surely chosen and what is not refused."""
        state, options, most = self.states[node.question], node.options, len(node.options)
        chosen, refused = state.chosen.has_at_least, state.refused.has_at_least
        inside = every([chosen(options, node.low), refused(options, most - node.high)])
        too_few = refused(options, most - node.low + 1)
        too_many = chosen(options, node.high + 1)
        truth = Truth(inside, every([opposite(too_few), opposite(too_many)]))
        return where_applicable(truth, state.applies.again(), node.if_not_applicable)

    def _within(self, node: expr.Within) -> Truth:
        span = self.span(node.number)
        inside = every([*_reaches(node.bounds, span.least), *_keeps(node.bounds, span.most)])
        not_outside = [*_reaches(node.bounds, span.most), *_keeps(node.bounds, span.least)]
        truth = Truth(inside, every(not_outside))
        return where_applicable(truth, span.applies, node.if_not_applicable)

    def _fold(self, node: expr.Fold, stage: Stage, key: str) -> Span:
        items = [
            folds.Item(weight, self.span(number), is_short(weight), reach_of(number))
            for weight, number in node.items
        ]
        return folds.fold(Place(self.sheet, stage, key), node.method, items)


def shared_nodes(roots: Iterable[expr.Node]) -> Counter[expr.Node]:
    """How often each node stands in some trees."""
    return Counter(node for root in roots for node in _walk(root))


def _walk(node: expr.Node) -> Iterator[expr.Node]:
    yield node
    for child in children(node):
        yield from _walk(child)


def _reads_answers_alone(node: expr.Node) -> bool:
    return not any(isinstance(one, (expr.Ref, expr.ScoreRef)) for one in _walk(node))


def _reaches(bounds: Bounds, number: Term) -> Iterator[Term]:
    """Not too low, give or take the noise of binary arithmetic."""
    if bounds.at_least is not None:
        end = bounds.at_least - noise(bounds.at_least)
        yield compared(exp.GTE, number.copy(), real(end))
    if bounds.above is not None:
        end = bounds.above + noise(bounds.above)
        yield compared(exp.GT, number.copy(), real(end))


def _keeps(bounds: Bounds, number: Term) -> Iterator[Term]:
    """Not too high, give or take the noise of binary arithmetic."""
    if bounds.at_most is not None:
        end = bounds.at_most + noise(bounds.at_most)
        yield compared(exp.LTE, number.copy(), real(end))
    if bounds.below is not None:
        end = bounds.below - noise(bounds.below)
        yield compared(exp.LT, number.copy(), real(end))


def _label(node: expr.Node) -> str:
    """What a column that holds a node is called."""
    match node:
        case expr.AnswerIn(question, options):
            return f"{question} in {_listed(options)}"
        case expr.ChosenCount(question, options, low, high):
            return f"{question} {low}-{high} of {_listed(options)}"
        case expr.Points(question):
            return f"{question} points"
        case expr.Amount(question):
            return f"{question} number"
    return type(node).__name__.lower()


def _listed(options: frozenset[str]) -> str:
    text = "|".join(sorted(options))
    return text if len(text) <= LONGEST_LIST else f"{text[:LONGEST_LIST]}…"
