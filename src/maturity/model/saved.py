"""Worked cases that the program itself writes, before they are a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maturity.model.cases import Expected
from maturity.model.proofs import Told


@dataclass(frozen=True, slots=True)
class SavedCase:
    """A case with settled answers; `base` names an earlier one whose answers come first."""

    name: str
    answers: Mapping[str, Told]
    expect: Mapping[str, Expected]
    base: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SavedCases:
    """Cases of one rubric. `comment` says above them where they come from."""

    rubric: str
    cases: tuple[SavedCase, ...] = field(default=())
    comment: str = ""
