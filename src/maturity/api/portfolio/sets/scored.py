"""Results that are there: what a run passes on to those who count and write them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from maturity.engines.sets.picking import Relation, Rows
from maturity.engines.sql.columns import Column

HELD: Final = 200_000
"""Up to so many results are held in memory while they are counted and written."""


class Scored(NamedTuple):
    """Results that are there.

    `relation`: in any order, lettered where they are held; `ordered`: in that of their units, all
    columns. `unwritten`: what the file of results has to hold still: some rows, or a copy of
    another file. `fresh`: those that are not taken over, where few enough are held, or what gives
    them as lines of CSV.
    """

    columns: tuple[Column, ...]
    relation: Relation
    ordered: Relation
    unwritten: Rows | Path | None = None
    fresh: Relation | Callable[[], bytes] | None = None
