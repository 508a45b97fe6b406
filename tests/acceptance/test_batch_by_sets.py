"""`maturity batch` by the set engine: it says what the reference engine says, whatever goes in."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pytest
import yaml
from pyarrow import parquet
from tests.making.batch_model import MADE
from tests.making.limits import limited
from tests.making.projects import city_of
from tests.making.rows import errors, results, rows_of, run, tellable, write_city, write_csv
from tests.making.shipped import EXAMPLES, ROOT

from maturity.api.portfolio.sets import reading, together
from maturity.engines import tally
from maturity.engines.sets import counting
from maturity.engines.sets.names import carried
from maturity.engines.sql import cells
from maturity.model.city import City
from maturity.model.flat import ABSENT

pytestmark = pytest.mark.usefixtures("small_model")

PAGES = ("portfolio.md", "portfolio.zh-Hant.md", "errors.csv")
Rows = list[dict[str, str]]


def both(tmp_path: Path, *paths: Path, **more: Any) -> tuple[Path, Path]:
    """The outputs of both engines."""
    folders = tmp_path / "reference", tmp_path / "sets"
    for folder, engine in zip(folders, ("reference", "duckdb"), strict=True):
        run(folder, *paths, engine=engine, **more)
    return folders


def assert_alike(one: Path, other: Path) -> None:
    """Both outputs say the same; scores may differ by 1e-9."""
    rows, others = results(one), results(other)
    assert [(row["city"], row["project"]) for row in rows] == [
        (row["city"], row["project"]) for row in others
    ]
    assert all(map(is_of_cities_alone, headers(one).symmetric_difference(headers(other))))
    for row, told in zip(rows, others, strict=True):
        assert differing(row, told) == {}
    for page in PAGES:
        assert (one / page).read_text("utf-8") == (other / page).read_text("utf-8")


def differing(row: Mapping[str, str], told: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What two tables of results say otherwise; columns that say nothing may be missing."""
    found = {}
    for name in {*row, *told}:
        one, other = row.get(name, ""), told.get(name)
        is_left_out = other is None and (one in ("", ABSENT) or is_of_cities_alone(name))
        if not is_left_out and one != other and not is_near(one, other or ""):
            found[name] = one, other or ""
    return found


def headers(folder: Path) -> set[str]:
    """The columns of the results; none where there are no results."""
    path = folder / "results.csv"
    return set(path.read_text("utf-8").split("\n")[0].split(",")) if results(folder) else set()


def is_of_cities_alone(name: str) -> bool:
    """Whether tables have no room for what a column of results says."""
    return name.endswith(".severity") or name.startswith("divergence.")


def is_near(one: str, other: str) -> bool:
    try:
        return abs(float(one) - float(other)) < 1e-9
    except ValueError:
        return False


def made_rows(count: int, seed: int) -> Rows:
    """Rows out of projects made by chance."""
    city = tellable(made_city(seed, projects=count))
    found = rows_of(city, MADE.plan.shapes)
    return [
        {**row, "city": f"City {n % 7}", "weight": str(1 + n % 3)} for n, row in enumerate(found)
    ]


def made_city(seed: int, projects: int) -> City:
    return city_of(MADE, seed, projects=projects)


def question(kind: str) -> str:
    """A question of a kind."""
    return next(name for name, shape in MADE.plan.shapes.items() if shape.kind == kind)


NONE_KNOWN = ("+", " + ", "", "+ +", "[]", "#N/A")
"""No option known (two), no answer, none at all, no option chosen, and none at all again."""

CHOICE, MULTI, NUMBER = map(question, ("choice", "multi", "number"))
A = MADE.plan.shapes[CHOICE].options[0]


def write_parquet(path: Path, rows: Rows) -> Path:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    parquet.write_table(pa.table({name: [row.get(name) for row in rows] for name in headers}), path)
    return path


