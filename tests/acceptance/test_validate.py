"""`maturity validate` from outside: suppressions, settings, formats, standard input, many files."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from maturity.base.errors import RefusedError
from maturity.cli.app import app

CITY = """\
format: maturity/city@1
questionnaire: ppp-three-tier
city: {name: {en: Somewhere, zh-Hant: 某市}, country: TW}
assessed: 2026-11-01
projects:
  - id: lamps
    name: {en: Lamps, zh-Hant: 路燈}
    domain: lightin
    answers:
      stge: idea
"""
SHIPPED = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one faulty city file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city.yaml").write_text(CITY, encoding="utf-8")
    return tmp_path


def run(*arguments: str, given: str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(app, ["validate", *arguments], input=given, env=environment)


def codes(*arguments: str, **environment: str) -> list[str]:
    document = json.loads(run(*arguments, "--format", "json", **environment).stdout)
    return [one["code"] for one in document["findings"]]


@pytest.mark.usefixtures("folder")
def test_a_finding_shows_its_line_with_a_mark_under_the_fault() -> None:
    done = run("city.yaml")
    assert done.exit_code == 1
    entry = done.stdout.splitlines()[-4:]
    assert entry[0].startswith("city.yaml:10:7: M104 error: ")
    assert entry[0].endswith("[unknown-question]")
    assert entry[1] == '  hint: did you mean "stage"?'
    assert entry[2].index("stge") == entry[3].index("^")


def test_the_mark_stands_under_the_fault_behind_wide_and_hidden_characters(folder: Path) -> None:
    line = '  - {id: x, name: {en: "\u202eA", zh-Hant: 某某}, domain: lightin}'
    text = CITY.partition("  - id")[0] + line + "\n"
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    shown, mark = run("city.yaml").stdout.splitlines()[-2:]
    assert "\u202e" not in shown
    assert "\ufffd" in shown
    assert len(mark) - 1 == shown.index("lightin") + 2  # two characters take two cells


def test_a_comment_with_a_reason_suppresses_and_is_counted(folder: Path) -> None:
    text = CITY.replace("lightin\n", "lightin  # maturity: ignore M114 the city's own word\n")
    text = text.replace(
        "      stge", "      # maturity: ignore M104, M107 asked next year\n      stge"
    )
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    done = run("city.yaml")
    assert "M701 warning: M107 unknown-option is suppressed here" in done.stdout
    assert "M104 error" not in done.stdout
    assert "1 warning, 0 info, 2 suppressed" in done.stderr
    assert done.exit_code == 0


def test_a_whole_file_is_suppressed_from_its_top(folder: Path) -> None:
    text = f"# maturity: ignore-file M114 the city has words of its own\n{CITY}"
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    assert codes("city.yaml") == ["M104"]


def test_text_that_looks_like_a_comment_is_text(folder: Path) -> None:
    text = CITY.replace(
        "stge: idea",
        "stage:\n        answer: unknown\n        note: |\n"
        "          # maturity: ignore M999 no comment\n          on",
    )
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    assert codes("city.yaml") == ["M114"]


def test_assess_refuses_what_validate_does_not_tell(folder: Path) -> None:
    text = CITY.replace("      stge", "      # maturity: ignore M104 asked next year\n      stge")
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    assert run("city.yaml").exit_code == 0
    done = CliRunner().invoke(app, ["assess", "city.yaml"])
    assert done.exit_code != 0


def test_a_flag_goes_over_the_environment_and_that_over_the_file(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.maturity]\nselect = ["M104"]\n', "utf-8")
    assert codes("city.yaml") == ["M104"]
    assert codes("city.yaml", MATURITY_SELECT="M114") == ["M114"]
    assert codes("city.yaml", "--select", "M1", MATURITY_SELECT="M114") == ["M114", "M104"]
    assert codes("city.yaml", MATURITY_IGNORE="unknown-question") == []
    (folder / "pyproject.toml").write_text('[tool.maturity]\nfail-level = "warning"\n', "utf-8")
    assert run("city.yaml", "--ignore", "M104").exit_code == 1
    assert run("city.yaml", "--ignore", "M104", MATURITY_FAIL_LEVEL="error").exit_code == 0


def test_no_suppression_is_idle_while_faults_may_hide_what_it_is_for(folder: Path) -> None:
    CliRunner().invoke(app, ["init", "--rubric", "pledge"])
    spare = """conditions:
  spare: # maturity: ignore M322 kept for later
    name: {en: spare, zh-Hant: 備用}
    when: {answer: years, at_least: 3}
    source: proposed
