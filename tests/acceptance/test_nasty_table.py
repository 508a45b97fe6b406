"""`maturity batch` on a table of 500 rows with every nastiness: nothing is lost, nothing runs."""

import csv
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final, get_args

import openpyxl
import pytest
from pyarrow import parquet
from tests.making.nasty import ACTIVE, FORMS, nasty, reduced, write_csv
from tests.making.rows import errors, results
from tests.making.size import some
from typer.testing import CliRunner, Result

from maturity.api.models import Models
from maturity.cli import app as command_line
from maturity.engines import EngineName

COUNT = 500
FEW = 40
"""So many rows hold every nastiness once."""
TABLE = nasty(COUNT)
READ_ONCE = Models()
HEADERS = ("note", "12", "lot")
RUNS = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"-?[0-9.]+")

EVERY: Final = tuple(one for one in get_args(EngineName) if one != "spark")  # needs a cluster
by_every_engine = pytest.mark.parametrize("engine", EVERY)
by_one_engine = pytest.mark.parametrize("engine", some(EVERY, ["reference"]))
"""By every engine where that is asked for: the set engine plans each of its runs for seconds."""

pytestmark = pytest.mark.untraced


@pytest.fixture(autouse=True)
def models_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of one process share what they have read of models, which is most of their time."""
    monkeypatch.setattr("maturity.api.portfolio.context.Models", lambda: READ_ONCE)
    monkeypatch.setattr("maturity.api.portfolio.running.Models", lambda: READ_ONCE)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for the output of the plain run; it is made once for each engine."""
    return tmp_path_factory.mktemp("scored")


def batch(engine: str, path: Path, out: Path, *more: str) -> Result:
    """Run the command in this process. What an earlier run scored is taken over from `out`."""
    told = ["batch", str(path), "-o", str(out), "--engine", engine, "--jobs", "1", *more]
    return CliRunner().invoke(command_line.app, told)


def plain(engine: str, scored: Path) -> Path:
    """The output for the table as CSV with a byte order mark."""
    out = scored / engine
    if not out.exists():
        path = scored / f"{engine}.csv"
        write_csv(path, TABLE.rows, "utf-8-sig")
        assert batch(engine, path, out).exit_code == 1
    return out


def again(engine: str, scored: Path, tmp_path: Path) -> Path:
    """Where to write, with what the plain run has scored: the same cells are not scored anew."""
    shutil.copytree(plain(engine, scored), tmp_path / "out")
    return tmp_path / "out"


def faults(folder: Path, first: int = 2) -> list[tuple[str, ...]]:
    """Rows from 0, with what is wrong there."""
    keys = ("column", "code", "message")
    return [(str(int(row["row"]) - first), *(row[key] for key in keys)) for row in errors(folder)]


@by_every_engine
def test_every_row_is_scored_or_named(engine: str, scored: Path) -> None:
    out = plain(engine, scored)
    named = {int(row[0]) for row in faults(out)}
    assert named == TABLE.bad
    assert [row["project"] for row in results(out)] == [
        f"p{number}" for number in range(COUNT) if number not in TABLE.bad
    ]


@pytest.mark.parametrize("form", FORMS)
@by_one_engine
def test_every_form_gives_the_same(form: str, engine: str, scored: Path, tmp_path: Path) -> None:
    first = plain(engine, scored)
    path = tmp_path / form
    FORMS[form](path, TABLE.rows)
    done = batch(engine, path, again(engine, scored, tmp_path))
    assert done.exit_code == 1
    assert (tmp_path / "out/results.csv").read_bytes() == (first / "results.csv").read_bytes()
    assert faults(tmp_path / "out", 1 if form == "lines.jsonl" else 2) == faults(first)


@by_one_engine
def test_an_encoding_is_told_and_a_separator_found(engine: str, tmp_path: Path) -> None:
    rows = reduced(TABLE.rows[:FEW], "cp950")
    for name, encoding, separator in (
        *(("a", "utf-8", ","), ("b", "cp950", ";")),
        ("c", "utf-16-le", "\t"),
    ):
        write_csv(tmp_path / f"{name}.csv", rows, encoding, separator)
        done = batch(engine, tmp_path / f"{name}.csv", tmp_path / name, "--encoding", encoding)
        assert done.exit_code == 1
        assert results(tmp_path / name) == results(tmp_path / "a")
        assert faults(tmp_path / name) == faults(tmp_path / "a")
    assert "公私協力「合作」，第二期" in {row["note"] for row in results(tmp_path / "b")}


@by_one_engine
def test_the_order_of_rows_changes_nothing_but_order(
    engine: str, scored: Path, tmp_path: Path
) -> None:
    first, order = plain(engine, scored), list(range(COUNT))
    Random(7).shuffle(order)
    write_csv(tmp_path / "t.csv", [TABLE.rows[number] for number in order], "utf-8-sig")
    done = batch(engine, tmp_path / "t.csv", again(engine, scored, tmp_path))
    assert done.exit_code == 1
    kept = {row["project"]: row for row in results(first)}
    ordered = [f"p{number}" for number in order if number not in TABLE.bad]
    assert results(tmp_path / "out") == [kept[project] for project in ordered]
    found = [(str(order[int(row)]), *rest) for row, *rest in faults(tmp_path / "out")]
    assert sorted(found) == sorted(faults(first))
    for page in ("portfolio.md", "portfolio.zh-Hant.md"):
        told = [(folder / page).read_text("utf-8") for folder in (tmp_path / "out", first)]
        one, other = ([line for line in text.splitlines() if "csv" not in line] for text in told)
        assert one == other