SPOILED = (
    (CHOICE, "nonsense"),
    (NUMBER, "twelve"),
    (NUMBER, "-5000"),
    ("project", ""),
    ("project", "n" * 301),
    ("city", "  "),
    ("domain", "not an id!"),
    ("weight", "-1"),
    ("weight", "1e400"),
    (MULTI, "a|a"),
    ("country", "Taiwan"),
    ("assessed", "2026-13-01"),
    (CHOICE, f"{A}/{A}"),
)
HARMLESS = (
    ("note", "long " * 800),
    ("note", "=cmd|' /C calc'!A0"),
    ("note", "line\r\nbreak"),
    ("note", "bell\x07 and \u202eturn"),
    ("12", "-12.96"),
    ("name", "R&amp;D &#39;tram&#39;"),
    ("name", "\u3000wide\u3000"),
    ("city", "Chiayi &amp; Tainan"),
    (CHOICE, f" {A} "),
    (CHOICE, "".join(f"&#{ord(one)};" for one in A)),
    ("weight", " 2.5 "),
    ("city.zh-Hant", "嘉義"),
    ("assessed", "2026-10-01"),
)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_nasty_rows_are_scored_or_named_as_by_the_reference(form: str, tmp_path: Path) -> None:
    rows, chance = made_rows(90, 5), Random(6)
    for number, row in enumerate(rows):
        header, text = chance.choice(SPOILED if number % 4 == 0 else HARMLESS)
        row[header] = text
    rows[11][f"private.{NUMBER}"] = rows[11][NUMBER] = "7"
    rows[13]["Project"] = rows[13].pop("project")
    writer = write_csv if form == "csv" else write_parquet
    one, other = both(tmp_path, writer(tmp_path / f"t.{form}", rows))
    assert len(errors(one)) >= len(rows) // 4
    assert_alike(one, other)


def test_city_files_with_all_that_they_hold(tmp_path: Path) -> None:
    folder = tmp_path / "cities"
    folder.mkdir()
    for seed in range(8):
        write_city(folder / f"{seed}.yaml", made_city(seed, projects=3))
    (folder / "broken.yaml").write_text("format: maturity/city@1\n", encoding="utf-8")
    one, other = both(tmp_path, folder, folder / "none.yaml")
    assert errors(one)
    assert_alike(one, other)


@pytest.mark.untraced
def test_the_examples_with_all_that_they_hold(tmp_path: Path) -> None:
    files = [ROOT / "examples" / name for name in EXAMPLES]
    assert_alike(*both(tmp_path, *files, rubric="ppp-three-tier"))


def test_inputs_of_all_kinds_at_once_with_twins_among_them(tmp_path: Path) -> None:
    rows = made_rows(24, 9)
    rows[0] |= {"city": "Chiayi", "project": "Tram"}
    rows[9] |= {"city": " CHIAYI", "project": "tram"}
    rows[20] |= {"city": "Caf\u00e9", "project": "stra\u00dfe"}
    rows[21] |= {"city": "Cafe\u0301", "project": "STRASSE"}
    first = write_csv(tmp_path / "a.csv", rows[:8])
    second = write_parquet(tmp_path / "b.parquet", rows[8:16])
    book = openpyxl.Workbook()
    book.active.append(list(rows[16]))
    for row in rows[16:19]:
        book.active.append([row.get(name) for name in rows[16]])
    book.save(tmp_path / "c.xlsx")
    lines = [json.dumps(row) for row in rows[19:]]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    city = tmp_path / "city.yaml"
    write_city(city, made_city(3, projects=1))
    tables = first, city, second, tmp_path / "c.xlsx", tmp_path / "d.jsonl"
    one, other = both(tmp_path, *tables, tmp_path / "none.parquet")
    assert [row["code"] for row in errors(other)].count("M113") == 4
    assert_alike(one, other)


CHECK = next(iter(MADE.bundle.rubric.checklists))
ROW = MADE.bundle.steps("decision0").ids[0]
B = MADE.plan.shapes[CHOICE].options[1]
STATUSES = ["open", "unknown"]
COLUMNS = {
    "format": "maturity/columns@1",
    "columns": {"Stadt": "city", "No": "project", "Sector": "domain", "Bau": CHOICE, "St": CHOICE},
    "values": {"domain": {"Health": "d1"}, CHOICE: {"In service": A}, "*": {"-": ""}},
    "conflicts": [
        {"name": "One partner", "same": "partner"},
        {
            "name": "Open exits",
            "same": "partner",
            "where": f"check.{CHECK}",
            "in": ["open", "unknown"],
        },
        {"name": "Two", "same": "partner", "where": "decision.decision0.possible", "in": [ROW]},
    ],
}


def test_a_foreign_table_is_mapped_and_its_conflicts_found(tmp_path: Path) -> None:
    cells = [("In service", "", "ACME"), ("", B, "ACME"), ("-", "", ""), (A, B, "B")]
    cells += [("In service", "In service", "B"), (" In service ", "", "B")]
    cells += [(A, "", nothing) for nothing in ("-", "Unknown", "n/a", " – ") for _ in range(2)]
    rows = [
        {"Stadt": "A", "No": str(n), "Sector": "Health", "Bau": bau, "St": st, "partner": partner}
        for n, (bau, st, partner) in enumerate(cells)
    ]
    named = tmp_path / "map.yaml"
    named.write_text(yaml.safe_dump(COLUMNS), encoding="utf-8")
    for number, path in enumerate(
        (write_csv(tmp_path / "t.csv", rows), write_parquet(tmp_path / "t.parquet", rows))
    ):
        one, other = both(tmp_path / str(number), path, columns=named)
        assert [row["row"] for row in errors(one)] == ["5"]
        assert_alike(one, other)
        page = (one / "portfolio.md").read_text("utf-8")
        assert "| B | 2 |" in page
        assert not [nothing for nothing in ("-", "Unknown", "n/a") if f"| {nothing} | 2 |" in page]


