"""What is asked of one run, how far it is, and what it has done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeAlias

from maturity.api.portfolio.ahead import Ahead
from maturity.api.portfolio.context import Context
from maturity.base.diagnostics import Diagnostic
from maturity.engines import EngineName
from maturity.loading.folders import Seen, files_of
from maturity.model.portfolio import Failed, Portfolio
from maturity.render import ResultsFormat


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one run. `jobs` is the number of processes, `master` that of a cluster."""

    paths: tuple[str, ...]
    assessed: date
    rubric: str | None = None
    questionnaire: str | None = None
    columns: Path | None = None
    encoding: str | None = None
    format_: ResultsFormat = "csv"
    reports: bool = False
    language: str = "en"
    engine: EngineName | None = None
    jobs: int = 1
    master: str | None = None


class Progress(NamedTuple):
    """How far a run is: projects scored or taken over, and bytes read of all."""

    projects: int
    done: int
    whole: int


class Batched(NamedTuple):
    """What a run has done. `files` are the names of what was written.

    `warnings` tell what may be meant otherwise, and keep nothing from being scored; `empty` are
    the folders given that hold nothing to score.
    """

    portfolio: Portfolio
    reused: int
    units: int
    first: tuple[Failed, ...]
    files: tuple[str, ...]
    context: Context
    warnings: tuple[Diagnostic, ...] = ()
    empty: tuple[str, ...] = ()


Telling: TypeAlias = Callable[[Progress], None]


@dataclass
class Inputs:
    """What a run is given. It may be looked over still when it is asked for: then that waits."""

    paths: Sequence[str]
    ahead: Ahead | None = None

    @cached_property
    def seen(self) -> Sequence[Seen]:
        """The files, where they have been looked over."""
        return [] if self.ahead is None else self.ahead.found()

    @cached_property
    def files(self) -> Sequence[str]:
        """The files meant by the paths, in their order."""
        return [one.path for one in self.seen] or list(files_of(self.paths))


class Job(NamedTuple):
    """One run for an engine: into an empty folder, with what the folders of earlier runs hold."""

    request: Request
    context: Context
    inputs: Inputs
    into: Path
    before: Sequence[Path]
    tell: Telling
