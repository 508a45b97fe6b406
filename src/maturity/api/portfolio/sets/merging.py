"""Results that an earlier run has scored and fresh ones become one table, in the order of units."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from maturity.api.portfolio.sets.scored import Scored
from maturity.api.portfolio.sets.state import Entry
from maturity.engines.database import Database, parquet_rows
from maturity.engines.sets.letters import LETTERS, Letters, lettered, unlettered
from maturity.engines.sets.picking import (
    Relation,
    Rows,
    in_order,
    in_places,
    joined,
    subquery,
    table,
)
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
    """What is taken over, and what is scored beside it.

    `sources`: the files of earlier results, each with a number. What is held is lettered, and so is
    a file that is for the next run only (`is_lettered`).
    """

    def __init__(
        self, database: Database, entries: Sequence[Entry], letters: Letters, *, is_lettered: bool
    ) -> None:
        self.database = database
        self.entries = entries
        self.letters = letters
        self.is_lettered = is_lettered
        self._has_places = False
        self._is_any_held = False
        taken = {one.taken.rows for one in entries if one.taken}
        self.sources = {rows: number for number, rows in enumerate(sorted(taken), _FRESH + 1)}

    def rows(self) -> Iterator[tuple[int, int]]:
        """Source and row there of every result that is taken over."""
        for entry in self.entries:
            if entry.taken:
                source, first = self.sources[entry.taken.rows], entry.taken.first
                yield from ((source, first + number) for number in range(entry.count))

    def whole(self, *, is_lettered: bool) -> Path | None:
        """The earlier file of which all results are taken over, in their order, and no others."""
        place = 0
        for entry in self.entries:
            if entry.taken is None or entry.taken.first != place:
                return None
            place += entry.count
        rows = next(iter(self.sources), None)
        if rows is None or len(self.sources) > 1:
            return None
        relation = parquet_rows([rows])
        if (LETTERS in self.database.columns(relation)) != is_lettered:
            return None
        return rows if place == self.database.length(relation) else None

    def hold(self, columns: Sequence[Column]) -> Relation:
        """Hold what is taken over, each with its place, before the fresh results are there."""
        wanted = lettered(columns, self.letters)
        self._is_any_held = True
        return self.database.hold(RESULTS, joined(self._earlier(wanted)))

    def add(self, placed: Rows) -> None:
        """Hold fresh results beside it, lettered and with their places."""
        if self._is_any_held:
            self.database.add(RESULTS, placed)
        else:
            self.database.hold(RESULTS, placed)

    def placed(self, fresh: Relation, columns: Sequence[Column]) -> Rows:
        """Fresh results, in the order of their units, with places."""
        found: list[Place] = []
        for number, entry in enumerate(self.entries):
            if not entry.taken:
                first, place = len(found), place_of(number)
                found += [(_FRESH, first + row, place + row) for row in range(entry.count)]
        self.database.keep(_FRESH_PLACES, _COLUMNS, found)
        return self._placed(_FRESH_PLACES, _FRESH, fresh, columns)

    def every(self, fresh: Relation | None, columns: Sequence[Column]) -> Rows:
        """All results in their order, where they are too many to be held."""
        more = [] if fresh is None else [self.placed(fresh, columns)]
        return in_order(subquery(joined([*more, *self._earlier(columns)])), columns)

    def scored(
        self,
        columns: tuple[Column, ...],
        target: Path,
        placed: Callable[[], Sequence[Rows]],
        fresh: Relation | Callable[[], bytes] | None,
    ) -> Scored:
        """All results, which are held, on their way to a file; `placed`: the fresh ones."""
        wanted = lettered(columns, self.letters) if self.is_lettered else columns
        held = table(RESULTS)
        rows: Rows | Path | None = self.whole(is_lettered=self.is_lettered)
        if rows is None and self.is_lettered:
            rows = in_order(held, wanted)
        elif rows is None:
            rows = in_order(subquery(joined([*placed(), *self._earlier(columns)])), columns)
        ordered: Relation = parquet_rows([target])
        if not self.sources and fresh is not None and not callable(fresh):
            ordered = fresh
        elif self.is_lettered:
            ordered = unlettered(ordered, columns, self.letters)
        return Scored(columns, held, ordered, rows, fresh)

    def _earlier(self, columns: Sequence[Column]) -> list[Rows]:
        """What is taken over, with places."""
        if not self._has_places and self.sources:
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

    def _placed(
        self, places: str, number: int, relation: Relation, columns: Sequence[Column]
    ) -> Rows:
        there = self.database.columns(relation)
        return in_places(places, number, relation, there, columns, self.letters)


def place_of(number: int) -> int:
    """The place of the first result of a unit: what stands before it need not be counted."""
    return number << _MOST_BITS