def test_values_of_one_side_come_before_those_of_the_question(tmp_path: Path) -> None:
    headers = ("city", "project", "domain", "name", CHOICE, f"private.{CHOICE}")
    told = (("x", "x"), ("x", "y"), ("y", "w"), ("", "x"))
    cells = [("A", f"p{number}", "d1", "A", *one) for number, one in enumerate(told)]
    rows = [dict(zip(headers, one, strict=True)) for one in cells]
    values = {
        CHOICE: {"x": A, "y": A},
        f"private.{CHOICE}": {"x": B, "w": B},
        "name": {"A": "Tram"},
    }
    named = tmp_path / "map.yaml"
    columns = {"format": "maturity/columns@1", "values": values}
    named.write_text(yaml.safe_dump(columns), encoding="utf-8")
    for number, path in enumerate(
        (write_csv(tmp_path / "t.csv", rows), write_parquet(tmp_path / "t.parquet", rows))
    ):
        one, other = both(tmp_path / str(number), path, columns=named)
        assert errors(one) == []
        assert_alike(one, other)
        assert results(other)[0]["city"] == "A"


def test_typed_columns_say_what_their_texts_say(tmp_path: Path) -> None:
    days = pa.array([20_000, None, 20_002], pa.date32())
    columns = {
        "city": ["A", "B", "C"],
        "project": pa.array([1, 2, 3], pa.int16()),
        "domain": ["d1"] * 3,
        NUMBER: [2.0, 2.5, None],
        "weight": [1.0, 2.5, None],
        "assessed": days,
        "open": [True, False, None],
        "place": [-12.96, 1e16, 2e-7],
    }
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    lists = {**columns, "lists": [["a"], [], None]}
    parquet.write_table(pa.table(lists), tmp_path / "u.parquet")
    for name in ("t", "u"):
        one, other = both(tmp_path / name, tmp_path / f"{name}.parquet")
        assert_alike(one, other)


@pytest.mark.untraced
def test_many_rows_are_hoped_to_be_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "FEW", 1)
    rows = made_rows(20, 4)
    plain = write_parquet(tmp_path / "plain.parquet", rows)
    rows[7][CHOICE], rows[8]["city"], rows[9] = "nonsense", " x ", dict(rows[10])
    odd = write_parquet(tmp_path / "odd.parquet", rows)
    rows = made_rows(20, 4)
    rows[5] |= {"city": "", "project": ""}
    rows[6] |= {"city": "", "project": ""}
    rows[9] = {**rows[10], CHOICE: "nonsense"}
    no_twins = write_parquet(tmp_path / "no-twins.parquet", rows)
    for number, path in enumerate((plain, odd, no_twins)):
        assert_alike(*both(tmp_path / str(number), path))


@pytest.mark.untraced
@pytest.mark.parametrize("shown", [1, 4, 20])
def test_what_stands_first_is_found_among_many(
    shown: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (tally, counting):
        monkeypatch.setattr(module, "SHOWN", shown)
    monkeypatch.setattr(counting, "MANY", 2)
    assert_alike(*both(tmp_path, write_csv(tmp_path / "t.csv", made_rows(60, 11))))


def test_a_table_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "t.parquet", made_rows(500, 4))
    raw = bytearray(path.read_bytes())
    raw[4:2_000] = b"\xff" * 1_996
    path.write_bytes(bytes(raw))
    city = tmp_path / "city.yaml"
    write_city(city, made_city(3, projects=1))
    one, other = both(tmp_path, path, city)
    assert_alike(one, other)
    assert [row["code"] for row in errors(other)] == ["M020"]


FORMATS = ("csv", "parquet", "jsonl", "xlsx", "duckdb")


