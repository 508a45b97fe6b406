"""Prove a rubric over all possible answers, as a part of checking it."""

from collections.abc import Iterator
from typing import NamedTuple

from maturity.api.models import Models, Scoring
from maturity.base.diagnostics import Diagnostic, in_order
from maturity.base.errors import RefusedError
from maturity.base.places import Document, Places
from maturity.checks.proved import Proved, check_proofs
from maturity.checks.suppressing import suppress, unused
from maturity.engines.prove import prove
from maturity.engines.prove.counterexamples import counterexamples
from maturity.loading.models import Loaded, Source, load_any
from maturity.loading.suppressions import suppressions
from maturity.model.checked import Suppression
from maturity.model.proofs import Proofs
from maturity.model.rubric import Rubric
from maturity.model.saved import SavedCases


class ProofTold(NamedTuple):
    """What the proofs of one rubric came to, with the findings that its files do not suppress."""

    proofs: Proofs
    findings: list[Diagnostic]
    suppressed: int
    counterexamples: SavedCases


def proved(source: Source, models: Models, seconds: float) -> ProofTold | None:
    """Prove one file; None where it is no rubric, or one that the checks refuse.

    Raises:
        SolverMissingError: the solver is not installed.
    """
    loaded = load_any(source)
    if not isinstance(loaded, Loaded) or not isinstance(loaded.model, Rubric):
        return None
    try:
        scoring = models.scoring_by(Loaded(loaded.model, loaded.document, loaded.source))
    except RefusedError:
        return None  # for faults that the checks tell
    proofs = prove(scoring.plan, scoring.bundle, seconds)
    return _told(proofs, scoring)


def _told(proofs: Proofs, scoring: Scoring) -> ProofTold:
    documents: dict[Document, Places] = {
        "rubric": scoring.rubric.document.places,
        "questionnaire": scoring.questionnaire.document.places,
    }
    found = Proved(proofs, scoring.bundle.rubric, scoring.plan, documents)
    told = suppress(in_order(check_proofs(found)), list(_excused(scoring)))
    rubric = scoring.rubric.source.shown
    # Another rubric may need what the questionnaire suppresses.
    idle = unused(one for one in told.unused if one.stands.path == rubric)
    saved = counterexamples(proofs, scoring.bundle)
    return ProofTold(proofs, [*told.findings, *idle], told.suppressed, saved)


def _excused(scoring: Scoring) -> Iterator[Suppression]:
    """What both files suppress of the findings that only proofs give."""
    for loaded in (scoring.rubric, scoring.questionnaire):
        for one in suppressions(loaded.source.shown, loaded.source.raw):
            if isinstance(one, Suppression) and one.code.is_of_proofs:
                yield one
