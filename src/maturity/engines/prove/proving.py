"""All proofs of a rubric, chapter by chapter; chapters can be done side by side."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final, TypeAlias

from maturity.engines.prove import smt
from maturity.engines.prove.asked import Asked, Chance
from maturity.engines.prove.cores import Reasons
from maturity.engines.prove.monotony import prove_rise, rises
from maturity.engines.prove.outcomes import outcomes
from maturity.engines.prove.parts import rules
from maturity.engines.prove.portions import differing, varying
from maturity.engines.prove.proofs import At, Cause, Claim, Proofs, Verdict
from maturity.engines.prove.prover import Effort, Nothing, Prover
from maturity.engines.prove.thresholds import thresholds
from maturity.engines.prove.together import prove_together
from maturity.engines.prove.witnesses import witness
from maturity.engines.python import Valuation
from maturity.model.bundle import Bundle
from maturity.plan import Plan

Chapter: TypeAlias = Callable[[Prover, Reasons], Iterator[Claim]]


def prove_all(plan: Plan, bundle: Bundle, budget_seconds: float, jobs: int) -> Proofs:
    """Decide every claim about a bundle that has passed the checks.

    Each chapter begins anew, so that the number of jobs changes nothing in what is found. The
    budget is meant for each of them where they run side by side, else for all together.
    """
    units = Effort.of(budget_seconds).left
    if jobs <= 1:
        told, left = [], units
        for number in range(len(CHAPTERS)):
            told.append(_chapter(number, plan, bundle, left))
            left -= told[-1].units
    else:
        told = _side_by_side(plan, bundle, units, jobs)
    claims = tuple(claim for chapter in told for claim in chapter.claims)
    return Proofs(claims, sum(chapter.units for chapter in told))


def _side_by_side(plan: Plan, bundle: Bundle, units: int, jobs: int) -> list[Proofs]:
    # A process of its own for each chapter: one that was forked would share the solver's memory.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        tasks = [
            pool.submit(_chapter, number, plan, bundle, units) for number in range(len(CHAPTERS))
        ]
        return [task.result() for task in tasks]


def _chapter(number: int, plan: Plan, bundle: Bundle, units: int) -> Proofs:
    smt.begin()
    effort = Effort(units)
    reasons = Reasons(plan, bundle, rules(bundle), effort)
    claims = tuple(CHAPTERS[number](Prover(plan, effort), reasons))
    return Proofs(claims, units - effort.left)


def _outcomes(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in outcomes(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _varying(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in varying(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _differing(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in differing(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _thresholds(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for asked in thresholds(reasons.bundle, reasons.parts):
        yield decide(asked, prover, reasons)


def _rises(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    for rise in rises(prover.plan, reasons.bundle):
        yield prove_rise(rise, prover)


def _together(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    yield from prove_together(prover, reasons)


CHAPTERS: Final[tuple[Chapter, ...]] = (
    _outcomes,
    _varying,
    _differing,
    _thresholds,
    _rises,
    _together,
)


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
