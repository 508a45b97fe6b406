"""What runs a tree."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlglot import exp

from maturity.engines.sql.columns import Query


class Runner(Protocol):
    """An engine that runs queries over relations that it reaches."""

    def run(self, tree: exp.Query) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        ...

    def save(self, tree: exp.Query, target: Path) -> int:
        """Write the rows of a query as Parquet; how many there are."""
        ...

    def score(self, query: Query, target: Path) -> int:
        """Write the rows of a rubric's query as Parquet; how many there are."""
        ...

    def keep(self, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Make a small table of texts and whole numbers that later queries can name."""
        ...

    def columns(self, relation: exp.Expression) -> dict[str, str]:
        """The columns of a relation, each with the word for its type."""
        ...
