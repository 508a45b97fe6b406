"""How well the worked cases guard the flagship: what they reach, and which changes they notice."""

from pathlib import Path

from typer.testing import CliRunner

from maturity.cli.app import app

RUBRICS = str(Path(__file__).resolve().parents[2] / "rubrics")


def test_the_cases_of_the_flagship_reach_everything() -> None:
    done = CliRunner().invoke(app, ["test", RUBRICS, "--coverage", "--min-coverage", "100"])
    assert done.exit_code == 0, done.output


def test_the_cases_of_the_flagship_notice_most_changes() -> None:
    # The same sample in every run; `make mutants` tries all of them.
    arguments = ["test", RUBRICS, "--mutate", "--mutants", "150", "--min-caught", "95"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
