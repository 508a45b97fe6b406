"""The pipe of the set engine: paths -> one relation -> results, units in their order."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, Self

from maturity.api.portfolio.request import Job, Progress
from maturity.api.portfolio.sets.beside import beside
from maturity.api.portfolio.sets.closely import Closely
from maturity.api.portfolio.sets.few import Few
from maturity.api.portfolio.sets.merging import Merging
from maturity.api.portfolio.sets.reading import Intake, Intaking
from maturity.api.portfolio.sets.scored import FRESH, HELD, Scored
from maturity.api.portfolio.sets.state import Earlier, Entry, Lines
from maturity.api.portfolio.writing import twin_fault
from maturity.base.naming import alike
from maturity.engines.database import BrokenTableError, Database, OddRowError, parquet_rows
from maturity.engines.sets import names
from maturity.engines.sets.asking import Asking
from maturity.engines.sets.picking import (
    NUMBER,
    ROW_HELD,
    Relation,
    counted_by_part,
    in_order,
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

FEWEST: Final = 20_000
"""Of up to so many rows planning takes longer than scoring."""

BEFORE: Final = -1
"""The part of rows that an earlier run has scored."""

_TAKEN: Final = "taken over"


class Results(NamedTuple):
    """The results of a run, its units, and what asks for more of them.

    `is_held`: they are in memory. `lines`: earlier results as CSV, by the file of their rows.
    """

    database: Database
    entries: list[Entry]
    asking: Asking
    scored: Scored
    is_held: bool
    lines: Mapping[Path, Lines]

    def written(self, target: Path, database: Database) -> Self:
        """Write what the file has to hold still; the same in their order, by a connection."""
        match self.scored.unwritten:
            case Path() as same:
                copyfile(same, target)
            case None:
                pass
            case rows:
                database.save(rows, target)
        asking = replace(self.asking, runner=database, relation=self.scored.ordered)
        return self._replace(database=database, asking=asking)


@dataclass(slots=True)
class Run:
    """One run, whose results go to a Parquet file."""

    job: Job
    database: Database
    target: Path

    def results(self, earlier: Earlier) -> Results:
        """Score what no earlier run has scored, and take over the rest."""
        with TemporaryDirectory(prefix="rows-", dir=self.target.parent) as folder:
            try:
                return self._results(earlier, Path(folder), direct=True, singly=True)
            except BrokenTableError:
                return self._results(earlier, Path(folder), direct=False, singly=False)

    def _results(self, earlier: Earlier, scratch: Path, *, direct: bool, singly: bool) -> Results:
        reading = Intaking(self.job, self.database, earlier, scratch, direct, singly)
        again = partial(self._results, scratch=scratch, direct=direct, singly=False)
        intake = reading.read()
        if intake.few is not None:
            return self._of_few(intake.few, earlier) or again(earlier)
        step = _Step(self, intake, scratch)
        columns = columns_of(intake.parts, step.more)
        if step.merging.sources and not earlier.fits(columns, self.job.context.scoring.bundle):
            return again(Earlier(()))
        scored = step.scored(is_hoped=step.rows > FEW)
        if scored is None:  # a twin of what is taken over: all is scored anew
            return again(Earlier(()))
        return self._told(intake.entries, scored, earlier, is_held=step.is_held)

    def _of_few(self, few: Few, earlier: Earlier) -> Results | None:
        """Results that are scored one by one; None where they have to be looked at together."""
        with closing(few):
            bundle = self.job.context.scoring.bundle
            scored = few.scored(self.database, bundle, earlier, self.target)
        return scored and self._told(few.entries, scored, earlier, is_held=True)

    def _told(
        self, entries: list[Entry], scored: Scored, earlier: Earlier, *, is_held: bool
    ) -> Results:
        there = frozenset(one.name for one in scored.columns)
        passed = {one.key: one.name for one in scored.columns if names.is_carried(one.key)}
        row = ROW_HELD if is_held else NUMBER
        asking = Asking(self.database, scored.relation, there, passed, row, is_held)
        return Results(self.database, entries, asking, scored, is_held, earlier.lines)


class _Step:
    """What has been read, on its way to results."""

    def __init__(self, run: Run, intake: Intake, scratch: Path) -> None:
        self.run = run
        self.database = run.database
        self.intake = intake
        self.scratch = scratch
        self.more = sorted({one for entry in intake.entries for one in entry.columns})
        self.closely = Closely(run.job, run.database, intake, {})
        self.merging = Merging(run.database, intake.entries)

    def scored(self, *, is_hoped: bool) -> Scored | None:
        """Score; None where a twin of a project stands in what is taken over.

        `is_hoped`: of many rows it may be hoped that none is odd.
        """
        if self.fresh <= FEWEST:
            self.database.plan_quickly()
        if is_hoped:
            return self._scored_in_hope() or self.scored(is_hoped=False)
        self._look_over()
        if self._is_simple():
            found = self._scored_at_once()
            if found:
                return found
        twins = self._twins()
        if any(one.part == BEFORE for one in twins):
            return None
        self.closely.leave_out(twins)
        parts = self.closely.patched()
        query = self._query(parts or [empty_part()], guarded=False)
        with self.database.in_turn() if self.closely.rows else nullcontext():
            is_any = parts or not self.merging.sources
            fresh = self._score(query, self.database) if is_any else None
        self._tell(twins)
        self._count(parts)
        return self._merged(query.columns, fresh)

    def _scored_in_hope(self) -> Scored | None:
        """Score, and look for twins meanwhile; None where there are any, or a row is odd.

        An odd row may be no project at all, and so be no twin, either.
        """
        query = self._query(self.intake.parts, guarded=True)
        with suppress(OddRowError), self._beside(query) as scored:
            if self._twins():
                raise OddRowError
            fresh = scored()
            self._count(self.intake.parts)
            return self._merged(query.columns, fresh)
        return None

    def _beside(self, query: Query) -> AbstractContextManager[Callable[[], Relation]]:
        """Score while something else is done, where there is more than one core."""
        is_apart = self.run.job.request.jobs > 1
        return beside(self.database, partial(self._score, query), is_apart=is_apart)

    def _is_simple(self) -> bool:
        """Whether there are fresh rows, none of them read closely, and few that are taken over."""
        rows = self.intake.parts and not self.closely.rows
        return bool(rows and self.merging.sources and self.is_held)

    def _scored_at_once(self) -> Scored | None:
        """Score, and hold what is taken over meanwhile; None where there is a twin."""
        parts = self.intake.parts
        query = self._query(parts, guarded=False)
        self._count(parts)
        with self._beside(query) as scored:
            if self._twins():
                return None
            held = self.merging.hold(query.columns)
            fresh = scored()
        self.merging.add(numbered_rows(fresh), query.columns)
        ordered = in_order(held, query.columns)
        return Scored(query.columns, held, parquet_rows([self.run.target]), ordered, fresh)

    def _score(self, query: Query, database: Database) -> Relation:
        """The fresh results, held or in a file."""
        if self.is_held:
            return database.hold_scored(FRESH, query, self._watch)
        file = self.scratch / "fresh.parquet" if self.merging.sources else self.run.target
        database.score(query, file, self._watch)
        return parquet_rows([file])

    def _merged(self, columns: tuple[Column, ...], fresh: Relation | None) -> Scored:
        """Bring fresh results and those taken over into the order of their units."""
        target = parquet_rows([self.run.target])
        whole = self.merging.whole()
        if self.is_held:
            if fresh is not None and not self.merging.sources:
                return Scored(columns, fresh, fresh, rows_of(fresh), fresh)
            held = self.merging.hold(columns)
            if fresh is not None:
                self.merging.add(numbered_rows(fresh), columns)
            return Scored(columns, held, target, whole or in_order(held, columns), fresh)
        if whole is not None:
            return Scored(columns, parquet_rows([whole]), target, whole)
        if self.merging.sources:
            every = in_order(self.merging.every(fresh, columns), columns)
            self.database.save(every, self.run.target)
        return Scored(columns, target, target)

    @cached_property
    def rows(self) -> int:
        """The rows of tables that are read as they stand."""
        files = [
            self.intake.tables[n] for part in self.intake.parts if isinstance(n := part.number, int)
        ]
        return sum(self.database.length(parquet_rows([one])) for one in files)

    @cached_property
    def fresh(self) -> int:
        """The rows that no earlier run has scored."""
        spooled = [one for one in self.intake.parts if not isinstance(one.number, int)]
        return self.rows + sum(self.database.length(one.relation) for one in spooled)

    @cached_property
    def is_held(self) -> bool:
        """Whether there are few results enough to be held in memory."""
        return self.fresh + sum(one.count for one in self.intake.entries if one.taken) <= HELD

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
        queries = [projects_of(parts)] if parts else []
        if self.merging.sources:
            self.database.keep(_TAKEN, ("source", "from"), list(self.merging.rows()))
        for path, number in self.merging.sources.items():
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
        for entry in self.intake.entries:
            entry.count = entry.count if entry.taken else 0
        found = self.database.run(counted_by_part(parts)) if parts else []
        for part, rows in found:
            self.intake.entries[count(part)].count = count(rows)
