"""The tables, maps and commands of the guide on portfolios work as they stand there."""

import re
from pathlib import Path

import pytest
from tests.making.rows import errors, results
from tests.making.shipped import ROOT
from typer.testing import CliRunner

from maturity.cli import app as command_line


def block(language: str) -> str:
    page = (ROOT / "docs" / "guide" / "portfolios.md").read_text("utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.mark.parametrize("page", ["portfolios.md", "zh-Hant/portfolios.md"])
def test_every_cell_of_the_guide_is_in_both_languages(page: str) -> None:
    text = (ROOT / "docs" / "guide" / page).read_text("utf-8")
    cells = ("`service`", "`signed/pilot`", r"`escrow\|background`", "`8..12`", "`n/a`")
    assert [cell for cell in cells if cell not in text] == []


def test_the_table_and_the_map_of_the_guide_work(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text(block("csv"), encoding="utf-8")
    (tmp_path / "map.yaml").write_text(block("yaml"), encoding="utf-8")
    more = ["--columns", str(tmp_path / "map.yaml"), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(command_line.app, ["batch", str(tmp_path / "deals.csv"), *more])
    assert done.exit_code == 0, done.output
    assert [row["partner"] for row in results(tmp_path / "out")] == ["ACME", "ACME"]
    assert errors(tmp_path / "out") == []
