"""Small things that a user of the command line runs into."""

import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.making.shipped import ROOT
from typer.testing import CliRunner, Result

from maturity.cli import app as command_line

MAKASSAR = ROOT / "examples" / "makassar.yaml"
RUBRIC = ROOT / "rubrics" / "ppp-three-tier.yaml"
CASES = ROOT / "tests" / "models" / "averages.cases.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command_line.app, [str(one) for one in arguments])


@pytest.mark.parametrize("command", ["assess", "report", "explain", "validate"])
def test_no_command_writes_over_what_it_reads(command: str, tmp_path: Path) -> None:
    city = tmp_path / "city.yaml"
    city.write_bytes(MAKASSAR.read_bytes())
    before = city.read_bytes()
    what = ["operating"] if command == "explain" else []
    done = run(command, city, *what, "-o", tmp_path / "." / "city.yaml")
    assert done.exit_code == 3 or "M901" in str(done.exception)
    assert city.read_bytes() == before
    assert "this file is an input of the command" in str(done.exception)


def test_models_templates_and_cases_are_inputs_too(tmp_path: Path) -> None:
    template = tmp_path / "firm.md.jinja"
    template.write_text("{{ report.city }}\n", encoding="utf-8")
    done = run("report", MAKASSAR, "--template", template, "-o", template)
    assert "M901" in str(done.exception)
    rubric = tmp_path / "rubric.yaml"
    rubric.write_bytes(RUBRIC.read_bytes())
    assert "M901" in str(run("assess", MAKASSAR, "--rubric", rubric, "-o", rubric).exception)
    assert "M901" in str(run("diff", RUBRIC, rubric, "-o", rubric).exception)
    cases = tmp_path / "averages.cases.yaml"
    cases.write_bytes(CASES.read_bytes())
    assert "M901" in str(run("test", cases, "-o", cases).exception)
    assert rubric.read_bytes() == RUBRIC.read_bytes()


def test_an_output_beside_the_input_is_written(tmp_path: Path) -> None:
    output = tmp_path / "report.md"
    for _ in range(2):
        assert run("report", MAKASSAR, "-o", output).exit_code == 0
    assert output.read_text(encoding="utf-8").startswith("# Advisory report")


def test_a_folder_with_nothing_to_check_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing.", encoding="utf-8")
    done = run("validate", tmp_path)
    assert done.exit_code == 3
    assert "M001 error: no YAML file in this folder or below it" in done.stderr
    full = tmp_path / "full"
    full.mkdir()
    (full / "city.yml").write_bytes(MAKASSAR.read_bytes())
    assert run("validate", tmp_path).exit_code == 0


def test_the_command_to_go_on_with_finds_the_same_models(tmp_path: Path) -> None:
    city = tmp_path / "my city.yaml"
    city.write_bytes(MAKASSAR.read_bytes())
    said = " ".join(run("assess", city, "--rubric", RUBRIC).stdout.split())
    again = f"maturity explain {shlex.quote(str(city))} verdict --rubric {RUBRIC}"
    assert again.replace(" ", "") in said.replace(" ", "")
    assert "--rubric" not in run("assess", city).stdout


def test_a_number_out_of_range_is_shown_as_it_was_written(tmp_path: Path) -> None:
    city = tmp_path / "city.yaml"
    text = MAKASSAR.read_text(encoding="utf-8")
    wrong = text.replace("answers:\n", "answers:\n      term-years: 1234567.25\n", 1)
    city.write_text(wrong, encoding="utf-8")
    assert "1234567.25 is outside the range of" in run("validate", city).stdout


AT_IMPORT = """
import os, signal, sys
from maturity.__main__ import run

class Pressing:
    def find_spec(self, name, path=None, target=None):
        if name == "maturity.cli.app":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Pressing())
run()
"""


def test_ctrl_c_while_the_program_begins_just_ends_it() -> None:
    command = [sys.executable, "-c", AT_IMPORT, "--version"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")
