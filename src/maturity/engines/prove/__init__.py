"""PROVE: what holds of a rubric over all answers, by a solver; z3 is loaded only by `prove`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from maturity.base.errors import UsageError
from maturity.base.places import At
from maturity.engines.mutants.making import Mutant
from maturity.model.bundle import Bundle
from maturity.model.proofs import Cause, Claim, Kind, Promised, Proofs, Topic, Verdict, Witness
from maturity.model.rubric import Rubric
from maturity.plan import Plan

if TYPE_CHECKING:
    from maturity.engines.prove.suggesting import Suggested

__all__ = [
    "At",
    "Cause",
    "Claim",
    "Kind",
    "Promised",
    "Proofs",
    "SolverMissingError",
    "Topic",
    "Verdict",
    "Witness",
    "prove",
    "suggest",
]


class SolverMissingError(UsageError):
    """Proofs need a solver that is not installed; the message says how to get it."""

    def __init__(self) -> None:
        super().__init__("no-solver")


def prove(
    plan: Plan,
    bundle: Bundle,
    budget_seconds: float,
    jobs: int = 1,
    topics: tuple[Topic, ...] = tuple(Topic),
    promised: Promised | None = None,
) -> Proofs:
    """Decide every claim about a rubric over all settled answers.

    The bundle has passed the checks, and the plan is the one made of it. The budget is counted in
    the solver's own steps, as many as are usual in so many seconds: the same input gives the same
    verdicts, witnesses and cores on every machine, and with any number of jobs. What is not
    promised to rise with better answers is told of scores all the same, but is no fault; the
    rubric's own promises hold unless others are given.

    Raises:
        SolverMissingError: z3 is not installed.
    """
    with _solver_needed():
        # Only who proves needs the solver, which is a dependency of its own.
        from maturity.engines.prove.proving import Task, prove_all  # noqa: PLC0415
    return prove_all(
        Task(plan, bundle, promised or promised_by(bundle.rubric)), budget_seconds, jobs, topics
    )


def suggest(
    bundle: Bundle, plan: Plan, mutants: Sequence[Mutant], budget_seconds: float
) -> "Suggested":
    """Worked cases that tell mutants from the rubric, and which mutants none can tell from it.

    The budget is counted as by `prove`.

    Raises:
        SolverMissingError: z3 is not installed.
    """
    with _solver_needed():
        from maturity.engines.prove.suggesting import suggest_all  # noqa: PLC0415
    return suggest_all(bundle, plan, mutants, budget_seconds)


@contextmanager
def _solver_needed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "z3":
            raise
        raise SolverMissingError from None


def promised_by(rubric: Rubric) -> Promised:
    """What a rubric says of itself."""
    scores = frozenset(name for name, one in rubric.scores.items() if one.monotone)
    return Promised(scores, {name: one.monotone for name, one in rubric.ladders.items()})
