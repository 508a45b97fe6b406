"""What a check of files found, and what was chosen about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maturity.base.codes import Code, Severity
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place

if TYPE_CHECKING:
    from maturity.model.proofs import Tally
    from maturity.model.saved import SavedCases

RANK: Final = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Suppression:
    """A code that is not to be told: on one line, or in the whole file where `line` is None.

    `stands` is the place of the code in the comment or in the settings.
    """

    stands: Place
    code: Code
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen about a check: from a file, with the environment and flags above it.

    `select` and `ignore` hold codes; nothing selected means all of them. `excused` are the codes
    that a settings file ignores, each at its place; a flag takes the place of them all. `paths`
    are what to check where nothing is named.
    """

    select: frozenset[Code] = frozenset()
    ignore: frozenset[Code] = frozenset()
    excused: tuple[Suppression, ...] = ()
    fail_level: Severity = Severity.ERROR
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in some files, sorted by place.

    `files` are their names; `unreadable` are the faults of files that are no data yet;
    `suppressed` counts what was found and is not told. `proofs` and `counterexamples` are there
    where proofs were asked for. `lines` has the text of each line that a
    finding points at, by path and number. `may_hide` where faults kept something of a file from
    being looked at.
    """

    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    unreadable: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    proofs: Tally | None = None
    counterexamples: tuple[SavedCases, ...] = ()
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)
    may_hide: bool = False

    def fails_at(self, level: Severity) -> bool:
        """Whether a finding is at least so grave."""
        return any(RANK[one.severity] >= RANK[level] for one in self.findings)

    def told(self) -> tuple[Diagnostic, ...]:
        """All of it, in one order."""
        return tuple(sorted((*self.findings, *self.unreadable)))

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        count = Counter(one.severity for one in (*self.findings, *self.unreadable))
        return {level: count[level] for level in Severity}
