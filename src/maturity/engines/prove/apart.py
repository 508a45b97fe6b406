"""A world in which a plan and a small change of it say different things, or that there is none."""

from collections.abc import Iterator
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

WATCHED: Final = 100
"""Worlds that are tried for a watch, which shows only where its flag is open."""


class Apart:
    """Two readings of one world: with a mutant and without it."""

    def __init__(
        self, altered: Altered, effort: Effort, draw: Draw, *, in_watches: bool = False
    ) -> None:
        """Look for a difference in what a result tells of settled answers, or in a watch."""
        smt.begin()
        self.altered, self.draw, self.in_watches = altered, draw, in_watches
        # The numbers worth trying are those of both plans.
        marks = {f"mutant#{key}": node for key, node in altered.mutant.values.items()}
        both = replace(altered.plan, values={**altered.plan.values, **marks})
        self.before = World(both)
        self.after = World(altered.after, "'", self.before, frozenset(altered.below))
        self.inquiry = Inquiry(effort, (self.before, self.after))
        self._found: list[smt.Bool] = []
        self._wanted = self.inquiry.solver.name(smt.some(self._differences()))

    def search(self) -> Valuation | smt.Answer:
        """Another world at each call; NONE where there is none (more), STOPPED if not known."""
        if len(self._found) == (WATCHED if self.in_watches else TRIES):
            return smt.Answer.STOPPED
        answer = self.inquiry.ask(self._wanted, *self._found)
        if answer is not smt.Answer.SOME:
            return answer
        model = self.inquiry.solver.model()
        states = read(self.before, model, self.draw.states())
        told = (same_answer(terms, model) for terms in self.before.asked.values())
        self._found.append(self.inquiry.solver.name(smt.no(smt.every(told))))
        return evaluate(self.altered.plan, states)

    def _differences(self) -> Iterator[smt.Bool]:
        """Every way in which the mutant can show."""
        if self.in_watches:
            yield from (self._differs(expr.Ref(key)) for key in self.altered.watches)
            return
        for key in self.altered.below:
            owner = owner_of(key)
            is_told = "?" not in key and key not in self.altered.watches
            if not is_told or owner not in self.altered.owners:
                continue
            is_score = isinstance(self.altered.plan.values[key], expr.Fold)
            yield self._apart(key) if is_score else self._differs(self._told(key, owner))

    def _told(self, key: str, owner: str) -> expr.Condition:
        """What a result tells of a key: of a level, that it is the highest that is reached."""
        if not owner.startswith("ladder."):
            return expr.Ref(key)
        levels = [one for one in self.altered.plan.values if owner_of(one) == owner]
        above = levels[levels.index(key) + 1 :]
        return expr.All((expr.Ref(key), *(expr.Not(expr.Ref(one)) for one in above)))

    def _differs(self, node: expr.Condition) -> smt.Bool:
        return smt.no(smt.same(self.before.truth(node), self.after.truth(node)))

    def _apart(self, key: str) -> smt.Bool:
        """A score is another one, or is there in one world alone."""
        one, other = self.before.score(key), self.after.score(key)
        both = smt.every([one.present, other.present])
        unequal = smt.no(value(one) == value(other))
        appears = smt.no(smt.same(one.present, other.present))
        return smt.some([appears, smt.every([both, unequal])])
