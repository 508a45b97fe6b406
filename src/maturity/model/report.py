"""All that a renderer needs to tell an assessment to people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from maturity.base.text import Text
from maturity.model.bundle import Bundle
from maturity.model.city import City, Project, Side
from maturity.model.context import Context
from maturity.model.reason import Change, Reason
from maturity.model.result import ProjectResult, Result
from maturity.model.state import State
from maturity.model.states import Said


class Placing(Protocol):
    """Tells where answers stand."""

    def __call__(self, question: str, side: Side | None = None) -> str | None:
        """`file:line` of a side's answer, or of the first there is; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """One project: its facts, its result, and why.

    `why` gives the reason of a named value (`ladder.<id>.<level>`, `flag.<id>`, …), `changes`
    the single answers that would change an output (`ladder.<id>`, `check.<id>`, …).
    `place` gives "file:line" of an answer.
    """

    project: Project
    said: Mapping[str, Said]
    states: Mapping[str, State]
    result: ProjectResult
    why: Callable[[str], Reason]
    changes: Callable[[str], tuple[Change, ...]]
    place: Placing


@dataclass(frozen=True, slots=True)
class Report:
    """An assessment with everything that it rests on.

    `context` is what a registry says about the city, where the file refers to one. `also` holds
    what the other models say that the file answers, in its order; `domains` are those of them all.
    `country` is its name, where a registry gives it.
    """

    result: Result
    bundle: Bundle
    city: City
    projects: tuple[ProjectReport, ...]
    context: Context | None = None
    domains: Mapping[str, Text] = field(default_factory=dict)
    also: "tuple[Report, ...]" = ()
    country: Text | None = None

    @property
    def every(self) -> "tuple[Report, ...]":
        """What each model says, this one first."""
        return (self, *self.also)