@pytest.mark.parametrize("format_", FORMATS)
def test_where_nothing_is_scored_there_is_an_empty_table(format_: str, tmp_path: Path) -> None:
    row = {"city": "x", "project": "y", "domain": "?", question("text"): "", "note": "1"}
    table, city = write_csv(tmp_path / "t.csv", [row]), tmp_path / "c.yaml"
    city.write_text("format: maturity/city@1\n", encoding="utf-8")
    for name, paths in {"singly": [city], "together": [city, table]}.items():
        for folder in both(tmp_path / name, *paths, format_=format_):
            assert (folder / f"results.{format_}").exists()
            assert read(folder, format_) == []


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_a_database_file_that_cannot_be_written_is_no_fault(engine: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", made_rows(2, 3))
    with limited(100_000), pytest.raises(OSError, match="too large"):
        run(tmp_path / "out", path, engine=engine, format_="duckdb")


@pytest.mark.untraced
@pytest.mark.parametrize("format_", ["csv", "parquet", "jsonl", "duckdb"])
def test_every_format_of_results_says_the_same(format_: str, tmp_path: Path) -> None:
    rows = [{**row, "note": "=1+1", "place": "-12.96"} for row in made_rows(4, 3)]
    path = write_csv(tmp_path / "t.csv", rows)
    run(tmp_path / "out", path, engine="duckdb", format_=format_)
    run(tmp_path / "told", path, engine="reference", format_="csv")
    expected = results(tmp_path / "told")
    for row, other in zip(expected, read(tmp_path / "out", format_), strict=True):
        assert other["project"] == row["project"]
        assert float(other["place"]) == -12.96
        assert str(other["note"]).lstrip("'") == "=1+1"


def read(folder: Path, format_: str) -> list[dict[str, Any]]:
    """The results in a format, as their readers give them."""
    path = folder / f"results.{format_}"
    match format_:
        case "csv":
            return [dict(row) for row in results(folder)]
        case "parquet":
            rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
            return rows
        case "jsonl":
            found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            return [{**one, "project": one["id"], **one["carried"]} for one in found]
        case "xlsx":
            (_, *below) = openpyxl.load_workbook(path).active.values
            return [{"project": row[1]} for row in below]
    with duckdb.connect(path, read_only=True) as database:
        table: list[dict[str, Any]] = database.sql("FROM results").to_arrow_table().to_pylist()
        return table


def test_lines_of_json_are_those_of_the_reference(tmp_path: Path) -> None:
    city = tmp_path / "city.yaml"
    write_city(city, made_city(3, projects=1))
    folders = both(tmp_path, city, format_="jsonl")
    one, other = (json.loads((folder / "results.jsonl").read_text("utf-8")) for folder in folders)
    assert one == other


def test_texts_of_csv_are_harmless_and_numbers_stay(tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "+x",
        "-y",
        "@z",
        "\tt",
        "'=q",
        "-12.96",
        "+4",
        "1e-3",
        "a,b",
        'say "x"',
        "嘉義",
    ]
    rows = [{**row, "note": text} for row, text in zip(made_rows(12, 2), texts, strict=True)]
    one, other = both(tmp_path, write_parquet(tmp_path / "t.parquet", rows))
    assert [row["note"] for row in results(one)] == [row["note"] for row in results(other)]
    with (other / "results.csv").open(encoding="utf-8", newline="") as stream:
        assert not [
            c for row in csv.reader(stream) for c in row if c[:1] in "=+@\t" and c not in ("", "+4")
        ]


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_a_second_run_scores_what_changed_and_writes_the_same_bytes(
    format_: str, tmp_path: Path
) -> None:
    told: dict[str, Any] = {"engine": "duckdb", "format_": format_}
    folder = tmp_path / "cities"
    folder.mkdir()
    for seed in range(5):
        write_city(folder / f"{seed}.yaml", made_city(seed, projects=2))
    write_csv(folder / "t.csv", [*made_rows(4, 8), {"city": "x", "project": "y", "domain": "?"}])
    first = run(tmp_path / "one", folder, **told)
    assert first.reused == 0
    again = run(tmp_path / "again", folder, before=[tmp_path / "one"], **told)
    assert (again.reused, again.units) == (6, 6)
    assert outputs(tmp_path / "again") == outputs(tmp_path / "one")
    write_city(folder / "2.yaml", made_city(77, projects=3))
    other = folder / "1.yaml"
    dated = other.read_text("utf-8").replace('"assessed": "2026-', '"assessed": "2025-')
    assert dated != other.read_text("utf-8")
    other.write_text(dated, encoding="utf-8")
    (folder / "4.yaml").unlink()
    second = run(tmp_path / "two", folder, before=[tmp_path / "one"], **told)
    assert (second.reused, second.units) == (3, 5)
    run(tmp_path / "fresh", folder, **told)
    assert outputs(tmp_path / "two") == outputs(tmp_path / "fresh")


@pytest.mark.untraced
def test_a_twin_of_what_was_taken_over_is_an_error_of_both(tmp_path: Path) -> None:
    folder = tmp_path / "cities"
    folder.mkdir()
    write_city(folder / "a.yaml", made_city(3, projects=2))
    run(tmp_path / "one", folder, engine="duckdb")
    write_city(folder / "b.yaml", made_city(3, projects=2))
    one, other = both(tmp_path, folder, before=[tmp_path / "one"])
    assert len(errors(other)) == 4
    assert [row["code"] for row in errors(one)] == [row["code"] for row in errors(other)]
    (folder / "b.yaml").unlink()
    last = run(tmp_path / "last", folder, engine="duckdb", before=[other])
    assert (last.reused, last.portfolio.failed, last.portfolio.totals.projects) == (0, 0, 2)


def test_a_damaged_state_is_not_taken_over(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", made_rows(3, 1))
    run(tmp_path / "one", path, engine="duckdb")
    rows = tmp_path / "one" / "state.parquet"
    rows.write_bytes(rows.read_bytes()[:-9] + b"\0" * 9)
    done = run(tmp_path / "two", path, engine="duckdb", before=[tmp_path / "one"])
    assert done.reused == 0
    (tmp_path / "two" / "units.jsonl").write_text("{}\n[", encoding="utf-8")
    done = run(tmp_path / "three", path, engine="duckdb", before=[tmp_path / "two"])
    assert done.reused == 0


def test_a_column_that_is_passed_on_may_be_called_as_one_of_ours(tmp_path: Path) -> None:
    rows = [
        {**row, f"check.{CHECK}": "mine", "Note": "x", "note": "y", "PROJECT": "z"}
        for row in made_rows(2, 1)
    ]
    one, other = both(tmp_path, write_parquet(tmp_path / "t.parquet", rows))
    assert_alike(one, other)
    assert [row[carried(f"check.{CHECK}")] for row in results(other)] == ["mine", "mine"]


@pytest.mark.parametrize("name", ["critical", "rank surely", "file_row_number", "possibly", "odd"])
def test_a_column_that_is_passed_on_may_have_any_name(name: str, tmp_path: Path) -> None:
    rows = [{**row, name: "x"} for row in made_rows(3, 1)]
    assert_alike(*both(tmp_path, write_parquet(tmp_path / "t.parquet", rows)))


def test_another_encoding_is_another_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"city,project,domain,{CHOICE}\n嘉義,p,d1,{A}\n", encoding="big5")
    run(tmp_path / "one", path, engine="duckdb", encoding="cp1252")
    done = run(tmp_path / "two", path, engine="duckdb", encoding="big5", before=[tmp_path / "one"])
    assert done.reused == 0
    assert results(tmp_path / "two")[0]["city"] == "嘉義"


def test_what_cannot_be_read_is_not_taken_over(tmp_path: Path) -> None:
    good, path = write_csv(tmp_path / "a.csv", made_rows(2, 1)), tmp_path / "b.csv"
    path.write_text("nothing,of,ours\n1,2,3\n", encoding="utf-8")
    run(tmp_path / "one", good, path, engine="duckdb")
    done = run(tmp_path / "two", good, path, engine="duckdb", before=[tmp_path / "one"])
    assert (done.reused, done.portfolio.failed) == (1, 1)


@pytest.mark.untraced
def test_rows_that_are_read_closely_keep_their_place(tmp_path: Path) -> None:
    rows = [{**row, "project": f"p{n}"} for n, row in enumerate(made_rows(3_000, 5))]
    rows[1_700]["city"] = "R&amp;D"
    headers = list(dict.fromkeys(name for row in rows for name in row))
    path = tmp_path / "t.parquet"
    table = pa.table({name: [row.get(name) for row in rows] for name in headers})
    parquet.write_table(table, path, row_group_size=500)
    run(tmp_path / "out", path, engine="duckdb", jobs=2)
    found = results(tmp_path / "out")
    assert [row["project"] for row in found] == [row["project"] for row in rows]
    assert found[1_700]["city"] == "R&D"


def test_an_empty_cell_may_stand_for_an_answer(tmp_path: Path) -> None:
    rows = [{"city": "A", "project": f"p{n}", "domain": "d1", CHOICE: ""} for n in range(3)]
    rows[1][CHOICE] = A
    named = tmp_path / "map.yaml"
    columns = {"format": "maturity/columns@1", "values": {CHOICE: {"": B}}}
    named.write_text(yaml.safe_dump(columns), encoding="utf-8")
    for number, path in enumerate(
        (write_csv(tmp_path / "t.csv", rows), write_parquet(tmp_path / "t.parquet", rows))
    ):
        assert_alike(*both(tmp_path / str(number), path, columns=named))


def test_texts_are_answers_as_their_reader_takes_them(tmp_path: Path) -> None:
    texts = ["\t", "&nbsp;", "unknown\t", "said", " ", "x" * 10_001, "A & B", "n/a"]
    name = question("text")
    rows = [{**row, name: text} for row, text in zip(made_rows(8, 2), texts, strict=True)]
    rows[3]["assessed"] = "0000-01-01"
    assert_alike(*both(tmp_path, write_parquet(tmp_path / "t.parquet", rows)))


@pytest.mark.untraced
def test_an_answer_of_which_no_option_is_known_is_one(tmp_path: Path) -> None:
    rows = [{**row, MULTI: cell} for row, cell in zip(made_rows(6, 2), NONE_KNOWN, strict=True)]
    assert_alike(*both(tmp_path, write_csv(tmp_path / "t.csv", rows)))
    assert all(int(row["coverage.partly"]) for row in results(tmp_path / "sets")[:2])
    assert [row["row"] for row in errors(tmp_path / "sets")] == ["5", "7"]


@pytest.mark.untraced
@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_a_row_that_the_query_would_lose_ends_the_run(
    format_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "NOTHING_KNOWN", "?")
    rows = [{**row, MULTI: "+"} for row in made_rows(2, 2)]
    with pytest.raises(together.LostRowError):
        run(tmp_path / "out", write_csv(tmp_path / "t.csv", rows), engine="duckdb", format_=format_)


@pytest.mark.untraced
def test_headers_stand_in_results_alike_and_visibly(tmp_path: Path) -> None:
    names = ["-12.96", "=1+1", "a\x1bb", "a\x07b", "c\u202ed", "n\0l", "+"]
    rows = [{**row, **dict.fromkeys(names, "x")} for row in made_rows(3, 2)]
    for form, writer in (("csv", write_csv), ("parquet", write_parquet)):
        one, other = both(tmp_path / form, writer(tmp_path / f"t.{form}", rows))
        assert_alike(one, other)
        wanted = {"-12.96", "'=1+1", "a\ufffdb", "a\ufffdb.2", "c\ufffdd", "n\ufffdl"}
        assert wanted <= headers(one)
        assert wanted <= headers(other)


@pytest.mark.untraced
def test_what_cannot_be_seen_is_shown_alike(tmp_path: Path) -> None:
    texts = ["a\0b", "c\u202ed", "e\u200bf"]
    facts = ("city", "project", "name", "note")
    rows = [{**dict.fromkeys(facts, text), "domain": "d1", CHOICE: A} for text in texts]
    path = tmp_path / "t.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    one, other = both(tmp_path, path)
    assert_alike(one, other)
    assert b"\0" not in (other / "results.csv").read_bytes()


@pytest.mark.untraced
def test_days_that_no_calendar_of_python_has(tmp_path: Path) -> None:
    days = pa.array([-3_000_000, 0, 3_000_000], pa.date32())
    told = {"city": ["A"] * 3, "project": ["p", "q", "r"], "domain": ["d1"] * 3, CHOICE: [A] * 3}
    nanoseconds = pa.array([1, 2, 3], pa.timestamp("ns"))
    parquet.write_table(pa.table({**told, "day": days, "at": nanoseconds}), tmp_path / "t.parquet")
    one, _ = both(tmp_path, tmp_path / "t.parquet")
    assert [row["day"] for row in results(one)][1:] == ["1970-01-01", "10183-09-21"]


@pytest.mark.untraced
def test_a_database_file_may_stand_under_any_name(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", made_rows(2, 1))
    run(tmp_path / "which?", path, engine="duckdb", format_="duckdb")
    assert len(read(tmp_path / "which?", "duckdb")) == 2


@pytest.mark.untraced
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_translated_name_stands_in_for_a_name(form: str, tmp_path: Path) -> None:
    rows = made_rows(3, 1)
    told = zip(rows, ("", "B", ""), ("甲", "乙", ""), strict=True)
    rows = [{**row, "name": name, "name.zh-Hant": other} for row, name, other in told]
    write = write_csv if form == "csv" else write_parquet
    one, other_engine = both(tmp_path, write(tmp_path / f"t.{form}", rows))
    assert_alike(one, other_engine)
    assert [row["name"] for row in results(other_engine)][:2] == ["甲", "B"]


def write_xlsx(path: Path, rows: Rows) -> Path:
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append([row.get(name) for name in rows[0]])
    book.save(path)
    return path


def write_jsonl(path: Path, rows: Rows) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def in_every_form(folder: Path, rows: Rows) -> list[Path]:
    """The same rows in tables of all kinds, under other ids in each."""
    writers = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet, "xlsx": write_xlsx}
    told = {one: [{**row, "project": f"{one}{n}"} for n, row in enumerate(rows)] for one in writers}
    return [write(folder / f"t.{form}", told[form]) for form, write in writers.items()]


def test_a_column_without_a_header_may_stand_beside_one_called_like_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"city,project,domain,{CHOICE},column-6,\nA,p,d1,{A},x,y\n", encoding="utf-8")
    one, other = both(tmp_path, path)
    assert_alike(one, other)
    assert [(row["column-6"], row["column-6.2"]) for row in results(other)] == [("x", "y")]


