"""DuckDB in this process: what runs the trees of the set engine, from file to file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from shutil import move
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Literal

from sqlglot import exp

from maturity.base.errors import UsageError
from maturity.engines.duckdb import DIALECT, called, text_of
from maturity.engines.sets.results import ODD_ROW
from maturity.engines.sets.runner import Cell, count
from maturity.engines.sql.columns import Query
from maturity.engines.sql.terms import name as quoted
from maturity.engines.sql.terms import text, whole
from maturity.engines.watching import Watch, stoppable, watched

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PASSES_OFF: Final = (
    "statistics_propagation",  # whether a column may be empty would depend on what is in it
    "build_side_probe_side",  # rows would change their order where few of many are joined
    "join_order",
    "projection_placement",  # these find nothing in our queries, and take their time
    "projection_pullup",
)
"""Passes of DuckDB's optimizer that are left out."""

_IN_GIB: Final = {"MiB": 2**-10, "GiB": 1, "TiB": 2**10}

_AT_ONCE: Final = 2_048  # rows fetched together

_UNWRITTEN: Final = ("Could not write", "No space", "File too large", "Permission", "write to file")
"""What DuckDB says when it is a file to be written that fails."""


class BrokenTableError(ValueError):
    """A table cannot be read as it stands."""


class OddRowError(ValueError):
    """A row of a table has to be read closely first."""


