"""Tables of every format: the same rows, and what keeps one from being read."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from maturity.loading.tables import READERS, Row, Table, open_table
from maturity.loading.tables import sheet as sheets

HEAD = ("city", "project", "2024")
ROWS = [("Chiayi", "tram", "-12.96"), ("嘉義", "公車\n二期", "")]


def as_csv(path: Path) -> None:
    path.write_bytes(
        '\ufeffcity, project ,2024\r\nChiayi,tram,-12.96\r\n嘉義,"公車\r\n二期",\r\n'.encode()
    )


def as_tsv(path: Path) -> None:
    path.write_text(
        'city\tproject\t2024\nChiayi\ttram\t-12.96\n\n嘉義\t"公車\n二期"\t\t\t\n', "utf-16"
    )


def as_jsonl(path: Path) -> None:
    first = '{"city": "Chiayi", "project": "tram", "2024": -12.96}'
    second = '{"city": "嘉義", "project": "公車\\r\\n二期", "2024": null}'
    path.write_text(f"{first}\n\n{second}\n", "utf-8")


def as_parquet(path: Path) -> None:
    columns = {"city": ["Chiayi", "嘉義"], "project": ["tram", "公車\n二期"]}
    parquet.write_table(pa.table({**columns, "2024": [-12.96, float("nan")]}), path)


def as_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([])
    book.active.append(["city", "project", 2024])
    book.active.append(["Chiayi", "tram", -12.96])
    book.active.append(["嘉義", "公車\n二期"])
    book.save(path)


WRITERS: dict[str, Callable[[Path], None]] = {
    ".csv": as_csv,
    ".tsv": as_tsv,
    ".jsonl": as_jsonl,
    ".parquet": as_parquet,
    ".xlsx": as_xlsx,
}


def opened(path: Path, encoding: str | None = None) -> Table:
    table = open_table(path, encoding)
    assert isinstance(table, Table), table[0].line()
    return table


def rows(path: Path, encoding: str | None = None) -> list[Row]:
    return list(opened(path, encoding).rows())


def refused(path: Path) -> str:
    found = open_table(path)
    assert isinstance(found, list)
    return found[0].line()


def written(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_gives_the_same_rows(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"table{kind}"
    WRITERS[kind](path)
    found = rows(path)
    assert [tuple(text for _, text in row.cells) for row in found] == ROWS
    assert {tuple(name for name, _ in row.cells) for row in found} == {HEAD}
    assert opened(path).headers == (() if kind == ".jsonl" else HEAD)
    first = {".csv": 2, ".tsv": 2, ".jsonl": 1, ".parquet": 2, ".xlsx": 3}[kind]
    assert found[0].number == first


@pytest.mark.parametrize("kind", READERS)
def test_what_is_no_such_file_is_refused_or_has_no_rows(kind: str, tmp_path: Path) -> None:
    missing = open_table(tmp_path / f"none{kind}")
    assert isinstance(missing, list)
    path = written(tmp_path, f"junk{kind}", b"\x00\x01PK\x03\x04 junk")
    found = open_table(path)
    assert isinstance(found, list) or not found.headers or kind in (".csv", ".tsv")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_header_shows_the_separator(separator: str, tmp_path: Path) -> None:
    head = separator.join(["city", '"a,b;c"', "project"])
    path = written(tmp_path, "t.csv", f"{head}\n{separator.join('xyz')}\n")
    (row,) = rows(path)
    assert row.cells == (("city", "x"), ("a,b;c", "y"), ("project", "z"))


def test_other_encodings_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "city,project\n臺北,公車\n".encode("big5"))
    assert rows(path, "big5")[0].cells == (("city", "臺北"), ("project", "公車"))
    (row,) = rows(path)
    assert row.fault is not None
    assert "M003" in row.fault.line()
    assert row.fault.place.line == 2


def test_one_wrong_byte_is_the_fault_of_its_row_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", b"city,project\na,b\nc,\xff\nd,e\n")
    assert [row.fault is None for row in rows(path)] == [True, False, True]
    path = written(tmp_path, "t.jsonl", b'{"city": "a"}\n{"city": "\xff"}\n{"city": "b"}\n')
    assert [row.fault is None for row in rows(path)] == [True, False, True]


def test_a_header_in_another_encoding_is_the_fault_of_its_table(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "city,備註\na,b\n".encode("big5"))
    assert refused(path).startswith(f"{path.as_posix()}:1:2: M003 error: a header holds bytes")
    assert opened(path, "big5").headers == ("city", "備註")


def test_a_header_shows_all_its_characters(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "a\x1b[31mb,c\u202ed,n\0l\n1,2,3\n")
    assert opened(path).headers == ("a\ufffd[31mb", "c\ufffdd", "n\ufffdl")


def test_a_row_that_does_not_fit_the_header_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n")
    found = rows(path)
    assert [row.fault is None for row in found] == [False, False, True, True]
    assert found[0].fault is not None
    assert found[0].fault.line().startswith(f"{path.as_posix()}:2:3: M021 error: the row has 2")


@pytest.mark.untraced
def test_a_cell_without_end_is_the_fault_of_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", 'a,b,c\n1,"2,3\n' + "x,y,z\n" * 200_000)
    found = rows(path)
    assert found[0].fault is not None
    assert len(found) > 1


def test_a_cell_of_4000_characters_is_whole(tmp_path: Path) -> None:
    text = "長,\n" * 1_000
    path = written(tmp_path, "t.csv", f'a,b\n1,"{text}"\n')
    assert rows(path)[0].cells[1] == ("b", text)


def test_apostrophes_before_formulas_are_taken_away(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "a,b,c,d\n'=1+1,''+x,'quoted',-12.96\n")
    assert [text for _, text in rows(path)[0].cells] == ["=1+1", "'+x", "'quoted'", "-12.96"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "M004"),
        ("[1]", "M021"),
        ('{"a": NaN}', "M004"),
        ("[" * 100_000, "M004"),
        ('{"a": ' + "9" * 5_000 + "}", "M004"),
        ('{"a": ' + "[" * 33 + "]" * 33 + "}", "M004"),
        ('{"a": ' + '{"b": ' * 900 + "1" + "}" * 901, "M004"),
        ('{"\\ud800": 1}', "M003"),
        ('{"a": "\\ud800"}', "M003"),
    ],
)
def test_a_line_that_is_no_object_is_a_fault(line: str, code: str, tmp_path: Path) -> None:
    path = written(tmp_path, "t.jsonl", f'{line}\n{{"a": 1}}\n')
    first, second = rows(path)
    assert first.fault is not None
    assert code in first.fault.line()
    assert second.cells == (("a", "1"),)


def test_json_values_are_told_as_cells(tmp_path: Path) -> None:
    line = (
        '{"a": true, "b": ["x", "y"], "c": {"one-of": ["x", "y"]}, "d": {"between": [1, 2.5]}, '
        '"e": {"has": ["x"], "lacks": ["y"]}, "f": {"no": 1}, "g": 3.0, "a": false, "h": [], '
        '"i": {"has": [], "lacks": []}, "j": {"one-of": []}}'
    )
    (row,) = rows(written(tmp_path, "t.jsonl", line))
    texts = ["true", "x|y", "x/y", "1..2.5", "+x|-y", '{"no": 1}', "3", "false"]
    texts += ["[]", "+", '{"one-of": []}']
    assert [text for _, text in row.cells] == texts


def test_values_that_python_has_no_type_for_are_texts(tmp_path: Path) -> None:
    columns = {
        "late": pa.array([400_000_000_000], pa.timestamp("s")),
        "half": pa.array([0.5], pa.float16()),
        "short": pa.array([0.1], pa.float32()),
        "bytes": pa.array([b"a\xff"]),
    }
    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table(columns), path)
    (row,) = rows(path)
    assert row.fault is not None
    assert row.fault.place.column == 4
    assert "--encoding" not in row.fault.line()
    parquet.write_table(pa.table(columns).drop_columns(["bytes"]), path)
    (row,) = rows(path)
    late, *others = [text for _, text in row.cells]
    assert late.startswith("14645-")
    assert others == ["0.5", "0.1"]


def test_json_texts_by_language_are_columns(tmp_path: Path) -> None:
    line = '{"name": {"en": "Tram", "zh-Hant": "電車"}, "city": {"zh-Hant": "嘉義"}}'
    (row,) = rows(written(tmp_path, "t.jsonl", line))
    assert row.cells == (("name", "Tram"), ("name.zh-Hant", "電車"), ("city.zh-Hant", "嘉義"))


def test_typed_values_are_told_as_cells(tmp_path: Path) -> None:
    columns = {
        "when": [date(2026, 11, 1)],
        "at": [datetime(2026, 11, 1, 12)],  # noqa: DTZ001 - as sheets have it
        "day": [datetime(2026, 11, 1)],  # noqa: DTZ001 - as pandas writes days
        "none": [[]],
        "sum": [Decimal("1.50")],
        "count": [7],
        "large": [1e300],
    }
    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table(columns), path)
    (row,) = rows(path)
    told = ["2026-11-01", "2026-11-01T12:00:00", "2026-11-01", "[]", "1.50", "7", "1e+300"]
    assert [text for _, text in row.cells] == told


@pytest.mark.parametrize(
    ("kind", "library"), [(".parquet", "pyarrow"), (".xlsx", "python_calamine")]
)
def test_a_missing_library_is_named_with_what_to_install(
    kind: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"t{kind}"
    WRITERS[kind](path)
    monkeypatch.setitem(sys.modules, library, None)
    assert "M020" in refused(path)
    assert "pip install 'maturity-ppp[batch]'" in refused(path)


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    assert "the table is empty" in refused(written(tmp_path, "t.csv", "\n,,\n"))


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.xlsx"
    as_xlsx(path)
    monkeypatch.setattr(sheets, "_LARGEST", 10)
    assert "2 GiB" in refused(path)
