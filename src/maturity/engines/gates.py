"""Gates: what a CI job may demand of an assessment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from maturity.model.bundle import Bundle
from maturity.model.result import ProjectResult, Result

SEVERITIES: Final = ("critical", "warning", "info")
UNDETERMINED: Final = "undetermined"


@dataclass(frozen=True, slots=True)
class Closed:
    """A gate that a project does not pass, with the flags that close it, if flags do."""

    gate: str
    project: str
    flags: tuple[str, ...] = ()


def gate_names(bundle: Bundle) -> tuple[str, ...]:
    """The gates there are: the verdict's rows, undetermined, and the severities of flags."""
    verdict = bundle.rubric.summary.verdict
    rows = bundle.steps(verdict).ids if verdict else ()
    return (*rows, UNDETERMINED, *SEVERITIES)


def closed_gates(bundle: Bundle, result: Result, gates: list[str]) -> Iterator[Closed]:
    """Every gate that a project does not pass."""
    for project in result.projects:
        for gate in gates:
            flags = _flags(project, gate)
            if flags or _is_verdict(bundle, project, gate):
                yield Closed(gate, project.id, flags)


def _flags(project: ProjectResult, gate: str) -> tuple[str, ...]:
    """The raised flags at least as severe as the gate; a justified one counts as information."""
    if gate not in SEVERITIES:
        return ()
    grave = SEVERITIES[: SEVERITIES.index(gate) + 1]
    raised = (flag for flag in project.flags if flag.status == "raised")
    return tuple(flag.id for flag in raised if flag.severity in grave)


def _is_verdict(bundle: Bundle, project: ProjectResult, gate: str) -> bool:
    verdict = bundle.rubric.summary.verdict
    found = project.decision(verdict) if verdict else None
    if found is None:
        return False
    return found.confirmed == gate or (gate == UNDETERMINED and found.confirmed is None)
