"""What is asked of one run, how far it is, and what it has done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from maturity.api.portfolio.context import Context
from maturity.engines import EngineName
from maturity.loading.folders import Seen
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
    """What a run has done. `files` are the names of what was written."""

    portfolio: Portfolio
    reused: int
    units: int
    first: tuple[Failed, ...]
    files: tuple[str, ...]
    context: Context


Telling: TypeAlias = Callable[[Progress], None]


class Job(NamedTuple):
    """One run for an engine: into an empty folder, with what the folders of earlier runs hold.

    `seen`: the files, where they have been looked over.
    """

    request: Request
    context: Context
    files: Sequence[str]
    into: Path
    before: Sequence[Path]
    tell: Telling
    seen: Sequence[Seen] = ()
