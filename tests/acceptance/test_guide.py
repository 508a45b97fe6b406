"""Every command of the tutorial runs on the files that the page holds; answers shown are valid."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import yaml

ROOT: Final = Path(__file__).resolve().parents[2]
BLOCK: Final = re.compile(r"^```(\S[^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMIT: Final = (
    "git init -q -b main",
    "git add .",
    "git -c user.name=A -c user.email=a@example.org commit -q -m model",
    "git update-ref refs/remotes/origin/main HEAD",
)

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
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which `maturity` is this program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "maturity"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m maturity "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("page", ["users.md", "zh-Hant/users.md"])
def test_the_forms_of_answers_in_the_guide_are_valid(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "guide" / page).read_text(encoding="utf-8")
    _, _, rest = text.partition("```yaml\n")
    answers, _, _ = rest.partition("```")
    city = HEAD + "".join(f"    {line}\n" for line in answers.splitlines())
    (tmp_path / "city.yaml").write_text(city, encoding="utf-8")
    done = _maturity("validate city.yaml --fail-level warning", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_of_the_tutorial_does_what_the_page_shows(
    tmp_path: Path, shell: dict[str, str]
) -> None:
    """File blocks are written, or added to what is there, and commands run, in the page's order."""
    folder = tmp_path / "work"
    folder.mkdir()
    blocks = BLOCK.findall(_page())
    assert [kind for kind, _ in blocks].count("console") > 5
    for kind, text in blocks:
        if kind == "console":
            _run_all(text, folder, shell)
        elif kind.startswith("yaml file="):
            with (folder / kind.removeprefix("yaml file=")).open("a", encoding="utf-8") as file:
                file.write(text)


def test_every_step_of_the_job_succeeds(tmp_path: Path, shell: dict[str, str]) -> None:
    """On the model of the first section, committed, with the cases that the page adds."""
    [job] = [text for kind, text in BLOCK.findall(_page()) if kind == "yaml ci"]
    steps = yaml.safe_load(job)["jobs"]["model"]["steps"]
    commands = [step["run"] for step in steps if step.get("run", "").startswith("maturity")]
    assert len(commands) == 3
    folder = tmp_path / "work"
    folder.mkdir()
    _run_all("$ maturity init --rubric pledge\n", folder, shell)
    added = [text for kind, text in BLOCK.findall(_page()) if kind == "yaml file=pledge.cases.yaml"]
    with (folder / "pledge.cases.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(added))
    for command in (*COMMIT, *commands):
        _run_all(f"$ {command}\n", folder, shell)


PAGES: Final = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target in LINK.findall(_prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        led = (page.parent / path).resolve() if path else page
        assert led.exists(), target
        assert not anchor or anchor in _anchors(led), target


def test_the_job_of_the_guide_runs_where_nothing_is_prepared(
    tmp_path: Path, shell: dict[str, str]
) -> None:
    """On a model of one's own, and a city for it."""
    [job] = [text for kind, text in BLOCK.findall(_page("ci.md")) if kind == "sh"]
    _run_all("$ maturity init --rubric pledge rubrics\n", tmp_path, shell)
    city = "maturity init --questionnaire rubrics/pledge-questions.yaml cities/a.yaml"
    _run_all(f"$ mkdir cities questionnaires\n$ {city}\n", tmp_path, shell)
    (tmp_path / "rubrics" / "pledge-questions.yaml").rename(
        tmp_path / "questionnaires" / "pledge-questions.yaml"
    )
    (tmp_path / "job.sh").write_text(job, encoding="utf-8")
    _run_all("$ sh job.sh\n", tmp_path, shell)
    assert [one.name for one in (tmp_path / "results").iterdir()] == ["a.json"]


def _prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def _anchors(page: Path) -> set[str]:
    """What GitHub makes of the headings: small letters, hyphens for spaces, no other marks."""
    heads = re.findall(r"^#+ +(.+?) *$", _prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def _page(name: str = "rubrics.md") -> str:
    return (ROOT / "docs" / "guide" / name).read_text(encoding="utf-8")


def _run_all(block: str, folder: Path, shell: dict[str, str]) -> None:
    """Run the commands of a block; every line shown below one is told by it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, *shown = part.rstrip("\n").split("\n")
        command, _, comment = line.partition("  # exit code ")
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=folder,
            env=shell,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        told = done.stdout + done.stderr
        assert done.returncode == int(comment or 0), f"{command}\n{told}"
        assert set(shown) <= set(told.splitlines()), f"{command}\n{told}"


def _maturity(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "maturity", *command.split()],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
