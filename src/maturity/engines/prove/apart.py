"""A world in which a plan and a small change of it say different things, or that there is none."""

from dataclasses import replace
from typing import Final

from maturity.engines.mutants.showing import Altered
from maturity.engines.prove import smt
from maturity.engines.prove.figures import value
from maturity.engines.prove.prover import TRIES, Effort, Inquiry
from maturity.engines.prove.questions import same_answer
from maturity.engines.prove.witnesses import Draw, read
from maturity.engines.prove.world import World
from maturity.engines.python import Valuation, evaluate
from maturity.engines.single import owner_of
from maturity.rules import expr

WATCHED: Final = 400
"""Worlds that are tried for a watch, which shows only where its flag is open."""


class Apart:
    """Two readings of one world: with a mutant and without it."""

    def __init__(self, altered: Altered, effort: Effort, draw: Draw) -> None:
        smt.begin()
        self.altered, self.draw = altered, draw
        # The numbers worth trying are those of both plans.
        marks = {f"mutant#{key}": node for key, node in altered.mutant.values.items()}
        both = replace(altered.plan, values={**altered.plan.values, **marks})
        self.before = World(both)
        self.after = World(altered.after, "'", self.before, frozenset(altered.below))
        self.inquiry = Inquiry(effort, (self.before, self.after))
        self._found: list[smt.Bool] = []
        self._wanted = self.inquiry.solver.name(smt.some(map(self._differs, self._keys())))

    def search(self) -> Valuation | smt.Answer:
        """Another world at each call; NONE where there is none (more), STOPPED if not known."""
        if len(self._found) == (WATCHED if self.altered.is_watch else TRIES):
            return smt.Answer.STOPPED
        answer = self.inquiry.ask(self._wanted, *self._found)
        if answer is not smt.Answer.SOME:
            return answer
        model = self.inquiry.solver.model()
        states = read(self.before, model, self.draw.states())
        told = (same_answer(terms, model) for terms in self.before.asked.values())
        self._found.append(self.inquiry.solver.name(smt.no(smt.every(told))))
        return evaluate(self.altered.plan, states)

    def _keys(self) -> list[str]:
        """The values in which the mutant shows; of a watch, the watch itself."""
        if self.altered.is_watch:
            return list(self.altered.mutant.values)
        owners = self.altered.owners
        return [key for key in self.altered.below if "?" not in key and owner_of(key) in owners]

    def _differs(self, key: str) -> smt.Bool:
        if not isinstance(self.altered.plan.values[key], expr.Fold):
            return smt.no(smt.same(self.before.named(key), self.after.named(key)))
        one, other = self.before.score(key), self.after.score(key)
        both = smt.every([one.present, other.present])
        unequal = smt.no(value(one) == value(other))
        appears = smt.no(smt.same(one.present, other.present))
        return smt.some([appears, smt.every([both, unequal])])
