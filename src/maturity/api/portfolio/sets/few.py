"""A run in which few city files are scored: what is taken over is read meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from maturity.api.portfolio.request import Job
from maturity.api.portfolio.sets.merging import Merging, place_of
from maturity.api.portfolio.sets.scored import Scored
from maturity.api.portfolio.sets.singly import Project, Single, Value, rows_of
from maturity.api.portfolio.sets.state import Earlier, Entry
from maturity.api.portfolio.sharing import Shared
from maturity.base.naming import alike
from maturity.engines.database import Database
from maturity.engines.sets import names
from maturity.engines.sets.columns import columns_told
from maturity.engines.sets.given import results_in
from maturity.engines.sets.letters import lettered
from maturity.engines.sets.names import Cells
from maturity.engines.sets.picking import PLACE, Relation, Rows, columns_in
from maturity.engines.sets.tables import columns_of
from maturity.engines.sql.columns import Column
from maturity.model.bundle import Bundle
from maturity.render.results.csv_ import cell, quoted

_GIVEN: Final = "given"

Key = tuple[str, str]
"""City and project, without what does not tell them apart."""


@dataclass(slots=True)
class Few:
    """The units of a run; the numbers of those that are scored singly, and who scores them."""

    entries: list[Entry]
    fresh: Sequence[int]
    scoring: Shared[Single]

    def scored(self, database: Database, job: Job, earlier: Earlier, target: Path) -> Scored | None:
        """The results; None where a project has a twin, or a column no name of its own."""
        database.plan_quickly()
        bundle, letters = job.context.scoring.bundle, job.context.letters
        is_lettered = job.request.format_ != "parquet"
        merging = Merging(database, self.entries, letters, is_lettered=is_lettered)
        there = self._there()
        columns = columns_told(there, bundle)
        held = merging.hold(columns) if merging.sources else None
        keys = _keys(database, held) if held else []
        projects = self._projects()
        if _have_twins([*keys, *(_key(one.cells) for _, one in projects)]):
            return None
        if self._there() != there:
            there = self._there()
            columns = columns_told(there, bundle)
            held = merging.hold(columns) if held else None
        if held and not earlier.fits(there, bundle):
            return None
        fresh = _Fresh(projects, bundle)
        merging.add(fresh.kept(database, lettered(columns, letters)))
        lines = partial(fresh.lines, columns)
        return merging.scored(columns, target, lambda: [fresh.kept(database, columns)], lines)

    def _there(self) -> list[str]:
        """The columns of all rows, as far as they are known by now."""
        apart = {id(one.columns): one.columns for one in self.entries}  # most are the same
        return columns_of([], sorted({one for columns in apart.values() for one in columns}))

    def _projects(self) -> list[tuple[int, Project]]:
        """The projects that are scored, with their places; their units are told what they have."""
        found: list[tuple[int, Project]] = []
        for number, one in zip(self.fresh, self.scoring.found(), strict=True):
            entry = self.entries[number]
            entry.failed += one.failed
            entry.count = len(one.projects)
            entry.columns = tuple(
                dict.fromkeys(key for project in one.projects for key in project.cells)
            )
            if any(names.are_hidden(project.cells) for project in one.projects):
                entry.digest = ""
            found += enumerate(one.projects, place_of(number))
        return found

    def close(self) -> None:
        """End what is still being scored."""
        self.scoring.close()


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What was found singly, each project with its place."""

    projects: Sequence[tuple[int, Project]]
    bundle: Bundle

    def kept(self, database: Database, columns: Sequence[Column]) -> Rows:
        """In the types of the results of the query, with places."""
        places = [place for place, _ in self.projects]
        rows = [(place, *row) for place, row in zip(places, self._rows(columns), strict=True)]
        database.keep(_GIVEN, [PLACE, *(one.name for one in columns)], rows)
        return results_in(_GIVEN, columns)

    def lines(self, columns: Sequence[Column]) -> bytes:
        """As lines of CSV; words are harmless and need no quotes."""
        lines = [
            ",".join(_cell(column, value) for column, value in zip(columns, row, strict=True))
            for row in self._rows(columns)
        ]
        return "".join(f"{line}\n" for line in lines).encode(errors="replace")

    def _rows(self, columns: Sequence[Column]) -> Iterator[tuple[Value, ...]]:
        return rows_of((one for _, one in self.projects), columns, self.bundle)


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    return str(value) if column.kind == "word" else quoted(cell(value))


def _keys(database: Database, held: Relation) -> list[Key]:
    return [
        (alike(str(city)), alike(str(one)))
        for city, one in database.run(columns_in(held, ("city", "project")))
    ]


def _key(cells: Cells) -> Key:
    city, project = (alike(cells[names.fact(one)]) for one in ("city", "project"))
    return city, project


def _have_twins(keys: Sequence[Key]) -> bool:
    return len(set(keys)) < len(keys)
