"""Finding worlds: by chance first, then by the solver; the reference engine confirms each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from maturity.engines.prove import smt
from maturity.engines.prove.questions import same_answer
from maturity.engines.prove.witnesses import Draw, read
from maturity.engines.prove.world import World
from maturity.engines.python import Valuation, evaluate, truth_of
from maturity.model.proofs import Cause
from maturity.plan import Plan, leaves
from maturity.rules import expr

DRAWN: Final = 40
"""Worlds by chance: what most of them have in common need not be asked of the solver."""

SEED: Final = 20
TRIES: Final = 4
"""Worlds that the engine may refuse before a question is given up."""

UNITS_A_SECOND: Final = 700_000
"""The solver's steps in a second, about, on the machine of docs/decisions/0006-solver.md."""

QUERY_SECONDS: Final = 10
"""The most that one question may take."""


@dataclass
class Effort:
    """What may still be spent, in the solver's own steps, so that a result repeats anywhere."""

    left: int

    @classmethod
    def of(cls, seconds: float) -> "Effort":
        """As many steps as are usual in so many seconds."""
        return cls(int(seconds * UNITS_A_SECOND))

    def ask(self, solver: smt.Solver, assumed: Sequence[smt.Bool]) -> smt.Answer:
        """Ask with what is left, and count it off."""
        if self.left <= 0:
            return smt.Answer.STOPPED
        before = solver.spent
        answer = solver.ask(assumed, min(self.left, QUERY_SECONDS * UNITS_A_SECOND))
        self.left -= solver.spent - before
        return answer


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is no such world."""


Found = Valuation | Nothing | Cause
"""A world that the engine confirmed; that there is none; or why neither is known."""


@dataclass
class Inquiry:
    """A solver that is told what some worlds state, as far as they are known so far."""

    effort: Effort
    worlds: tuple[World, ...]
    solver: smt.Solver = field(default_factory=smt.Solver)
    _told: dict[str, tuple[int, int]] = field(default_factory=dict)

    def ask(self, *assumed: smt.Bool) -> smt.Answer:
        """Whether all of these can be, as far as the effort goes."""
        for world in self.worlds:
            facts, ledger = self._told.get(world.name, (0, 0))
            self.solver.add(fact for _, fact in world.facts[facts:])
            self.solver.add(world.ledger[ledger:])
            self._told[world.name] = (len(world.facts), len(world.ledger))
        plain = [term for world in self.worlds for term in world.plain]
        if plain and self.effort.ask(self.solver, [*assumed, *plain]) is smt.Answer.SOME:
            return smt.Answer.SOME
        return self.effort.ask(self.solver, assumed)


@dataclass
class Prover:
    """One plan, the solver that knows it, and the worlds found so far."""

    plan: Plan
    effort: Effort
    pool: list[Valuation] = field(default_factory=list)
    _known: dict[expr.Condition, Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the first worlds."""
        self.draw = Draw(self.plan, Random(SEED))  # noqa: S311 - draws answers, keeps no secret
        self.world = World(self.plan)
        self.inquiry = Inquiry(self.effort, (self.world,))
        for _ in range(DRAWN):
            self.pool.append(evaluate(self.plan, self.draw.states()))

    def find(self, goal: expr.Condition) -> Found:
        """A world in which a condition holds."""
        if goal not in self._known:
            seen = (one for one in self.pool if truth_of(goal, one) is True)
            self._known[goal] = next(seen, None) or self._search(goal)
        return self._known[goal]

    def proxies(self, keys: Mapping[str, str], *, holds: bool = True) -> dict[str, smt.Bool]:
        """A term that can be assumed for each named condition, or for its failing."""
        solver, world = self.inquiry.solver, self.world
        terms = {name: world.named(key) for name, key in keys.items()}
        return {n: solver.name(term if holds else smt.no(term)) for n, term in terms.items()}

    def _search(self, goal: expr.Condition) -> Found:
        wanted = [self.inquiry.solver.name(self.world.truth(goal))]
        for _ in range(TRIES):
            match self.inquiry.ask(*wanted):
                case smt.Answer.STOPPED:
                    return Cause.TIME
                case smt.Answer.NONE if len(wanted) == 1:
                    return Nothing()
                case smt.Answer.NONE:
                    break
                case smt.Answer.SOME:
                    model = self.inquiry.solver.model()
                    found = self.confirmed(model)
                    if truth_of(goal, found) is True:
                        return found
                    wanted.append(self.inquiry.solver.name(self._another(model, goal)))
        return cause_of(self.plan, goal)

    def confirmed(self, model: smt.Model) -> Valuation:
        """What the reference engine makes of a world of the solver."""
        states = read(self.world, model, self.draw.states())
        self.pool.append(evaluate(self.plan, states))
        return self.pool[-1]

    def _another(self, model: smt.Model, goal: expr.Condition) -> smt.Bool:
        """Other answers to the questions that a condition rests on."""
        keys, _ = behind(self.plan, goal)
        asked = (terms for name, terms in self.world.asked.items() if name in keys)
        return smt.no(smt.every(same_answer(terms, model) for terms in asked))


def behind(
    plan: Plan, goal: expr.Node, *, through_applicability: bool = True
) -> tuple[set[str], list[expr.Node]]:
    """The questions and keys that a condition rests on, and every node that it leads to.

    Also those on which it rests that questions apply, unless that is not wanted.
    """
    found: set[str] = set()
    nodes: list[expr.Node] = []
    rest = [goal]
    while rest:
        for node in leaves(rest.pop()):
            nodes.append(node)
            name = expr.question_read(node) or expr.key_read(node)
            if name is not None and name not in found:
                found.add(name)
                if name in plan.values:
                    rest.append(plan.values[name])
                elif through_applicability:
                    rest.append(plan.applies[name])
    return found, nodes


def cause_of(plan: Plan, *goals: expr.Node) -> Cause:
    """Why the engine may give something else than the solver."""
    nodes = [node for goal in goals for node in behind(plan, goal)[1]]
    if any(isinstance(node, expr.Fold) and node.method is expr.Method.GEOMETRIC for node in nodes):
        return Cause.METHOD
    numbers = any(isinstance(node, expr.Fold | expr.Amount) for node in nodes)
    return Cause.ROUNDING if numbers else Cause.DISAGREEMENT
