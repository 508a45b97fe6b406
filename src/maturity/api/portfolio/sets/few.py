"""A run in which few city files are scored: what is taken over is read meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maturity.api.portfolio.aside import Aside
from maturity.api.portfolio.sets.merging import Merging
from maturity.api.portfolio.sets.scored import FRESH, Scored
from maturity.api.portfolio.sets.singly import Project, Single, row_of
from maturity.api.portfolio.sets.state import Earlier, Entry
from maturity.base.naming import alike
from maturity.engines.database import Database, parquet_rows
from maturity.engines.sets import names
from maturity.engines.sets.columns import columns_told
from maturity.engines.sets.given import results_in
from maturity.engines.sets.names import Cells
from maturity.engines.sets.picking import (
    Relation,
    columns_in,
    in_order,
    numbered_rows,
    rows_of,
)
from maturity.engines.sets.tables import columns_of
from maturity.engines.sql.columns import Column
from maturity.model.bundle import Bundle

_GIVEN: Final = "given"

Key = tuple[str, str]
"""City and project, without what does not tell them apart."""


@dataclass(slots=True)
class Few:
    """The units of a run; those that are scored singly, and who scores them."""

    entries: list[Entry]
    fresh: Sequence[Entry]
    scoring: Aside[list[Single]]

    def scored(
        self, database: Database, bundle: Bundle, earlier: Earlier, target: Path
    ) -> Scored | None:
        """The results; None where a project has a twin, or a column no name of its own."""
        database.plan_quickly()
        merging = Merging(database, self.entries)
        expected = self._columns(bundle)
        held = merging.hold(expected) if merging.sources else None
        keys = _keys(database, held) if held else []
        projects = self._projects()
        if _have_twins([*keys, *(_key(cells) for cells, _ in projects)]):
            return None
        if held and not earlier.fits(self._there(), bundle):
            return None
        columns = self._columns(bundle)
        if held and columns != expected:
            held = merging.hold(columns)
        fresh = _held(database, columns, projects)
        if held is None:
            return Scored(columns, fresh, fresh, rows_of(fresh), fresh)
        if projects:
            merging.add(numbered_rows(fresh), columns)
        unwritten = merging.whole() or in_order(held, columns)
        return Scored(columns, held, parquet_rows([target]), unwritten, fresh)

    def _there(self) -> list[str]:
        """The columns of all rows."""
        return columns_of([], sorted({one for entry in self.entries for one in entry.columns}))

    def _columns(self, bundle: Bundle) -> tuple[Column, ...]:
        """The columns of results, as far as they are known by now."""
        return columns_told(self._there(), bundle)

    def _projects(self) -> list[Project]:
        """The projects that are scored; their units are told what they have."""
        found: list[Project] = []
        for entry, one in zip(self.fresh, self.scoring.found(), strict=True):
            entry.failed += one.failed
            entry.count = len(one.projects)
            entry.columns = tuple(dict.fromkeys(key for cells, _ in one.projects for key in cells))
            found += one.projects
        return found

    def close(self) -> None:
        """End what is still being scored."""
        self.scoring.close()


def _held(database: Database, columns: Sequence[Column], projects: Sequence[Project]) -> Relation:
    """The results that were found singly, in the types of the query's results."""
    rows = [row_of(one, columns) for one in projects]
    database.keep(_GIVEN, [one.name for one in columns], rows)
    return database.hold(FRESH, results_in(_GIVEN, columns))


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