class Database:
    """DuckDB in this process, for one job.

    `threads` and `memory` (GiB) bound what it takes; None leaves that to DuckDB, whose own bound
    (most of the machine's memory) holds in any case. What does not fit goes to `scratch`.

    Raises:
        UsageError: DuckDB is not installed.
    """

    def __init__(
        self, threads: int | None = None, memory: int | None = None, scratch: Path | None = None
    ) -> None:
        if find_spec("duckdb") is None:
            raise UsageError("no-duckdb")
        config: dict[str, str | bool | int | float | list[str]] = {}
        config |= {} if threads is None else {"threads": threads}
        config |= {} if scratch is None else {"temp_directory": str(scratch)}
        self._config = config
        self._memory = memory

    @cached_property
    def connection(self) -> DuckDBPyConnection:
        """DuckDB, which begins when it is asked first: a process without its threads can fork."""
        import duckdb  # noqa: PLC0415 - on demand: an extra

        self._error, self._full = duckdb.Error, (duckdb.IOException, duckdb.TransactionException)
        with stoppable():
            found = duckdb.connect(config=self._config)
            if self._memory is not None and self._memory < _bound(found):
                found.execute(f"SET memory_limit = '{self._memory}GiB'")
            found.execute("SET enable_progress_bar = true")  # it is asked, and prints nothing
            found.execute("SET enable_progress_bar_print = false")
            found.execute(_leaving_out(*_PASSES_OFF))
        return found

    @property
    def has_begun(self) -> bool:
        """Whether DuckDB runs."""
        return "connection" in vars(self)

    def plan_quickly(self) -> None:
        """Look no more for equal terms: of few rows they are sooner computed twice than found."""
        self._executed(_leaving_out(*_PASSES_OFF, "common_subexpressions"))

    def headers(self, relation: exp.Expression) -> list[str]:
        """The names of a relation's columns."""
        select = exp.Select(expressions=[exp.Star()], limit=exp.Limit(expression=whole(0)))
        select.set("from_", exp.From(this=relation.copy()))
        found = self.connection.execute(select.sql(dialect=DIALECT))
        return [column[0] for column in found.description or ()]

    def rows(self, query: Query) -> list[dict[str, object]]:
        """The result by key, a row a project."""
        keys = [one.key for one in query.columns]
        found = self.connection.execute(text_of(query)).fetchall()
        return [dict(zip(keys, row, strict=True)) for row in found]

    def write(self, query: Query, target: Path, form: Literal["parquet", "csv", "json"]) -> None:
        """Stream the result into a file."""
        path = text(str(target)).sql(dialect=DIALECT)
        self.connection.execute(f"COPY ({text_of(query)}) TO {path} (FORMAT {form})")

    def run(self, tree: exp.Query) -> list[tuple[Cell, ...]]:
        """The rows of a query."""
        found = self._executed(tree.sql(dialect=DIALECT))
        with stoppable():
            return list(found.fetchall())

    def save(self, tree: exp.Query, target: Path) -> int:
        """Write the rows of a query as Parquet; how many there are."""
        return self._copy(tree.sql(dialect=DIALECT), target)

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """One row after the other: many at once do not keep their order where tables are joined."""
        threads = self._executed("SELECT current_setting('threads')").fetchone()
        self._executed("SET threads = 1")
        try:
            yield
        finally:
            self._executed(f"SET threads = {count(threads[0] if threads else 1)}")

    def score(self, query: Query, target: Path, watch: Watch | None = None) -> int:
        """Write the rows of a rubric's query as Parquet; how many there are.

        `watch` is told a few times a second which share of the rows is done.
        """
        with watched(self.connection, watch):
            return self._copy(text_of(query), target)

    def keep(self, name: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Make a small table that later queries can name, out of rows of equal types."""
        lists = [list(one) for one in zip(*rows, strict=True)] or [[] for _ in columns]
        given = [
            exp.Alias(this=called("unnest", exp.Parameter(this=whole(number))), alias=quoted(one))
            for number, one in enumerate(columns, 1)
        ]
        select = exp.Select(expressions=given).sql(dialect=DIALECT)
        self._executed(f"CREATE OR REPLACE TABLE {_quoted(name)} AS {select}", lists)

    def hold(self, name: str, tree: exp.Query) -> exp.Table:
        """The rows of a query, held in memory under a name, in their order."""
        return self._held(name, tree.sql(dialect=DIALECT))

    def add(self, name: str, tree: exp.Query) -> None:
        """Hold the rows of a query behind those that are held under the name."""
        self._executed(f"INSERT INTO {_quoted(name)} {tree.sql(dialect=DIALECT)}")

    def hold_scored(self, name: str, query: Query, watch: Watch | None = None) -> exp.Table:
        """The rows of a rubric's query, held in memory; `watch` as in `score`."""
        with watched(self.connection, watch):
            return self._held(name, text_of(query))

    def columns(self, relation: exp.Expression) -> dict[str, str]:
        """The columns of a relation, each with the word for its type."""
        select = exp.Select(expressions=[exp.Star()], limit=exp.Limit(expression=whole(0)))
        select.set("from_", exp.From(this=relation.copy()))
        found = self._executed(select.sql(dialect=DIALECT))
        return {column[0]: str(column[1]) for column in found.description or ()}

    def save_csv(self, tree: exp.Query, target: Path) -> None:
        """Write the rows of a query of texts as CSV in UTF-8, line feeds between rows."""
        path = text(str(target)).sql(dialect=DIALECT)
        told = tree.sql(dialect=DIALECT)
        self._executed(f"COPY ({told}) TO {path} (FORMAT csv, HEADER true)")

    def save_tables(self, trees: Mapping[str, exp.Query], target: Path) -> None:
        """Write a database file that holds the rows of each query as a table.

        Where DuckDB would read a question mark in the path as the start of options, the file is
        made elsewhere and moved.
        """
        if "?" in str(target):
            with TemporaryDirectory() as folder:
                self.save_tables(trees, Path(folder) / target.name)
                move(Path(folder) / target.name, target)
            return
        path = text(str(target)).sql(dialect=DIALECT)
        self._executed(f"ATTACH {path} AS target")
        for name, tree in trees.items():
            self._executed(f"CREATE TABLE target.{_quoted(name)} AS {tree.sql(dialect=DIALECT)}")
        self._executed("DETACH target")

    def stream(self, tree: exp.Query) -> Iterator[tuple[Cell, ...]]:
        """The rows of a query, some at a time."""
        found = self._executed(tree.sql(dialect=DIALECT))
        while True:
            with stoppable():
                rows = found.fetchmany(_AT_ONCE)
            if not rows:
                return
            yield from rows

    def beside(self) -> Database:
        """The same database, with all that it holds, for another thread."""
        other = copy(self)
        vars(other)["connection"] = self.connection.cursor()
        return other

    def interrupt(self) -> None:
        """End the statement that another thread runs here."""
        self.connection.interrupt()

    def close(self) -> None:
        """Let go of everything."""
        if self.has_begun:
            self.connection.close()

    def headers_in(self, path: Path) -> list[str]:
        """The columns of a Parquet file by their own names, which DuckDB tells apart if it must."""
        told = text(str(path)).sql(dialect=DIALECT)
        asked = f"SELECT name FROM parquet_schema({told}) OFFSET 1"  # noqa: S608 - quoted
        return [name for (name,) in self._executed(asked).fetchall()]

    def length(self, relation: exp.Expression) -> int:
        """How many rows a relation has."""
        select = exp.Select(expressions=[exp.Count(this=exp.Star())])
        select.set("from_", exp.From(this=relation))
        ((rows,),) = self.run(select)
        return count(rows)

    def _held(self, name: str, select: str) -> exp.Table:
        self._executed(f"CREATE OR REPLACE TABLE {_quoted(name)} AS {select}")
        return exp.Table(this=exp.Identifier(this=name, quoted=True))

    def _copy(self, select: str, target: Path) -> int:
        path = text(str(target)).sql(dialect=DIALECT)
        done = self._executed(f"COPY ({select}) TO {path} (FORMAT parquet)").fetchone()
        return int(done[0]) if done else 0

    def _executed(self, sql: str, values: Sequence[object] = ()) -> DuckDBPyConnection:
        """Run a statement.

        Raises:
            OSError: a file cannot be written.
            OddRowError: the statement ends at such a row.
            BrokenTableError: a table cannot be read.
        """
        connection = self.connection  # Ctrl-C while it begins is none of what follows
        try:
            with stoppable():
                return connection.execute(sql, values)
        except self._full as error:
            if any(word in str(error) for word in _UNWRITTEN):
                raise OSError(str(error).partition(": {")[0]) from None
            raise BrokenTableError(str(error)) from None
        except self._error as error:
            if ODD_ROW in str(error):
                raise OddRowError from None
            raise BrokenTableError(str(error)) from None


def _leaving_out(*passes: str) -> str:
    return f"SET disabled_optimizers = '{','.join(passes)}'"


def _bound(connection: DuckDBPyConnection) -> float:
    """The GiB that DuckDB takes at most where it is not told."""
    found = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    number, unit = str(found[0] if found else "0 B").split()
    return float(number) * _IN_GIB.get(unit, 0)


def _quoted(name: str) -> str:
    return exp.Identifier(this=name, quoted=True).sql(dialect=DIALECT)


def parquet(path: Path) -> exp.Table:
    """A Parquet file as a relation."""
    return exp.Table(this=called("read_parquet", text(str(path))))


def parquet_rows(paths: Sequence[Path]) -> exp.Table:
    """Parquet files as one relation, with the number of each row in its file from 0 on."""
    listed = exp.Array(expressions=[text(str(path)) for path in paths])
    options = {"file_row_number": True, "union_by_name": len(paths) > 1}
    told = [
        exp.PropertyEQ(this=exp.Identifier(this=one), expression=exp.Boolean(this=value))
        for one, value in options.items()
    ]
    return exp.Table(this=called("read_parquet", listed, *told))
