"""The query as a text: every dialect reads it back, and nobody can break out of it."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from tests.making.models import models_of
from tests.making.shipped import flagship
from tests.making.small import choice, number, small

from maturity.engines.database import Database, parquet
from maturity.engines.duckdb import text_of
from maturity.engines.sql.columns import table_of
from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.fences import nested
from maturity.engines.sql.query import query_for
from maturity.engines.sql.sheet import LONGEST_NAME
from maturity.engines.sql.written import written


@pytest.mark.parametrize("dialect", Dialect)
def test_every_dialect_reads_the_query_back(dialect: Dialect) -> None:
    models = models_of(4, questions=3)
    text = written(models.plan, models.bundle, dialect, "answers", sides=True)
    (tree,) = sqlglot.parse(text, read=dialect.value)
    assert isinstance(tree, exp.Select)
    assert tree.sql(dialect.value, pretty=True, indent=1, pad=1) == text


@pytest.mark.parametrize("dialect", [Dialect.TRINO, Dialect.SNOWFLAKE, Dialect.BIGQUERY])
def test_warehouses_take_the_longest_query_of_ours(dialect: Dialect) -> None:
    models = flagship()
    text = written(models.plan, models.bundle, dialect, "answers", sides=True)
    assert len(text.encode()) < 1_000_000


def test_a_table_is_named_as_it_is_and_ends_no_comment() -> None:
    models = models_of(4, questions=3)
    told = [
        written(models.plan, models.bundle, Dialect.DUCKDB, table, sides=False)
        for table in ('資料."表.一"', '"x */ DROP"')
    ]
    assert "資料.表.一" in told[0].splitlines()[1]
    assert "x * / DROP" in told[1].splitlines()[1]
    assert all(len(sqlglot.parse(one, read="duckdb")) == 1 for one in told)


def test_stages_stand_by_name_with_a_word_on_each() -> None:
    models = models_of(1)
    text = written(models.plan, models.bundle, Dialect.POSTGRES, "answers", sides=False)
    (tree,) = sqlglot.parse(text, read="postgres")
    assert isinstance(tree, exp.Select)
    labels = [one.alias for one in tree.args["with_"].expressions]
    assert labels[:2] == ["cells", "answers"]
    assert {"possible", "readings", "scores", "flags", "results"} <= set(labels)
    assert all(one.this.comments for one in tree.args["with_"].expressions)


def test_plain_names_hold_no_sign_that_a_warehouse_refuses() -> None:
    models = models_of(2)
    text = written(models.plan, models.bundle, Dialect.BIGQUERY, "answers", sides=True)
    (tree,) = sqlglot.parse(text, read="bigquery")
    assert tree is not None
    for one in tree.find_all(exp.Identifier):
        assert one.name.replace("-", "").replace("_", "").isalnum(), one.name


def test_no_name_is_cut_by_a_database() -> None:
    models = flagship()
    headers = ("project", "x" * 90, "X" * 90, *models.plan.shapes)
    relation = exp.Table(this=exp.Identifier(this="answers", quoted=True))
    query = query_for(models.plan, models.bundle, table_of(models.plan, relation, headers))
    names = [one.name for one in query.columns]
    assert max(map(len, names)) <= LONGEST_NAME
    assert len({name.lower() for name in names}) == len(names)
    assert [one.key for one in query.columns][1:3] == ["x" * 90, "X" * 90]


def test_names_and_words_with_quotes_stay_names_and_words() -> None:
    nasty = "a\"b'; DROP TABLE given; --"
    models = small([choice("one")])
    database = Database(threads=1)
    relation = exp.Table(this=exp.Identifier(this=nasty, quoted=True))
    table = table_of(models.plan, relation, [nasty, "one"])
    text = text_of(query_for(models.plan, models.bundle, table))
    name = exp.Identifier(this=nasty, quoted=True).sql("duckdb")
    database.connection.execute(f"CREATE TABLE {name} ({name} VARCHAR, one VARCHAR)")
    database.connection.execute(f"INSERT INTO {name} VALUES ('kept', 'a')")  # noqa: S608 - quoted
    assert database.connection.execute(text).fetchall()[0][0] == "kept"


@pytest.mark.parametrize("form", ["parquet", "csv", "json"])
def test_results_are_streamed_from_file_to_file(tmp_path: Path, form: str) -> None:
    models = small([choice("one")], scores={"total": {"name": "T", "items": [POINTS]}})
    database = Database(threads=1, memory=1)
    source, target = tmp_path / "it's.parquet", tmp_path / f"out.{form}"
    path = exp.Literal.string(str(source)).sql("duckdb")
    rows = "VALUES ('p', 'a'), ('q', 'b/c')"
    database.connection.execute(
        f"COPY (SELECT * FROM ({rows}) AS t(project, one)) TO {path} (FORMAT parquet)"  # noqa: S608
    )
    relation = parquet(source)
    headers = database.headers(relation)
    query = query_for(models.plan, models.bundle, table_of(models.plan, relation, headers))
    database.write(query, target, form)  # type: ignore[arg-type]  # the forms are parametrized
    read = f"SELECT * FROM '{target}'"  # noqa: S608 - a path of ours
    found = database.connection.execute(read).fetchall()
    assert [(row[0], row[2], row[3]) for row in found] == [("p", 1.0, 1.0), ("q", 2.0, 4.0)]


POINTS = {"question": "one", "points": {"a": 1, "b": 2, "c": 4}}


def test_postgres_keeps_stages_apart_and_makes_no_real_number_of_a_truth() -> None:
    models = models_of(4, questions=3)
    text = written(models.plan, models.bundle, Dialect.POSTGRES, "answers", sides=True)
    (tree,) = sqlglot.parse(text, read="postgres")
    assert isinstance(tree, exp.Select)
    assert all(one.this.args.get("offset") for one in tree.args["with_"].expressions)
    reals = [one.this for one in tree.find_all(exp.Cast) if one.to.this is exp.DType.DOUBLE]
    assert reals
    assert not [one for one in reals if isinstance(one.unnest(), exp.Predicate | exp.Connector)]


def test_spark_takes_no_line_break_behind_the_end() -> None:
    models = small([number("years")])
    text = written(models.plan, models.bundle, Dialect.SPARK, "answers", sides=False)
    (tree,) = sqlglot.parse(text, read="spark")
    assert tree is not None
    patterns = [one.expression.name for one in tree.find_all(exp.RegexpLike)]
    assert patterns
    assert all(one.endswith(r"\z") for one in patterns)


def test_stages_inside_each_other_say_the_same() -> None:
    models = models_of(4, questions=3)
    relation = exp.Table(this=exp.Identifier(this="given", quoted=True))
    headers = ("project", *models.plan.shapes)
    tree = query_for(models.plan, models.bundle, table_of(models.plan, relation, headers)).tree
    database = Database(threads=1)
    named = ", ".join(f'"{one}" VARCHAR' for one in headers)
    database.connection.execute(f"CREATE TABLE given ({named})")
    database.connection.execute("INSERT INTO given (project) VALUES ('p')")
    assert nested(tree).args.get("with_") is None
    assert database.run(nested(tree)) == database.run(tree)
