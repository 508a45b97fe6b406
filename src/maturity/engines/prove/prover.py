"""Finding worlds: by chance first, then by the solver; the reference engine confirms each."""

from dataclasses import dataclass, field
from random import Random
from typing import Final

from maturity.engines.prove import smt
from maturity.engines.prove.proofs import Cause
from maturity.engines.prove.questions import Amount, Asked, Choice, Multi
from maturity.engines.prove.witnesses import drawn, read
from maturity.engines.prove.world import World
from maturity.engines.python import Valuation, evaluate, truth_of
from maturity.model.state import State
from maturity.plan import Plan
from maturity.rules import expr

DRAWN: Final = 40
"""Worlds by chance: what most of them have in common need not be asked of the solver."""

SEED: Final = 20
TRIES: Final = 4
"""Worlds that the engine may refuse before a question is given up."""

UNITS_A_SECOND: Final = 1_500_000
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

    def limit(self) -> int:
        """The steps that the next question may take; none are left where 0."""
        return max(0, min(self.left, QUERY_SECONDS * UNITS_A_SECOND))


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is no such world."""


Found = Valuation | Nothing | Cause
"""A world that the engine confirmed; that there is none; or why neither is known."""


@dataclass
class Prover:
    """One plan, the solver that knows it, and the worlds found so far."""

    plan: Plan
    effort: Effort
    solver: smt.Solver = field(default_factory=smt.Solver)
    pool: list[Valuation] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw the first worlds."""
        self.chance = Random(SEED)  # noqa: S311 - draws answers, keeps no secret
        self.world = World(self.plan)
        self._told = (0, 0)
        self._known: dict[expr.Condition, Found] = {}
        for _ in range(DRAWN):
            self.pool.append(evaluate(self.plan, drawn(self.plan, self.chance)))

    def find(self, goal: expr.Condition) -> Found:
        """A world in which a condition holds."""
        if goal not in self._known:
            seen = (one for one in self.pool if truth_of(goal, one) is True)
            self._known[goal] = next(seen, None) or self._search(goal)
        return self._known[goal]

    def ask(self, *assumed: smt.Bool) -> smt.Answer:
        """Whether there is a world, as far as the effort goes."""
        limit = self.effort.limit()
        if not limit:
            return smt.Answer.STOPPED
        self.tell(self.world)
        before = self.solver.spent
        answer = self.solver.ask(assumed, limit)
        self.effort.left -= self.solver.spent - before
        return answer
