"""`maturity batch` by the set engine: results, errors, pages, and what the next run takes over."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.sets.running import Results, Run
from maturity.api.portfolio.sets.saving import save_as
from maturity.api.portfolio.sets.state import Earlier, Entry, write_units
from maturity.api.portfolio.writing import ERRORS, TOLD, write_manifest, write_pages
from maturity.engines.duckdb import Database
from maturity.engines.sets.clashing import Counted, clashes_in
from maturity.engines.sets.counting import count_into
from maturity.engines.tally import FEW, SHOWN, Tally
from maturity.model.portfolio import Failed, Portfolio
from maturity.render import ResultsFormat
from maturity.render.results.csv_ import CsvErrors

STATE_ROWS: Final = "state.parquet"
"""The results of a run that shows them in another format, for the next one."""

MEMORY: Final = "2500MiB"
"""What the database holds at once; the rest goes to the disk."""


class Settings(NamedTuple):
    """What is asked of a run, beside its context."""

    format_: ResultsFormat
    encoding: str | None
    jobs: int


class Done(NamedTuple):
    """What a run has done."""

    portfolio: Portfolio
    reused: int
    units: int
    first: tuple[Failed, ...]
    files: tuple[str, ...]


def batch_sets(
    context: Context, files: Sequence[Path], into: Path, before: Sequence[Path], settings: Settings
) -> Done:
    """Score a portfolio into a folder, with what the folders of earlier runs hold."""
    database = Database(threads=settings.jobs, memory=MEMORY, scratch=into / ".scratch")
    rows = "results.parquet" if settings.format_ == "parquet" else STATE_ROWS
    run = Run(context, database, into / rows, settings.encoding, settings.jobs)
    found = run.results(files, Earlier(before))
    portfolio = _portfolio(found, context)
    if portfolio.totals.projects:
        save_as(settings.format_, found, context.scoring.bundle, into)
    first = _write_errors(found.entries, into)
    write_pages(context, into, portfolio)
    write_units(into, rows, found.entries)
    database.close()
    names = write_manifest(context, into)
    reused = sum(one.taken is not None for one in found.entries)
    return Done(portfolio, reused, len(found.entries), first, names)


def _portfolio(found: Results, context: Context) -> Portfolio:
    """What is counted of the results and of the faults."""
    tally = Tally(context.scoring.bundle)
    if any(one.count for one in found.entries):
        count_into(tally, found.asking)
        for one in clashes_in(found.asking, context.columns.conflicts, FEW, SHOWN):
            tally.clashes.append(Counted(one))
    for entry in found.entries:
        for fault in entry.failed:
            tally.fail(fault, (entry.shown, fault.row if entry.is_table else 0))
    return tally.portfolio()


def _write_errors(entries: Sequence[Entry], into: Path) -> tuple[Failed, ...]:
    """Write the table of errors; give the first of them."""
    first: list[Failed] = []
    with closing(CsvErrors(into / ERRORS)) as errors:
        for fault in _faults(entries):
            errors.add(fault)
            if len(first) < TOLD:
                first.append(fault)
    return tuple(first)


def _faults(entries: Sequence[Entry]) -> Iterator[Failed]:
    """Every fault, in the order of units and rows."""
    for entry in entries:
        yield from sorted(entry.failed, key=_row) if entry.is_table else entry.failed


def _row(fault: Failed) -> int:
    return fault.row
