"""Results that an earlier run has scored and fresh ones become one table, in the order of units."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from maturity.api.portfolio.sets.state import Entry
from maturity.engines.database import Database, parquet_rows
from maturity.engines.sets.picking import Relation, Rows, in_places, joined, subquery
from maturity.engines.sql.columns import Column

RESULTS: Final = "results"
"""The table of those that are held in memory."""

_PLACES: Final = "places"
_FRESH_PLACES: Final = "fresh places"
_COLUMNS: Final = ("source", "from", "place")

Place = tuple[int, int, int]
"""Source, row there, and place, of a result."""

_MOST_BITS: Final = 40
"""Of the number of a row in its unit."""

_FRESH: Final = 0
"""The number of the fresh results among the sources; earlier files follow."""


class Merging:
    """What is taken over. `sources`: the files of earlier results, each with a number."""

    def __init__(self, database: Database, entries: Sequence[Entry]) -> None:
        self.database = database
        self.entries = entries
        self._has_places = False
        taken = {one.taken.rows for one in entries if one.taken}
        self.sources = {rows: number for number, rows in enumerate(sorted(taken), _FRESH + 1)}

    def rows(self) -> Iterator[tuple[int, int]]:
        """Source and row there of every result that is taken over."""
        for entry in self.entries:
            if entry.taken:
                source, first = self.sources[entry.taken.rows], entry.taken.first
                yield from ((source, first + number) for number in range(entry.count))

    def whole(self) -> Path | None:
        """The earlier file of which all results are taken over, in their order, and no others."""
        place = 0
        for entry in self.entries:
            if entry.taken is None or entry.taken.first != place:
                return None
            place += entry.count
        rows = next(iter(self.sources), None)
        if rows is None or len(self.sources) > 1:
            return None
        return rows if place == self.database.length(parquet_rows([rows])) else None

    def hold(self, columns: Sequence[Column]) -> Relation:
        """Hold what is taken over, each with its place, before the fresh results are there."""
        return self.database.hold(RESULTS, joined(self._earlier(columns)))

    def add(self, fresh: Relation, columns: Sequence[Column]) -> None:
        """Hold the fresh results beside it."""
        self.database.add(RESULTS, self._fresh(fresh, columns))

    def beside(self, fresh: Rows, columns: Sequence[Column]) -> Relation:
        """All results with their places, where the fresh ones have theirs."""
        return subquery(joined([fresh, *self._earlier(columns)]))

    def every(self, fresh: Relation | None, columns: Sequence[Column]) -> Relation:
        """All results with their places, where they are too many to be held."""
        more = [] if fresh is None else [self._fresh(fresh, columns)]
        return subquery(joined([*more, *self._earlier(columns)]))

    def _earlier(self, columns: Sequence[Column]) -> list[Rows]:
        """What is taken over, with places."""
        if not self._has_places:
            self._keep_places()
        return [
            self._placed(_PLACES, number, parquet_rows([rows]), columns)
            for rows, number in self.sources.items()
        ]

    def _keep_places(self) -> None:
        found: list[Place] = []
        for number, entry in enumerate(self.entries):
            if entry.taken:
                source, first = self.sources[entry.taken.rows], entry.taken.first
                place = place_of(number)
                found += [(source, first + row, place + row) for row in range(entry.count)]
        self.database.keep(_PLACES, _COLUMNS, found)
        self._has_places = True

    def _fresh(self, fresh: Relation, columns: Sequence[Column]) -> Rows:
        """The fresh results, with places."""
        found: list[Place] = []
        for number, entry in enumerate(self.entries):
            if not entry.taken:
                first, place = len(found), place_of(number)
                found += [(_FRESH, first + row, place + row) for row in range(entry.count)]
        self.database.keep(_FRESH_PLACES, _COLUMNS, found)
        return self._placed(_FRESH_PLACES, _FRESH, fresh, columns)

    def _placed(
        self, table: str, number: int, relation: Relation, columns: Sequence[Column]
    ) -> Rows:
        there = self.database.columns(relation)
        return in_places(table, number, relation, there, columns)


def place_of(number: int) -> int:
    """The place of the first result of a unit: what stands before it need not be counted."""
    return number << _MOST_BITS
