"""What refutes a promise, as worked cases: they fail until the rubric is mended."""

from collections.abc import Iterator
from typing import Final

from maturity.model.bundle import Bundle
from maturity.model.cases import Expectation, Expected
from maturity.model.proofs import Claim, Kind, Proofs, Told
from maturity.model.saved import SavedCase, SavedCases

COMMENT: Final = (
    "Counterexamples of `maturity validate --prove`. The last case of each group fails until the "
    "rubric is mended; keep it then, for it guards the mended rule."
)
MARGIN: Final = 1e-6
"""What a score may differ by and count as the same."""


def counterexamples(proofs: Proofs, bundle: Bundle) -> SavedCases:
    """Two cases for each better answer that lowers something; one for answers without an outcome.

    The reference engine has confirmed what the witnesses show.
    """
    cases = tuple(case for claim in proofs.faults() for case in _cases(claim, bundle))
    return SavedCases(bundle.rubric.id, cases, COMMENT)


def _cases(claim: Claim, bundle: Bundle) -> Iterator[SavedCase]:
    match claim.kind:
        case Kind.SCORE_RISES | Kind.LADDER_RISES:
            yield from _fall(claim, bundle)
        case Kind.ALWAYS_DECIDED:
            rows = bundle.steps(claim.subject.split(".")[1]).ids
            decided = {f"{claim.subject}.confirmed": Expectation(in_=rows)}
            name = f"answers for which {claim.subject} has no row"
            yield SavedCase(name, claim.witnesses[0].answers, decided)


def _fall(claim: Claim, bundle: Bundle) -> Iterator[SavedCase]:
    """Two answer sets that differ in one question, and in what that makes applicable."""
    before, after = (one.answers for one in claim.witnesses)
    now, demanded = _expected(claim, bundle)
    name = f"{claim.subject} before a better answer to {claim.question}"
    yield SavedCase(name, before, now)
    changed: dict[str, Told] = {n: a for n, a in after.items() if before.get(n) != a}
    better = f"{claim.subject} after a better answer to {claim.question}"
    yield SavedCase(better, changed, demanded, base=name)


def _expected(claim: Claim, bundle: Bundle) -> tuple[dict[str, Expected], dict[str, Expected]]:
    """What comes out before, and what must come out after."""
    outcome = claim.outcomes[0]
    if isinstance(outcome, str):
        levels = bundle.steps(claim.subject.split(".")[1]).ids
        key = f"{claim.subject}.confirmed"
        return {key: outcome}, {key: Expectation(in_=levels[levels.index(outcome) :])}
    key, level = f"{claim.subject}.least", float(outcome or 0.0)
    now = Expectation(near=round(level, 9), margin=MARGIN)
    return {key: now}, {key: Expectation(at_least=round(level - MARGIN, 9))}
