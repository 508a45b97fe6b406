"""Tables of results: the same values in every format, harmless and whole."""

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet
from tests.making.portfolios import scored
from tests.making.shipped import flagship

from maturity.base.characters import harmless
from maturity.base.errors import UsageError
from maturity.loading.tables.csv_ import unmarked
from maturity.model.portfolio import Scored
from maturity.render.results import RESULTS, ResultsFormat, head_of
from maturity.render.results import parquet as parquet_results
from maturity.render.results.csv_ import cell, quoted

NUMBERS = ["-12.96", "0", "+3", "-1e-5", "7.50"]
FORMULAS = ["=1+1", "+a", "-b|c", "@x", "\ty", "'=1", "-", "=-12.96", "-12.96 m"]


def written(path: Path, format_: ResultsFormat, projects: list[Scored]) -> Path:
    carried = tuple(sorted({name for one in projects for name in one.carried}))
    results = RESULTS[format_](path, head_of(flagship().bundle, carried))
    for one in projects:
        results.add(one)
    results.close()
    return path


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text_that_comes_back_equal(text: str) -> None:
    shown = harmless(text)
    assert shown.startswith("'")
    assert unmarked(shown) == text


@pytest.mark.parametrize("text", [*NUMBERS, "plain", "'quoted'", "a=b", ""])
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
    assert unmarked(text) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (40.0, "40"), (0.1, "0.1"), (-0.5, "-0.5"), (1e300, "1e+300")]
)
def test_values_are_told_in_full(value: float | None, text: str) -> None:
    assert cell(value) == text


def from_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def from_parquet(path: Path) -> list[list[str]]:
    rows = parquet.read_table(path).to_pylist()
    return [[cell(value) for value in row.values()] for row in rows]


@pytest.mark.parametrize("read", [from_csv, from_parquet])
def test_csv_and_parquet_hold_the_same(
    read: Callable[[Path], list[list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_results, "_GROUP", 3)
    projects = scored("illustration.yaml")
    format_: ResultsFormat = "csv" if read is from_csv else "parquet"
    rows = read(written(tmp_path / "results", format_, projects))
    head = head_of(flagship().bundle, ("partner",))
    assert rows == [[cell(value) for value in head.row(one)] for one in projects]


def test_no_project_is_a_table_too(tmp_path: Path) -> None:
    assert from_csv(written(tmp_path / "a", "csv", [])) == []
    assert from_parquet(written(tmp_path / "b", "parquet", [])) == []


def test_parquet_without_its_library_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="no pyarrow"):
        written(tmp_path / "a", "parquet", [])


def test_a_line_of_json_has_the_shape_of_a_project_of_the_result(tmp_path: Path) -> None:
    (one, *_) = scored("illustration.yaml")
    question = next(iter(flagship().bundle.shapes))
    one = one._replace(values={**one.values, f"divergence.{question}": "settled"})
    told = json.loads(written(tmp_path / "a", "jsonl", [one]).read_text("utf-8"))
    assert {"question": question, "settled": True} in told["divergences"]
    assert {flag["status"] for flag in told["flags"]} <= {"raised", "watched", "possible"}
    assert {one["status"] for one in told["recommendations"]} <= {"given", "possible"}
    assert told["coverage"]["asked"] == one.values["coverage.asked"]


def test_a_column_called_like_a_result_gets_another_name() -> None:
    head = head_of(flagship().bundle, ("city", "coverage.asked", "note"))
    names = list(head.names())
    assert names[5:8] == ["input.city", "input.coverage.asked", "note"]
    assert len(set(names)) == len(names)


def test_a_line_is_the_one_that_duckdb_writes(tmp_path: Path) -> None:
    """One part of a table may be written by each."""
    around = [chr(code) for code in (*range(0x21, 0x30), *range(0x3A, 0x41), 0x5B, 0x60, 0x7E)]
    texts = ["", " ", " a", "a ", "NULL", "nan", "中文", "//", *(f"a{one}b" for one in around)]
    texts += [f"a{one}" for one in "\t\n\r#"] + around
    numbers = [n / 7 * 10.0 ** (n % 40 - 20) for n in range(1, len(texts) + 1)]
    rows = [(text, None, repr(n), text) for text, n in zip(texts, numbers, strict=True)]
    path = tmp_path / "t.csv"
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE t AS SELECT unnest($1) AS a, NULL AS b, unnest($2)::VARCHAR AS c, a AS d",
        [texts, numbers],
    )
    database.execute(f"COPY t TO '{path}' (FORMAT csv, HEADER true)")
    lines = [",".join("" if one is None else quoted(one) for one in row) for row in rows]
    assert path.read_bytes().decode() == "\n".join(["a,b,c,d", *lines, ""])
