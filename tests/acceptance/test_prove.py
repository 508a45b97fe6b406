"""`validate --prove` from the command line: what it finds, shows, saves and refuses."""

import json
import shutil
import sys
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from tests.making.shipped import Models, planned, read_model
from tests.making.small import values_of
from typer.testing import CliRunner, Result

from maturity.cli.app import app, main
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric

ROOT: Final = Path(__file__).resolve().parents[2]
BROKEN: Final = ROOT / "tests" / "broken"
NAME: Final = "ppp-three-tier.yaml"

DEAD_FLAG: Final = """\
  planted:
    name: Planted
    theme: data-rights
    severity: warning
    when: {all: [{answer: data-owner, in: [no-data]}, {answer: derived-data, in: [partner]}]}
    means: Data that there is not belongs to the partner.
    action: Look again.
    source: proposed
"""
UNREACHED: Final = "            - {answer: data-owner, in: [partner]}\n"
FALLING: Final = "      - {when: {answer: exit-plan, in: [tested]}, yes: 0, no: 100, weight: 5}\n"


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, ["validate", *arguments], input=given)


def findings(done: Result) -> dict[str, list[dict[str, Any]]]:
    """The findings of a run with `--format json`, by code."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(done.stdout)["findings"]:
        found.setdefault(one["code"], []).append(one)
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the questionnaire of the broken files."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(BROKEN / "base" / "questionnaire.yaml", tmp_path / "base.yaml")
    return tmp_path


def broken(name: str, folder: Path) -> Path:
    (path,) = BROKEN.glob(f"{name}-*.yaml")
    return Path(shutil.copy(path, folder / f"{name}.yaml"))


def after(text: str, planted: str, *marks: str) -> str:
    """The text with lines planted behind the last of these marks, which follow each other."""
    head, rest = "", text
    for mark in marks:
        before, found, rest = rest.partition(mark)
        assert found, mark
        head += before + found
    return head + planted + rest


@pytest.fixture
def flagship(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the flagship, and three faults planted among its rules."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "questionnaires", tmp_path / "questionnaires")
    text = (ROOT / "rubrics" / NAME).read_text(encoding="utf-8")
    text = after(text, DEAD_FLAG, "\nflags:\n")
    text = after(text, UNREACHED, "\n  supported:", "      - id: T3", "          all:\n")
    text = after(text, FALLING, "\n  exit-gov:", "    items:\n")
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / NAME).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.untraced
def test_what_is_planted_in_the_flagship_is_found_and_the_engine_agrees(flagship: Path) -> None:
    rubric = f"rubrics/{NAME}"
    done = run(rubric, "--format", "json", "--save-counterexamples", "found.yaml")
    assert done.exit_code == 1, done.output
    found = findings(done)
    asked = read_model(flagship / "questionnaires" / NAME, Questionnaire)
    models = planned(asked, read_model(flagship / rubric, Rubric))

    (dead,) = found["M806"]
    assert '"planted"' in dead["message"]
    assert "flags.planted.when.all.0" in dead["hint"]
    assert f"(questionnaires/{NAME}:" in dead["hint"]
    assert surely_false(models, "flag.planted", "data-owner", "derived-data")

    (tier,) = (one for one in found["M801"] if '"T3" of the ladder "supported"' in one["message"])
    assert "ladders.supported.levels.0.when" in tier["hint"]
    assert "ladders.supported.levels.2.when" in tier["hint"]
    assert surely_false(models, "ladder.supported.T3", "data-owner")

    (fall,) = (one for one in found["M814"] if '"exit-gov"' in one["message"])
    assert fall["hint"].startswith("exit-plan from ")
    judged = CliRunner().invoke(app, ["test", "found.yaml", "--rubric", rubric, "--format", "json"])
    cases = {one["name"]: one["failures"] for one in json.loads(judged.stdout)["files"][0]["cases"]}
    assert cases["score.exit-gov before a better answer to exit-plan"] == []
    (failure,) = cases["score.exit-gov after a better answer to exit-plan"]
    assert failure["got"] < failure["expected"]["at_least"]


def surely_false(models: Models, key: str, *questions: str) -> bool:
    """For every answer to some questions, whatever the others are, a value is false."""
    options = [models.bundle.shapes[name].options for name in questions]
    return all(
        values_of(models, answers=dict(zip(questions, chosen, strict=True))).truth(key) is False
        for chosen in product(*options)
    )


@pytest.mark.parametrize(
    ("format_", "shown"),
    [
        ("text", "M806.yaml:8:3: M806 error: no answers raise the flag"),
        ("json", '"code": "M806"'),
        ("github", "::error file=M806.yaml,line=8,col=3,title=M806 dead-flag::"),
        ("gitlab", '"check_name": "M806 dead-flag"'),
        ("sarif", '"ruleId": "M806"'),
        ("junit", 'type="M806 dead-flag"'),
    ],
)
def test_every_format_shows_what_is_refuted(folder: Path, format_: str, shown: str) -> None:
    broken("M806", folder)
    done = run("M806.yaml", "--prove", "--format", format_)
    assert done.exit_code == 1
    assert shown in done.stdout


def test_a_line_says_how_much_was_proved_and_json_too(folder: Path) -> None:
    broken("M811", folder)
    done = run("M811.yaml", "base.yaml", "--prove", "--format", "json")
    assert done.exit_code == 0
    told: Mapping[str, Any] = json.loads(done.stdout)["proofs"]
    assert told["claims"] == told["proven"] + told["refuted"] + told["remarks"] + told["undecided"]
    assert (told["rubrics"], told["refuted"], told["remarks"], told["undecided"]) == (1, 0, 1, 0)
    assert told["seconds"] >= 0
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"{told['proven']} of {told['claims']} claims proved over all possible")
    assert last.endswith("0 refuted, 0 undecided, 1 does not hold and need not")
    assert "proofs" not in json.loads(run("M811.yaml", "--format", "json").stdout)
    assert run("M811.yaml", "--prove", "--quiet").output == ""


def test_a_rubric_that_is_refused_and_other_files_are_not_proved(folder: Path) -> None:
    text = broken("M806", folder).read_text(encoding="utf-8")
    (folder / "M806.yaml").write_text(text.replace("stage", "stagg"), encoding="utf-8")
    (folder / "no.yaml").write_text("a: [", encoding="utf-8")
    done = run(".", "--prove", "--format", "json")
    assert done.exit_code == 3
    assert findings(done).keys() == {"M004", "M104"}
    assert json.loads(done.stdout)["proofs"]["rubrics"] == 0


def test_standard_input_is_proved_beside_its_questionnaire(folder: Path) -> None:
    text = broken("M806", folder).read_text(encoding="utf-8")
    done = run("--prove", "--stdin-filename", "new.yaml", given=text)
    assert "new.yaml:8:3: M806 error" in done.stdout


def test_a_suppression_of_proofs_counts_only_where_there_are_proofs(folder: Path) -> None:
    path = broken("M806", folder)
    text = path.read_text(encoding="utf-8").replace("M319 short", "M319,M806 kept for the next law")
    path.write_text(text, encoding="utf-8")
    assert run("M806.yaml").stderr.endswith("0 errors, 0 warnings, 0 info, 1 suppressed\n")
    done = run("M806.yaml", "--prove")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "2 suppressed" in done.stderr
    path.write_text(text.replace("in: [plan]", "in: [running]"), encoding="utf-8")
    assert run("M806.yaml").stdout == ""
    assert "M701 warning: M806 dead-flag is suppressed here" in run("M806.yaml", "--prove").stdout


def test_settings_that_ignore_proofs_are_idle_only_where_there_are_proofs(folder: Path) -> None:
    broken("M811", folder)
    settings = 'paths = ["M811.yaml"]\n[ignore]\nM806 = "not ours to change"\n'
    (folder / "maturity.toml").write_text(settings, encoding="utf-8")
    assert run().stdout == ""
    assert "M701 warning: M806 dead-flag is suppressed here" in run("--prove").stdout


def test_counterexamples_fail_until_the_rubric_is_mended(folder: Path) -> None:
    path = broken("M815", folder)
    run("M815.yaml", "--save-counterexamples", "found.yaml")
    tested = ["test", "found.yaml", "--rubric", "M815.yaml"]
    done = CliRunner().invoke(app, tested)
    assert done.exit_code == 1
    assert "ladder.tier.confirmed: expected in T1, got null" in done.stdout
    mended = path.read_text(encoding="utf-8").replace("in: [plan]", "in: [plan, running]")
    path.write_text(mended, encoding="utf-8")
    assert CliRunner().invoke(app, tested).exit_code == 0


def test_answers_without_an_outcome_are_a_counterexample(folder: Path) -> None:
    broken("M804", folder)
    run("M804.yaml", "--save-counterexamples", "found.yaml")
    done = CliRunner().invoke(app, ["test", "found.yaml", "--rubric", "M804.yaml"])
    assert "decision.verdict.confirmed: expected in kept|missing, got null" in done.stdout


def test_a_file_that_is_there_is_replaced_only_by_force(folder: Path) -> None:
    broken("M814", folder)
    (folder / "found.yaml").write_text("mine\n", encoding="utf-8")
    save = ("M814.yaml", "--save-counterexamples", "found.yaml")
    refused = CliRunner().invoke(app, ["validate", *save])
    assert refused.exit_code != 0
    assert "M814 error" in refused.stdout
    assert (folder / "found.yaml").read_text(encoding="utf-8") == "mine\n"
    done = run(*save, "--force")
    assert done.exit_code == 1
    assert "found.yaml: counterexamples saved" in done.stderr
    assert "maturity/cases@1" in (folder / "found.yaml").read_text(encoding="utf-8")
    again = run(".", "--save-counterexamples", "found.yaml", "--force")  # which it reads, too
    assert again.exit_code == 1
    assert "M814 error" in again.stdout
    assert "found.yaml: counterexamples saved" in again.stderr


def test_nothing_is_written_where_there_is_no_counterexample(folder: Path) -> None:
    broken("M811", folder)
    done = run("M811.yaml", "--save-counterexamples", "found.yaml")
    assert "found.yaml: no counterexample, nothing written" in done.stderr
    assert not (folder / "found.yaml").exists()


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of the program, with whatever becomes of an exception."""
    monkeypatch.setattr(sys, "argv", ["maturity", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)


def test_counterexamples_of_two_rubrics_do_not_go_into_one_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("M814", "M815"):
        broken(name, folder)
    command = ("validate", "M814.yaml", "M815.yaml", "--save-counterexamples", "found.yaml")
    assert ended(monkeypatch, *command) == 2
    assert "a case file tests one rubric" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["validate M806.yaml --prove", "test more.yaml --suggest"])
def test_without_the_solver_the_program_says_what_to_install(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    broken("M806", folder)
    case = "{name: A, expect: {flag.early: absent}, answers: {stage: plan}}"
    cases = f"format: maturity/cases@1\nrubric: broken\ncases: [{case}]\n"
    (folder / "more.yaml").write_text(cases, encoding="utf-8")
    for name in [name for name in sys.modules if name.startswith("maturity.engines.prove.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    rubric = ["--rubric", "M806.yaml"] if command.startswith("test") else []
    assert ended(monkeypatch, *command.split(), *rubric) == 2
    assert "pip install 'maturity-ppp[prove]'" in capsys.readouterr().err
