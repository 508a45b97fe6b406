"""What real tables do to their readers: marks, quotes, blanks, formulas, columns of bytes."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet
from xlsxwriter import Workbook

from maturity.loading.cells import clean
from maturity.loading.tables import Row, Table, open_table, quotes
from maturity.loading.tables.uncalculated import uncalculated

HEAD = "city,project,note\n"


def rows(path: Path, encoding: str | None = None) -> list[Row]:
    table = open_table(path, encoding)
    assert isinstance(table, Table), table[0].line()
    return list(table.rows())


def read(path: Path, encoding: str | None = None) -> list[list[str]]:
    """The texts of rows; a row that is a fault is its code and message."""
    return [
        [text for _, text in row.cells] if row.fault is None else [row.fault.line().split(": ")[1]]
        for row in rows(path, encoding)
    ]


def csv_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_a_mark_is_no_part_of_a_quoted_header(encoding: str, tmp_path: Path) -> None:
    mark = "\ufeff" if encoding in {"utf-8", "utf-16-le"} else ""
    path = csv_of(tmp_path, f'{mark}"city",b\nx,y\n', encoding)
    for told in (encoding, *([None] if encoding != "utf-16-le" else [])):
        table = open_table(path, told)
        assert isinstance(table, Table)
        assert table.headers == ("city", "b")


def test_lines_of_json_in_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"city": "x"}\n{"city": "公"}\n', "utf-16")
    assert read(path) == [["x"], ["公"]]


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("sep=;\r\ncity;a,b,c,d;e\r\nx;y;z\r\n", ("city", "a,b,c,d", "e")),
        ("\n \ncity;project;e\nx;y;z\n", ("city", "project", "e")),
        ('"city\nby, name, or, so";project;e\nx;y;z\n', ("city by, name, or, so", "project", "e")),
        ("\u200bcity\u00a0;\ufeffproject;e\u2060\nx;y;z\n", ("city", "project", "e")),
    ],
)
def test_the_header_is_found(text: str, headers: tuple[str, ...], tmp_path: Path) -> None:
    table = open_table(csv_of(tmp_path, text))
    assert isinstance(table, Table)
    assert table.headers == headers
    assert read(tmp_path / "t.csv") == [["x", "y", "z"]]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['a,b,"open', "c,d,e"], [["M021 error"], ["c", "d", "e"]]),
        (['a,"b,c', "d,e,f", 'g,"h",i'], [["M021 error"], ["d", "e", "f"], ["g", "h", "i"]]),
        (['a,"b,c', 'd,"e f",g'], [["M021 error"], ["d", "e f", "g"]]),
        (['"', "a,b,c"], [["M021 error"], ["a", "b", "c"]]),
        (["a,b,c", '"'], [["a", "b", "c"], ["M021 error"]]),
        (['a,"b"c,d', "e,f,g"], [["a", "bc", "d"], ["e", "f", "g"]]),
        (['a,b"c,d'], [["a", 'b"c', "d"]]),
        (['a,"b"c,"d'], [["M021 error"]]),
        (['a,"b', 'c",d'], [["a", "b\nc", "d"]]),
        (["a,b\0b,c"], [["a", "b\0b", "c"]]),
        ([" ,\u00a0,\u200a", "a,b,c"], [["a", "b", "c"]]),
    ],
)
def test_a_stray_quote_costs_its_own_row_alone(
    lines: Sequence[str], told: Sequence[Sequence[str]], tmp_path: Path
) -> None:
    for end in ("\n", "\r\n", "\r"):
        path = csv_of(tmp_path, end.join([*HEAD.splitlines(), *lines, ""]))
        assert read(path) == told


def test_a_file_of_stray_quotes_is_read_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line closes the quote of the line before and opens one: one record without end."""
    monkeypatch.setattr(quotes, "LONGEST", 500)
    monkeypatch.setattr(quotes, "_MOST_AGAIN", 5)
    path = csv_of(tmp_path, HEAD + 'a,"\n' + 'a",b,"\n' * 400)
    found = read(path)
    assert 5 < len(found) < 50
    assert {tuple(row) for row in found} == {("M021 error",)}


