"""The set engine run by Apache Spark: the query in its dialect, on a cluster, from table to table.

Nothing of Java shows: its words go to a file, and what matters of them into our messages.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from sqlglot import exp

from maturity.base.errors import UsageError
from maturity.engines.sets.runner import Cell
from maturity.engines.spark.options import OPTIONS
from maturity.engines.spark.starting import java, reason, refuse_silent, unheard, unstarted
from maturity.engines.sql.columns import Query
from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.fences import nested, spoken
from maturity.engines.sql.terms import Term, column, nothing, some
from maturity.engines.sql.terms import name as quoted

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_LOG: Final = "java.log"

FORMATS: Final = {".csv": "csv", ".jsonl": "json", ".ndjson": "json", ".json": "json"}
"""Formats by how a path ends; any other is Parquet, a file or a folder of them."""

BROKEN: Final = "_corrupt_record"
"""The column in which Spark puts a row that is none of its table."""


ROW_NUMBER: Final = "row of the table"
"""The column that tells the rows of a table apart; it does not count them."""


Relation: TypeAlias = exp.Table
"""A table that has been read."""


class First(NamedTuple):
    """The first rows of a query, and how many more there are."""

    rows: list[tuple[Cell, ...]]
    more: int


class UnreadError(ValueError):
    """A table cannot be read; the text says why, in a line."""


class Cluster:
    """A session on a Spark master, for one job; `close` ends it.

    `options` are settings of Spark beside ours. What is named as a path or URL has to be reached
    by every machine of the cluster.

    Raises:
        UsageError: Spark or Java is not installed, or the master does not answer.
    """

    def __init__(self, master: str, options: Mapping[str, str] | None = None) -> None:
        if java() is None:
            raise UsageError("no-java")
        refuse_silent(master)
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - on demand: an extra
        except ModuleNotFoundError:
            raise UsageError("no-spark") from None
        self._folder = TemporaryDirectory(prefix="maturity-spark-")
        log = Path(self._folder.name) / _LOG
        builder = SparkSession.builder.master(master).appName("maturity")
        for key, value in (OPTIONS | dict(options or {})).items():
            builder = builder.config(key, value)
        with unheard(log):
            try:
                self.session: SparkSession = builder.getOrCreate()
            except Exception as error:  # noqa: BLE001 - py4j and pyspark raise all kinds
                found = unstarted(error, master, log)
                self._folder.cleanup()
                raise found from None
        self.session.sparkContext.setLogLevel("OFF")

    def read(self, path: str, label: str, encoding: str | None = None) -> exp.Table:
        """A table at a path or URL as a relation; of CSV and JSON Lines every cell is a text.

        Raises:
            UnreadError: there is none, or it cannot be read.
        """
        from pyspark.sql import functions  # noqa: PLC0415 - on demand: an extra

        form = FORMATS.get(PurePath(urlsplit(path).path).suffix.lower(), "parquet")
        with self._told():
            frame = self._frame(path, form, encoding or "UTF-8")
            number = functions.monotonically_increasing_id()
            frame.withColumn(ROW_NUMBER, number).createOrReplaceTempView(_named(label))
        return exp.Table(this=quoted(label))

    def columns(self, relation: exp.Expression) -> dict[str, str]:
        """The columns of a relation, each with Spark's word for its type."""
        select = exp.Select(expressions=[exp.Star()])
        select.set("from_", exp.From(this=relation.copy()))
        schema = self.session.sql(select.sql(dialect=Dialect.SPARK.value)).schema
        return {one.name: str(one.dataType.simpleString()) for one in schema.fields}

    def headers(self, relation: exp.Expression) -> list[str]:
        """The names of a relation's columns."""
        return list(self.columns(relation))

    def rows(self, query: Query) -> list[dict[str, object]]:
        """The result by key, a row a project."""
        keys = [one.key for one in query.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.run(query.tree)]

    def run(self, tree: exp.Query) -> list[tuple[Cell, ...]]:
        """The rows of a query.

        Raises:
            UnreadError: a table cannot be read further.
        """
        with self._told():
            return [tuple(row) for row in self._sql(tree).collect()]

    def first(self, tree: exp.Query, most: int) -> First:
        """Some rows of a query, and the number of the others.

        Raises:
            UnreadError: a table cannot be read further.
        """
        with self._told():
            frame = self._sql(tree)
            rows = [tuple(row) for row in frame.take(most)]
            return First(rows, frame.count() - most if len(rows) == most else 0)

    def save(self, tree: exp.Query, target: Path) -> int:
        """Write the rows of a query as a folder of Parquet files; how many there are.

        Raises:
            UnreadError: a table cannot be read further, or the folder cannot be written.
        """
        place = target.absolute().as_uri()
        with self._told():
            self._sql(tree).write.mode("errorifexists").parquet(place)
            return int(self.session.read.parquet(place).count())

    def score(self, query: Query, target: Path) -> int:
        """Write the rows of a rubric's query as such a folder; how many there are."""
        return self.save(query.tree, target)

    def keep(self, name: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Make a small table of texts and whole numbers that later queries can name."""
        first: tuple[Cell, ...] = rows[0] if rows else ("",) * len(columns)
        kinds = ["STRING" if isinstance(one, str) else "BIGINT" for one in first]
        named = (_named(one) for one in columns)
        schema = ", ".join(f"{one} {kind}" for one, kind in zip(named, kinds, strict=True))
        self.session.createDataFrame(list(rows), schema).createOrReplaceTempView(_named(name))

    def close(self) -> None:
        """End the session, and Java with it."""
        from pyspark import SparkContext  # noqa: PLC0415 - on demand: an extra

        self.session.stop()
        gateway = SparkContext._gateway  # noqa: SLF001 - there is no other way to end Java
        process = getattr(gateway, "proc", None)
        if process is not None:
            gateway.shutdown()
            SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001
            process.stdin.close()
            process.wait()
        self._folder.cleanup()

    def _sql(self, tree: exp.Query) -> "DataFrame":
        return self.session.sql(spoken(nested(tree), Dialect.SPARK))

    def _frame(self, path: str, form: str, encoding: str) -> "DataFrame":
        reader = self.session.read.option("encoding", encoding)
        match form:
            case "csv":
                reader = reader.options(header=True, multiLine=True, escape='"')
                fields = reader.csv(path).schema.names
                named = (_named(one) for one in (*fields, BROKEN))
                schema = ", ".join(f"{one} STRING" for one in named)
                return reader.schema(schema).csv(path)
            case "json":
                return reader.option("primitivesAsString", value=True).json(path)
            case _:
                return reader.parquet(path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        from py4j.protocol import Py4JError  # noqa: PLC0415 - comes with pyspark
        from pyspark.errors import PySparkException  # noqa: PLC0415

        try:
            yield
        except (PySparkException, Py4JError) as error:
            raise UnreadError(reason(error)) from None


def is_broken(odd: Term) -> Term:
    """A row is odd, or is one that Spark could not part into cells."""
    broken = exp.Not(this=exp.Is(this=column(BROKEN), expression=nothing()))
    return some([odd, broken])


def _named(label: str) -> str:
    return quoted(label).sql(dialect=Dialect.SPARK.value)
