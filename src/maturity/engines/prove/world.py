"""A world, in which every question is settled, as terms: the algebra for the solver.

Only what is asked for is turned into terms, and everything once. A world can be a variation of
another one: then it has terms of its own only for what one changed answer can reach.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias, assert_never

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.prove import questions, smt
from maturity.engines.prove.attainable import attainable
from maturity.engines.prove.figures import (
    Counted,
    Figure,
    Folded,
    Ledger,
    Listed,
    at_least,
    at_most,
)
from maturity.engines.trials import trials
from maturity.model.state import NumberState, anything
from maturity.plan import Plan, leaves
from maturity.rules import expr
from maturity.rules.expr import NotApplicable

Origin: TypeAlias = str
"""What a fact comes from: a key of the plan, `applies.<question>` or `range.<question>`."""


@dataclass
class World:
    """Terms for the questions and named values of a plan, and the facts that tie them together.

    `facts` are those that a model file states, by their origin; `ledger` those that follow from
    the form of questions and numbers. `plain` may be assumed for numbers that people would name.
    """

    plan: Plan
    name: str = ""
    base: "World | None" = None
    changed: frozenset[str] = frozenset()
    facts: list[tuple[Origin, smt.Bool]] = field(default_factory=list)
    ledger: Ledger = field(default_factory=list)
    plain: list[smt.Bool] = field(default_factory=list)
    asked: dict[str, questions.Asked] = field(default_factory=dict)
    _truths: dict[str, smt.Bool] = field(default_factory=dict)
    _figures: dict[str, Figure] = field(default_factory=dict)
    _bounds: dict[expr.Within, smt.Bool] = field(default_factory=dict)
    _folds: int = 0

    @classmethod
    def varied(cls, base: "World", question: str) -> "World":
        """The world after another answer to one question: all other answers stay as they are.

        A question that applies in both worlds is answered alike; one that the change makes
        applicable may be answered in any way.
        """
        reach = base.plan.reach(question)
        world = cls(base.plan, f"{base.name}'", base, frozenset((*reach.questions, *reach.values)))
        world._tie(question)
        return world

    def _tie(self, question: str) -> None:
        assert self.base is not None
        for other in self.plan.reach(question).questions:
            if other == question or self.plan.shapes[other].kind == "text":
                continue
            condition = self.plan.applies[other]
            both = smt.every([self.truth(condition), self.base.truth(condition)])
            alike = questions.alike(self.question(other), self.base.question(other))
            self.ledger.append(smt.implies(both, alike))

    def question(self, name: str) -> questions.Asked:
        """The terms of a question."""
        if self.base is not None and name not in self.changed:
            return self.base.question(name)
        if name not in self.asked:
            self.asked[name] = self._question(name)
        return self.asked[name]

    def _question(self, name: str) -> questions.Asked:
        condition = self.plan.applies[name]
        declarable = name in self.plan.declarable
        always = condition == expr.Const(value=True) and not declarable
        found = questions.asked(self.plan.shapes[name], self.name, may_be_left_out=not always)
        self.ledger += questions.form_of(found)
        if not always:
            holds = self.truth(condition)
            tie = smt.implies if declarable else smt.same
            self.facts.append((f"applies.{name}", tie(found.applies, holds)))
        if isinstance(found, questions.Amount):
            self.facts.append((f"range.{name}", self._range(name, found.number)))
        return found

    def _range(self, name: str, number: smt.Real) -> smt.Bool:
        """The range; numbers that are only compared need but one value between two thresholds."""
        shape = self.plan.shapes[name]
        states = trials(self.plan, name, anything(shape, declarable=False))
        marks = [one.least for one in states if isinstance(one, NumberState)]
        marked = smt.some(number == smt.constant(smt.exact(mark)) for mark in marks)
        if name not in self._summed():
            return marked
        # Where it makes no difference, a round number is a better example than any other.
        self.plain.append(smt.truth(f"{self.name}{name} is plain"))
        self.ledger.append(smt.implies(self.plain[-1], marked))
        low, high = smt.exact(shape.least), smt.exact(shape.most)
        return smt.every([number >= smt.constant(low), number <= smt.constant(high)])

    def _summed(self) -> set[str]:
        return {
            leaf.question
            for node in self.plan.values.values()
            for fold in leaves(node)
            if isinstance(fold, expr.Fold)
            for leaf in leaves(fold)
            if isinstance(leaf, expr.Amount)
        }

    def named(self, key: str) -> smt.Bool:
        """A named condition."""
        if self.base is not None and key not in self.changed:
            return self.base.named(key)
        if key not in self._truths:
            self._truths[key] = smt.truth(f"{self.name}{key}")
            node = self.plan.values[key]
            assert not isinstance(node, expr.Number)
            self.facts.append((key, smt.same(self._truths[key], self.truth(node))))
        return self._truths[key]

    def score(self, key: str) -> Figure:
        """A named number."""
        if self.base is not None and key not in self.changed:
            return self.base.score(key)
        if key not in self._figures:
            node = self.plan.values[key]
            assert isinstance(node, expr.Fold)
            self._figures[key] = self._fold(node, f"{self.name}{key}")
        return self._figures[key]

    def truth(self, node: expr.Node) -> smt.Bool:
        """A condition."""
        match node:
            case expr.Const(value):
                return smt.known(value)
            case expr.AnswerIn(question, options):
                return self._answer_in(question, options)
            case expr.ChosenCount():
                return self._chosen(node)
            case expr.Within():
                if node not in self._bounds:
                    self._bounds[node] = self._within(node)
                return self._bounds[node]
            case expr.All(items):
                return smt.every(self.truth(item) for item in items)
            case expr.AnyOf(items):
                return smt.some(self.truth(item) for item in items)
            case expr.Not(item):
                return smt.no(self.truth(item))
            case expr.AtLeast(count, items):
                return smt.at_least(count, [self.truth(item) for item in items])
            case expr.Ref(key):
                return self.named(key)
        raise TypeError(node)

    def _answer_in(self, question: str, options: frozenset[str]) -> smt.Bool:
        found = self.question(question)
        assert isinstance(found, questions.Choice)
        return smt.some(term for option, term in found.options.items() if option in options)

    def _chosen(self, node: expr.ChosenCount) -> smt.Bool:
        found = self.question(node.question)
        assert isinstance(found, questions.Multi)
        terms = [term for option, term in found.options.items() if option in node.options]
        count = smt.every([smt.at_least(node.low, terms), smt.at_most(node.high, terms)])
        return _where(found.applies, count, node.if_not_applicable)

    def _within(self, node: expr.Within) -> smt.Bool:
        figure, bounds = self.figure(node.number), node.bounds
        terms: list[smt.Bool] = []
        if bounds.at_least is not None:
            terms.append(at_least(figure, smt.exact(bounds.at_least)))
        if bounds.above is not None:
            terms.append(smt.no(at_most(figure, smt.exact(bounds.above))))
        if bounds.at_most is not None:
            terms.append(at_most(figure, smt.exact(bounds.at_most)))
        if bounds.below is not None:
            terms.append(smt.no(at_least(figure, smt.exact(bounds.below))))
        if bounds.at_least is not None and bounds.at_least == bounds.at_most:
            values = attainable(node.number, self.plan)
            if values is not None and smt.exact(bounds.at_least) not in values.numbers:
                terms = [smt.known(value=False)]
        return _where(figure.present, smt.every(terms), node.if_not_applicable)

    def figure(self, node: expr.Number) -> Figure:
        """A number."""
        match node:
            case expr.Points():
                return self._points(node)
            case expr.Amount():
                return self._amount(node)
            case expr.Indicator(condition, yes, no):
                holds = self.truth(condition)
                pieces = ((holds, smt.exact(yes)), (smt.no(holds), smt.exact(no)))
                return Listed(smt.known(value=True), pieces)
            case expr.ScoreRef(key):
                return self.score(key)
            case expr.Fold():
                self._folds += 1
                return self._fold(node, f"{self.name}fold#{self._folds}")
        assert_never(node)

    def _points(self, node: expr.Points) -> Figure:
        found = self.question(node.question)
        table = [(option, smt.exact(points)) for option, points in node.table]
        match found:
            case questions.Choice(options):
                # A share lists but the options that count: the others have no points.
                points_of = dict(table)
                pieces = [
                    (term, points_of.get(option, Fraction(0)))
                    for option, term in options.items()
                    if option != NOT_APPLICABLE
                ]
                ends = (min(points_of.values()), max(points_of.values()))
                return _listed(node, found, pieces, ends)
            case questions.Multi(options, applies):
                weighed = [(options[option], points) for option, points in table]
                low = sum((points for _, points in table if points < 0), Fraction(0))
                high = sum((points for _, points in table if points > 0), Fraction(0))
                return _counted(node, applies, smt.weighed(weighed), (low, high))
            case questions.Amount():
                raise TypeError(node)

    def _amount(self, node: expr.Amount) -> Figure:
        found = self.question(node.question)
        assert isinstance(found, questions.Amount)
        ends = (smt.exact(node.least), smt.exact(node.most))
        return _counted(node, found.applies, found.number, ends)

    def _fold(self, node: expr.Fold, name: str) -> Figure:
        items = tuple((smt.exact(weight), self.figure(item)) for weight, item in node.items)
        present = smt.some(item.present for _, item in items)
        return Folded(present, name, self.ledger, node.method, items)


def _listed(
    node: expr.Points,
    found: questions.Choice,
    pieces: list[tuple[smt.Bool, Fraction]],
    ends: tuple[Fraction, Fraction],
) -> Figure:
    left_out = found.options.get(NOT_APPLICABLE)
    if left_out is None or node.not_applicable is NotApplicable.EXCLUDE:
        return Listed(found.applies, tuple(pieces))
    stand_in = ends[0] if node.not_applicable is NotApplicable.LEAST else ends[1]
    return Listed(smt.known(value=True), (*pieces, (left_out, stand_in)))


def _counted(
    node: expr.Points | expr.Amount,
    applies: smt.Bool,
    term: smt.Real,
    ends: tuple[Fraction, Fraction],
) -> Figure:
    if node.not_applicable is NotApplicable.EXCLUDE:
        return Counted(applies, term)
    stand_in = ends[0] if node.not_applicable is NotApplicable.LEAST else ends[1]
    return Counted(smt.known(value=True), smt.chosen(applies, term, smt.constant(stand_in)))


def _where(applies: smt.Bool, holds: smt.Bool, otherwise: bool) -> smt.Bool:
    """What holds where a question or number applies, and a fixed truth where it does not."""
    if otherwise:
        return smt.implies(applies, holds)
    return smt.every([applies, holds])
