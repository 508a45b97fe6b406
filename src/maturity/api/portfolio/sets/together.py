"""Inputs -> results by one query over all of them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from maturity.api.portfolio.request import Job, Progress
from maturity.api.portfolio.sets.beside import beside
from maturity.api.portfolio.sets.closely import Closely
from maturity.api.portfolio.sets.merging import Merging
from maturity.api.portfolio.sets.reading import Intake
from maturity.api.portfolio.sets.scored import HELD, Scored
from maturity.api.portfolio.writing import twin_fault
from maturity.base.naming import alike
from maturity.engines.database import Database, OddRowError, parquet_rows
from maturity.engines.sets.columns import passed_on
from maturity.engines.sets.letters import lettered
from maturity.engines.sets.picking import (
    Relation,
    counted_by_part,
    numbered_rows,
    projects_in,
    projects_of,
)
from maturity.engines.sets.results import odd_rows, results_of, table_of_rows
from maturity.engines.sets.runner import count
from maturity.engines.sets.tables import Part, columns_of, empty_part, is_read, scored_rows
from maturity.engines.sets.twins import Twin, twins_among
from maturity.engines.sql.columns import Column, Query

FEW: Final = 100_000
"""Up to so many rows are looked over before they are scored; of more none is expected to be odd."""

FEWEST: Final = 20_000
"""Of up to so many rows planning takes longer than scoring."""

BEFORE: Final = -1
"""The part of rows that an earlier run has scored."""

_TAKEN: Final = "taken over"
_FRESH: Final = "fresh"  # the table of those that are scored in this run, where they are held


class LostRowError(RuntimeError):
    """The query left out a row that the reader took for right: a fault of the program."""


class Together:
    """What has been read, on its way to results."""

    def __init__(
        self, job: Job, database: Database, target: Path, intake: Intake, scratch: Path
    ) -> None:
        self.job = job
        self.database = database
        self.target = target
        self.intake = intake
        self.scratch = scratch
        self.more = sorted({one for entry in intake.entries for one in entry.columns})
        self.closely = Closely(job, database, intake, {})
        is_lettered = job.request.format_ != "parquet" and self.is_held
        letters = job.context.letters
        self.merging = Merging(database, intake.entries, letters, is_lettered=is_lettered)

    def columns(self) -> list[str]:
        """The columns of all rows."""
        return columns_of(self.intake.parts, self.more)

    def scored(self) -> Scored | None:
        """Score; None where a twin of a project stands in what is taken over.

        Of many rows it is hoped that none is odd.
        """
        if self.fresh <= FEWEST:
            self.database.plan_quickly()
        if self.rows > FEW:
            return self._scored_in_hope() or self._scored()
        return self._scored()

    def _scored(self) -> Scored | None:
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
        is_apart = self.job.request.jobs > 1
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
            self.merging.hold(query.columns)
            fresh = scored()
        return self._merged(query.columns, fresh, is_ready=True)

    def _score(self, query: Query, database: Database) -> Relation:
        """The fresh results, held or in a file."""
        if self.is_held:
            return database.hold_scored(_FRESH, query, self._watch)
        file = self.scratch / "fresh.parquet" if self.merging.sources else self.target
        database.score(query, file, self._watch)
        return parquet_rows([file])

    def _merged(
        self, columns: tuple[Column, ...], fresh: Relation | None, *, is_ready: bool = False
    ) -> Scored:
        """Bring fresh results and those taken over into the order of their units.

        `is_ready`: those taken over are held already.
        """
        if fresh is not None and self.database.length(fresh) != self._wanted():
            raise LostRowError
        if self.is_held:
            if self.merging.sources and not is_ready:
                self.merging.hold(columns)
            return self._all_held(columns, fresh)
        target = parquet_rows([self.target])
        whole = self.merging.whole(is_lettered=False)
        if whole is not None:
            return Scored(columns, parquet_rows([whole]), target, whole)
        if self.merging.sources:
            self.database.save(self.merging.every(fresh, columns), self.target)
        return Scored(columns, target, target)

    def _all_held(self, columns: tuple[Column, ...], fresh: Relation | None) -> Scored:
        """Hold the fresh results beside those taken over, which are held already."""
        merging = self.merging
        if fresh is None:
            return merging.scored(columns, self.target, list, None)
        rows = numbered_rows(fresh)
        merging.add(merging.placed(rows, lettered(columns, merging.letters)))
        return merging.scored(columns, self.target, lambda: [merging.placed(rows, columns)], fresh)

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
            self.job.tell(Progress(round(share * rows), round(share * rows), rows))

    def _look_over(self) -> None:
        """Read closely what a query cannot judge."""
        parts = self.intake.parts
        if self.intake.tables and parts:
            plan = self.job.context.scoring.plan
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
        are_trimmed = not self.merging.sources and not any(map(is_read, parts))
        found = partial(twins_among, self.database, queries, alike, are_trimmed=are_trimmed)
        return found() if queries else []

    def _query(self, parts: Sequence[Part], *, guarded: bool) -> Query:
        scoring = self.job.context.scoring
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

    def _wanted(self) -> int:
        """The fresh results that there have to be."""
        return sum(one.count for one in self.intake.entries if not one.taken)

    def _count(self, parts: Sequence[Part]) -> None:
        """How many rows of the fresh results each unit has."""
        for entry in self.intake.entries:
            entry.count = entry.count if entry.taken else 0
        found = self.database.run(counted_by_part(parts)) if parts else []
        for part, rows in found:
            self.intake.entries[count(part)].count = count(rows)
