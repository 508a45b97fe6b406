"""The pipe of the set engine: paths -> one relation -> results, units in their order."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, Self

from maturity.api.portfolio.request import Job, Progress
from maturity.api.portfolio.sets.closely import Closely
from maturity.api.portfolio.sets.reading import Intake, Intaking
from maturity.api.portfolio.sets.state import Earlier, Entry, Lines
from maturity.api.portfolio.writing import twin_fault
from maturity.base.naming import alike
from maturity.engines.database import BrokenTableError, Database, OddRowError, parquet_rows
from maturity.engines.sets import names
from maturity.engines.sets.asking import Asking
from maturity.engines.sets.picking import (
    Relation,
    counted_by_part,
    in_order,
    in_places,
    numbered_rows,
    projects_in,
    projects_of,
    rows_of,
)
from maturity.engines.sets.results import odd_rows, passed_on, results_of, table_of_rows
from maturity.engines.sets.runner import count
from maturity.engines.sets.tables import Part, columns_of, empty_part, scored_rows
from maturity.engines.sets.twins import Twin, twins_among
from maturity.engines.sql.columns import Column, Query

FEW: Final = 100_000
"""Up to so many rows are looked over before they are scored; of more none is expected to be odd."""

HELD: Final = 200_000
"""Up to so many results are held in memory while they are counted and written."""

BEFORE: Final = -1
"""The part of rows that an earlier run has scored."""

_PLACES: Final = "places"
_TAKEN: Final = "taken over"
_FRESH: Final = "fresh"


class Results(NamedTuple):
    """The results of a run: its units, and what is in the file.

    `fresh`: those that are not taken over, where they are held. `whole`: the file of an earlier run
    that has the same. `lines`: earlier results as CSV, by the file that holds their rows.
    """

    database: Database
    entries: list[Entry]
    asking: Asking
    columns: tuple[Column, ...]
    is_held: bool
    fresh: Relation | None
    whole: Path | None
    lines: Mapping[Path, Lines]

    def by(self, database: Database) -> Self:
        """The same by another connection."""
        return self._replace(database=database, asking=replace(self.asking, runner=database))

    def save(self, target: Path) -> None:
        """Write what is held; what is not stands in the file already."""
        if self.whole is not None:
            copyfile(self.whole, target)
        elif self.is_held:
            self.database.save(rows_of(self.asking.relation), target)


@dataclass(slots=True)
class Run:
    """One run, whose results go to a Parquet file."""

    job: Job
    database: Database
    target: Path

    def results(self, earlier: Earlier) -> Results:
        """Score what no earlier run has scored, and take over the rest."""
        with TemporaryDirectory(prefix="rows-", dir=self.target.parent) as scratch:
            try:
                return self._results(earlier, Path(scratch), direct=True)
            except BrokenTableError:
                return self._results(earlier, Path(scratch), direct=False)

    def _results(self, earlier: Earlier, scratch: Path, *, direct: bool) -> Results:
        intake = Intaking(self.job, self.database, earlier, scratch, direct=direct).read()
        step = _Step(self, intake, scratch)
        columns = step.scored(is_hoped=True)
        if columns is None:  # a twin of what is taken over: all is scored anew
            return self._results(Earlier(()), scratch, direct=direct)
        there = frozenset(one.name for one in columns)
        passed = {one.key: one.name for one in columns if names.is_carried(one.key)}
        asking = Asking(self.database, step.relation, there, passed)
        held = step.is_held, step.fresh, step.whole
        return Results(self.database, intake.entries, asking, columns, *held, earlier.lines)


class _Step:
    """What has been read, on its way to results."""

    def __init__(self, run: Run, intake: Intake, scratch: Path) -> None:
        self.run = run
        self.database = run.database
        self.intake = intake
        self.scratch = scratch
        self.more = sorted({one for entry in intake.entries for one in entry.columns})
        self.closely = Closely(run.job, run.database, intake, {})
        taken = {one.taken.rows for one in intake.entries if one.taken}
        self.taken = {rows: number for number, rows in enumerate(sorted(taken), 1)}
        self.relation: Relation = parquet_rows([run.target])
        self.fresh: Relation | None = None
        self.whole: Path | None = None

    def scored(self, *, is_hoped: bool) -> tuple[Column, ...] | None:
        """Score; None where a twin of a project stands in what is taken over.

        `is_hoped`: of many rows it may be hoped that none is odd.
        """
        is_hoped = is_hoped and self.rows > FEW
        if not is_hoped:
            self._look_over()
        twins = self._twins()
        if any(one.part == BEFORE for one in twins):
            return None
        self.closely.leave_out(twins)
        parts = self.closely.patched()
        query = self._query(parts or [empty_part()], guarded=is_hoped)
        try:
            with self.database.in_turn() if self.closely.rows else nullcontext():
                fresh = self._scored(query) if parts or not self.taken else None
        except OddRowError:
            self.closely.rows.clear()
            return self.scored(is_hoped=False)
        self._tell(twins)
        self._count(parts)
        if self.taken:
            self._merge(query.columns, fresh)
        elif self.fresh is not None:
            self.relation = self.fresh
        return query.columns

    def _scored(self, query: Query) -> Relation:
        """The fresh results, each with its number."""
        if self.is_held:
            self.fresh = self.database.hold_scored(_FRESH, query, self._watch)
            return numbered_rows(self.fresh)
        file = self.scratch / "fresh.parquet" if self.taken else self.run.target
        self.database.score(query, file, self._watch)
        return parquet_rows([file])

    @cached_property
    def rows(self) -> int:
        """The rows of tables that are read as they stand."""
        files = [
            self.intake.tables[n] for part in self.intake.parts if isinstance(n := part.number, int)
        ]
        return sum(self.database.length(parquet_rows([one])) for one in files)

    @cached_property
    def is_held(self) -> bool:
        """Whether there are few results enough to be held in memory."""
        spooled = [one for one in self.intake.parts if not isinstance(one.number, int)]
        fresh = self.rows + sum(self.database.length(one.relation) for one in spooled)
        return fresh + sum(one.count for one in self.intake.entries if one.taken) <= HELD

    def _watch(self, share: float) -> None:
        """Tell how many rows are scored: those of tables that are read as they stand."""
        rows = self.rows
        if rows > FEW:
            self.run.job.tell(Progress(round(share * rows), round(share * rows), rows))

    def _look_over(self) -> None:
        """Read closely what a query cannot judge."""
        parts = self.intake.parts
        if self.intake.tables and parts:
            plan = self.run.job.context.scoring.plan
            table = table_of_rows(scored_rows(parts), columns_of(parts), plan)
            odd = self.database.run(odd_rows(plan, table))
            self.closely.read([(count(part), count(row)) for part, row in odd])

    def _twins(self) -> list[Twin]:
        parts = self.closely.patched()
        queries = [projects_of(scored_rows(parts))] if parts else []
        if self.taken:
            self.database.keep(_TAKEN, ("source", "from"), list(self._taken_over()))
        for path, number in self.taken.items():
            queries.append(projects_in(_TAKEN, number, parquet_rows([path]), BEFORE))
        return twins_among(self.database, queries, alike) if queries else []

    def _query(self, parts: Sequence[Part], *, guarded: bool) -> Query:
        scoring = self.run.job.context.scoring
        columns = columns_of(parts, self.more)
        table = table_of_rows(scored_rows(parts, self.more), columns, scoring.plan)
        passed = passed_on(columns, scoring.bundle)
        return results_of(scoring.plan, scoring.bundle, table, passed, guarded=guarded)

    def _tell(self, twins: Sequence[Twin]) -> None:
        """Every one of the twins is an error, and their units are scored anew the next time."""
        for one in twins:
            entry = self.intake.entries[one.part]
            row = one.row if one.part in self.intake.tables else 0
            entry.failed.append(twin_fault(entry.shown, row, one.city, one.project, one.places))
            entry.digest = ""

    def _count(self, parts: Sequence[Part]) -> None:
        """How many rows of the fresh results each unit has."""
        found = self.database.run(counted_by_part(scored_rows(parts))) if parts else []
        for part, rows in found:
            self.intake.entries[count(part)].count = count(rows)

    def _merge(self, columns: Sequence[Column], fresh: Relation | None) -> None:
        """Bring fresh results and those taken over into the order of their units."""
        if self._is_whole():
            self.whole = next(iter(self.taken))
        sources = {} if fresh is None else {0: fresh}
        sources |= {one: parquet_rows([rows]) for rows, one in self.taken.items()}
        self.database.keep(_PLACES, ("source", "from", "place"), self._places())
        queries = []
        for number, relation in sources.items():
            there = self.database.columns(relation)
            queries.append(in_places(_PLACES, number, relation, there, columns))
        merged = in_order(queries, columns)
        if self.is_held:
            self.relation = self.database.hold("results", merged)
        elif self.whole is None:
            self.database.save(merged, self.run.target)
        else:
            copyfile(self.whole, self.run.target)

    def _is_whole(self) -> bool:
        """Whether all results of one earlier run are taken over, in their order."""
        place = 0
        for entry in self.intake.entries:
            if entry.taken is None or entry.taken.first != place:
                return False
            place += entry.count
        if len(self.taken) > 1:
            return False
        return place == self.database.length(parquet_rows(list(self.taken)))

    def _taken_over(self) -> Iterator[tuple[int, int]]:
        """Source and row there of every result that is taken over."""
        for entry in self.intake.entries:
            if entry.taken:
                source, first = self.taken[entry.taken.rows], entry.taken.first
                yield from ((source, first + number) for number in range(entry.count))

    def _places(self) -> list[tuple[int, int, int]]:
        """Source (0: the fresh ones), row there, and place, of every result."""
        found: list[tuple[int, int, int]] = []
        fresh = 0
        for entry in self.intake.entries:
            source = self.taken[entry.taken.rows] if entry.taken else 0
            first = entry.taken.first if entry.taken else fresh
            fresh += 0 if entry.taken else entry.count
            place = len(found)
            found += [(source, first + n, place + n) for n in range(entry.count)]
        return found
