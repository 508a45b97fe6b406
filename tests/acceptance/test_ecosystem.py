"""What runs the program elsewhere: the GitHub action, the pre-commit hooks, the guide's job."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CITY = (
    "format: maturity/city@1\nquestionnaire: ppp-three-tier\n"
    "city: {name: {en: Somewhere, zh-Hant: 某市}, country: TW}\nassessed: 2026-11-01\n"
    "projects: [{id: a, name: {en: A, zh-Hant: 甲}, domain: health, answers: {stage: idea}}]\n"
)


CASES = (
    "format: maturity/cases@1\nrubric: ppp-three-tier\n"
    "cases: [{name: a, answers: {stage: idea}, expect: {ladder.operating.confirmed: null}}]\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a valid city, and `maturity` on the path."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "maturity"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m maturity "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "cities").mkdir()
    (tmp_path / "cities" / "city.yaml").write_text(CITY, encoding="utf-8")
    (tmp_path / "cities" / "a.cases.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def bash(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does: it stops at the first failure."""
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PATH": path, **environment}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )


def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return found


def steps(folder: Path, **given: str) -> list[subprocess.CompletedProcess[str]]:
    """Run the steps of the action but for the installation."""
    inputs = {name: one["default"] for name, one in action()["inputs"].items()} | given
    done = []
    for step in action()["runs"]["steps"][1:]:
        names = {
            key: re.fullmatch(r"\$\{\{ inputs\.(\S+) \}\}", said)
            for key, said in step["env"].items()
        }
        env = {key: inputs[found[1]] for key, found in names.items() if found}
        assert len(env) == len(step["env"])
        done.append(bash(folder, step["run"], **env))
    return done


def test_the_action_passes_what_is_valid(folder: Path) -> None:
    validated, tested = steps(folder, paths=f"cities {ROOT / 'rubrics'}", cases="cities")
    assert (validated.returncode, validated.stdout) == (0, "")
    assert tested.returncode == 0, tested.stderr
    assert "1 case of 1 file: 0 expectations failed" in tested.stderr


def test_the_action_fails_with_a_command_a_finding(folder: Path) -> None:
    wrong = CITY.replace("stage", "stge").replace("health", "helth")
    (folder / "cities" / "city.yaml").write_text(wrong, encoding="utf-8")
    validated, tested = steps(folder, paths="cities")
    assert validated.returncode == 1
    assert "::error file=cities/city.yaml,line=5,col=" in validated.stdout
    assert (tested.returncode, tested.stdout) == (0, "")
    (folder / "cities" / "city.yaml").write_text(CITY.replace("health", "helth"), "utf-8")
    assert steps(folder, paths="cities")[0].returncode == 0
    assert steps(folder, **{"paths": "cities", "fail-level": "warning"})[0].returncode == 1


def test_paths_are_never_run_as_a_script(folder: Path) -> None:
    validated, _ = steps(folder, paths="cities $(touch run) ;touch run")
    assert validated.returncode == 3
    assert not (folder / "run").exists()


def test_the_hooks_run_commands_that_there_are(folder: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["maturity-validate", "maturity-test"]
    assert bash(folder, "maturity init --rubric pledge").returncode == 0
    (folder / ".github").mkdir()
    (folder / ".github" / "job.yml").write_text("on: push\n", encoding="utf-8")
    changed = ("pledge-questions.yaml", "pledge.yaml", "pledge.cases.yaml", "cities/city.yaml")
    for hook in hooks:
        assert all(is_for(hook, file) for file in changed)
        assert not is_for(hook, ".github/job.yml")
        assert bash(folder, command(hook, changed)).returncode == 0


def test_a_rubric_that_breaks_its_cases_stops_the_commit(folder: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert bash(folder, "maturity init --rubric pledge").returncode == 0
    rubric = folder / "pledge.yaml"
    text = rubric.read_text(encoding="utf-8")
    rubric.write_text(text.replace("at_least: 10", "at_least: 11"), encoding="utf-8")
    done = [bash(folder, command(hook, ["pledge.yaml"])).returncode for hook in hooks]
    assert done == [0, 1]


def is_for(hook: dict[str, Any], file: str) -> bool:
    """Whether pre-commit runs a hook when this YAML file changed."""
    return bool(re.search(hook.get("files", ""), file)) and not re.search(hook["exclude"], file)


def command(hook: dict[str, Any], changed: Iterable[str]) -> str:
    """What pre-commit runs for files that changed."""
    files = changed if hook.get("pass_filenames", True) else ()
    return shlex.join([*hook["entry"].split(), *hook.get("args", ()), *files])


def test_the_job_for_gitlab_in_the_guide_writes_its_report(folder: Path) -> None:
    guide = (ROOT / "docs" / "guide" / "ci.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    block = next(one for one in blocks if "codequality" in one)
    job = yaml.safe_load(block)["maturity"]
    shutil.copytree(ROOT / "rubrics", folder / "rubrics")
    done = bash(folder, "\n".join(job["script"][1:]))
    assert done.returncode == 0, done.stderr
    report = folder / job["artifacts"]["reports"]["codequality"]
    assert report.read_text("utf-8") == "[]\n"