@by_every_engine
def test_nothing_in_csv_runs(engine: str, scored: Path) -> None:
    out = plain(engine, scored)
    for table in ("results.csv", "errors.csv"):
        with (out / table).open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [one for one in cells if RUNS.match(one) and not NUMBER.fullmatch(one)]
    assert {f"'{text}" for text in ACTIVE} <= {row["note"] for row in results(out)}


@by_one_engine
def test_what_is_carried_comes_through(engine: str, scored: Path, tmp_path: Path) -> None:
    path, out = scored / f"{engine}.csv", again(engine, scored, tmp_path)
    assert batch(engine, path, out, "--format", "parquet").exit_code == 1
    found = parquet.read_table(tmp_path / "out" / "results.parquet").to_pylist()
    for row, (header, text) in _carried(found):
        assert row[header] == text.replace("\r\n", "\n").replace("\u200e", "\ufffd")
    assert {type(row["score.data-rights-gov.least"]) for row in found} <= {float, type(None)}
    coordinates = {row["12"] for row in results(plain(engine, scored))}
    assert coordinates == {row["12"] for row in found} == {"-12.96", "405", "121.5654", "-0.5"}


@by_one_engine
def test_nothing_in_xlsx_runs_and_numbers_are_numbers(engine: str, tmp_path: Path) -> None:
    path, out = tmp_path / "t.csv", tmp_path / "out"
    write_csv(path, TABLE.rows[:FEW], "utf-8")
    assert batch(engine, path, out, "--format", "xlsx").exit_code == 1
    sheet = openpyxl.load_workbook(tmp_path / "out" / "results.xlsx").active
    head, *rows = sheet.iter_rows()
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert not [cell for row in rows for cell in row if cell.hyperlink]
    names = [cell.value for cell in head]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    assert {row["12"].value for row in found} == {-12.96, 405, 121.5654, -0.5}
    marked = [row["note"] for row in found if RUNS.match(str(row["note"].value))]
    assert {cell.value for cell in marked} >= set(ACTIVE)
    assert all(cell.quotePrefix for cell in marked)
    for row, (header, text) in _carried(found):
        told = row[header].value
        assert str(told) == text.replace("\r\n", "\n").replace("\u200e", "\ufffd")


@by_one_engine
def test_what_is_written_can_be_read_in_again(engine: str, scored: Path, tmp_path: Path) -> None:
    """Texts that were kept from running come back as they were."""
    first = results(plain(engine, scored))
    rows = [{**row, "stage": "service"} for row in first[:40]]
    write_csv(tmp_path / "t.csv", rows, "utf-8")
    assert batch(engine, tmp_path / "t.csv", tmp_path / "out").exit_code == 0
    again = results(tmp_path / "out")
    for header in ("note", "12", "lot", "name"):
        assert [row[header] for row in again] == [row[header] for row in rows]


@by_one_engine
def test_lines_that_are_broken_cost_themselves_alone(engine: str, tmp_path: Path) -> None:
    """Stray quotes, wrong numbers of cells and bytes of other encodings, between good rows."""
    whole = tmp_path / "t.csv"
    write_csv(whole, [TABLE.rows[n] for n in range(40) if n not in TABLE.bad], "utf-8")
    width = len(TABLE.rows[0])
    broken = [
        b'Chiayi,"tram',
        b'"',
        b"Chiayi,tram",
        b"x," * (width + 3),
        b"Chiayi,\xff" + b"," * (width - 2),
        b"," * (width - 1) + b'"never closed',
        b'Chiayi,"a"b",c',
    ]
    lines = _records(whole)
    for place, line in enumerate(broken):
        lines.insert(3 + 4 * place, line + b"\r\n")
    whole.write_bytes(b"".join(lines))
    done = batch(engine, whole, tmp_path / "out")
    assert done.exit_code == 1
    good = [f"p{number}" for number in range(40) if number not in TABLE.bad]
    assert [row["project"] for row in results(tmp_path / "out")] == good
    assert [row[0] for row in faults(tmp_path / "out")] == [str(2 + 4 * n) for n in range(7)]
    assert {row[2] for row in faults(tmp_path / "out")} == {"M021", "M003"}


def _records(path: Path) -> list[bytes]:
    """The records of a file as they stand there."""
    found: list[bytes] = []
    for line in path.read_bytes().splitlines(keepends=True):
        if found and found[-1].count(b'"') % 2:
            found[-1] += line
        else:
            found.append(line)
    return found


def _carried(found: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], tuple[str, str]]]:
    """Rows of results with what was given them to carry, each nastiness at least once."""
    kept = [number for number in range(COUNT) if number not in TABLE.bad][: len(found)]
    given = [(header, TABLE.rows[number][header]) for number in kept for header in HEADERS]
    rows = [row for row in found for _ in HEADERS]
    pairs = zip(rows, given, strict=True)
    yield from ((row, one) for row, one in pairs if one[1])
