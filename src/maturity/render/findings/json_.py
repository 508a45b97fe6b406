"""Findings as JSON, in a form of its own with a version."""

import json
from typing import NotRequired, TypedDict

from maturity import __version__
from maturity.base.diagnostics import Diagnostic
from maturity.model.checked import Checked
from maturity.model.proofs import Tally

FORMAT = "maturity/findings@1"


class FindingOut(TypedDict):
    """One finding; line and column from 1, columns in characters."""

    code: str
    word: str
    severity: str
    path: str
    line: int
    column: int
    message: str
    hint: str | None


class ProofsOut(TypedDict):
    """What proofs came to; `seconds` alone differ from run to run, `steps` are the solver's own."""

    rubrics: int
    claims: int
    proven: int
    refuted: int
    remarks: int
    undecided: int
    steps: int
    seconds: float


class FindingsOut(TypedDict):
    """The document: `summary` counts files, findings by severity, and what was suppressed."""

    format: str
    tool: dict[str, str]
    summary: dict[str, int]
    findings: list[FindingOut]
    proofs: NotRequired[ProofsOut]


def json_findings(checked: Checked) -> str:
    """One document, whatever the number of files."""
    counts = {level.value: count for level, count in checked.counts().items()}
    document = FindingsOut(
        format=FORMAT,
        tool={"name": "maturity", "version": __version__},
        summary={"files": len(checked.files), **counts, "suppressed": checked.suppressed},
        findings=[_finding(one) for one in checked.told()],
    )
    if checked.proofs is not None:
        document["proofs"] = _proofs(checked.proofs)
    return json.dumps(document, indent=2, ensure_ascii=False)


def _proofs(tally: Tally) -> ProofsOut:
    return ProofsOut(
        rubrics=tally.rubrics,
        claims=tally.claims,
        proven=tally.proven,
        refuted=tally.refuted,
        remarks=tally.remarks,
        undecided=tally.undecided,
        steps=tally.steps,
        seconds=round(tally.seconds, 3),
    )


def _finding(one: Diagnostic) -> FindingOut:
    return FindingOut(
        code=one.code.number,
        word=one.code.word,
        severity=one.severity.value,
        path=one.place.path,
        line=one.place.line,
        column=one.place.column,
        message=one.message,
        hint=one.hint,
    )
