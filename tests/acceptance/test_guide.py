"""The tutorial of the guide holds whole files: they are valid, and their cases pass."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
BLOCK: Final = re.compile(r"^```yaml file=(\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def tutorial(tmp_path: Path) -> Path:
    """A folder with the files that the page holds; the pieces of one file follow each other."""
    page = (ROOT / "docs" / "guide" / "rubrics.md").read_text(encoding="utf-8")
    pieces: dict[str, list[str]] = {}
    for name, piece in BLOCK.findall(page):
        pieces.setdefault(name, []).append(piece)
    for name, parts in pieces.items():
        (tmp_path / name).write_text("\n".join(parts), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "validate desk-questions.yaml desk.yaml desk.cases.yaml city.yaml",
        "test desk.cases.yaml --questionnaire desk-questions.yaml",
        "assess city.yaml --rubric desk.yaml",
        "explain city.yaml standing --rubric desk.yaml",
    ],
)
def test_every_command_of_the_tutorial_succeeds(tutorial: Path, command: str) -> None:
    page = (ROOT / "docs" / "guide" / "rubrics.md").read_text(encoding="utf-8")
    assert f"$ maturity {command}\n" in page
    done = subprocess.run(
        [sys.executable, "-m", "maturity", *command.split()],
        cwd=tutorial,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
