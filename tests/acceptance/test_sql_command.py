"""`maturity sql`: what it prints, and what it says where the library is missing."""

import re
import sys
from pathlib import Path
from typing import Final

import pytest
import sqlglot
from sqlglot import exp
from tests.making.shipped import ROOT
from typer.testing import CliRunner

from maturity import api
from maturity.base.errors import RefusedError, UsageError
from maturity.cli.app import app
from maturity.engines.database import Database
from maturity.engines.sql.dialect import Dialect
from maturity.i18n.catalog import LANGUAGES
from maturity.loading import shipped

MODELS: Final = ROOT / "tests" / "models"
CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
WITHOUT_DOTS: Final = Dialect.BIGQUERY
"""No name there can hold one."""
SMALL: Final = (str(MODELS / "staged.yaml"), str(MODELS / "staged.questionnaire.yaml"))


def test_the_query_is_written_for_a_table_of_any_name(tmp_path: Path) -> None:
    target = tmp_path / "out.sql"
    rubric, questionnaire = SMALL
    arguments = ["sql", rubric, "--questionnaire", questionnaire, "--dialect", "spark"]
    arguments += ["--table", "my `deals`", "-o", str(target)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    (tree,) = sqlglot.parse(target.read_text(encoding="utf-8"), read="spark")
    assert tree is not None
    assert "my `deals`" in {one.name for one in tree.find_all(exp.Table)}


@pytest.mark.parametrize(
    ("named", "parts"),
    [
        ("answers", ["answers"]),
        ("sch.answers", ["sch", "answers"]),
        ("Cat.sch.my answers", ["Cat", "sch", "my answers"]),
        ('sch."my.table"', ["sch", "my.table"]),
        ('"a.b"."c""d"', ["a.b", 'c"d']),
    ],
)
@pytest.mark.parametrize("dialect", [one for one in Dialect if one != WITHOUT_DOTS])
def test_a_table_is_named_in_its_schema_and_catalog(
    named: str, parts: list[str], dialect: Dialect
) -> None:
    (tree,) = sqlglot.parse(api.sql(*SMALL, dialect, named, sides=False), read=dialect.value)
    assert tree is not None
    found = [[part.name for part in one.parts] for one in tree.find_all(exp.Table)]
    assert parts in found


@pytest.mark.parametrize(
    "named", ["", " ", ".", "a.", ".a", "a..b", "a. .b", "a.b.c.d", '""', 'a"b']
)
def test_what_names_no_table_is_wrong_usage(named: str) -> None:
    with pytest.raises(UsageError) as refused:
        api.sql(*SMALL, Dialect.DUCKDB, named, sides=False)
    assert refused.value.key == "no-table-name"


def test_a_query_in_a_schema_runs() -> None:
    database = Database()
    connection = database.connection
    connection.execute('CREATE SCHEMA "deals.2026"')
    text = api.sql(*SMALL, Dialect.DUCKDB, '"deals.2026".answers', sides=False)
    (tree,) = sqlglot.parse(text, read="duckdb")
    assert tree is not None
    first = next(one for one in tree.find_all(exp.Select) if one.parent_select is None)
    cells = first.args["with_"].expressions[0].this.expressions
    columns = ", ".join(f'"{one.this.name}" TEXT' for one in cells)
    connection.execute(f'CREATE TABLE "deals.2026".answers ({columns})')
    assert connection.execute(text).fetchall() == []


def test_comments_and_refusals_are_in_the_language_asked_for() -> None:
    rubric, questionnaire = SMALL
    command = ["sql", rubric, "--questionnaire", questionnaire]
    english, chinese = (
        CliRunner().invoke(app, [*command, "--lang", language]).stdout for language in LANGUAGES
    )
    of_environment = CliRunner().invoke(app, command, env={"MATURITY_LANG": "zh-Hant"}).stdout
    assert of_environment == chinese
    comments = re.compile(r"/\*(.*?)\*/")
    assert len(comments.findall(english)) == len(comments.findall(chinese)) > 5
    assert not CHINESE.search(english)
    assert all(CHINESE.search(one) for one in comments.findall(chinese))
    assert comments.sub("", english) == comments.sub("", chinese)


def test_columns_of_each_side_are_read_where_the_table_has_them() -> None:
    without = api.sql(*SMALL, Dialect.DUCKDB, "answers", sides=False)
    with_sides = api.sql(*SMALL, Dialect.DUCKDB, "answers", sides=True)
    assert '"government.' not in without
    assert '"government.' in with_sides


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "maturity.engines.sql.written", raising=False)
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    for name in [one for one in sys.modules if one.startswith("maturity.engines.sql.")]:
        if name != "maturity.engines.sql.dialect":
            monkeypatch.delitem(sys.modules, name)
    with pytest.raises(UsageError, match="no sqlglot"):
        api.sql(*SMALL, Dialect.DUCKDB, "answers", sides=False)


def test_without_a_rubric_named_it_is_that_of_the_usual_questionnaire(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shipped, "usual", lambda: "questions-of-nobody")
    with pytest.raises(RefusedError) as refused:
        api.sql(None, None, Dialect.DUCKDB, "answers", sides=False)
    assert "questions-of-nobody" in refused.value.diagnostics[0].message