def test_a_cell_longer_than_any_is_the_fault_of_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotes, "LONGEST", 100)
    path = csv_of(tmp_path, f"{HEAD}a,b,{'x' * 200}\na,b,c\n")
    assert read(path) == [["M021 error"], ["a", "b", "c"]]


def test_a_header_that_is_never_closed_is_named_at_its_row(tmp_path: Path) -> None:
    found = open_table(csv_of(tmp_path, '\n"city,project\n'))
    assert isinstance(found, list)
    assert ".csv:2:1: M021 error" in found[0].line()


@pytest.mark.parametrize(
    "around", ["\u00a0", "\u200b", "\ufeff", "\u3000", "\u00ad", "\t\n ", "\u2060"]
)
def test_blanks_of_every_width_are_not_read(around: str) -> None:
    assert clean(f"{around}service{around}") == "service"
    assert clean(around) == ""


def test_parquet_of_bytes_and_short_floats(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    columns = {
        "city": pa.array([b"Chiayi", "嘉義".encode(), b"\xff"]),
        "at": pa.array([-12.96, None, float("nan")], pa.float32()),
    }
    parquet.write_table(pa.table(columns), path)
    assert read(path) == [["Chiayi", "-12.96"], ["嘉義", ""], ["M003 error"]]


def test_errors_and_formulas_without_a_value_are_not_empty(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["city", "project", "note"])
    book.active.append(["#N/A", "=A1&B1", "x"])
    book.active.append([])
    book.active.append([None, None, None, "=NOW()"])
    book.save(path)
    assert read(path)[0] == ["#N/A", "=A1&B1", "x"]
    assert read(path)[1] == ["M021 error"]


def test_a_formula_with_a_value_is_its_value(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = Workbook(str(path))
    book.add_worksheet("lists").hide()
    sheet = book.add_worksheet("data")
    sheet.activate()
    sheet.write_row(0, 0, ["city", "project", "note"])
    sheet.write_formula(1, 0, '="Chia"&"yi"', None, "Chiayi")
    sheet.write_formula(1, 1, "=1+1", None, 2)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    book.close()
    assert read(path) == [["Chiayi", "2", ""], ["#DIV/0!", "", ""]]


SHEET = """<x:worksheet><x:sheetData><x:row r="1">
<x:c r="A1" t="e"><x:v>#REF!</x:v></x:c><x:c r="B1"><x:f>A1&amp;"x"</x:f><x:v></x:v></x:c>
<x:c r="C1" t="str"><x:f>A2</x:f><x:v></x:v></x:c><x:c r="D1"><x:f>1+1</x:f><x:v>2</x:v></x:c>
<x:c r="AA7" s="1"><x:f t="shared" si="0"/></x:c><x:c r="E1" s="3"/><x:c t="e"><x:v>#N/A</x:v></x:c>
</x:row></x:sheetData></x:worksheet>"""
BOOK = """<workbook><sheets><sheet name="A &amp; B" sheetId="7" r:id="rId3"/></sheets></workbook>"""
LINKS = """<Relationships><Relationship Id="rId3" Target="worksheets/s.xml"/></Relationships>"""


def test_only_errors_and_formulas_without_a_value_are_found(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", BOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", LINKS)
        packed.writestr("xl/worksheets/s.xml", SHEET)
    found = {(0, 0): "#REF!", (0, 1): '=A1&"x"', (6, 26): "="}
    assert uncalculated(path, "A & B") == found
    assert uncalculated(path, "another") == {}


def test_where_no_sheet_can_be_looked_through_nothing_is_added(tmp_path: Path) -> None:
    assert uncalculated(tmp_path / "none.xlsx", "a") == {}
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a", "b")
    assert uncalculated(other, "a") == {}
