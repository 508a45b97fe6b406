"""`maturity test --suggest` from the command line."""

import json
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner, Result

from maturity.cli.app import app

BASE: Final = Path(__file__).resolve().parents[1] / "broken" / "base"
CASES: Final = """\
format: maturity/cases@1
rubric: base
cases:
  - {name: A plan, answers: {stage: plan}, expect: {ladder.tier.confirmed: null}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a small model and one case of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_bytes((BASE / "questionnaire.yaml").read_bytes())
    (tmp_path / "small.yaml").write_bytes((BASE / "rubric.yaml").read_bytes())
    (tmp_path / "small.cases.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["test", "--rubric", "small.yaml", *arguments])


def caught(*paths: str) -> dict[str, float]:
    """What the measure of mutants says, over the cases of some files."""
    done = run(*paths, "--suggest", "-o", "ignored.yaml", "--format", "json", "--force")
    (measure,) = json.loads(done.stdout)["measures"]
    found = {"percent": float(measure["percent"]), "tried": float(measure["tried"])}
    return found | {name: float(len(measure[name])) for name in ("missed", "equivalent")}


def test_suggested_cases_catch_all_that_can_be_caught(folder: Path) -> None:
    before = caught("small.cases.yaml")
    assert before["missed"] > 0
    assert before["equivalent"] > 0
    done = run("small.cases.yaml", "--suggest", "-o", "more.cases.yaml")
    assert done.exit_code == 0
    assert "no answers can show, and not counted: " in done.stdout
    assert done.stdout.splitlines()[-1].endswith(f"{before['equivalent']:g} equivalent")
    assert "cases suggested" in done.stderr
    after = caught("small.cases.yaml", "more.cases.yaml")
    assert (after["percent"], after["missed"]) == (100, 0)
    assert after["equivalent"] == before["equivalent"]
    assert run("more.cases.yaml").exit_code == 0
    assert (folder / "more.cases.yaml").read_text(encoding="utf-8").startswith("# Cases made by")


@pytest.mark.usefixtures("folder")
def test_without_a_file_the_cases_go_to_standard_output_alone() -> None:
    done = run("small.cases.yaml", "--suggest")
    assert done.stdout.startswith("# Cases made by")
    assert "no case notices" in done.stderr
    quiet = run("small.cases.yaml", "--suggest", "--quiet")
    assert (quiet.stdout, quiet.stderr) == (done.stdout, "")


def test_cases_that_are_there_are_not_replaced(folder: Path) -> None:
    done = run("small.cases.yaml", "--suggest", "-o", "small.cases.yaml")
    assert done.exit_code != 0
    assert (folder / "small.cases.yaml").read_text(encoding="utf-8") == CASES


def test_where_nothing_is_missed_nothing_is_written(folder: Path) -> None:
    run("small.cases.yaml", "--suggest", "-o", "more.cases.yaml")
    done = run("small.cases.yaml", "more.cases.yaml", "--suggest", "-o", "none.yaml")
    assert "0 cases suggested" in done.stderr
    assert not (folder / "none.yaml").exists()


@pytest.mark.usefixtures("folder")
def test_without_time_a_mutant_that_chance_does_not_show_stays_missed() -> None:
    given = run(
        "small.cases.yaml", "--suggest", "--suggest-seconds", "0", "--format", "json", "-o", "x"
    )
    (measure,) = json.loads(given.stdout)["measures"]
    assert measure["equivalent"] == []
