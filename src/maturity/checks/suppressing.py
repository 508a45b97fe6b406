"""Findings that the files themselves excuse."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.model.checked import Suppression


class Told(NamedTuple):
    """What is left to tell, how much is not told, and the suppressions that were of no use."""

    findings: list[Diagnostic]
    suppressed: int
    unused: list[Suppression]


def suppress(found: Iterable[Diagnostic], suppressions: Sequence[Suppression]) -> Told:
    """Hold findings against suppressions: each takes any number of findings."""
    used: set[Suppression] = set()
    findings: list[Diagnostic] = []
    suppressed = 0
    for one in found:
        fitting = [other for other in suppressions if _fits(other, one)]
        used.update(fitting)
        suppressed += bool(fitting)
        findings += [] if fitting else [one]
    return Told(findings, suppressed, [one for one in suppressions if one not in used])


def unused(suppressions: Iterable[Suppression]) -> Iterator[Diagnostic]:
    """M601: a suppression that suppresses nothing."""
    for one in suppressions:
        message = f"{one.code} is suppressed here, but is not found"
        hint = "delete the suppression: the next finding of this kind would go unseen"
        yield Diagnostic.of(Code.UNUSED_SUPPRESSION, one.stands, message, hint)


def _fits(suppression: Suppression, finding: Diagnostic) -> bool:
    return suppression.code is finding.code and suppression.line in {None, finding.place.line}
