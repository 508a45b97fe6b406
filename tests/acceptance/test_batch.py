"""`maturity batch` as its users run it."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import openpyxl
import pytest
import yaml
from pyarrow import parquet
from tests.making.rows import errors, results, write_csv
from tests.making.shipped import EXAMPLES, ROOT, example
from typer.testing import CliRunner, Result

from maturity.api.models import Models
from maturity.api.portfolio import workers
from maturity.base.errors import RefusedError
from maturity.cli import app as command_line

FILES = [str(ROOT / "examples" / name) for name in EXAMPLES]
PROJECTS = sum(len(example(name).projects) for name in EXAMPLES)
HEAD = "city,project,domain,stage,legal-form,term-years"
GOOD = "Chiayi,tram,transport,service,purchase,12"
READ_ONCE = Models()


@pytest.fixture(autouse=True)
def models_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of one process share what they have read of models, which is most of their time."""
    monkeypatch.setattr("maturity.api.portfolio.context.Models", lambda: READ_ONCE)
    monkeypatch.setattr("maturity.api.portfolio.running.Models", lambda: READ_ONCE)


def batch(*arguments: object) -> Result:
    """Run the command in this process, by the reference engine."""
    told = ["batch", *map(str, arguments), "--engine", "reference"]
    return CliRunner().invoke(command_line.app, told)


