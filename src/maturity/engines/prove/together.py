"""The items of both parties' checklists can be met together, or which of them exclude each other.

Items that cannot apply together need not be met together. So every least set of items that
exclude each other is looked for, and only such a one counts as a conflict whose items can apply
together. The search goes from one unexplored set of items to the next, as MARCO does:
M. Liffiton et al., "Fast, flexible MUS enumeration", Constraints 21, 2016.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from maturity.base.places import At
from maturity.engines.prove import smt
from maturity.engines.prove.asked import Demand
from maturity.engines.prove.cores import Reasons
from maturity.engines.prove.prover import Nothing, Prover
from maturity.engines.prove.witnesses import witness
from maturity.engines.python import Valuation
from maturity.model.proofs import Cause, Claim, Kind, Verdict
from maturity.rules import expr

MOST_CONFLICTS: Final = 8
"""More least conflicts than this are not listed."""

SUBJECT: Final = "checklists"


def prove_together(prover: Prover, reasons: Reasons) -> Iterator[Claim]:
    """One claim; refuted once for every least conflict, whose core names its parts."""
    names = list(reasons.bundle.rubric.checklists)
    claim = Claim(Kind.MET_TOGETHER, SUBJECT, At("rubric", (SUBJECT,)), Verdict.PROVEN)
    met = expr.All(tuple(expr.Ref(f"check.{name}.met") for name in names))
    match prover.find(met):
        case Valuation() as found:
            yield replace(claim, witnesses=(witness(found),))
        case Nothing():
            conflicts = list(islice(_conflicts(prover, names), MOST_CONFLICTS))
            yield from [_told(claim, one, reasons) for one in conflicts] or [claim]
        case Cause() as cause:
            yield replace(claim, verdict=Verdict.UNDECIDED, cause=cause)


def _told(claim: Claim, conflict: tuple[str, ...] | Cause, reasons: Reasons) -> Claim:
    if isinstance(conflict, Cause):
        return replace(claim, verdict=Verdict.UNDECIDED, cause=conflict)
    marks = ("!", "?met")
    demands = [Demand(reasons.parts[f"check.{name}{mark}"]) for name in conflict for mark in marks]
    # Where the effort ends here, the conflict is known all the same, though not to the last part.
    core = reasons.core(demands) or tuple(one.part.at for one in demands[1::2])
    return replace(claim, verdict=Verdict.REFUTED, core=core)


def _conflicts(prover: Prover, names: Sequence[str]) -> Iterator[tuple[str, ...] | Cause]:
    """The least sets of items that can apply, but not be met together; or that time ran out."""
    wanted = prover.proxies({name: f"check.{name}.met" for name in names})
    applying = prover.proxies({name: f"check.{name}.not-applicable" for name in names}, holds=False)
    try:
        for conflict in _least_conflicts(prover, wanted):
            if possible(prover, [applying[name] for name in conflict]):
                yield conflict
    except Stopped:
        yield Cause.TIME


def _least_conflicts(prover: Prover, wanted: dict[str, smt.Bool]) -> Iterator[tuple[str, ...]]:
    """Every set of items that cannot hold together, while any smaller one can."""
    unexplored, marks = smt.Solver(), {name: smt.truth(name) for name in wanted}
    while (seed := _seed(prover, unexplored, marks)) is not None:
        if possible(prover, [wanted[name] for name in seed]):
            largest = _grown(prover, seed, wanted)
            unexplored.add([smt.some(marks[name] for name in wanted if name not in largest)])
        else:
            least = _shrunk(prover, seed, wanted)
            unexplored.add([smt.no(smt.every(marks[name] for name in least))])
            yield least


def _seed(
    prover: Prover, unexplored: smt.Solver, marks: dict[str, smt.Bool]
) -> tuple[str, ...] | None:
    """A set of which nothing is known yet, as large as may be."""
    found: list[str] = []
    for name in ("", *marks):
        tried = [*found, name] if name else found
        answer = prover.effort.ask(unexplored, [marks[one] for one in tried])
        if answer is smt.Answer.STOPPED:
            raise Stopped
        if answer is smt.Answer.NONE and not name:
            return None
        found = tried if answer is smt.Answer.SOME else found
    return tuple(found)


def _grown(prover: Prover, seed: Sequence[str], wanted: dict[str, smt.Bool]) -> tuple[str, ...]:
    found = tuple(seed)
    for name in wanted:
        if name not in found and possible(prover, [wanted[one] for one in (*found, name)]):
            found = (*found, name)
    return found


def _shrunk(prover: Prover, seed: Sequence[str], wanted: dict[str, smt.Bool]) -> tuple[str, ...]:
    found = tuple(seed)
    for name in seed:
        rest = tuple(one for one in found if one != name)
        if not possible(prover, [wanted[one] for one in rest]):
            found = rest
    return found


class Stopped(Exception):  # noqa: N818 - not an error of anybody's
    """The effort does not suffice."""


def possible(prover: Prover, terms: Sequence[smt.Bool]) -> bool:
    """Whether there is a world with all of these.

    Raises:
        Stopped: that could not be found out.
    """
    answer = prover.inquiry.ask(*terms)
    if answer is smt.Answer.STOPPED:
        raise Stopped
    return answer is smt.Answer.SOME
