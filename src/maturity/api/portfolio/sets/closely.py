"""Rows that a query cannot judge: read one by one, then scored with the rest, or told as errors."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from maturity.api.portfolio.request import Job
from maturity.api.portfolio.sets import layouts
from maturity.api.portfolio.sets.plain import plain_of
from maturity.api.portfolio.sets.reading import Intake
from maturity.api.portfolio.units import Unit
from maturity.api.portfolio.workers import spread
from maturity.engines.database import Database, parquet_rows
from maturity.engines.sets import names
from maturity.engines.sets.picking import numbered, those_in
from maturity.engines.sets.runner import Cell, count
from maturity.engines.sets.tables import GONE, Part, columns_of, scored_rows
from maturity.engines.sets.twins import Twin
from maturity.loading.tables import Row, Table, open_table
from maturity.loading.tables.table import said

PATCH: Final = "closely"
"""The table of rows that were read closely."""

WANTED: Final = "wanted"
"""The table of the numbers of rows that are asked for."""

Place = tuple[int, int]
"""The number of a unit, and of a row in it."""


@dataclass(slots=True)
class Closely:
    """Reads rows again, and remembers what became of them; None: it is not scored."""

    job: Job
    database: Database
    intake: Intake
    rows: dict[Place, Mapping[str, str] | None]

    def read(self, places: Sequence[Place]) -> None:
        """Read rows; their faults go to their units."""
        units, asked = [], []
        for number, wanted in _by_part(places).items():
            for row in self._rows(number, wanted):
                shown = self.intake.entries[number].shown
                units.append(Unit(shown, row.number, "", 0, row))
                asked.append((number, row.number))
        found = spread(self.job.context, iter(units), self.job.request.jobs, plain_of)
        for place, one in zip(asked, found, strict=True):
            entry = self.intake.entries[place[0]]
            entry.failed += one.failed
            if any(map(names.are_hidden, one.projects)):
                entry.digest = ""
            self.rows[place] = one.projects[0] if one.projects else None

    def leave_out(self, twins: Sequence[Twin]) -> None:
        """Score none of some projects."""
        self.rows.update({(one.part, one.row): None for one in twins})

    def patched(self) -> list[Part]:
        """The parts with what was read closely in its place."""
        if not self.rows:
            return self.intake.parts
        mended = self._mended()
        columns = [names.PART, names.ROW, GONE, *mended]
        rows: list[tuple[Cell, ...]] = []
        for place, cells in self.rows.items():
            values = [None if cells is None else cells.get(name) for name in mended]
            rows.append((*place, int(cells is None), *values))
        self.database.keep(PATCH, columns, rows)
        return [replace(one, patched=PATCH, mended=tuple(mended)) for one in self.intake.parts]

    def _mended(self) -> list[str]:
        """The columns in which rows that were read closely differ from what stands there."""
        read = [place for place, cells in self.rows.items() if cells is not None]
        if not read:
            return []
        self.database.keep(PATCH, (names.PART, names.ROW, GONE), [(*one, 0) for one in read])
        parts = [replace(one, patched=PATCH) for one in self.intake.parts]
        found: dict[str, None] = {}
        ours = [one for one in columns_of(parts) if names.is_read(one)]
        for part, row, *values in self.database.run(those_in(PATCH, scored_rows(parts), ours)):
            cells = self.rows.get((count(part), count(row)))
            for name, value in zip(ours, values, strict=True):
                if cells is not None and cells.get(name, "") != _text(value):
                    found[name] = None
        return list(found)

    def _rows(self, number: int, wanted: set[int]) -> Iterator[Row]:
        """Some rows of a table as its reader gives them."""
        path = self.intake.tables[number]
        part = next((one for one in self.intake.parts if one.number == number), None)
        if part is not None:
            yield from _of_parquet(self.database, path, wanted)
            return
        table = open_table(path, self.job.request.encoding)
        if isinstance(table, Table):
            yield from (row for row in table.rows() if row.number in wanted)


def _by_part(places: Sequence[Place]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for number, row in places:
        found[number].add(row)
    return found


def _of_parquet(database: Database, path: Path, wanted: set[int]) -> Iterator[Row]:
    """Rows of a Parquet file by their numbers."""
    relation = parquet_rows([path])
    headers = [name for name in database.columns(relation) if name != layouts.ROW_NUMBER]
    numbers = [(one - layouts.FIRST_ROW,) for one in sorted(wanted)]
    database.keep(WANTED, (layouts.ROW_NUMBER,), numbers)
    for number, *values in database.run(numbered(relation, headers, WANTED)):
        cells = tuple(zip(headers, map(said, values), strict=True))
        yield Row(count(number) + layouts.FIRST_ROW, cells)


def _text(value: object) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)
