"""A model dropped in as files runs through every command: no line of the program knows it.

The harbours of `tests/models` have city and project scope, questions shared with another model,
and a registry of their own.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from maturity.cli import app as command_line
from maturity.loading import shipped

ROOT: Final = Path(__file__).resolve().parents[2]
HARBOURS: Final = ROOT / "tests" / "models" / "harbours"
KINDS: Final = ("questionnaires", "rubrics", "registries")
FOLDERS: Final = (*KINDS, "templates")


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(command_line.app, list(arguments))
    assert done.exit_code == code, done.stdout + done.stderr + repr(done.exception)
    return done


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The city file in an empty folder; the models lie beside those that are shipped."""
    for kind in FOLDERS:
        shutil.copytree(ROOT / kind, tmp_path / "shipped" / kind)
    for kind in KINDS:
        shutil.copytree(HARBOURS / kind, tmp_path / "shipped" / kind, dirs_exist_ok=True)
    monkeypatch.setattr(shipped, "folder", lambda kind: tmp_path / "shipped" / kind)
    (tmp_path / "here").mkdir()
    shutil.copy(HARBOURS / "city.yaml", tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("COLUMNS", "100")
    return "city.yaml"


def results(city: str, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("assess", city, "--format", "json", *more).stdout)
    return found


def test_both_models_are_one_list_of_results(city: str) -> None:
    found = results(city)
    schema = json.loads(run("schema", "result").stdout)
    for one in found:
        jsonschema.Draft202012Validator(schema).validate(one)
        assert one["context"]["group"]["id"] == "ahead"
        assert one["city"]["country"] == "TW"
    assert [one["rubric"]["id"] for one in found] == ["ppp-three-tier", "harbours"]
    assert {one["input"]["digest"] for one in found} == {found[0]["input"]["digest"]}
    assert [one["id"] for one in found[1]["projects"]] == ["quay-7", "quay-8"]


def test_answers_are_given_once_and_read_by_both(city: str) -> None:
    flagship, harbours = results(city)
    one, other = harbours["projects"]
    assert one["ladders"]["operating"] == {"confirmed": "H2", "possible": "H2"}
    assert one["checklists"][0]["status"] == "met"  # by the city-wide answer of the other model
    assert other["ladders"]["operating"] == {"confirmed": None, "possible": None}
    assert other["checklists"][0]["status"] == "open"  # by its own, above the city-wide one
    assert [flag["id"] for flag in other["flags"]] == ["long-lease"]
    assert flagship["projects"][0]["coverage"]["answered"] == 4
    assert flagship["projects"][0]["coverage"]["evidenced"] == 2
    # drawn up: one of four stages of the other model, so that it is partly known there
    assert flagship["projects"][1]["coverage"]["partly"] == 1


ALONE: Final = """\
format: maturity/city@1
questionnaire: ppp-three-tier
city: {name: Keelung, country: TW}
assessed: 2026-11-01
answers: {rule-frame: {answer: fit, evidence: [{grade: published-policy}]}}
projects:
  - id: quay-7
    name: {en: Quay 7, zh-Hant: 七號碼頭}
    domain: cargo
    answers:
      stage: service
      term-years: {answer: 20, evidence: [{grade: signed-clause}]}
      data-owner: public
  - id: quay-8
    name: {en: Quay 8, zh-Hant: 八號碼頭}
    domain: transport
    answers: {stage: {one-of: [idea, mou, planning-agreement, signed]}, rule-frame: partial}
    government: {term-years: 60}
    private: {term-years: 60}
"""


def test_a_model_says_the_same_as_if_the_file_were_written_for_it_alone(city: str) -> None:
    flagship, _ = results(city)
    Path("alone.yaml").write_text(ALONE, encoding="utf-8")
    alone = json.loads(run("assess", "alone.yaml", "--format", "json").stdout)
    assert flagship["projects"] == alone["projects"]
    assert flagship["profile"] == alone["profile"]


def test_the_terminal_has_a_heading_a_model_and_the_context_once(city: str) -> None:
    told = run("assess", city).stdout
    assert told.count("· Cargo ·") == 2  # a domain of one model is named in the other, too
    assert [line for line in told.splitlines() if line.startswith("■■")] == [
        "■■ Three tiers of public-private partnership in the smart city",
        "■■ Steps of a harbour",
    ]
    assert told.count("Context, from: Port cities") == 1
    assert "maturity explain city.yaml harbours:heading" in told


@pytest.mark.parametrize(
    ("language", "title", "models"),
    [
        ("en", "# Advisory report: Keelung", ("Steps of a harbour", "Three tiers of ")),
        ("zh-Hant", "# 評估諮詢報告：基隆", ("港口的階段", "智慧城市公私協力")),
    ],
)
def test_one_report_has_the_sections_of_both(
    city: str, language: str, title: str, models: tuple[str, str]
) -> None:
    told = run("report", city, "--lang", language).stdout.splitlines()
    heads = [line for line in told if line.startswith("# ")]
    assert heads[0] == title
    assert len(heads) == 3
    assert models[0] in heads[2]
    assert sum(line.startswith("## ") and "七號碼頭" in line for line in told) == (
        2 if language == "zh-Hant" else 0
    )


def test_a_template_of_ones_own_reaches_both(city: str) -> None:
    Path("own.jinja").write_text(
        "{% for one in [report] + report.also | list %}{{ one.rubric }}: "
        "{{ one.projects | length }}\n{% endfor %}",
        encoding="utf-8",
    )
    told = run("report", city, "--template", "own.jinja").stdout
    assert told.endswith("\nSteps of a harbour: 2\n")
    Path("ours.jinja").write_text(
        '{% extends "report.md.jinja" %}{% block method %}[{{ report.rubric }}]{% endblock %}',
        encoding="utf-8",
    )
    told = run("report", city, "--template", "ours.jinja").stdout
    assert "[Steps of a harbour]" in told
    assert "[Three tiers of" in told


@pytest.mark.untraced
def test_values_are_explained_down_to_the_shared_answer(city: str) -> None:
    told = run("explain", city, "harbours:operating", "--project", "quay-7").stdout
    assert told.startswith("Steps of a harbour\nQuay 7")
    assert "city.yaml:14" in told  # the answer to the question of the other model
    assert "city.yaml:8" in told  # the city-wide one
    both = run("explain", city, "ladder.operating", "--project", "quay-8").stdout
    assert "Steps of a harbour\n" in both
    assert "Three tiers of" in both
    near = CliRunner().invoke(command_line.app, ["explain", city, "harbours:ladder.operatin"])
    assert "harbours:operating" in repr(near.exception.parameters)  # type: ignore[union-attr]
    other = CliRunner().invoke(command_line.app, ["explain", city, "harbours:verdict"])
    assert "ppp-three-tier:verdict" in repr(other.exception.parameters)  # type: ignore[union-attr]
    lost = CliRunner().invoke(command_line.app, ["explain", city, "verdict", "--project", "x"])
    assert lost.exit_code == 1


def test_gates_of_either_model_are_known(city: str) -> None:
    done = run("assess", city, "--fail-on", "drifting", code=1)
    assert "drifting" in done.stderr
    assert "quay-8" in done.stderr


def test_a_model_can_be_picked_and_a_rubric_named(city: str) -> None:
    alone = json.loads(
        run("assess", city, "--format", "json", "--questionnaire", "harbours").stdout
    )
    assert alone["rubric"]["id"] == "harbours"
    assert alone["projects"][0]["ladders"]["operating"]["confirmed"] == "H2"
    named = ["--rubric", "harbours", "--rubric", "ppp-three-tier"]
    assert [one["rubric"]["id"] for one in results(city, *named)] == ["ppp-three-tier", "harbours"]
    rubric = Path("sharper.yaml")
    text = (HARBOURS / "rubrics/harbours.yaml").read_text(encoding="utf-8")
    rubric.write_text(text.replace("id: harbours\nversion", "id: sharper\nversion"), "utf-8")
    both = results(city, "--rubric", "harbours", "--rubric", str(rubric))
    ids = [one["rubric"]["id"] for one in both]
    assert ids == ["ppp-three-tier", "harbours", "sharper"]
    own = shutil.copy(HARBOURS / "questionnaires/harbours.yaml", "own.yaml")
    run("assess", city, "--questionnaire", own)


def test_a_model_that_the_file_does_not_answer_is_refused(city: str) -> None:
    for name in ("staged", "averages"):
        shutil.copy(ROOT / f"tests/models/{name}.yaml", f"{name}.rubric.yaml")
        shutil.copy(ROOT / f"tests/models/{name}.questionnaire.yaml", f"{name}.yaml")
    wrong = CliRunner().invoke(
        command_line.app, ["assess", city, "--questionnaire", "./staged.yaml"]
    )
    assert "not answered" in repr(wrong.exception)
    refused = run("assess", city, "--rubric", "./staged.rubric.yaml", code=3)
    assert "M301" in refused.stderr
    text = Path(city).read_text(encoding="utf-8").replace("harbours]", "harbor, tiers]")
    Path(city).write_text(text, encoding="utf-8")
    told = run("validate", city, code=1).stdout
    assert told.count("M106") == 2
    assert "did you mean 'harbours'" in told


@pytest.mark.usefixtures("city")
def test_a_new_file_asks_both_once() -> None:
    both = ["--questionnaire", "ppp-three-tier", "--questionnaire", "harbours"]
    run("init", "new.yaml", *both)
    text = Path("new.yaml").read_text(encoding="utf-8")
    assert "\nquestionnaires: [ppp-three-tier, harbours]\n" in text
    assert "\n      stage: unknown" in text
    assert "berth-stage: unknown" not in text  # told by the finer question of the other
    assert "\n      term-years: unknown" in text
    assert text.count("term-years: unknown") == 1
    assert "\n      ppp-three-tier/data-owner: unknown" in text
    assert "\n      harbours/data-owner: unknown" in text
    assert "# ##### Harbours that share their data #####" in text
    run("validate", "new.yaml", "--fail-level", "warning")
    other = ["--questionnaire", "harbours", "--questionnaire", "ppp-three-tier"]
    run("init", "other.yaml", *other, "--lang", "zh-Hant")
    text = Path("other.yaml").read_text(encoding="utf-8")
    assert "berth-stage: unknown" in text
    assert "\n      stage: unknown" in text  # finer than what the other tells
    assert "\n  rule-frame: unknown" not in text
    run("validate", "other.yaml", "--fail-level", "warning")
    run("init", "third.yaml", "--questionnaire", "harbours")
    run("assess", "third.yaml")


@pytest.mark.usefixtures("city")
def test_the_schema_of_city_files_knows_both() -> None:
    both = ["--questionnaire", "ppp-three-tier", "--questionnaire", "harbours"]
    schema = jsonschema.Draft202012Validator(json.loads(run("schema", "city", *both).stdout))
    file: dict[str, Any] = {
        "format": "maturity/city@1",
        "questionnaires": ["ppp-three-tier", "harbours"],
        "city": {"ref": "ports/keelung"},
        "assessed": "2026-11-01",
    }

    def is_valid(**answers: object) -> bool:
        project = {"id": "a", "name": "A", "domain": "cargo", "answers": answers}
        return bool(schema.is_valid({**file, "projects": [project]}))

    assert is_valid(stage="service", cranes=["load"], **{"harbours/data-owner": "port"})
    assert not is_valid(**{"harbours/data-owner": "public"})
    assert not is_valid(**{"data-owner": "public"})
    assert not is_valid(cranes=["lode"])
    assert not schema.is_valid({**file, "questionnaires": ["harbours"], "projects": []})
    general = json.loads(run("schema", "city").stdout)
    assert general["oneOf"] == [{"required": ["questionnaire"]}, {"required": ["questionnaires"]}]
    wrong = CliRunner().invoke(command_line.app, ["schema", "rubric", *both])
    assert "questionnaire of city" in repr(wrong.exception)


def test_files_are_checked_and_cases_run(city: str, tmp_path: Path) -> None:
    shutil.copy(city, tmp_path / "shipped")
    for kind in KINDS:
        run("validate", str(tmp_path / "shipped" / kind), "--fail-level", "warning")
    run("validate", city, "--fail-level", "warning")
    cases = str(tmp_path / "shipped/rubrics/harbours.cases.yaml")
    done = run("test", cases, "--coverage")
    assert "2 cases of 1 file: 0 expectations failed" in done.stderr
    other = tmp_path / "shipped/city.yaml"
    text = other.read_text(encoding="utf-8").replace(
        "[ppp-three-tier, harbours]", "[ppp-three-tier]"
    )
    other.write_text(text, encoding="utf-8")
    told = run("validate", cases, code=1).stdout
    assert "M405" in told
    assert "does not answer the questionnaire 'harbours'" in told


def test_a_portfolio_of_it_is_scored_and_its_query_written(city: str) -> None:
    run("batch", city, "-o", "out", "--rubric", "harbours")
    told = Path("out/results.csv").read_text(encoding="utf-8").splitlines()
    head, rows = told[0].split(","), [line.split(",") for line in told[1:]]
    level = head.index("ladder.operating.confirmed")
    assert {(row[1], row[level]) for row in rows} == {("quay-7", "H2"), ("quay-8", "")}
    query = run("sql", "harbours", "--dialect", "duckdb").stdout
    assert '"pilotage-law"' in query  # of the city: in the row of each project, as of the project
    assert '"berth-stage"' in query
    assert "Moored" not in query


def test_its_rubric_is_proved_and_its_cases_are_tried_on_mutants(city: str, tmp_path: Path) -> None:
    shutil.copy(city, tmp_path / "shipped")
    rubric = str(tmp_path / "shipped/rubrics/harbours.yaml")
    proved = run("validate", "--prove", rubric)
    assert "0 refuted, 0 undecided" in proved.stderr
    cases = str(tmp_path / "shipped/rubrics/harbours.cases.yaml")
    told = run("test", cases, "--mutate")
    assert "mutants caught" in told.stdout
    assert "cases suggested" in run("test", cases, "--suggest").stderr


def test_sharing_with_a_questionnaire_that_is_not_there_is_left_alone(tmp_path: Path) -> None:
    text = (HARBOURS / "questionnaires/harbours.yaml").read_text(encoding="utf-8")
    lone = tmp_path / "harbours.yaml"
    lone.write_text(text.replace("ppp-three-tier/", "piers-of-nobody/"), encoding="utf-8")
    run("validate", str(lone), "--fail-level", "warning")


def test_versions_are_compared_on_a_file_with_both(city: str, tmp_path: Path) -> None:
    new = tmp_path / "here" / "new.yaml"
    text = (HARBOURS / "rubrics/harbours.yaml").read_text(encoding="utf-8")
    new.write_text(text.replace("at_most: 30", "at_most: 10"), encoding="utf-8")
    old = str(tmp_path / "shipped/rubrics/harbours.yaml")
    told = run("diff", old, str(new), "--cities", city, code=1).stdout
    assert "city.yaml: quay-7" in told
    assert "H2" in told
    shutil.copy(tmp_path / "shipped/questionnaires/harbours.yaml", "questions.yaml")
    text = Path("questions.yaml").read_text(encoding="utf-8")
    Path("fewer.yaml").write_text(text.replace("position:", "place:"), encoding="utf-8")
    run("diff", "questions.yaml", "questions.yaml", "--cities", city)


@pytest.mark.usefixtures("city")
def test_what_is_shipped_is_listed() -> None:
    told = run("list").stdout
    for line in ("harbours  1.0.0  Harbours that", "harbours  1.0.0  Steps of", "ports  1.0.0"):
        assert line in told
    assert "ports" in run("list", "registries", "--lang", "zh-Hant").stdout
    assert "M123  error    contradiction" in run("rules").stdout
    assert "same_as" in run("rules", "M214").stdout


def test_models_near_the_city_need_not_be_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(HARBOURS, tmp_path / "harbours")
    monkeypatch.chdir(folder)
    assert len(json.loads(run("assess", "city.yaml", "--format", "json").stdout)) == 2


def test_no_line_of_the_program_knows_the_model() -> None:
    words = ["harbour", "berth", "keelung", "pilotage", "quay"]
    command = ["git", "grep", "-il", *(f"-e{word}" for word in words), "--", "src/*.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("language", "verdict", "says"),
    [
        ("en", "**Heading**: Steady", "In use|moored"),
        ("zh-Hant", "**航向**：穩定", "使用中|moored"),
    ],
)
def test_a_template_that_is_shipped_is_found_by_its_name(
    city: str, tmp_path: Path, language: str, verdict: str, says: str
) -> None:
    own = tmp_path / "shipped" / "templates" / "berths.md.j2"
    own.write_text(
        '{% for one in report.projects %}{% set at = one.known["berth-stage"] %}'
        '{{ at.says }}|{{ at.options | join(",") }}|{{ one.known["cranes"].options | join(",") }}|'
        '{{ one.known["data-owner"].options | length }}{{ one.known["cranes"].applies }}\n'
        "{% endfor %}",
        encoding="utf-8",
    )
    chosen = ["--questionnaire", "harbours", "--lang", language]
    assert verdict in run("report", city, "--template", "brief", *chosen).stdout
    told = run("report", city, "--template", "berths", *chosen).stdout.replace("\\", "")
    assert told.splitlines()[0] == f"{says}|position|1True"
    assert told.splitlines()[1].endswith("||0True")


@pytest.mark.usefixtures("city")
def test_templates_are_listed_with_what_they_make(tmp_path: Path) -> None:
    bare = tmp_path / "shipped" / "templates" / "bare.md.j2"
    bare.write_text("Nothing said.\n", encoding="utf-8")
    told = run("list", "templates").stdout.splitlines()
    names = [line.split()[1] for line in told]
    assert names == sorted(names)
    assert told[names.index("bare")].rstrip() == "template       bare"
    assert told[names.index("brief")].startswith("template       brief  A page a city")
    assert "一頁摘要" in run("list", "templates", "--lang", "zh-Hant").stdout


def test_a_name_of_no_template_is_told_with_the_nearest(city: str) -> None:
    wrong = CliRunner().invoke(
        command_line.app, ["report", city, "--template", "breif", "--questionnaire", "harbours"]
    )
    assert "no template" in repr(wrong.exception)
    assert "'brief'" in repr(wrong.exception)
    Path("plain").write_text("A file without an ending.\n", encoding="utf-8")
    found = run("report", city, "--template", "plain", "--questionnaire", "harbours").stdout
    assert found == "A file without an ending.\n"
