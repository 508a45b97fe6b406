"""How a mutant shows: the value of a result that it changes for given answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from maturity.engines.mutants.making import Mutant
from maturity.engines.python import Valuation, evaluate, value_of
from maturity.engines.single import owner_of, single
from maturity.model.bundle import Bundle
from maturity.model.city import Answer
from maturity.model.flat import FlatValue
from maturity.model.proofs import Told
from maturity.model.states import Said, raw_states
from maturity.plan import Plan, reads_of

SEEN: Final = 1e-5
"""Scores that differ by less look the same."""

REASON: Final = "so that the rule shows"

_ENDS: Final = {
    "score": (".least", ".most"),
    "ladder": (".confirmed", ".possible"),
    "decision": (".confirmed", ".possible"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of the result that is another one with the mutant; `apart` is how far, of scores."""

    key: str
    value: FlatValue
    apart: float = 0.0


@dataclass(frozen=True)
class Altered:
    """A plan with one mutant in it."""

    plan: Plan
    mutant: Mutant

    @cached_property
    def after(self) -> Plan:
        """The plan that has the mutant's values."""
        reads = {key: reads_of(node) for key, node in self.mutant.values.items()}
        values = {**self.plan.values, **self.mutant.values}
        return replace(self.plan, values=values, reads={**self.plan.reads, **reads})

    @cached_property
    def below(self) -> tuple[str, ...]:
        """The changed values and all that read them, in the order of evaluation."""
        touched = set(self.mutant.values)
        for key in self.plan.values:
            if self.after.reads[key] & touched:
                touched.add(key)
        return tuple(key for key in self.plan.values if key in touched)

    @property
    def watches(self) -> tuple[str, ...]:
        """The watches that can change, which shows only where their flag is open."""
        return tuple(key for key in self.below if key.startswith("watch."))

    @property
    def watched(self) -> frozenset[str]:
        """The questions that decide these watches, with the mutant or without it."""
        plans = (self.plan, self.after)
        return frozenset(
            name for plan in plans for key in self.watches for name in plan.questions_behind(key)
        )

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """The outputs in which the mutant shows, if anywhere: its own, the first to see it.

        A watch shows in its flag. A condition shows only in what reads it; so can a level, where
        a result tells of a higher one.
        """
        own = dict.fromkeys(owner_of(key) for key in self.mutant.values)
        if any(owner.startswith(("condition.", "ladder.")) for owner in own):
            own = dict.fromkeys(owner_of(key) for key in self.below)
        return tuple(owner for owner in own if not owner.startswith("condition."))

    def behind(self, owner: str) -> frozenset[str]:
        """The questions that decide an output, with the mutant or without it."""
        keys = [key for key in self.plan.values if owner_of(key) == owner]
        return frozenset(
            name
            for plan in (self.plan, self.after)
            for key in keys
            for name in plan.questions_behind(key)
        )

    def only(self, owner: str) -> "Altered":
        """The same for one output alone, which is quicker to evaluate."""
        needed = {key for key in self.plan.values if owner_of(key) == owner}
        for key in reversed(self.plan.values):
            if key in needed:
                needed |= (self.plan.reads[key] | self.after.reads[key]) & self.plan.values.keys()
        kept = {key: node for key, node in self.plan.values.items() if key in needed}
        changed = {key: node for key, node in self.mutant.values.items() if key in needed}
        return Altered(replace(self.plan, values=kept), replace(self.mutant, values=changed))


def shown(bundle: Bundle, altered: Altered, at: Valuation) -> Shown | None:
    """The first value that the mutant changes; None where it changes none."""
    after, moved = _mutated(altered, at)
    for owner in altered.owners:
        if owner in moved:
            for key in _keys(owner):
                before, now = (single(bundle, one, {}, key) for one in (at, after))
                if before != now:
                    apart = _apart(before, now)
                    if apart is None or apart > SEEN:
                        return Shown(key, before, apart or 0.0)
    return None


def given(plan: Plan, answers: Mapping[str, Told]) -> Valuation:
    """What the reference engine makes of settled answers; the other questions stay open."""
    said = {name: Said(_answer(told), None, None) for name, told in answers.items()}
    return evaluate(plan, raw_states(plan.shapes, plan.declarable, said))


def _answer(told: Told) -> Answer:
    return Answer.model_validate({"answer": told, "reason": REASON})


def _mutated(altered: Altered, at: Valuation) -> tuple[Valuation, set[str]]:
    """The valuation with the mutant, and the outputs of which a value moved."""
    plan, values = altered.after, dict(at.values)
    after = Valuation(plan, at.raw, at.states, at.applies, values)
    moved: set[str] = set()
    for key in altered.below:
        if key in altered.mutant.values or not plan.reads[key].isdisjoint(moved):
            value = value_of(plan.values[key], after)
            if value != values[key]:
                values[key] = value
                moved.add(key)
    return after, {owner_of(key) for key in moved}


def _keys(owner: str) -> Iterator[str]:
    """The keys of a flat result that an output has."""
    for end in _ENDS.get(owner.split(".", maxsplit=1)[0], ("",)):
        yield f"{owner}{end}"


def _apart(before: FlatValue, now: FlatValue) -> float | None:
    """How far two numbers are apart; None where they are not both numbers."""
    if isinstance(before, float | int) and isinstance(now, float | int):
        return abs(before - now)
    return None
