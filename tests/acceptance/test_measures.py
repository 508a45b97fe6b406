"""How well the worked cases guard the shipped rubrics: what they reach, which changes show."""

from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

from maturity.cli.app import app

pytestmark = pytest.mark.untraced  # what these reach is counted elsewhere

RUBRICS: Final = Path(__file__).resolve().parents[2] / "rubrics"
FLOORS: Final = {"ppp-three-tier": "95", "ascn-framework": "90"}
"""Per cent of a sample of changes; those that no answers can show count as missed here."""


def test_every_shipped_rubric_has_a_floor() -> None:
    assert {path.name.split(".")[0] for path in RUBRICS.glob("*.yaml")} == FLOORS.keys()


def test_the_cases_reach_everything() -> None:
    done = CliRunner().invoke(app, ["test", str(RUBRICS), "--coverage", "--min-coverage", "100"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("rubric", FLOORS)
def test_the_cases_notice_most_changes(rubric: str) -> None:
    # The same sample in every run; `make mutants` tries all of them.
    cases = str(RUBRICS / f"{rubric}.cases.yaml")
    arguments = ["test", cases, "--mutate", "--mutants", "150", "--min-caught", FLOORS[rubric]]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
