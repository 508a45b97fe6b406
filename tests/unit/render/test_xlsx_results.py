"""Results as a workbook: numbers are numbers, texts are texts, and nothing else comes in."""

import re
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.making.portfolios import scored
from tests.making.shipped import flagship

from maturity.base.errors import UsageError
from maturity.loading.tables import Table, open_table
from maturity.model.portfolio import Scored
from maturity.render.results import RESULTS, head_of, xlsx
from maturity.render.results.csv_ import cell

FORMULAS = ["=1+1", "+a", "-b|c", "@x", "\ty", "-", "{=1}", '=HYPERLINK("http://x")', "\uff1d1"]
TEXTS = ["http://x.y", "mailto:a@b", "_x0041_", "two\nlines", " blank ", "007", "1.50", "1e5", "-0"]
LONG = ["12345678901234567890", "0.12345678901234567"]
NUMBERS = ["-12.96", "405", "0", "0.5", "121.565432"]


def written(path: Path, *texts: str) -> list[tuple[str, str]]:
    """A workbook with a project that carries these; its row as it is read in again."""
    (one, *_) = scored("illustration.yaml")
    names = tuple(f"c{number:02}" for number in range(len(texts)))
    write(path, [one._replace(carried=dict(zip(names, texts, strict=True)))], names)
    return read(path)[0]


def write(path: Path, projects: list[Scored], carried: tuple[str, ...]) -> None:
    with closing(RESULTS["xlsx"](path, head_of(flagship().bundle, carried))) as results:
        for one in projects:
            results.add(one)


def read(path: Path) -> list[list[tuple[str, str]]]:
    table = open_table(path)
    assert isinstance(table, Table)
    return [list(row.cells) for row in table.rows()]


def inside(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return packed.read("xl/worksheets/sheet1.xml").decode()


def test_it_comes_back_equal(tmp_path: Path) -> None:
    texts = [*FORMULAS, *TEXTS, *LONG, *NUMBERS]
    row = dict(written(tmp_path / "a.xlsx", *texts))
    assert [row[f"c{number:02}"] for number in range(len(texts))] == texts


def test_nothing_is_a_formula_or_a_link_and_numbers_are_numbers(tmp_path: Path) -> None:
    written(tmp_path / "a.xlsx", *FORMULAS, *TEXTS, *LONG, *NUMBERS)
    sheet = inside(tmp_path / "a.xlsx")
    assert not re.search(r"<f[ >/]|<hyperlink", sheet)
    for number in NUMBERS:
        assert f"<v>{number}</v>" in sheet
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        assert 'quotePrefix="1"' in packed.read("xl/styles.xml").decode()
        assert not [name for name in packed.namelist() if "sheets/_rels" in name]


def test_values_are_those_of_the_other_formats(tmp_path: Path) -> None:
    """A workbook holds 16 digits of a number."""
    projects = scored("illustration.yaml")
    write(tmp_path / "a.xlsx", projects, ("partner",))
    head = head_of(flagship().bundle, ("partner",))
    for row, one in zip(read(tmp_path / "a.xlsx"), projects, strict=True):
        for (_, text), value in zip(row, head.row(one), strict=True):
            if isinstance(value, float):
                assert float(text) == pytest.approx(value, rel=1e-15)
            else:
                assert text == cell(value)


def test_what_is_too_long_is_cut_and_shows_it(tmp_path: Path) -> None:
    row = dict(written(tmp_path / "a.xlsx", "x" * 32_767, "x" * 32_768, "\U0001f6a6" * 20_000))
    assert row["c00"] == "x" * 32_767
    assert row["c01"] == f"{'x' * 32_766}…"
    assert row["c02"] == "\U0001f6a6" * 16_383 + "…"


def test_characters_that_do_not_show_themselves_are_shown(tmp_path: Path) -> None:
    assert dict(written(tmp_path / "a.xlsx", "a\0b\u202ec"))["c00"] == "a\ufffdb\ufffdc"


def test_the_same_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        written(tmp_path / name, "x")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_sheet_has_so_many_rows_and_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    projects = scored("illustration.yaml")
    write(tmp_path / "a.xlsx", projects[:2], ())
    with pytest.raises(UsageError, match=r"too long .*'2'"):
        write(tmp_path / "b.xlsx", projects[:3], ())
    with pytest.raises(UsageError, match="too wide"):
        write(tmp_path / "c.xlsx", [], tuple(map(str, range(16_384))))


def test_without_its_library_it_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match="no xlsxwriter"):
        write(tmp_path / "a.xlsx", [], ())
