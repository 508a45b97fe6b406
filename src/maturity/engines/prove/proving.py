"""All proofs of a rubric, topic by topic; topics can be done side by side."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final, TypeAlias

from maturity.base.places import At
from maturity.engines.parts import rules
from maturity.engines.prove import smt
from maturity.engines.prove.asked import Asked, Chance
from maturity.engines.prove.cores import Reasons
from maturity.engines.prove.monotony import prove_rise, rises
from maturity.engines.prove.outcomes import outcomes
from maturity.engines.prove.portions import differing, varying
from maturity.engines.prove.prover import Effort, Nothing, Prover
from maturity.engines.prove.thresholds import thresholds
from maturity.engines.prove.together import prove_together
from maturity.engines.prove.witnesses import witness
from maturity.engines.python import Valuation
from maturity.model.bundle import Bundle
from maturity.model.proofs import Cause, Claim, Promised, Proofs, Topic, Verdict
from maturity.plan import Plan

Chapter: TypeAlias = Callable[[Prover, Reasons], Iterator[Claim]]


@dataclass(frozen=True, slots=True)
class Task:
    """A bundle that has passed the checks, its plan, and what it promises."""

    plan: Plan
    bundle: Bundle
    promised: Promised


def prove_all(task: Task, budget_seconds: float, jobs: int, topics: Sequence[Topic]) -> Proofs:
    """Decide every claim about a bundle.

    Each topic begins anew, so that the number of jobs changes nothing in what is found. The
    budget is meant for each of them where they run side by side, else for all together.
    """
    units = Effort.of(budget_seconds).left
    work = _side_by_side(task, units, jobs, topics) if jobs > 1 else _in_turn(task, units, topics)
    told = list(work)
    claims = tuple(claim for proofs in told for claim in proofs.claims)
    return Proofs(claims, sum(proofs.units for proofs in told))


def _in_turn(task: Task, units: int, topics: Sequence[Topic]) -> Iterator[Proofs]:
    left = units
    for topic in topics:
        proofs = _about(topic, task, left)
        left -= proofs.units
        yield proofs


def _side_by_side(task: Task, units: int, jobs: int, topics: Sequence[Topic]) -> Iterator[Proofs]:
    # Processes that were forked would share what the solver holds of the first.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        tasks = [pool.submit(_about, topic, task, units) for topic in topics]
        yield from (one.result() for one in tasks)


def _about(topic: Topic, task: Task, units: int) -> Proofs:
    smt.begin()
    effort = Effort(units)
    parts = rules(task.bundle)
    reasons = Reasons(task.plan, task.bundle, task.promised, parts, effort)
    claims = tuple(CHAPTERS[topic](Prover(task.plan, effort), reasons))
    return Proofs(claims, units - effort.left)


def _outcomes(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in outcomes(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _parts(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in varying(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _differences(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in differing(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _thresholds(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in thresholds(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _rises(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for rise in rises(prover.plan, reasons.bundle, reasons.promised):
        yield prove_rise(rise, prover)


CHAPTERS: Final[dict[Topic, Chapter]] = {
    Topic.OUTCOMES: _outcomes,
    Topic.PARTS: _parts,
    Topic.DIFFERENCES: _differences,
    Topic.THRESHOLDS: _thresholds,
    Topic.RISES: _rises,
    Topic.TOGETHER: prove_together,
}


def decide(asked: Asked, prover: Prover, reasons: Reasons) -> Claim:
    """Decide one claim that is about one world at a time."""
    found = [prover.find(chance.goal) for chance in asked.chances]
    shown = tuple(witness(one) for one in found if isinstance(one, Valuation))
    cause = next((one for one in found if isinstance(one, Cause)), None)
    impossible = next(
        (c for c, one in zip(asked.chances, found, strict=True) if isinstance(one, Nothing)), None
    )
    if impossible is None and cause is not None:
        verdict = Verdict.UNDECIDED
    else:
        verdict = Verdict.PROVEN if (impossible is None) != asked.never else Verdict.REFUTED
    return Claim(
        asked.kind,
        asked.subject,
        asked.at,
        verdict,
        cause if verdict is Verdict.UNDECIDED else None,
        shown,
        _core(asked, impossible, reasons) if verdict is Verdict.REFUTED else (),
        threshold=asked.threshold,
        declared=asked.declared,
    )


def _core(asked: Asked, impossible: Chance | None, reasons: Reasons) -> tuple[At, ...]:
    return () if impossible is None or asked.never else reasons.core(impossible.demands)
