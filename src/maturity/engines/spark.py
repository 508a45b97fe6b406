"""The set engine run by Apache Spark: the query in its dialect, on a cluster, from table to table.

Nothing of Java shows: its words go to a file, and what matters of them into our messages.
"""

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from sqlglot import exp

from maturity.base.errors import UsageError
from maturity.engines.sql.columns import Query
from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.fences import nested, spoken
from maturity.engines.sql.terms import Term, column, nothing, some
from maturity.engines.sql.terms import name as quoted

_OPTIMIZER: Final = "org.apache.spark.sql.catalyst.optimizer"
_SOURCES: Final = "org.apache.spark.sql.execution.datasources"

OPTIONS: Final = {
    "spark.sql.caseSensitive": "true",  # headers may differ in the case of letters alone
    "spark.sql.ansi.enabled": "true",  # what cannot be is an error, never a silent NULL
    "spark.sql.session.timeZone": "UTC",
    # Each stage of a query is compiled by itself. Together they are longer than a method of Java
    # may be, and Spark would fall back to reading them node by node for every row.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.subexpressionElimination.enabled": "false",  # what is read twice has a name already
    # These passes find nothing in such a query, and take seconds to see so.
    "spark.sql.optimizer.excludedRules": ",".join(
        [
            f"{_OPTIMIZER}.CollapseProject",  # it could write the stages into each other, too
            f"{_OPTIMIZER}.ReorderAssociativeOperator",
            f"{_SOURCES}.SchemaPruning",
            f"{_SOURCES}.PruneFileSourcePartitions",
        ]
    ),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""What a session is started with. `docs/decisions/0011-other-engines.md` tells what each brings."""

_ANSWERS_WITHIN: Final = 5.0  # seconds
_LOG: Final = "java.log"

FORMATS: Final = {".csv": "csv", ".jsonl": "json", ".ndjson": "json", ".json": "json"}
"""Formats by how a path ends; any other is Parquet, a file or a folder of them."""

_CLASS: Final = re.compile(r"^\[[A-Z0-9_.]+\] ")
"""The name that Spark puts before a message."""

BROKEN: Final = "_corrupt_record"
"""The column in which Spark puts a row that is none of its table."""


ROW_NUMBER: Final = "row of the table"
"""The column that tells the rows of a table apart; it does not count them."""


Relation: TypeAlias = exp.Table
"""A table that has been read."""


class First(NamedTuple):
    """The first rows of a query, and how many more there are."""

    rows: list[tuple[Any, ...]]
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
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - on demand: an extra
        except ModuleNotFoundError:
            raise UsageError("no-spark") from None
        if _java() is None:
            raise UsageError("no-java")
        _refuse_silent(master)
        self._folder = TemporaryDirectory(prefix="maturity-spark-")
        log = Path(self._folder.name) / _LOG
        builder = SparkSession.builder.master(master).appName("maturity")
        for key, value in (OPTIONS | dict(options or {})).items():
            builder = builder.config(key, value)
        with _unheard(log):
            try:
                self.session: Any = builder.getOrCreate()
            except Exception as error:  # noqa: BLE001 - py4j and pyspark raise all kinds
                self._folder.cleanup()
                raise _unstarted(error, master) from None
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

    def run(self, tree: exp.Query) -> list[tuple[Any, ...]]:
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

    def keep(self, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Make a small table of texts and whole numbers that later queries can name."""
        first = rows[0] if rows else ("",) * len(columns)
        kinds = ["BIGINT" if isinstance(one, int) else "STRING" for one in first]
        named = (_named(one) for one in columns)
        schema = ", ".join(f"{one} {kind}" for one, kind in zip(named, kinds, strict=True))
        self.session.createDataFrame(list(rows), schema).createOrReplaceTempView(_named(name))

    def close(self) -> None:
        """End the session, and Java with it."""
        from pyspark import SparkContext  # noqa: PLC0415 - on demand: an extra

        self.session.stop()
        gateway = SparkContext._gateway  # noqa: SLF001 - there is no other way to end Java
        if gateway is not None:
            process = getattr(gateway, "proc", None)
            gateway.shutdown()
            SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001
            if process is not None:
                process.stdin.close()
                process.wait()
        self._folder.cleanup()

    def _sql(self, tree: exp.Query) -> Any:
        return self.session.sql(spoken(nested(tree), Dialect.SPARK))

    def _frame(self, path: str, form: str, encoding: str) -> Any:
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
            raise UnreadError(_reason(error)) from None


def is_broken(odd: Term) -> Term:
    """A row is odd, or is one that Spark could not part into cells."""
    broken = exp.Not(this=exp.Is(this=column(BROKEN), expression=nothing()))
    return some([odd, broken])


def _named(label: str) -> str:
    return quoted(label).sql(dialect=Dialect.SPARK.value)


def _java() -> str | None:
    """The program that Spark starts: that of JAVA_HOME, else the one on the path."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


def _refuse_silent(master: str) -> None:
    """Spark itself would try for a minute to reach a master that is not there."""
    if not master.startswith("spark://"):
        return
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        with suppress(OSError, ValueError, OverflowError):
            socket.create_connection((host, int(port)), _ANSWERS_WITHIN).close()
            return
    raise UsageError("no-master", master=master)


@contextmanager
def _unheard(log: Path) -> Iterator[None]:
    """What is started here writes to a file in place of the terminal, as long as it lives."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with log.open("wb") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    try:
        yield
    finally:
        for number, one in enumerate(kept, 1):
            os.dup2(one, number)
            os.close(one)


def _unstarted(error: Exception, master: str) -> UsageError:
    """Why there is no session: Java did not start, or Spark did not come up on the master."""
    if "JAVA_GATEWAY_EXITED" in str(error):
        return UsageError("wrong-java")
    return UsageError("no-session", master=master, why=_reason(error))


def _reason(error: Exception) -> str:
    """The line of a message of Spark that says what is the matter, without Java's names."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("at ", "An error occurred", ":"))]
    raised = [line.partition(": ")[2] for line in lines if line.startswith(":")]
    found = next(iter([*filter(None, raised), *told]), type(error).__name__)
    while "Exception: " in found:
        found = found.partition("Exception: ")[2]
    return _CLASS.sub("", found).partition(" SQLSTATE")[0].strip()
