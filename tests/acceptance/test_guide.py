"""The tutorial of the guide holds whole files: they are valid, and their cases pass."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
BLOCK: Final = re.compile(r"^```yaml file=(\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

HEAD: Final = """\
format: maturity/city@1
questionnaire: ppp-three-tier
city: {name: Example City, country: TW}
assessed: 2026-11-01
projects:
  - id: example
    name: Example
    domain: health
"""


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


@pytest.mark.parametrize("page", ["users.md", "zh-Hant/users.md"])
def test_the_forms_of_answers_in_the_guide_are_valid(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "guide" / page).read_text(encoding="utf-8")
    _, _, rest = text.partition("```yaml\n")
    answers, _, _ = rest.partition("```")
    city = HEAD + "".join(f"    {line}\n" for line in answers.splitlines())
    (tmp_path / "city.yaml").write_text(city, encoding="utf-8")
    done = _maturity("validate city.yaml --fail-level warning", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


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
    done = _maturity(command, tutorial)
    assert done.returncode == 0, done.stdout + done.stderr


def _maturity(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "maturity", *command.split()],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