def table(tmp_path: Path, *rows: str, head: str = HEAD, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_a_portfolio_is_scored_told_and_written(tmp_path: Path) -> None:
    done = batch(*FILES, "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert f"{PROJECTS} projects in" in done.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "errors.csv",
        "manifest.json",
        "portfolio.md",
        "portfolio.zh-Hant.md",
        "results.csv",
        "state.jsonl",
    ]
    assert len(results(tmp_path / "out")) == PROJECTS
    assert f"Written to {tmp_path / 'out'}" in done.stderr


def test_without_an_output_the_portfolio_is_only_told(tmp_path: Path) -> None:
    done = batch(table(tmp_path, GOOD), "--lang", "zh-Hant")
    assert done.exit_code == 0
    assert "專案組合報告" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_it_fits_a_terminal(language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maturity", "batch", *FILES, "--lang", language],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        encoding="utf-8",
    )
    wide = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
    assert max(len(line) + len(wide.findall(line)) for line in done.stdout.splitlines()) <= 80
    assert done.stderr == ""


def test_a_bad_row_never_stops_the_rest(tmp_path: Path) -> None:
    path = table(tmp_path, GOOD, "Chiayi,bus,transport,serivce,purchase,12", "Tainan,x,health,,,")
    (tmp_path / "city.yaml").write_text("format: maturity/city@1\n", encoding="utf-8")
    done = batch(path, tmp_path / "city.yaml", tmp_path / "none.yaml", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert [row["project"] for row in results(tmp_path / "out")] == ["tram", "x"]
    found = errors(tmp_path / "out")
    codes = {(row["path"].rpartition("/")[2], row["row"], row["code"]) for row in found}
    assert {("table.csv", "3", "M107"), ("city.yaml", "1", "M103")} <= codes
    assert ("none.yaml", "1", "M001") in codes
    assert f"{path}:3:4: M107 error" in done.stderr
    assert "Not scored: 3 files or rows" in done.stdout


@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "holds no city file and no table"), ("zh-Hant", "裡沒有城市檔，也沒有表格")],
)
def test_a_folder_that_holds_nothing_is_told(language: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "none" / "deep").mkdir(parents=True)
    (tmp_path / "none" / "notes.txt").write_text("x", encoding="utf-8")
    told = ["--lang", language, "--quiet"]
    done = batch(tmp_path / "none", *told)
    assert done.exit_code == 3
    assert f"{tmp_path / 'none'} {reason}" in done.stderr
    path = table(tmp_path, GOOD)
    beside = batch(path, tmp_path / "none", tmp_path, "--lang", language)
    assert beside.exit_code == 0
    assert beside.stderr.count(reason) == 1
    assert batch(path, tmp_path / "none", *told).stderr == ""


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_everything_that_is_wrong_with_a_city_file_is_named(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "city.yaml"
    path.write_text(
        "format: maturity/city@1\nquestionnaire: ppp-three-tier\ncity: {name: A, country: TW}\n"
        "assessed: 2026-11-01\nprojects:\n  - {id: a, name: A, domain: helth, subjct: B,\n"
        "     answers: {stage: signd, term-years: 1200}}\n",
        encoding="utf-8",
    )
    done = batch(path, table(tmp_path, GOOD), "--engine", engine, "-o", tmp_path / "out")
    assert done.exit_code == 1
    found = {(row["row"], row["code"]) for row in errors(tmp_path / "out")}
    assert found == {("6", "M102"), ("7", "M107"), ("7", "M110")}


@pytest.mark.parametrize("output", [True, False])
def test_where_nothing_can_be_scored_every_fault_is_told(output: bool, tmp_path: Path) -> None:
    rows = [f"Oslo,p{number},=Sector {number},,," for number in range(30)]
    where = ("-o", tmp_path / "out") if output else ()
    done = batch(table(tmp_path, *rows), *where)
    assert done.exit_code == 3
    assert done.stderr.count(' M105 error: "=Sector') == 30
    assert " more fault" not in done.stderr
    many = table(tmp_path, *(f"Oslo,p{number},Sector 1,,," for number in range(1_002)))
    assert "and 2 more faults; mend these" in batch(many).stderr


def test_where_nothing_can_be_scored_nothing_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert batch(table(tmp_path, GOOD), "-o", out).exit_code == 0
    before = bytes_of(out)
    done = batch(table(tmp_path, ",x,health,,,"), "-o", out)
    assert done.exit_code == 3
    assert "nothing was written" in done.stderr
    assert bytes_of(out) == before
    assert batch(tmp_path / "none.csv").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name city files"),
        (("x.csv", "--encoding", "klingon"), "no encoding"),
        (("x.csv", "--encoding", ""), "no encoding"),
        (("x.csv", "--reports"), "-o"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maturity", "batch", *arguments],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert said in done.stderr


def test_a_second_run_takes_over_what_did_not_change(tmp_path: Path) -> None:
    rows = [f"Chiayi,p{n},transport,service,purchase,{n % 30 + 1}" for n in range(30)]
    out, bad = tmp_path / "out", "Tainan,x,health,nonsense,,"
    batch(table(tmp_path, bad, *rows), "-o", out)
    rows[7] = "Chiayi,p7,transport,pilot,purchase,8"
    Random(1).shuffle(rows)
    done = batch(table(tmp_path, *rows, bad), "-o", out)
    assert "30 of 31 files and rows were taken over" in done.stderr
    fresh = batch(table(tmp_path, *rows, bad), "-o", tmp_path / "fresh", "--fresh")
    assert "taken over" not in fresh.stderr
    assert bytes_of(out) == bytes_of(tmp_path / "fresh")
    assert errors(out)[0]["row"] == "32"


def test_a_damaged_state_is_not_taken_over(tmp_path: Path) -> None:
    out, path = tmp_path / "out", table(tmp_path, GOOD, "Tainan,x,health,,,")
    batch(path, "-o", out)
    whole = bytes_of(out)
    state = out / "state.jsonl"
    first, second = state.read_text("utf-8").splitlines(keepends=True)
    state.write_text(first.replace("[[", '[["', 1) + second[: len(second) // 2], encoding="utf-8")
    done = batch(path, "-o", out)
    assert done.exit_code == 0
    assert bytes_of(out) == whole


@pytest.mark.untraced
def test_reports_have_safe_names_and_are_taken_over(tmp_path: Path) -> None:
    names = ["../../x", "CON", "n" * 300, "caf\u00e9", "a/b\\c", ".."]
    rows = [f"Chiayi,{name},health,,," for name in names] + ["Chia\u0301yi,CON,health,,,"]
    out, path = tmp_path / "out", table(tmp_path, *rows)
    done = batch(path, "-o", out, "--reports", "--assessed", "2026-11-01")
    assert done.exit_code == 0
    reports = sorted((out / "reports").iterdir())
    assert len(reports) == len(rows)
    assert all(re.fullmatch(r"[a-z0-9-]{17,120}\.md", one.name) for one in reports)
    assert {one.name for one in tmp_path.iterdir()} == {"table.csv", "out", ".out.lock"}
    assert "7 reports" in done.stderr
    whole = bytes_of(out)
    reports[0].write_text("changed by hand", encoding="utf-8")
    again = batch(path, "-o", out, "--reports", "--assessed", "2026-11-01")
    assert "6 of 7 files and rows were taken over" in again.stderr
    assert bytes_of(out) == whole


@pytest.mark.untraced
def test_a_twin_does_not_write_over_a_report_of_the_run_before(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    city = (ROOT / "examples" / "makassar.yaml").read_text("utf-8")
    (folder / "a.yaml").write_text(city, encoding="utf-8")
    assert batch(folder, "-o", out, "--reports").exit_code == 0
    before = bytes_of(out)
    (folder / "b.yaml").write_text(
        city.replace("answer: service", "answer: pilot"), encoding="utf-8"
    )
    assert batch(folder, "-o", out, "--reports").exit_code == 3
    assert bytes_of(out) == before


def test_a_report_of_a_city_with_several_projects_is_about_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(ROOT / "examples" / "street-lights.yaml", "-o", out, "--reports", "--lang", "zh-Hant")
    texts = [path.read_text("utf-8") for path in (out / "reports").iterdir()]
    assert len(texts) == len(example("street-lights.yaml").projects)
    assert all(text.count("\n## 專案：") == 1 for text in texts)


def test_a_table_without_rows_is_named(tmp_path: Path) -> None:
    done = batch(table(tmp_path))
    assert done.exit_code == 3
    assert "table.csv:1:1: M020 error: the table has no rows" in done.stderr


def test_what_is_wrong_with_a_row_is_told_of_its_own_row_again(tmp_path: Path) -> None:
    path = table(tmp_path, "a,b", GOOD, "c,d,e,f,g,h,i,j")
    for _ in range(2):
        batch(path, "-o", tmp_path / "out")
        told = [row["message"] for row in errors(tmp_path / "out")]
        assert [message[:19] for message in told] == ["the row has 2 cells", "the row has 8 cells"]


def test_twins_are_all_errors_wherever_they_stand(tmp_path: Path) -> None:
    rows = [
        GOOD,
        "CHIAYI,Tram,health,,,",
        "Tainan,caf\u00e9,health,,,",
        "Tainan,cafe\u0301,health,,,",
    ]
    path = table(tmp_path, *rows, "Taipei,tram,health,,,")
    done = batch(path, "-o", tmp_path / "out", "--reports")
    assert done.exit_code == 1
    assert [row["city"] for row in results(tmp_path / "out")] == ["Taipei"]
    assert [(row["row"], row["code"]) for row in errors(tmp_path / "out")] == [
        (str(number), "M113") for number in (2, 3, 4, 5)
    ]
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 1


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet"])
def test_every_format_of_results_says_the_same(format_: str, tmp_path: Path) -> None:
    rows = [f"{GOOD},=1+1,-12.96", "Tainan,=x,health,,,,@a,5"]
    path = table(tmp_path, *rows, head=f"{HEAD},note,place")
    out = tmp_path / "out"
    assert batch(path, "-o", out, "--format", format_).exit_code == 0
    found: list[dict[str, object]]
    if format_ == "csv":
        found = [dict(row) for row in results(out)]
        assert [row["note"] for row in found] == ["'=1+1", "'@a"]
        assert [row["place"] for row in found] == ["-12.96", "5"]
        assert found[1]["project"] == "'=x"
    elif format_ == "jsonl":
        lines = (out / "results.jsonl").read_text("utf-8").splitlines()
        found = [json.loads(line) for line in lines]
        assert found[0]["id"] == "tram"
        assert found[0]["carried"] == {"note": "=1+1", "place": "-12.96"}
        assert set(found[0]) >= {"scores", "ladders", "decisions", "checklists", "coverage"}
    else:
        found = parquet.read_table(out / "results.parquet").to_pylist()
        assert found[0]["note"] == "=1+1"
        assert isinstance(found[0]["coverage.asked"], float)
    assert len(found) == 2


def test_results_can_be_read_in_again(tmp_path: Path) -> None:
    """Escaped cells come back as they were; columns of results are carried under another name."""
    batch(table(tmp_path, f"{GOOD},=1+1", head=f"{HEAD},note"), "-o", tmp_path / "one")
    rows = results(tmp_path / "one")
    rows[0]["stage"] = "service"
    again = write_csv(tmp_path / "again.csv", rows)
    assert batch(again, "-o", tmp_path / "two").exit_code == 0
    (row,) = results(tmp_path / "two")
    assert row["note"] == "'=1+1"
    assert row["input.coverage.asked"] == rows[0]["coverage.asked"]


def test_several_inputs_and_globs_are_one_portfolio(tmp_path: Path) -> None:
    for city in ("a", "b"):
        table(tmp_path, f"{city},x,health,,,", name=f"{city}.csv")
    (tmp_path / "deep").mkdir()
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))
    book.active.append(["c", "x", "health", "service", "purchase", 12])
    book.save(tmp_path / "deep" / "c.xlsx")
    (tmp_path / ".hidden.csv").write_text("junk")
    done = batch(tmp_path / "[ab].csv", tmp_path / "deep", tmp_path / "a.csv", "-o", tmp_path / "o")
    assert done.exit_code == 0
    assert [row["city"] for row in results(tmp_path / "o")] == ["a", "b", "c"]
    batch(tmp_path, "-o", tmp_path / "o")
    assert [row["city"] for row in results(tmp_path / "o")] == ["a", "b", "c"]


def test_city_files_of_another_questionnaire_are_named_and_not_scored(tmp_path: Path) -> None:
    done = batch(ROOT / "examples", "-o", tmp_path / "out")
    found = errors(tmp_path / "out")
    assert {row["code"] for row in found} == {"M301"}
    assert done.exit_code == 1
    assert all("--questionnaire ascn-framework" in row["hint"] for row in found)
    assert len(results(tmp_path / "out")) == PROJECTS + 1  # that of examples/network


def test_a_city_file_of_another_questionnaire_is_an_error(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "makassar.yaml").read_text("utf-8")
    (tmp_path / "m.yaml").write_text(
        text.replace("questionnaire: ppp-three-tier", "questionnaire: other"), encoding="utf-8"
    )
    done = batch(ROOT / "examples" / "davao.yaml", tmp_path)
    assert done.exit_code == 1
    assert "M301" in done.stderr


def test_a_foreign_table_is_mapped(tmp_path: Path) -> None:
    head = "Stadt,No,Sector,Stage of the deal,7,partner"
    rows = ["Chiayi,1,Health,In service,12,ACME", "Tainan,2,Health,k.A.,,ACME"]
    path = table(tmp_path, *rows, head=head)
    columns = {
        "format": "maturity/columns@1",
        "columns": {
            "Stadt": "city",
            "No": "project",
            "Sector": "domain",
            "Stage of the deal": "stage",
            "7": "government.term-years",
        },
        "values": {
            "domain": {"Health": "health"},
            "stage": {"In service": "service"},
            "*": {"k.A.": "unknown"},
        },
        "conflicts": [
            {"name": "One partner", "same": "partner"},
            {"name": "None", "same": "partner", "where": "coverage.asked", "in": ["-1"]},
        ],
    }
    named = tmp_path / "map.yaml"
    named.write_text(yaml.safe_dump(columns), encoding="utf-8")
    done = batch(path, "--columns", named, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert [row["partner"] for row in results(tmp_path / "out")] == ["ACME", "ACME"]
    page = (tmp_path / "out" / "portfolio.md").read_text("utf-8")
    assert "One partner (column partner)" in page
    assert "| ACME | 2 |" in page
    assert "None (column" not in page
    assert batch(path).exit_code == 3


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"columns": {"a": "stgae"}}, "M104"),
        ({"values": {"stgae": {}}}, "M104"),
        ({"conflicts": [{"name": "x", "same": "a", "where": "check.nothing"}]}, "M303"),
        ({"conflicts": [{"name": "x", "same": "a", "where": "check.G1"}]}, "M103"),
        ({"conflicts": [{"name": "x", "same": "a", "in": ["open"]}]}, "M103"),
        ({"conflicts": [{"name": "x", "same": "a", "where": "check.G1", "in": ["opne"]}]}, "M304"),
        (
            {
                "conflicts": [
                    {
                        "name": "x",
                        "same": "a",
                        "where": "flag.exit-priced-out.severity",
                        "in": ["high"],
                    }
                ]
            },
            "M304",
        ),
        ({"column": {}}, "M102"),
    ],
)
def test_a_map_to_what_is_not_there_is_refused(
    wrong: dict[str, object], code: str, tmp_path: Path
) -> None:
    named = tmp_path / "map.yaml"
    told = {"format": "maturity/columns@1", "questionnaire": "ppp-three-tier", **wrong}
    named.write_text(yaml.safe_dump(told), encoding="utf-8")
    refused = batch(table(tmp_path, GOOD), "--columns", named).exception
    assert isinstance(refused, RefusedError)
    assert [one.code.number for one in refused.diagnostics] == [code]
    done = CliRunner().invoke(command_line.app, ["validate", str(named)])
    assert code in done.stdout + done.stderr


