"""Two versions of a model, compared: what the renderers of `maturity diff` tell."""

from dataclasses import dataclass
from typing import Literal

from maturity.base.diagnostics import Diagnostic
from maturity.base.phrase import Phrase
from maturity.base.places import Place
from maturity.model.flat import FlatValue

GradeWord = Literal["editorial", "additive", "breaking"]


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One change; the place is that of the new file, or of the old where it was removed."""

    place: Place
    where: str
    what: Phrase
    grade: GradeWord


@dataclass(frozen=True, slots=True)
class Effect:
    """One value that comes out differently, with the changed rules behind it.

    Rules are outputs (`score.exit`), named conditions (`condition.bound`) and questions
    (`question.stage`) of the new version, or of the old where they are gone.
    """

    key: str
    before: FlatValue
    after: FlatValue
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A version that does not take a subject, and the first fault that it finds."""

    by: Literal["old", "new"]
    fault: Diagnostic


@dataclass(frozen=True, slots=True)
class Affected:
    """A project of a city or a case that comes out differently, or that one version refuses."""

    name: str
    effects: tuple[Effect, ...]
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything about two versions. `subjects`: how many projects and cases were tried."""

    old: str
    new: str
    versions: tuple[str, str]
    changes: tuple[ChangeTold, ...]
    subjects: int
    affected: tuple[Affected, ...]
    findings: tuple[Diagnostic, ...]