def test_tables_of_very_many_columns_are_scored_by_the_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One table of them, or several together; nothing of what was begun is left."""
    most = 60
    monkeypatch.setattr(reading, "WIDEST", most)
    row = {"city": "A", "domain": "d1", CHOICE: A}
    halves = [{f"{half}{n}": "x" for n in range(most // 2)} for half in "ab"]
    rows = [{**row, "project": f"p{n}", **half} for n, half in enumerate(halves)]
    whole = [{**row, "project": "q", **halves[0], **halves[1]}]
    inputs = {
        "csv": [write_csv(tmp_path / "t.csv", whole)],
        "parquet": [write_parquet(tmp_path / "t.parquet", whole)],
        "jsonl": [write_jsonl(tmp_path / "t.jsonl", rows)],
        "both": [write_csv(tmp_path / f"{n}.csv", [one]) for n, one in enumerate(rows)],
    }
    for name, paths in inputs.items():
        one, other = both(tmp_path / name, *paths)
        assert outputs(one) == outputs(other)
    run(tmp_path / "narrow", inputs["both"][0], engine="duckdb")
    assert (tmp_path / "narrow" / "units.jsonl").exists()


def test_every_fault_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    header = f"city,project,domain,{CHOICE},{NUMBER},country"
    rows = (",,d1,nonsense,twelve,", f"A,,,{A},,Taiwan", f",p,d1,{A},,")
    path = tmp_path / "t.csv"
    path.write_text("\n".join([header, *rows, f"A,q,d1,{A},,"]), encoding="utf-8")
    one, other = both(tmp_path, path)
    assert_alike(one, other)
    told = [(row["row"], row["code"]) for row in errors(other)]
    first = [("2", "M103"), ("2", "M103"), ("2", "M107"), ("2", "M108")]
    assert told == [*first, ("3", "M103"), ("3", "M103"), ("3", "M105"), ("4", "M103")]


@pytest.mark.untraced
def test_lines_of_json_are_refused_once_by_all_their_keys(tmp_path: Path) -> None:
    facts = {"city": "A", "project": "p", "domain": "d1"}
    tables: dict[str, Rows] = {
        "typo": [{**facts, f"{CHOICE}x": A}, {**facts, "project": "q"}],
        "cityless": [{"project": "p", "domain": "d1", CHOICE: A}],
        "late": [{**facts, "project": "r"}, {**facts, "project": "s", f"private.{CHOICE}": A}],
        "empty": [{}, {}],
    }
    paths = [write_jsonl(tmp_path / f"{name}.jsonl", rows) for name, rows in tables.items()]
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"city": "A",\n"project": "t"}\n', encoding="utf-8")
    one, other = both(tmp_path, *paths, broken)
    assert_alike(one, other)
    told = [(Path(row["path"]).stem, row["code"]) for row in errors(other)]
    assert told[:3] == [("typo", "M020"), ("cityless", "M020"), ("empty", "M020")]
    assert set(told[3:]) == {("broken", "M004")}
    assert [row["project"] for row in results(other)] == ["r", "s"]


@pytest.mark.untraced
def test_translated_names_are_read_as_names_are(tmp_path: Path) -> None:
    texts = ["甲 &amp; 乙", "\u3000甲\xa0", "\u200b甲\u2060", "\u200b", "", "甲\u200e乙", "&nbsp;"]
    read = ["甲 & 乙", "甲", "甲", "", "", "甲\ufffd乙", ""]
    rows = [
        {**row, "name.zh-Hant": text, "Stadt": text, "city": f"City {number}"}
        for number, (row, text) in enumerate(zip(made_rows(7, 1), texts, strict=True))
    ]
    named = tmp_path / "map.yaml"
    columns = {"format": "maturity/columns@1", "columns": {"Stadt": "city.zh-Hant"}}
    named.write_text(yaml.safe_dump(columns), encoding="utf-8")
    one, other = both(tmp_path, *in_every_form(tmp_path, rows), columns=named)
    assert_alike(one, other)
    for name in ("name.zh-Hant", "city.zh-Hant"):
        assert [row[name] for row in results(other)] == read * 4
    assert results(other)[0]["Stadt"] == texts[0]


@pytest.mark.untraced
def test_names_of_nothing_that_shows_are_no_names(tmp_path: Path) -> None:
    rows = made_rows(6, 1)
    rows[0]["name"], rows[1]["name"] = "\u200b\u2060", "\u200btram\xad"
    rows[2]["city"], rows[3]["project"] = "\u200c", "\u180e"
    one, other = both(tmp_path, write_parquet(tmp_path / "t.parquet", rows))
    assert_alike(one, other)
    assert [row["row"] for row in errors(other)] == ["4", "5"]
    assert [row["name"] for row in results(other)][:2] == [rows[0]["project"], "tram"]


@pytest.mark.untraced
def test_a_column_that_is_passed_on_stands_whatever_is_in_it(tmp_path: Path) -> None:
    """Also one that is empty in every row, and one of rows of which none is scored."""
    nothing: Any = None
    empty = {"empty": "", "none": nothing, "名": nothing}
    rows = [{**row, **empty} for row in made_rows(2, 1)]
    bad = [{**row, "domain": "?", "more": "x"} for row in rows]
    named = tmp_path / "map.yaml"
    columns = {"format": "maturity/columns@1", "columns": {"名": "name.zh-Hant"}}
    named.write_text(yaml.safe_dump(columns), encoding="utf-8")
    for form, write in (("csv", write_csv), ("parquet", write_parquet), ("xlsx", write_xlsx)):
        good = write(tmp_path / f"good.{form}", rows)
        none = write(tmp_path / f"bad.{form}", bad)
        one, other = both(tmp_path / form, good, none, columns=named)
        assert_alike(one, other)
        assert headers(other) >= {*empty, "name.zh-Hant", "more"}
    assert '""' not in (tmp_path / "csv" / "sets" / "results.csv").read_text("utf-8")


@pytest.mark.untraced
def test_projects_are_counted_and_named_as_results_show_them(tmp_path: Path) -> None:
    """By names with hidden characters in them, and values with blanks around."""
    partners = ["ACME\xa0", "\u200bACME", "\tACME", "AC\u200eME", "AC\u202eME", "\u3000"]
    cities = ["a\u200e", "a\u200f", "\uff1da", "a\u202e", "b", "b"]
    rows = [
        {**row, "partner": partner, "city": f"{city}z", "name": f"{city}y"}
        for row, partner, city in zip(made_rows(6, 2), partners, cities, strict=True)
    ]
    named = tmp_path / "map.yaml"
    columns = {"format": "maturity/columns@1", "conflicts": COLUMNS["conflicts"]}
    named.write_text(yaml.safe_dump(columns), encoding="utf-8")
    one, other = both(tmp_path, write_parquet(tmp_path / "t.parquet", rows), columns=named)
    assert_alike(one, other)
    assert "ACME" in (other / "portfolio.md").read_text("utf-8")


@pytest.mark.untraced
def test_two_columns_for_one_fact_that_is_passed_on_may_be_at_odds(tmp_path: Path) -> None:
    rows = [
        {**row, "country": "TW", "Land": land, "assessed": "2026-10-01"}
        for row, land in zip(made_rows(3, 2), ("TW", "", "JP"), strict=True)
    ]
    named = tmp_path / "map.yaml"
    columns = {"format": "maturity/columns@1", "columns": {"Land": "country"}}
    named.write_text(yaml.safe_dump(columns), encoding="utf-8")
    one, other = both(tmp_path, write_parquet(tmp_path / "t.parquet", rows), columns=named)
    assert_alike(one, other)
    assert [row["row"] for row in errors(other)] == ["4"]


@pytest.mark.untraced
def test_names_in_city_files_are_shown_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a table of which it is hoped that it is plain, and in lines of JSON."""
    monkeypatch.setattr(together, "FEW", 1)
    city = made_city(3, projects=1).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    city["city"]["name"] = {"en": "a\u200e", "zh-Hant": "甲\u200e"}
    (tmp_path / "city.yaml").write_text(json.dumps(city), encoding="utf-8")
    table = write_parquet(tmp_path / "t.parquet", made_rows(4, 2))
    one, other = both(tmp_path, table, tmp_path / "city.yaml")
    assert_alike(one, other)
    assert results(other)[-1]["city"] == "a\ufffd"
    lines = both(tmp_path / "lines", tmp_path / "city.yaml", format_="jsonl")
    for folder in lines:
        (told,) = (folder / "results.jsonl").read_text("utf-8").splitlines()
        assert json.loads(told)["city"]["name"] == {"en": "a\ufffd", "zh-Hant": "甲\ufffd"}
