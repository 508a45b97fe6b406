"""What a column map names and no table has is told, and keeps nothing from being scored."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import yaml
from pyarrow import parquet
from pyarrow import table as arrow
from tests.making.rows import errors, run, write_csv
from tests.making.shipped import ROOT
from typer.testing import CliRunner

from maturity.api.models import Models
from maturity.api.portfolio.request import Batched
from maturity.cli import app as command_line
from maturity.cli import console

READ_ONCE: Final = Models()
ROW: Final = {
    "city": "Tainan",
    "project": "p1",
    "domain": "health",
    "Phase?": "service",
    "Years": "3",
}


@pytest.fixture(autouse=True)
def models_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of one process share what they have read of models, which is most of their time."""
    for module in ("context", "running"):
        monkeypatch.setattr(f"maturity.api.portfolio.{module}.Models", lambda: READ_ONCE)


@pytest.fixture
def english_again() -> Iterator[None]:
    """Messages of later tests are in the language that is usual."""
    yield
    console.speak("en")


def map_of(folder: Path, *shared: str, **columns: str) -> Path:
    """A column map, a header a line; what is shared by projects is a conflict."""
    told = {
        "format": "maturity/columns@1",
        "columns": columns,
        "conflicts": [{"name": "One", "same": one} for one in shared],
    }
    path = folder / "map.yaml"
    path.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    return path


def told(done: Batched) -> list[tuple[int, int, str]]:
    """Line, column and name of each warning of a run."""
    assert all(" M125 warning: no table of this run " in one.line() for one in done.warnings)
    return [(one.place.line, one.place.column, one.message.split('"')[1]) for one in done.warnings]


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
def test_headers_and_shared_columns_that_are_nowhere_are_told(engine: str, tmp_path: Path) -> None:
    named = map_of(tmp_path, "Years", "Phase", Phase="stage", Years="term-years")
    table = write_csv(tmp_path / "t.csv", [ROW])
    expected = [(3, 3, "Phase"), (7, 9, "Years"), (9, 9, "Phase")]
    assert told(run(tmp_path / "one", table, columns=named, engine=engine)) == expected
    again = run(tmp_path / "two", table, columns=named, engine=engine, before=[tmp_path / "one"])
    assert (again.reused, told(again)) == (1, expected)
    assert errors(tmp_path / "one") == []


def test_a_header_of_any_table_is_one(tmp_path: Path) -> None:
    named = map_of(tmp_path, "partner", "note.2", **{"Phase?": "stage", "Jahre": "term-years"})
    lines = [ROW, {**ROW, "project": "p2", "Jahre": "4"}]
    other = tmp_path / "b.jsonl"
    other.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    third = tmp_path / "c.parquet"
    parquet.write_table(
        arrow({**{name: [text] for name, text in ROW.items()}, "partner": "x"}), third
    )
    first = tmp_path / "a.csv"
    first.write_text("city,project,domain,stage,note,note\nA,p,health,service,x,y\n", "utf-8")
    assert told(run(tmp_path / "all", first, other, third, columns=named)) == []
    found = told(run(tmp_path / "two", other, third, columns=named))
    assert [name for *_, name in found] == ["note.2"]


def test_without_a_table_nothing_is_missing_and_cities_pass_on_what_they_say(
    tmp_path: Path,
) -> None:
    city = ROOT / "examples" / "makassar.yaml"
    named = map_of(tmp_path, "country", Phase="stage")
    assert told(run(tmp_path / "one", city, columns=named)) == []
    table = write_csv(tmp_path / "t.csv", [{**ROW, "stage": "service"}])
    found = told(run(tmp_path / "two", city, table, columns=named))
    assert [name for *_, name in found] == ["Phase"]


@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize(
    ("language", "title"), [("en", "no table of this run has"), ("zh-Hant", "沒有表格具有這個欄位")]
)
def test_it_is_a_warning_in_both_languages_also_where_nothing_is_scored(
    language: str, title: str, tmp_path: Path
) -> None:
    named = map_of(tmp_path, Phase="stage")
    table = write_csv(tmp_path / "t.csv", [{**ROW, "stage": "service"}])
    asked = ["batch", str(table), "--columns", str(named), "--lang", language]
    done = CliRunner().invoke(command_line.app, asked)
    assert done.exit_code == 0
    assert f"map.yaml:3:3: M125 warning: {title}" in done.stderr
    assert '"Phase?"' in done.stderr
    assert CliRunner().invoke(command_line.app, [*asked, "--quiet"]).stderr == ""
    write_csv(table, [ROW])
    refused = CliRunner().invoke(command_line.app, asked)
    assert refused.exit_code == 3
    assert "M125 warning" in refused.stderr
