"""`maturity batch` by the set engine: results, errors, pages, and what the next run takes over."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.request import Batched, Job
from maturity.api.portfolio.sets.beside import beside
from maturity.api.portfolio.sets.reading import TooWideError
from maturity.api.portfolio.sets.running import Results, Run
from maturity.api.portfolio.sets.saving import save_as
from maturity.api.portfolio.sets.splicing import spliced
from maturity.api.portfolio.sets.state import (
    CSV,
    Digests,
    Earlier,
    Entry,
    bytes_of,
    digest_of,
    sum_of,
    told,
    write_units,
)
from maturity.api.portfolio.units import salt_of
from maturity.api.portfolio.writing import ERRORS, TOLD, write_manifest, write_pages
from maturity.engines.database import Database
from maturity.engines.sets.clashing import Counted, clashes_in
from maturity.engines.sets.counting import count_into
from maturity.engines.tally import FEW, SHOWN, Tally
from maturity.model.portfolio import Failed, Portfolio
from maturity.render.results.csv_ import CsvErrors

STATE_ROWS: Final = "state.parquet"
"""The results of a run that shows them in another format, for the next one."""

BASE: Final = 3
EACH: Final = 2
"""GiB that the database may hold at once, and more for each core; the rest goes to the disk.

Results are written by several cores only where each may hold 4 MiB of every column. What is held
is about a third of this.
"""


def batch_sets(job: Job) -> Batched:
    """Score all projects together, by one query; where there are too many columns, one by one."""
    try:
        return _together(job)
    except TooWideError:
        from maturity.api.portfolio.by_units import batch_units

        return batch_units(job)


def _together(job: Job) -> Batched:
    request, context, into = job.request, job.context, job.into
    memory = BASE + EACH * request.jobs
    database = Database(threads=request.jobs, memory=memory, scratch=into / ".scratch")
    salt = salt_of(context)
    rows = "results.parquet" if request.format_ == "parquet" else STATE_ROWS
    try:
        found = Run(job, database, into / rows).results(Earlier(job.before, salt))
    except TooWideError:
        database.close()
        raise
    is_little = found.is_held or request.format_ == "parquet"  # all that is left is a digest
    is_apart = is_little and request.jobs > 1
    with beside(database, partial(_saved, job, found, rows), is_apart=is_apart) as saved:
        portfolio = _portfolio(found, context)
        first = _write_errors(found.entries, into)
        write_pages(context, into, portfolio)
        units = told(found.entries)
        write_units(into, rows, units, salt, saved())
    database.close()
    names = write_manifest(context, into)
    reused = sum(one.taken is not None for one in found.entries)
    return Batched(portfolio, reused, len(found.entries), first, names, context)


def _saved(job: Job, found: Results, rows: str, database: Database) -> Digests:
    """Write the results by a connection; their digests."""
    into, format_ = job.into, job.request.format_
    found = found.by(database)
    is_apart = job.request.jobs > 1
    with beside(database, partial(found.write, into / rows), is_apart=is_apart) as written:
        is_there = format_ == "csv" and spliced(found, into)
        written()
    if not is_there:
        for one in found.entries:
            one.size = 0
        save_as(format_, found, job.context.scoring.bundle, into)
    csv = into / CSV
    has_lines = found.is_held and csv.exists()
    return Digests(digest_of(into / rows), sum_of(bytes_of(csv)) if has_lines else None)


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
