"""Worked cases that would catch the mutants that no case notices.

A mutant is held against the cases suggested so far, then against answers drawn by chance, settled
ones and some with gaps, and only then is the solver asked. What it finds is read by the reference
engine before it counts. Each case keeps no answer that the value it expects can do without.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, NamedTuple

from maturity.base.text import FALLBACK
from maturity.engines.mutants.making import Mutant
from maturity.engines.mutants.showing import Altered, Shown, given, shown
from maturity.engines.prove import smt
from maturity.engines.prove.apart import Apart
from maturity.engines.prove.prover import SEED, Effort
from maturity.engines.prove.witnesses import Draw, witness
from maturity.engines.python import Valuation, evaluate
from maturity.i18n.catalog import catalog
from maturity.model.bundle import Bundle
from maturity.model.cases import Expectation, Expected
from maturity.model.flat import FlatValue
from maturity.model.proofs import Told
from maturity.model.saved import SavedCase
from maturity.plan import Plan

DRAWN: Final = 24
"""Sets of answers by chance; as many again with half of the answers left out."""

MARGIN: Final = 0.01
"""The most by which a score may miss what a case expects of it."""

MOST_NAMED: Final = 4
"""More mutants than this are only counted in the comment of a case."""

Answers = Mapping[str, Told]


class Suggested(NamedTuple):
    """Cases, and what became of the mutants that none of them catches.

    No answers can tell an equivalent one from the rubric; of an open one that is not known.
    """

    cases: tuple[SavedCase, ...]
    caught: int
    equivalent: tuple[Mutant, ...]
    still_open: tuple[Mutant, ...]


@dataclass
class Trial:
    """A case in the making: answers, what comes of them, and the mutants that they show."""

    answers: Answers
    at: Valuation
    found: dict[str, Shown] = field(default_factory=dict)
    mutants: list[Mutant] = field(default_factory=list)

    def keep(self, mutant: Mutant, one: Shown) -> None:
        """Expect a value, of a score so closely that the mutant misses it."""
        before = self.found.get(one.key)
        if before is None or one.apart < before.apart:
            self.found[one.key] = one
        self.mutants.append(mutant)

    def case(self) -> SavedCase:
        """The case as it is written."""
        named = [_named(one) for one in self.mutants[:MOST_NAMED]]
        rest = len(self.mutants) - len(named)
        also = f"; and {rest} more" if rest else ""
        expect = {key: _expected(one) for key, one in self.found.items()}
        comment = f"Catches {'; '.join(named)}{also}."
        return SavedCase(f"guards {named[0]}", self.answers, expect, comment=comment)


def suggest_all(bundle: Bundle, plan: Plan, mutants: Sequence[Mutant], seconds: float) -> Suggested:
    """Cases for these mutants, none of which a worked case notices."""
    maker = _Maker(bundle, plan, Effort.of(seconds))
    equivalent, still_open = [], []
    for mutant in mutants:
        match maker.catch(mutant):
            case smt.Answer.NONE:
                equivalent.append(mutant)
            case smt.Answer.STOPPED:
                still_open.append(mutant)
            case smt.Answer.SOME:
                pass
    cases = tuple(trial.case() for trial in maker.trials)
    caught = len(mutants) - len(equivalent) - len(still_open)
    return Suggested(cases, caught, tuple(equivalent), tuple(still_open))


class _Maker:
    """The cases so far, and answers by chance to try first."""

    def __init__(self, bundle: Bundle, plan: Plan, effort: Effort) -> None:
        self.bundle, self.plan, self.effort = bundle, plan, effort
        self.chance = Random(SEED)  # noqa: S311 - draws answers, keeps no secret
        self.draw = Draw(plan, self.chance)
        self.trials: list[Trial] = []
        self.pool = [Trial(answers, given(plan, answers)) for answers in self._drawn()]

    def _drawn(self) -> Iterator[Answers]:
        yield {}
        for _ in range(DRAWN):
            settled = witness(evaluate(self.plan, self.draw.states())).answers
            yield settled
            yield {name: told for name, told in settled.items() if self.chance.random() < 0.5}  # noqa: PLR2004

    def catch(self, mutant: Mutant) -> smt.Answer:
        """Show a mutant in a case, old or new; NONE where no answers can show it."""
        altered = Altered(self.plan, mutant)
        for trial in self.trials:
            one = shown(self.bundle, altered, trial.at)
            if one is not None:
                trial.keep(mutant, one)
                return smt.Answer.SOME
        if any(self._add(altered, known.answers, known.at) for known in self.pool):
            return smt.Answer.SOME
        return self._search(altered)

    def _search(self, altered: Altered) -> smt.Answer:
        """Ask the solver; where settled answers show nothing, a watch still may."""
        answer = self._shown_by(altered, Apart(altered, self.effort, self.draw))
        if answer is not smt.Answer.NONE or not altered.watches:
            return answer
        return self._shown_by(altered, Apart(altered, self.effort, self.draw, in_watches=True))

    def _shown_by(self, altered: Altered, apart: Apart) -> smt.Answer:
        """Whether the reference engine sees the mutant in a world of the solver."""
        refused = False
        while isinstance(found := apart.search(), Valuation):
            answers = witness(found).answers
            if apart.in_watches:
                # Only what a watch reads, so that its flag is as open as may be.
                answers = {n: told for n, told in answers.items() if n in altered.watched}
            if self._add(altered, answers, given(self.plan, answers)):
                return smt.Answer.SOME
            refused = not apart.in_watches
        # If each way in which a watch differs settles its flag, nobody sees the watch.
        return smt.Answer.STOPPED if refused else found

    def _add(self, altered: Altered, answers: Answers, at: Valuation) -> bool:
        """A new case with as few of these answers as show the mutant; whether they do at all."""
        one = shown(self.bundle, altered, at)
        if one is None:
            return False
        few = self._fewest(altered, answers, one)
        trial = Trial(few, given(self.plan, few))
        trial.keep(altered.mutant, shown(self.bundle, altered, trial.at) or one)
        self.trials.append(trial)
        return True

    def _fewest(self, altered: Altered, answers: Answers, one: Shown) -> Answers:
        """Without the answers that the value can do without."""
        owner = ".".join(one.key.split(".")[:2])
        alone, behind = altered.only(owner), altered.behind(owner)
        kept = {name: told for name, told in answers.items() if name in behind}
        for name in reversed(list(kept)):
            fewer = {other: told for other, told in kept.items() if other != name}
            if shown(self.bundle, alone, given(alone.plan, fewer)) == one:
                kept = fewer
        return kept


def _named(mutant: Mutant) -> str:
    return catalog(FALLBACK).tell(mutant.what.at(mutant.steps))


def _expected(one: Shown) -> Expected:
    value: FlatValue = one.value
    match value:
        case tuple():
            return "|".join(value)
        case int() | float():
            margin = float(f"{min(MARGIN, one.apart / 3):.0e}")
            return Expectation(near=round(value, 6), margin=margin)
    return value
