"""What runs a tree."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

from sqlglot import exp

from maturity.engines.sql.columns import Query

Cell: TypeAlias = str | float | None
"""A value in a row of a query."""


class Runner(Protocol):
    """An engine that runs queries over relations that it reaches."""

    def run(self, tree: exp.Query) -> list[tuple[Cell, ...]]:
        """The rows of a query."""
        ...

    def save(self, tree: exp.Query, target: Path) -> int:
        """Write the rows of a query as Parquet; how many there are."""
        ...

    def score(self, query: Query, target: Path) -> int:
        """Write the rows of a rubric's query as Parquet; how many there are."""
        ...

    def keep(self, name: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Make a small table of texts and whole numbers that later queries can name."""
        ...

    def columns(self, relation: exp.Expression) -> dict[str, str]:
        """The columns of a relation, each with the word for its type."""
        ...


def count(cell: Cell) -> int:
    """A cell that is a whole number; nothing is 0."""
    return int(cell or 0)


def number(cell: Cell) -> float:
    """A cell that is a number; nothing is 0."""
    return float(cell or 0.0)


def word(cell: Cell) -> str | None:
    """A cell that is a text."""
    return None if cell is None else str(cell)
