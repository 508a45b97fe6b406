"""`maturity diff` as scripts see it: what changed, what comes out otherwise, and the version."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from maturity.cli import app as command_line

ROOT = Path(__file__).resolve().parents[2]
RUBRIC = ROOT / "rubrics/ppp-three-tier.yaml"
QUESTIONS = ROOT / "questionnaires/ppp-three-tier.yaml"
WEIGHT = "weight: 3, points: {public: 100, shared: 80,"
Change = Callable[[str], str]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line.app, ["diff", *arguments])


def changed(folder: Path, change: Change, model: Path = RUBRIC) -> str:
    """The path of a changed copy of a shipped model."""
    text = model.read_text(encoding="utf-8")
    after = change(text)
    assert after != text
    path = folder / "new.yaml"
    path.write_text(after, encoding="utf-8")
    return str(path)


def heavier(text: str) -> str:
    return text.replace(WEIGHT, WEIGHT.replace("3", "4"))


def raised(to: str) -> Change:
    return lambda text: text.replace('version: "1.0.0"', f'version: "{to}"')


def reworded(text: str) -> str:
    return text.replace("the deal is binding", "the deal binds")


def added(text: str) -> str:
    return text.replace(
        "  next-contract:\n", "  later: {en: Later, zh-Hant: 日後}\n  next-contract:\n"
    )


def no_longer_promised(text: str) -> str:
    return text.replace("    monotone: true\n", "", 1)


def renamed(text: str) -> str:
    return text.replace("in-use", "is-used")


@pytest.mark.parametrize(
    ("change", "grade", "kept", "enough"),
    [
        (heavier, "breaking", "1.9.9", "2.0.0"),
        (no_longer_promised, "editorial", "1.0.0", "1.0.1"),
        (renamed, "breaking", "1.1.0", "2.0.0"),
        (added, "additive", "1.0.1", "1.1.0"),
        (reworded, "editorial", "1.0.0", "1.0.1"),
    ],
)
def test_the_version_must_rise_as_the_change_demands(
    change: Change, grade: str, kept: str, enough: str, tmp_path: Path
) -> None:
    low = run(str(RUBRIC), changed(tmp_path, lambda text: raised(kept)(change(text))))
    assert (low.exit_code, grade in low.stdout, "M601" in low.stdout) == (1, True, True)
    high = run(str(RUBRIC), changed(tmp_path, lambda text: raised(enough)(change(text))))
    assert (high.exit_code, grade in high.stdout, "M601" in high.stdout) == (0, True, False)


def test_what_is_only_written_otherwise_is_no_change(tmp_path: Path) -> None:
    same = changed(tmp_path, lambda text: f"# said again\n{text}".replace("method: mean", ""))
    done = run(str(RUBRIC), same)
    assert done.exit_code == 0
    assert "0 changes" in done.stdout


def test_a_rename_is_told_as_one(tmp_path: Path) -> None:
    assert (
        "conditions.in-use: renamed to is-used"
        in run(str(RUBRIC), changed(tmp_path, renamed)).stdout
    )


def test_cities_and_cases_come_out_otherwise_by_a_rule(tmp_path: Path) -> None:
    new = changed(tmp_path, heavier)
    more = ("--questionnaire", str(QUESTIONS), "--format", "json")
    cities = ("--cities", str(ROOT / "examples/linknyc.yaml"))
    shipped = (ROOT / "rubrics/ppp-three-tier.cases.yaml").read_text(encoding="utf-8")
    few = "\n  - name: ".join(shipped.split("\n  - name: ")[:30])
    (tmp_path / "few.cases.yaml").write_text(few, encoding="utf-8")
    cases = ("--cases", str(tmp_path / "few.cases.yaml"))
    found = json.loads(run(str(RUBRIC), new, *cities, *cases, *more).stdout)
    assert found["changes"][0]["where"] == "scores.data-rights-gov.items.0.weight"
    assert found["subjects"] > len(found["affected"]) > 0
    effects = [effect for one in found["affected"] for effect in one["effects"]]
    assert {effect["rules"][0] for effect in effects} == {"score.data-rights-gov"}
    text = run(str(RUBRIC), new, *cities, *more[:2]).stdout
    assert "(by score.data-rights-gov)" in text


def test_an_option_that_is_gone_refuses_the_cities_that_chose_it(tmp_path: Path) -> None:
    new = changed(tmp_path, lambda text: text.replace("concession", "franchised"), QUESTIONS)
    rubric = tmp_path / "rubric.yaml"
    rubric.write_text(
        RUBRIC.read_text(encoding="utf-8").replace("concession", "franchised"), encoding="utf-8"
    )
    cities = ("--cities", str(ROOT / "examples"), "--rubric", str(rubric))
    done = run(new, str(QUESTIONS), *cities)
    assert done.exit_code == 1 or done.exception is not None


def test_a_revision_of_git_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git = [
        "git",
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    (tmp_path / "r.yaml").write_bytes(RUBRIC.read_bytes())
    for command in (["init", "-q"], ["add", "r.yaml"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    (tmp_path / "r.yaml").write_text(heavier(RUBRIC.read_text(encoding="utf-8")), encoding="utf-8")
    done = run("git:HEAD:r.yaml", "r.yaml")
    assert done.exit_code == 1
    assert "3 became 4" in done.stdout
    for wrong in ("git:nowhere:r.yaml", "git:HEAD:no.yaml", "git:HEAD", "git:--version:r.yaml"):
        assert isinstance(run(wrong, "r.yaml").exception, Exception)


def test_files_of_two_kinds_are_not_compared() -> None:
    assert run(str(RUBRIC), str(QUESTIONS)).exit_code != 0
    assert run(str(ROOT / "examples/makassar.yaml"), str(RUBRIC)).exit_code != 0
