"""Which small changes to a rubric its worked cases notice."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from random import Random
from typing import Final

from maturity.engines.cases import Ran
from maturity.engines.expecting import holds
from maturity.engines.mutants.making import Mutant, mutants_of
from maturity.engines.python import Valuation, Value, value_of
from maturity.engines.single import owner_of, single
from maturity.model.bundle import Bundle
from maturity.model.cases import Expected
from maturity.model.flat import LISTS
from maturity.plan import Plan, reads_of
from maturity.rules.lowered import Lowered

SEED: Final = 7
"""The sample is the same in every run."""


@dataclass(frozen=True, slots=True)
class Hunted:
    """How many mutants were tried, of how many there are, and those that no case noticed."""

    tried: int
    of: int
    survivors: tuple[Mutant, ...]

    @property
    def caught(self) -> float:
        """The share of mutants that a case noticed, 0 to 1; 1 where there is none to notice."""
        return 1 - len(self.survivors) / self.tried if self.tried else 1.0


def hunt(
    bundle: Bundle, plan: Plan, ran: Sequence[Ran], most: int | None = None, jobs: int = 1
) -> Hunted:
    """Try mutants on cases that all pass: every one, or a sample of `most`; in `jobs` processes."""
    mutants = mutants_of(bundle, plan.values)
    positions = _sample(len(mutants), most)
    if jobs == 1:
        alive = _survive(bundle, plan, ran, positions)
    else:
        shares = [positions[start::jobs] for start in range(jobs)]
        # Spawned, so that nothing is inherited: the same on every system.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            tasks = [pool.submit(_survive, bundle, plan, ran, share) for share in shares]
            alive = [position for task in tasks for position in task.result()]
    return Hunted(len(positions), len(mutants), tuple(mutants[one] for one in sorted(alive)))


def _sample(count: int, most: int | None) -> tuple[int, ...]:
    if most is None or most >= count:
        return tuple(range(count))
    return tuple(sorted(Random(SEED).sample(range(count), most)))  # noqa: S311 - no secret


def _survive(bundle: Bundle, plan: Plan, ran: Sequence[Ran], positions: Iterable[int]) -> list[int]:
    mutants = mutants_of(bundle, plan.values)
    pinned = [_by_owner(one) for one in ran]
    alive = []
    for position in positions:
        changed = _planned(plan, mutants[position].values)
        below = _below(plan, mutants[position].values)
        tried = (
            _notices(bundle, changed, below, mutants[position].values, one, keys)
            for one, keys in zip(ran, pinned, strict=True)
        )
        if not any(tried):
            alive.append(position)
    return alive


Pinned = dict[str, list[tuple[str, Expected]]]


def _by_owner(one: Ran) -> Pinned:
    """What a case expects, by the output that it expects it of; of a list, by its stage."""
    found: Pinned = {}
    for key, expected in one.case.expect.items():
        stage = LISTS.get(key.split(".")[0], ("",))[0]
        found.setdefault(stage or owner_of(key), []).append((key, expected))
    return found


def _planned(plan: Plan, values: Lowered) -> Plan:
    reads = {key: reads_of(node) for key, node in values.items()}
    return replace(plan, values={**plan.values, **values}, reads={**plan.reads, **reads})


def _below(plan: Plan, values: Lowered) -> tuple[str, ...]:
    """The changed values and all that read them, in the order of evaluation."""
    touched = set(values)
    for key in plan.values:
        if plan.reads[key] & touched:
            touched.add(key)
    return tuple(key for key in plan.values if key in touched)


def _notices(
    bundle: Bundle,
    plan: Plan,
    below: tuple[str, ...],
    changed: Lowered,
    one: Ran,
    pinned: Pinned,
) -> bool:
    """Whether an expectation of the case fails with the changed values.

    The values of the case are written over and put back: copying all for each mutant would take
    most of the time.
    """
    before = one.assessed.valuation
    at = replace(before, plan=plan)
    kept: dict[str, Value] = {}
    for key in below:
        if key in changed or not plan.reads[key].isdisjoint(kept):
            value = value_of(plan.values[key], at)
            if value != at.values[key]:
                kept[key], at.values[key] = at.values[key], value
    owners = {owner_of(key) for key in (*kept, *changed)}
    lists = {owner_of(key).split(".")[0] for key in kept}
    noticed = _fails(bundle, at, one, (*owners, *lists), pinned)
    before.values.update(kept)
    return noticed


def _fails(bundle: Bundle, at: Valuation, one: Ran, owners: Iterable[str], pinned: Pinned) -> bool:
    return any(
        not holds(expected, single(bundle, at, one.assessed.said, key))
        for owner in owners
        for key, expected in pinned.get(owner, ())
    )