"""
    path = folder / "pledge.yaml"
    text = path.read_text(encoding="utf-8").replace("conditions:\n", spare, 1)
    path.write_text(text, encoding="utf-8")
    assert codes("pledge.yaml") == []
    path.write_text(f"{text}\nzzqqxx: 1\n", encoding="utf-8")
    assert codes("pledge.yaml") == ["M102"]


def test_settings_name_the_paths_and_are_found_upwards(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = 'paths = ["city.yaml"]\n[ignore]\nM114 = "own words"\nM107 = "for later"\n'
    (folder / "maturity.toml").write_text(settings, encoding="utf-8")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    assert sorted(codes()) == ["M104", "M701"]
    done = run()
    assert "1 suppressed" in done.stderr
    assert "M701 warning: M107" in done.stdout


def test_settings_that_cannot_be_read_or_followed_are_told(folder: Path) -> None:
    (folder / "maturity.toml").write_text("select = [\n", encoding="utf-8")
    done = run("city.yaml")
    assert done.exit_code == 3
    assert "maturity.toml:" in done.stderr
    (folder / "maturity.toml").write_text('selct = ["M1"]\n', encoding="utf-8")
    done = run("city.yaml")
    assert "maturity.toml:1:1: M704 error" in done.stdout
    assert "did you mean 'select'?" in done.stdout


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (b"paths = [\n", "the settings are no TOML: "),
        (b'paths = "city.yaml"\n', '"paths" is no list of texts'),
        ('paths = ["city.yaml"]\n'.encode("utf-16"), "no TOML: TOML is UTF-8"),
        (None, "the file cannot be read: "),
    ],
)
def test_settings_that_were_to_name_the_paths_are_told_if_wrong(
    settings: bytes | None, told: str, folder: Path
) -> None:
    path = folder / "maturity.toml"
    path.mkdir() if settings is None else path.write_bytes(settings)
    error = run().exception
    assert isinstance(error, RefusedError)
    assert [one.place.path for one in error.diagnostics] == ["maturity.toml"]
    assert told in error.diagnostics[0].message


def test_settings_in_another_encoding_are_told_among_others_files(folder: Path) -> None:
    text = '[tool.maturity]\npaths = ["city.yaml"]\n'
    (folder / "pyproject.toml").write_bytes(text.encode("utf-16"))
    error = run().exception
    assert isinstance(error, RefusedError)
    assert "TOML is UTF-8" in error.diagnostics[0].message


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [["--select", "M999"], ["--ignore", "no-such-word"]])
def test_an_unknown_code_is_wrong_usage(arguments: list[str]) -> None:
    done = run("city.yaml", *arguments)
    assert done.exit_code != 0
    assert "no diagnostic" in str(done.exception)


@pytest.mark.usefixtures("folder")
def test_without_any_path_nothing_is_checked() -> None:
    assert "no path" in str(run().exception)


@pytest.mark.usefixtures("folder")
def test_standard_input_is_checked_as_the_file_it_stands_for() -> None:
    done = run("--stdin-filename", "cities/new.yaml", given=CITY)
    assert "cities/new.yaml:10:7: M104" in done.stdout
    assert "10 |       stge: idea" in done.stdout
    assert "<stdin>:10:7: M104" in run("-", given=CITY).stdout


def test_a_result_goes_to_a_file(folder: Path) -> None:
    done = run("city.yaml", "--format", "json", "-o", "found.json")
    assert done.stdout == ""
    assert json.loads((folder / "found.json").read_text("utf-8"))["summary"]["error"] == 1


@pytest.mark.usefixtures("folder")
def test_json_has_a_form_of_its_own() -> None:
    document = json.loads(run("city.yaml", "--format", "json").stdout)
    assert list(document) == ["format", "tool", "summary", "findings"]
    assert document["format"] == "maturity/findings@1"
    summary = {"files": 1, "error": 1, "warning": 1, "info": 0, "suppressed": 0}
    assert document["summary"] == summary
    assert document["findings"][1] == {
        "code": "M104",
        "word": "unknown-question",
        "severity": "error",
        "path": "city.yaml",
        "line": 10,
        "column": 7,
        "message": 'the questionnaire has no question "stge"',
        "hint": 'did you mean "stage"?',
    }


def test_github_gets_one_command_a_finding_on_one_line(folder: Path) -> None:
    (folder / "a,b%.yaml").write_text(CITY.replace("stge", '"st:g%,e"'), encoding="utf-8")
    lines = run("a,b%.yaml", "--format", "github").stdout.splitlines()
    assert len(lines) == 2
    head = "::error file=a%2Cb%25.yaml,line=10,col=7,title=M104 unknown-question::"
    assert lines[1].startswith(head)
    assert '"st:g%25,e"' in lines[1]
    assert "%0A" in lines[1]


def test_gitlab_gets_fingerprints_that_outlive_moved_lines(folder: Path) -> None:
    first = json.loads(run("city.yaml", "--format", "gitlab").stdout)
    (folder / "city.yaml").write_text(f"# One line more.\n{CITY}", encoding="utf-8")
    second = json.loads(run("city.yaml", "--format", "gitlab").stdout)
    assert [one["severity"] for one in first] == ["minor", "major"]
    assert first[1]["location"]["lines"]["begin"] + 1 == second[1]["location"]["lines"]["begin"]
    prints = [[one["fingerprint"] for one in found] for found in (first, second)]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == 2
    (folder / "city.yaml").write_text(CITY.replace("lightin", "lighting").replace("stge", "stage"))
    assert json.loads(run("city.yaml", "--format", "gitlab").stdout) == []


def test_junit_has_a_suite_a_file_and_a_failure_a_finding(folder: Path) -> None:
    good = CITY.replace("lightin", "lighting").replace("stge", "stage")
    (folder / "good.yaml").write_text(good, encoding="utf-8")
    (folder / '<&">.yaml').write_text(CITY, encoding="utf-8")
    root = ET.fromstring(run(".", "--format", "junit").stdout)  # noqa: S314 - our own output
    assert root.attrib == {"name": "maturity validate", "tests": "5", "failures": "4"}
    names = [suite.attrib["name"] for suite in root]
    assert sorted(names) == ['<&">.yaml', "city.yaml", "good.yaml"]
    passed = [case for case in root.iter("testcase") if not list(case)]
    assert [case.attrib["name"] for case in passed] == ["no findings"]


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_is_in_every_document_for_tools() -> None:
    for format_ in ("json", "github", "gitlab", "sarif", "junit"):
        done = run("none.yaml", "--format", format_)
        assert "M001" in done.stdout
        assert "none.yaml:1:1: M001 error" in done.stderr
        assert done.exit_code == 3


@pytest.mark.untraced
def test_all_findings_of_a_thousand_files_end_in_one_line(folder: Path) -> None:
    for number in range(1000):
        (folder / f"c{number:04}.yaml").write_text(CITY, encoding="utf-8")
    done = run(".")
    found = [line for line in done.stdout.splitlines() if " M104 error: " in line]
    assert len(found) == 1001
    assert found == sorted(found)
    assert done.stderr == "1001 files checked: 1001 errors, 1001 warnings, 0 info\n"


@pytest.mark.parametrize("place", ["", "      "])
def test_of_a_hostile_number_of_unknown_keys_all_are_told_and_few_guessed_at(
    folder: Path, place: str
) -> None:
    """Each guess takes time by the number of known names; a fault without one takes none."""
    text = CITY + "".join(f"{place}stge{number}: idea\n" for number in range(5_000))
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    done = run("city.yaml")
    assert done.stdout.count(" error: ") >= 5_000
    assert done.stdout.count("did you mean") <= 100


@pytest.mark.untraced
@pytest.mark.usefixtures("folder")
def test_shipped_files_are_told_alike_whether_vouched_or_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths = [str(SHIPPED / "questionnaires"), str(SHIPPED / "rubrics")]
    quick = [run(*paths, "--format", format_) for format_ in ("text", "json", "junit")]
    monkeypatch.setattr("maturity.api.checking.is_clean", lambda _: False)
    full = [run(*paths, "--format", format_) for format_ in ("text", "json", "junit")]
    assert [one.output for one in quick] == [one.output for one in full]
    assert [one.exit_code for one in quick] == [one.exit_code for one in full] == [0, 0, 0]


def test_a_changed_copy_of_a_shipped_file_is_checked(folder: Path) -> None:
    for kind in ("questionnaires", "rubrics"):
        (folder / kind).mkdir()
        for path in (SHIPPED / kind).glob("*.yaml"):
            (folder / kind / path.name).write_bytes(path.read_bytes())
    assert run("questionnaires", "rubrics").exit_code == 0
    asked = folder / "questionnaires" / "ppp-three-tier.yaml"
    asked.write_text(asked.read_text("utf-8").replace("  - id: stage\n", "  - id: stge\n"), "utf-8")
    done = run("rubrics")
    assert done.exit_code == 1
    assert "M104 error" in done.stdout
    sharing = run("questionnaires/ascn-framework.yaml")  # unchanged itself
    assert sharing.exit_code == 1
    assert "M213 error" in sharing.stdout