def test_a_suggested_map_is_a_start(tmp_path: Path) -> None:
    head = "City,Project,Domain,Stage,Remarks,legal_form,term-years"
    path = table(tmp_path, "Chiayi,tram,transport,In servce,x: y,Purchase,12", head=head)
    named = tmp_path / "map.yaml"
    assert batch("--suggest-columns", path, "-o", named).exit_code == 0
    found = yaml.safe_load(named.read_text("utf-8"))
    assert found["columns"]["Stage"] == "stage"
    assert found["columns"]["legal_form"] == "legal-form"
    assert "Remarks" not in found["columns"]
    assert '# "Remarks": carried as it is' in named.read_text("utf-8")
    done = CliRunner().invoke(command_line.app, ["validate", str(named)])
    assert done.exit_code == 0
    run = batch(path, "--columns", named)
    assert run.exit_code in (0, 3)


def test_one_process_and_two_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "CHUNK", 2)
    monkeypatch.setattr(workers, "ALONE", 1)
    rows = [f"Chiayi,p{n},transport,service,purchase,{n}" for n in range(1, 20)]
    path = table(tmp_path, *rows)
    batch(path, "-o", tmp_path / "one", "--jobs", "1")
    batch(path, "-o", tmp_path / "two", "--jobs", "2")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_the_errors_are_a_table_that_reads(tmp_path: Path) -> None:
    batch(table(tmp_path, GOOD, '=x,"a\nb",health,bad,,'), "-o", tmp_path / "out")
    with (tmp_path / "out" / "errors.csv").open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["row"], row["column"], row["code"], row["word"]) == (
        "3",
        "4",
        "M107",
        "unknown-option",
    )
    assert row["hint"]
