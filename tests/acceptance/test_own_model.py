"""A model of one's own, as `maturity init --rubric` makes it: its files find each other."""

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from maturity.base.errors import RefusedError
from maturity.cli.app import app

GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
QUESTIONS, RUBRIC, CASES = "pledge-questions.yaml", "pledge.yaml", "pledge.cases.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the model `pledge`."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "--rubric", "pledge").exit_code == 0
    return tmp_path


def refused(*arguments: str) -> str:
    """What is told where a command cannot use what it is given."""
    error = run(*arguments).exception
    assert isinstance(error, RefusedError)
    return "\n".join(f"{one.place}: {one.message}; {one.hint}" for one in error.diagnostics)


def rewritten(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def committed(folder: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*GIT, *command], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("scope", ["project", "city"])
def test_a_city_file_for_it_is_valid_and_assessed_at_once(folder: Path, scope: str) -> None:
    """Whether no question or every question is asked city-wide."""
    source = "    source: proposed\n"
    rewritten(folder / QUESTIONS, source, f"{source}    scope: {scope}\n")
    assert run("init", "--questionnaire", QUESTIONS, "city.yaml").exit_code == 0
    done = run("validate", "city.yaml")
    assert (done.exit_code, done.stdout) == (0, "")
    for named in ((), ("--rubric", "pledge"), ("--rubric", RUBRIC)):
        done = run("assess", "city.yaml", *named)
        assert done.exit_code == 0
        assert "3 of 3 questions are open" in done.stdout


def test_hidden_files_of_a_folder_are_left_to_other_programs(folder: Path) -> None:
    (folder / ".github").mkdir()
    for name in (".github/job.yml", ".pre-commit-config.yaml"):
        (folder / name).write_text("on: push\n", encoding="utf-8")
    assert run("validate", ".").exit_code == 0
    assert run("validate", ".github").exit_code == 1


def test_which_rubric_judges_a_city_must_be_clear(folder: Path) -> None:
    run("init", "--questionnaire", QUESTIONS, "city.yaml")
    (folder / "rubrics").mkdir()
    shutil.move(RUBRIC, "rubrics/own.yaml")
    assert run("assess", "city.yaml").exit_code == 0
    shutil.copy("rubrics/own.yaml", "other.yaml")
    told = run("assess", "city.yaml")
    assert told.exit_code == 3
    assert "several rubrics for the questionnaire 'pledge-questions'" in told.stderr
    assert "give --rubric PATH, one of other.yaml, rubrics/own.yaml" in told.stderr
    Path("rubrics/own.yaml").unlink()
    Path("other.yaml").write_text("# maturity/rubric@1\n[", encoding="utf-8")
    told = run("assess", "city.yaml")
    assert told.exit_code == 3
    assert "city.yaml:6:16: M106" in told.stderr
    assert "no rubric for the questionnaire 'pledge-questions'" in told.stderr
    assert "give --rubric PATH" in told.stderr
    assert "pledgee:1:1: M106" in run("assess", "city.yaml", "--rubric", "pledgee").stderr


def test_a_case_file_of_any_name_tests_the_rubric_of_its_id(folder: Path) -> None:
    text = (folder / CASES).read_text(encoding="utf-8")
    (folder / "tests").mkdir()
    (folder / "tests" / "found.cases.yaml").write_text(text, encoding="utf-8")
    assert "'pledge' near this file or among" in refused("test", "tests")
    (folder / "rubrics").mkdir()
    shutil.copy(RUBRIC, "rubrics")
    shutil.copy(QUESTIONS, "rubrics")
    shutil.move("tests/found.cases.yaml", "found.cases.yaml")
    for place in (".", "found.cases.yaml"):
        assert run("test", place).exit_code == 0
        assert run("validate", place).exit_code == 0


def test_what_proofs_and_mutants_give_runs_beside_the_rubric(folder: Path) -> None:
    kept, mark, _ = (folder / CASES).read_text(encoding="utf-8").partition("  - name: ten years")
    assert mark
    (folder / CASES).write_text(kept, encoding="utf-8")
    rewritten(folder / CASES, "score.safety.least: 0\n", "score.safety.least: 60\n")
    rewritten(folder / RUBRIC, "partner: 10, unstated: 0", "partner: 10, unstated: 90")
    rewritten(folder / RUBRIC, "  standing:\n", "  standing:\n    monotone: [safety]\n")
    assert run("test", CASES, "--mutants", "20", "--suggest", "-o", "s.cases.yaml").exit_code == 0
    run("validate", RUBRIC, "--save-counterexamples", "found.cases.yaml")
    for made in ("s.cases.yaml", "found.cases.yaml"):
        assert "rubric: pledge" in Path(made).read_text(encoding="utf-8")
    done = run("test", ".")
    assert " of 3 files: " in done.stderr
    assert "found.cases.yaml" in done.stdout  # it asks for what the rubric does not keep yet
    assert run("test", "s.cases.yaml").exit_code == 0


def test_a_revision_is_compared_with_what_lay_beside_it(folder: Path) -> None:
    committed(folder)
    for name in (QUESTIONS, RUBRIC):
        rewritten(folder / name, "partner:", "company:")
    rewritten(folder / CASES, "holder: partner", "holder: unstated")
    for name in (QUESTIONS, RUBRIC):
        done = run("diff", f"git:HEAD:{name}", name, "--cases", CASES)
        assert done.exit_code == 1
        assert "0 of 10 cities and cases come out otherwise" in done.stdout


def test_what_a_revision_has_not_is_taken_as_it_is_now(folder: Path) -> None:
    shutil.move(RUBRIC, "new.yaml")
    shutil.move(QUESTIONS, "old.yaml")
    committed(folder)
    shutil.move("new.yaml", RUBRIC)
    shutil.move("old.yaml", QUESTIONS)
    for name, was in ((RUBRIC, "new.yaml"), (QUESTIONS, "old.yaml")):
        done = run("diff", f"git:HEAD:{was}", name, "--cases", CASES)
        assert "0 of 10 cities and cases come out otherwise" in done.stdout


def test_questionnaires_are_compared_by_the_rubric_of_the_cases(folder: Path) -> None:
    (folder / "new").mkdir()
    shutil.copy(QUESTIONS, "new")
    run("init", "--questionnaire", QUESTIONS, "city.yaml")
    rewritten(folder / "new" / QUESTIONS, "range: [0, 50]", "range: [0, 9.5]")
    for subject in (("--cases", CASES), ("--cases", CASES, "--rubric", RUBRIC)):
        done = run("diff", QUESTIONS, f"new/{QUESTIONS}", *subject)
        assert "refused by the new version" in done.stdout
    done = run("diff", QUESTIONS, f"new/{QUESTIONS}", "--cities", "city.yaml", "--rubric", RUBRIC)
    assert "1 of 1 city or case comes out otherwise" in done.stdout
    done = run("diff", f"new/{QUESTIONS}", QUESTIONS, "--cities", "city.yaml")
    assert "1 of 1 city or case comes out otherwise" in done.stdout


NOTHING = "- name: nothing is known\n    answers: {duties: [export], years: {between: [0, 9]}}\n"
CITY = """\
format: maturity/city@1
questionnaire: pledge-questions
city: {name: {en: A, zh-Hant: 甲}, country: TW}
assessed: 2026-11-01
"""


@pytest.mark.parametrize(
    ("project", "told"),
    [
        ("weight: 0", "expected a number above 0, not 0 [wrong-value]"),
        ("weight: 1e10", "expected a number not above 1000000000, not 10000000000 [wrong-value]"),
        (
            "answers: {years: {between: [20, 10]}}",
            "error: the first number must not exceed the second [wrong-value]",
        ),
        (
            "answers: {years: {between: [1, 2, 3]}}",
            '"between" has 3 entries, and takes at most 2 [wrong-value]',
        ),
        (
            "answers: {years: [10]}",
            "hint: a list holds the options of a multi question; a number is written alone: 10",
        ),
        (
            "answers: {holder: {one-of: [public]}}",
            '"one-of" has 1 entry, and needs at least 2 [wrong-value]',
        ),
        (
            "answers: {holder: {one-of: []}}",
            "hint: name the options that are possible; where one is left, write it alone",
        ),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(folder: Path, project: str, told: str) -> None:
    head = "projects:\n  - {id: a, name: {en: A, zh-Hant: 甲}, domain: health, "
    (folder / "city.yaml").write_text(f"{CITY}{head}{project}}}\n", encoding="utf-8")
    assert told in run("validate", "city.yaml").stdout


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ("cases: []", '"cases" has no entry, and needs at least 1'),
        ("cases: [{name: a, expect: {}}]", '"expect" has no entry, and needs at least 1'),
        (
            "cases: [{name: a, expect: {score.safety.least: {in: []}}}]",
            '"in" has no entry, and needs at least 1',
        ),
    ],
)
def test_what_lacks_an_entry_is_named(folder: Path, cases: str, told: str) -> None:
    text = f"format: maturity/cases@1\nrubric: pledge\n{cases}\n"
    (folder / "x.cases.yaml").write_text(text, encoding="utf-8")
    assert told in run("validate", "x.cases.yaml").stdout


def test_of_an_empty_file_it_is_told_what_it_should_be(folder: Path) -> None:
    for name in ("a.cases.yaml", "b.yaml"):
        (folder / name).write_text("", encoding="utf-8")
    assert refused("test", "a.cases.yaml").endswith("; begin with `format: maturity/cases@1`")
    assert "begin with `format: maturity/rubric@1`" in refused("test", CASES, "--rubric", "b.yaml")
    told = run("validate", "a.cases.yaml", "b.yaml").stderr
    assert "begin with `format: maturity/cases@1`" in told
    assert "begin with `format: maturity/questionnaire@1 | maturity/rubric@1 | " in told


@pytest.mark.usefixtures("folder")
def test_every_case_file_that_is_missing_is_named() -> None:
    assert refused("test", "a", CASES, "b").count("cannot be read") == 2


def test_a_trace_of_a_case_ends_with_the_answer(folder: Path) -> None:
    rewritten(folder / CASES, "flag.holder-unstated: raised", "flags.raised: {exactly: []}")
    rewritten(folder / CASES, "check.G1: unknown", "score.safety.least: 1")
    rewritten(folder / CASES, "- name: nothing is known\n", NOTHING)
    told = run("test", CASES, "-v").stdout
    assert "expected exactly [], got holder-unstated" in told
    assert "answer (joint): The contract is silent\n" in told
    assert not [line for line in told.splitlines() if line.endswith("–")]
