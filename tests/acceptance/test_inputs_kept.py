"""No command writes over a file that it reads, however it came to read it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from maturity.cli.app import app

QUESTIONS, RUBRIC, CASES = "pledge-questions.yaml", "pledge.yaml", "pledge.cases.yaml"
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def run(arguments: str) -> Result:
    return CliRunner().invoke(app, arguments.split())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the model `pledge`, a city file for it, and settings."""
    monkeypatch.chdir(tmp_path)
    run("init --rubric pledge")
    run(f"init --questionnaire {QUESTIONS} city.yaml")
    (tmp_path / "maturity.toml").write_text('paths = ["."]\n', encoding="utf-8")
    return tmp_path


def kept(arguments: str, folder: Path) -> bool:
    """Whether a command is refused because it would write over an input, and writes nothing."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run(arguments)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    return "this file is an input of the command" in str(done.exception) and before == after


@pytest.mark.parametrize("output", [RUBRIC, QUESTIONS])
@pytest.mark.parametrize(
    "command",
    [
        f"sql {RUBRIC}",
        f"sql {RUBRIC} --questionnaire {QUESTIONS}",
        "validate .",
        "test .",
        f"test {CASES}",
        "assess city.yaml --rubric pledge",
        f"assess city.yaml --rubric {RUBRIC}",
        "report city.yaml --rubric pledge",
        "explain city.yaml standing --rubric pledge",
        f"diff {RUBRIC} {RUBRIC} --cases .",
    ],
)
def test_a_model_is_kept_whether_it_is_named_or_found(
    command: str, output: str, folder: Path
) -> None:
    assert kept(f"{command} -o {output}", folder)


@pytest.mark.parametrize(
    "arguments",
    [
        f"schema city --questionnaire {QUESTIONS} -o {QUESTIONS}",
        "validate . --format json -o city.yaml",
        "validate -o maturity.toml",
        f"test . -o {CASES}",
        f"diff {RUBRIC} {RUBRIC} --cases . -o {CASES}",
        f"diff {RUBRIC} {RUBRIC} --cities city.yaml -o {QUESTIONS}",
        f"init {QUESTIONS} --questionnaire {QUESTIONS} --force",
        f"validate . --save-counterexamples {QUESTIONS} --force",
    ],
)
def test_what_lies_in_a_folder_or_is_to_be_replaced_is_kept(arguments: str, folder: Path) -> None:
    assert kept(arguments, folder)


def test_cases_that_a_solver_finds_replace_no_input(folder: Path) -> None:
    cases, _, _ = (folder / CASES).read_text(encoding="utf-8").partition("  - name: ten years")
    (folder / CASES).write_text(cases, encoding="utf-8")
    for output in (RUBRIC, CASES):
        assert kept(f"test {CASES} --mutants 20 --suggest -o {output} --force", folder)
    text = (folder / RUBRIC).read_text(encoding="utf-8")
    text = text.replace("partner: 10, unstated: 0", "partner: 10, unstated: 90")
    text = text.replace("  standing:\n", "  standing:\n    monotone: [safety]\n")
    (folder / RUBRIC).write_text(text, encoding="utf-8")
    for output in (RUBRIC, QUESTIONS):
        command = f"validate {RUBRIC} --save-counterexamples {output} --force"
        assert kept(command, folder)


def test_a_file_of_which_a_revision_is_read_is_kept(folder: Path) -> None:
    for command in ("init -q", "add .", "commit -q -m one"):
        subprocess.run([*GIT, *command.split()], check=True, capture_output=True)
    then = f"git:HEAD:{RUBRIC}"
    assert run(f"diff {then} {then}").exit_code == 0
    refused = run(f"diff {then} {then} -o {RUBRIC}")
    assert "this file is an input of the command" in str(refused.exception)
    assert (folder / RUBRIC).read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("is_symbolic", [True, False])
def test_a_file_is_kept_under_any_name(is_symbolic: bool, folder: Path) -> None:
    link = folder / "link.sql"
    if is_symbolic:
        link.symlink_to(RUBRIC)
    else:
        os.link(RUBRIC, link)
    for name in (link, "link.sql", folder / ".." / folder.name / "link.sql"):
        assert kept(f"assess city.yaml --rubric pledge -o {name}", folder)


def test_what_was_not_read_is_written_anew(folder: Path) -> None:
    for output in ("out.yaml", "report.md"):
        for _ in range(2):
            assert run(f"report city.yaml --rubric pledge -o {output}").exit_code == 0
    # What one run has read another may write.
    assert run("validate city.yaml").exit_code == 0
    assert run(f"init city.yaml --questionnaire {QUESTIONS} --force").exit_code == 0
    assert run(f"test . -o {os.devnull}").exit_code == 0
    assert run("sql pledge.yaml -o pledge.sql").exit_code == 0
    assert (folder / "pledge.sql").read_text(encoding="utf-8").startswith("/*")


def test_what_standard_input_was_led_from_is_kept(folder: Path) -> None:
    before = (folder / "city.yaml").read_bytes()
    command = [sys.executable, "-m", "maturity", "assess", "-", "-o", "city.yaml"]
    with (folder / "city.yaml").open("rb") as stream:
        done = subprocess.run(command, stdin=stream, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "this file is an input of the command" in done.stderr
    assert (folder / "city.yaml").read_bytes() == before
