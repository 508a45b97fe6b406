"""The command line as scripts see it: exit codes, standard output and error, files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import wcwidth
from typer.testing import CliRunner, Result

from maturity.cli import app as command_line

ROOT = Path(__file__).resolve().parents[2]
MAKASSAR = str(ROOT / "examples/makassar.yaml")
CITY = """\
format: maturity/city@1
questionnaire: ppp-three-tier
city: {name: Somewhere}
assessed: 2026-11-01
projects:
  - id: one
    name: One
    domain: lighting
    answers: {stage: service, legal-form: purchase}
"""


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(command_line.app, list(arguments), input=text)


def process(*arguments: str, **more: object) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own, through `main`."""
    command = [sys.executable, "-m", "maturity", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A small city file in a folder of its own."""
    path = tmp_path / "city.yaml"
    path.write_text(CITY, encoding="utf-8")
    return path


def test_an_assessment_is_told() -> None:
    done = run("assess", MAKASSAR)
    assert done.exit_code == 0
    assert "Dottoro'ta" in done.stdout


def test_standard_input_is_read() -> None:
    done = run("assess", "-", "--format", "json", text=CITY)
    assert json.loads(done.stdout)["input"]["path"] == "<stdin>"


def test_the_result_has_the_published_form() -> None:
    schema = json.loads(run("schema", "result").stdout)
    result = json.loads(run("assess", MAKASSAR, "--format", "json").stdout)
    jsonschema.Draft202012Validator(schema).validate(result)
    assert result["format"] == "maturity/result@1"
    project = result["projects"][0]
    assert project["ladders"]["operating"] == {"confirmed": "T1", "possible": "T1"}
    assert set(project["coverage"]) >= {"asked", "answered", "unknown", "evidenced"}
    assert all(flag["status"] in ("raised", "watched", "possible") for flag in project["flags"])


def test_several_files_are_one_json_document() -> None:
    done = run("assess", MAKASSAR, MAKASSAR, "--format", "json")
    results = json.loads(done.stdout)
    assert len(results) == 2
    schema = json.loads(run("schema", "result").stdout)
    assert "array of results" in schema["description"]
    for result in results:
        jsonschema.Draft202012Validator(schema).validate(result)


def test_one_bad_file_of_several_does_not_stop_the_others(city: Path) -> None:
    bad = city.with_name("bad.yaml")
    bad.write_text(CITY.replace("stage: service", "stage: servce"), encoding="utf-8")
    done = run("assess", str(bad), str(city))
    assert done.exit_code == 3
    assert "Somewhere" in done.stdout
    assert "bad.yaml:9:22: M107 error" in done.stderr
    assert "did you mean" in done.stderr


def test_with_a_bad_file_nothing_is_written(city: Path) -> None:
    bad = city.with_name("bad.yaml")
    bad.write_text("format: maturity/city@1\n", encoding="utf-8")
    done = run("assess", str(bad), str(city), "-o", str(city.with_name("out.txt")))
    assert done.exit_code == 3
    assert not city.with_name("out.txt").exists()


@pytest.mark.parametrize(
    ("gate", "code"), [("undetermined", 1), ("critical", 0), ("no-deal", 0), ("info", 1)]
)
def test_gates(gate: str, code: int) -> None:
    done = run("assess", MAKASSAR, "--fail-on", gate, "--quiet")
    assert done.exit_code == code


def test_an_unknown_gate_is_wrong_usage() -> None:
    done = process("assess", MAKASSAR, "--fail-on", "critcal")
    assert done.returncode == 2
    assert "did you mean 'critical'" in done.stderr


def test_a_report_is_written_in_either_language(tmp_path: Path) -> None:
    for language, title in (("en", "# Advisory report"), ("zh-Hant", "# 評估諮詢報告")):
        target = tmp_path / f"{language}.md"
        done = run("report", MAKASSAR, "--lang", language, "-o", str(target))
        assert (done.exit_code, done.stdout) == (0, "")
        assert target.read_text(encoding="utf-8").startswith(title)


@pytest.mark.parametrize(
    ("language", "open_", "ends"),
    [
        ("en", "**Verdict**: not settled\n", " Aligned\n"),
        ("zh-Hant", "**綜合判定**：尚未確定\n", "；相符\n"),
    ],
)
def test_a_brief_says_that_a_verdict_is_open(language: str, open_: str, ends: str) -> None:
    done = run("report", MAKASSAR, "--template", "brief", "--lang", language)
    head, _, rest = done.stdout.partition(open_)
    assert head.count("###") == 1
    assert rest.split("\n")[0].endswith(ends.strip())


def test_a_firms_own_template(tmp_path: Path) -> None:
    template = tmp_path / "own.md.jinja"
    template.write_text("plain text\n", encoding="utf-8")
    done = run("report", MAKASSAR, "--template", str(template))
    assert done.stdout == "plain text\n"


@pytest.mark.parametrize("what", ["operating", "ladder.operating", "G10a", "verdict", "finance"])
def test_values_are_explained(what: str) -> None:
    done = run("explain", MAKASSAR, what)
    assert done.exit_code == 0
    assert "makassar.yaml:" in done.stdout or "not answered in the file" in " ".join(
        done.stdout.split()
    )


def test_where_nothing_has_the_name_the_nearest_are_told_and_how_many_there_are() -> None:
    names = [line.split()[0] for line in run("explain", MAKASSAR).stdout.splitlines()]
    assert {"ladder.operating", "check.G10a", "flag.exit-unstated"} <= set(names)
    told = process("explain", MAKASSAR, "nonsense").stderr
    known, _, more = told.partition("there is: ")[2].partition(", and ")
    assert {"openness", "no-privacy-assessment"} <= set(known.split(", "))  # a score, a flag
    bare = {name.partition(".")[2] for name in names}
    assert int(more.split()[0]) + len(known.split(", ")) == len(bare)
    assert "G1, G2, " in process("explain", MAKASSAR, "check.X").stderr
    assert run("explain", MAKASSAR, "flag.exit-unstated").exit_code == 0


@pytest.mark.parametrize("source", ["option", "environment"])
def test_a_wrong_value_is_told_plainly_with_where_it_was_set(source: str) -> None:
    if source == "option":
        done = run("validate", MAKASSAR, "--fail-level", "grave")
        told = "Error: Invalid value for '--fail-level': 'grave' is not one of 'error', 'warning',"
    else:
        variables = {"MATURITY_FAIL_LEVEL": "grave"}
        done = CliRunner().invoke(command_line.app, ["validate", MAKASSAR], env=variables)
        told = "Error: Invalid value for the environment variable MATURITY_FAIL_LEVEL: 'grave' is"
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Value error" not in run("batch", MAKASSAR, "--assessed", "today").stderr


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_an_explanation_keeps_to_the_width(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = ("explain", MAKASSAR, "data-rights-gov", "--lang", language)
    for columns in ("60", "80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        told = run(*asked).stdout
        assert run(*asked, "-o", str(tmp_path / "why.txt")).exit_code == 0
        assert (tmp_path / "why.txt").read_text(encoding="utf-8") == told
        widest = max(map(wcwidth.wcswidth, told.splitlines()))
        assert 0.8 * int(columns) < widest <= int(columns)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("operatin",), "did you mean 'operating'"), (("operating", "--project", "x"), "no project")],
)
def test_what_cannot_be_explained_is_wrong_usage(arguments: tuple[str, ...], said: str) -> None:
    done = process("explain", MAKASSAR, *arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_new_city_file_is_valid_and_can_be_assessed(tmp_path: Path, language: str) -> None:
    made = tmp_path / "new.yaml"
    assert run("init", str(made), "--lang", language).exit_code == 0
    assert run("validate", str(made)).exit_code == 0
    assert run("assess", str(made), "--fail-on", "undetermined").exit_code == 1


def test_a_new_city_file_replaces_nothing_unless_forced(city: Path) -> None:
    refused = process("init", str(city))
    assert refused.returncode == 3
    assert "M901" in refused.stderr
    assert run("init", str(city), "--force").exit_code == 0
    assert "unknown" in city.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_new_model_is_faultless_and_its_cases_hold(tmp_path: Path, language: str) -> None:
    made = run("init", "--rubric", "desk", str(tmp_path), "--lang", language)
    assert made.exit_code == 0
    names = ["desk-questions.yaml", "desk.cases.yaml", "desk.yaml"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert run("validate", str(tmp_path), "--fail-level", "info").exit_code == 0
    assert run("test", str(tmp_path), "--min-coverage", "100", "--min-caught", "95").exit_code == 0


def test_the_comments_of_a_new_model_are_in_the_language_asked_for(tmp_path: Path) -> None:
    for language in ("en", "zh-Hant"):
        assert run("init", "--rubric", language, str(tmp_path), "--lang", language).exit_code == 0
    english, chinese = (tmp_path / f"{one}.yaml" for one in ("en", "zh-Hant"))
    assert "# The judgement over en-questions.yaml." in english.read_text(encoding="utf-8")
    assert "# 對 zh-Hant-questions.yaml 的評分準則。" in chinese.read_text(encoding="utf-8")


def test_the_folder_of_a_new_model_is_made(tmp_path: Path) -> None:
    assert run("init", "--rubric", "desk", str(tmp_path / "new" / "model")).exit_code == 0
    assert len(list((tmp_path / "new" / "model").iterdir())) == 3
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused = run("init", "--rubric", "desk", str(tmp_path / "file" / "model"))
    assert refused.exit_code != 0
    assert "cannot be written" in str(refused.exception)


def test_a_new_model_replaces_nothing_unless_forced(tmp_path: Path) -> None:
    there = tmp_path / "desk.cases.yaml"
    there.write_text("mine", encoding="utf-8")
    refused = process("init", "--rubric", "desk", str(tmp_path))
    assert refused.returncode == 3
    assert "desk.cases.yaml:1:1: M901" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["desk.cases.yaml"]
    assert run("init", "--rubric", "desk", str(tmp_path), "--force").exit_code == 0
    assert there.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "name the city file to make"),
        (["--rubric", "1st"], "no id for a rubric"),
        (["--rubric", "x" * 55], "at most 54 characters"),
        (["--rubric", "desk", "--questionnaire", "ppp-three-tier"], "a questionnaire of its own"),
    ],
)
def test_what_cannot_be_made_is_wrong_usage(arguments: list[str], why: str, tmp_path: Path) -> None:
    done = process("init", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert why in done.stderr
    assert not list(tmp_path.iterdir())


def test_validation_tells_every_finding(city: Path) -> None:
    city.write_text(CITY.replace("stage:", "stge:").replace("lighting", "lightin"), "utf-8")
    done = run("validate", str(city.parent))
    assert done.exit_code == 1
    assert "M104 error" in done.stdout
    assert "warning" in done.stdout


def test_an_unreadable_file_is_told_and_refused(tmp_path: Path) -> None:
    done = run("validate", str(tmp_path / "missing.yaml"))
    assert done.exit_code == 3
    assert "missing.yaml:1:1: M001 error" in done.stderr


def test_rules_lists_and_tells() -> None:
    assert "M104" in run("rules").stdout
    assert "unknown-question" in run("rules", "m104").stdout
    assert "為何重要" in run("rules", "M104", "--lang", "zh-Hant").stdout
    assert process("rules", "unknown-questio").returncode == 2


def test_the_shipped_models_are_listed() -> None:
    assert "ppp-three-tier" in run("list").stdout
    assert "三層次" in run("list", "--lang", "zh-Hant").stdout


def test_the_worked_cases_run(tmp_path: Path) -> None:
    cases = tmp_path / "ppp-three-tier.cases.yaml"
    cases.write_text(
        "format: maturity/cases@1\nrubric: ppp-three-tier\ncases:\n"
        "  - {name: one, answers: {stage: idea}, expect: {ladder.operating.possible: T1}}\n",
        encoding="utf-8",
    )
    done = run("test", str(cases))
    assert done.exit_code == 1
    assert "ladder.operating.possible" in done.stdout
    assert process("test", str(tmp_path / "nothing")).returncode == 3


@pytest.mark.parametrize("option", ["--rubric", "--questionnaire"])
def test_a_model_that_is_not_there_is_told_with_the_nearest(option: str, city: Path) -> None:
    done = process("assess", str(city), option, "ppp-three-tir")
    assert done.returncode == 3
    assert "did you mean 'ppp-three-tier'" in done.stderr


def test_models_are_taken_from_paths(city: Path) -> None:
    rubric = str(ROOT / "rubrics/ppp-three-tier.yaml")
    assert run("assess", str(city), "--rubric", rubric).exit_code == 0


def test_help_and_version_are_quick_words() -> None:
    assert run("--version").stdout.startswith("maturity ")
    assert "assess" in run("--help").stdout
    assert run("asess", MAKASSAR).exit_code == 2


def test_a_fault_of_ours_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(command_line, "app", fail)
    with pytest.raises(SystemExit) as stopped:
        command_line.main()
    assert stopped.value.code == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m maturity report {MAKASSAR} | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_the_locale_changes_no_byte(locale: str) -> None:
    environment = {**os.environ, "LC_ALL": locale, "PYTHONHASHSEED": str(len(locale))}
    told = process("report", MAKASSAR, "--lang", "zh-Hant", env=environment, encoding="utf-8")
    here = run("report", MAKASSAR, "--lang", "zh-Hant")
    assert told.stdout == here.stdout
