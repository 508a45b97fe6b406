"""`maturity sql`: what it prints, and what it says where the library is missing."""

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
from maturity.engines.sql.dialect import Dialect
from maturity.loading import shipped

MODELS: Final = ROOT / "tests" / "models"
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
