"""The pipe of `maturity batch`: paths -> units -> state -> results, errors, portfolio."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from maturity.api.models import Models, Scoring, refuse_errors
from maturity.api.portfolio.context import Context, rubric_named
from maturity.api.portfolio.engines import ENGINES
from maturity.api.portfolio.reusing import REPORTS, Earlier
from maturity.api.portfolio.units import Unit, files_of, size_of, units_of
from maturity.api.portfolio.writing import write
from maturity.checks.columns import check_columns
from maturity.engines import EngineName
from maturity.loading.columns import columns_in, targets
from maturity.loading.models import Loaded
from maturity.loading.outcomes import STATE, Kept, line_of
from maturity.model.columns import Columns
from maturity.model.flat import flat_order
from maturity.model.portfolio import Failed, Portfolio
from maturity.render import ResultsFormat

SET_ENGINE = ("duckdb", "pyarrow", "sqlglot")
"""What the set engine needs; without it the reference engine scores."""

NO_COLUMNS = Columns(format="maturity/columns@1")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one run. `jobs` is the number of processes."""

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


Telling = Callable[[Progress], None]


def batch(request: Request, into: Path, before: Sequence[Path], tell: Telling) -> Batched:
    """Score a portfolio into an empty folder, with what the folders of earlier runs hold.

    Raises:
        RefusedError: the models or the column map cannot be used.
        UsageError: it is not clear which rubric is meant, or a library is missing.
    """
    files = files_of(request.paths)
    context = context_of(request, into, files)
    if chosen(request) == "duckdb":
        from maturity.api.portfolio.sets.batching import Settings, batch_sets

        settings = Settings(request.format_, request.encoding, request.jobs)
        return Batched(*batch_sets(context, files, into, before, settings), context)
    with Earlier(before) as earlier:
        run = _Run(context, into, earlier, tell, size_of(files))
        run.score(units_of(files, context, request.encoding), request)
    written = write(context, into, request.format_, run.seen, tuple(sorted(run.columns)))
    return Batched(written.portfolio, run.reused, run.units, written.first, written.files, context)


def chosen(request: Request) -> EngineName:
    """The engine of a run. Reports rest on the traces that only the reference engine makes."""
    if request.reports:
        return "reference"
    if request.engine is not None:
        return request.engine
    return "duckdb" if all(map(find_spec, SET_ENGINE)) else "reference"


def context_of(request: Request, into: Path, files: Sequence[Path]) -> Context:
    """What holds for every unit; makes the folder of the reports, where they are wanted.

    Raises:
        RefusedError: the models or the column map cannot be used.
    """
    loaded = columns_in(request.columns) if request.columns else None
    named = request.questionnaire or (loaded.model.questionnaire if loaded else None)
    rubric = rubric_named(request.rubric, named, files, Models())
    columns = loaded.model if loaded else NO_COLUMNS
    facts = (columns, request.assessed, request.language)
    context = Context(rubric, request.questionnaire, *facts)
    if loaded is not None:
        refuse_misfit(loaded, context.scoring)
    if request.reports:
        (into / REPORTS).mkdir()
        context = replace(context, reports=into / REPORTS)
    return context


def refuse_misfit(columns: Loaded[Columns], scoring: Scoring) -> None:
    """Hold a column map to the models.

    Raises:
        RefusedError: it names what they do not have.
    """
    known, keys = targets(scoring.questionnaire.model), flat_order(scoring.bundle)
    refuse_errors(check_columns(columns.model, columns.document.places, known, keys))


class _Run:
    """Units on their way into the state, in their order, whether scored or taken over."""

    def __init__(
        self, context: Context, into: Path, earlier: Earlier, tell: Telling, whole: int
    ) -> None:
        self.context = context
        self.into = into
        self.earlier = earlier
        self.tell = tell
        self.whole = whole
        self.waiting: deque[tuple[Unit, Kept | None]] = deque()
        self.seen: Counter[str] = Counter()
        self.columns: set[str] = set()
        self.units = self.reused = self.projects = self.done = 0

    def score(self, units: Iterator[Unit], request: Request) -> None:
        """Write the state line by line."""
        engine = ENGINES[chosen(request)]
        with (self.into / STATE).open("w", encoding="utf-8", newline="\n") as stream:
            for found in engine(self.context, self._fresh(units, stream.write), request.jobs):
                self._drain(stream.write)
                unit, _ = self.waiting.popleft()
                self._emit(unit, found, stream.write)
            self._drain(stream.write)

    def _fresh(self, units: Iterator[Unit], write: Callable[[str], int]) -> Iterator[Unit]:
        """The units that have to be scored; what is taken over waits for its turn."""
        for unit in units:
            has = self.earlier.has(unit.digest)
            known = self.earlier.take(unit.digest, self.into) if has else None
            self.waiting.append((unit, known))
            if known is None:
                yield unit
            else:
                self.reused += 1
                self._drain(write)

    def _drain(self, write: Callable[[str], int]) -> None:
        while self.waiting:
            unit, known = self.waiting[0]
            if known is None:
                return
            self.waiting.popleft()
            self._emit(unit, known, write)

    def _emit(self, unit: Unit, found: Kept, write: Callable[[str], int]) -> None:
        write(line_of(unit.digest, unit.shown, unit.row, found))
        self.seen.update(found.keys)
        self.columns.update(found.columns)
        self.units += 1
        self.projects += len(found.keys)
        self.done += unit.size
        self.tell(Progress(self.projects, min(self.done, self.whole), self.whole))
