"""A city file that refers to a registry: filled in, told as context, never scored."""

import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from maturity.cli import app as command_line
from maturity.loading import shipped

ROOT = Path(__file__).resolve().parents[2]
PORTS = ROOT / "tests/models/harbours/registries/ports.yaml"
CITY = """\
format: maturity/city@1
questionnaire: ppp-three-tier
city: {ref: ports/keelung}
assessed: 2026-11-01
projects:
  - {id: one, name: One, domain: lighting, answers: {stage: service, legal-form: purchase}}
"""
FACTS = {
    "en": (
        "Population (city): 361,000 (2022; Port list, p. 1)",
        "TW: group of the country: Ahead (2018; Port list, p. 2)",
        "TW: Cost of a line: 12.5 USD a month (2017; Port list, p. 3). Median of five offers",
        "TW: Skilled people: 12,000 persons (2019; Port list, p. 4)",
        "Corrected here: The list prints Kelung. (Port list, p. 1)",
    ),
    "zh-Hant": (
        "人口（市）：361,000（2022 年；港口名錄，p. 1）",
        "TW：所屬國家組別：領先（2018 年；港口名錄，p. 2）",
    ),
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line.app, list(arguments))


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city file with the registry in the folder of registries beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    (tmp_path / "registries").mkdir()
    shutil.copy(PORTS, tmp_path / "registries")
    path = tmp_path / "city.yaml"
    path.write_text(CITY, encoding="utf-8")
    return path


def result(city: Path) -> dict[str, Any]:
    done = run("assess", str(city), "--format", "json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def plain(text: str) -> str:
    """A text without the marks of Markdown, and on one line."""
    return re.sub(r"\s+", " ", text.replace("\\", ""))


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("command", ["assess", "report"])
def test_name_country_and_context_are_told(city: Path, command: str, language: str) -> None:
    done = run(command, str(city), "--lang", language)
    assert done.exit_code == 0, done.stderr
    told = plain(done.stdout)
    assert ("Keelung" if language == "en" else "基隆") in told
    assert all(fact in told for fact in FACTS[language]), told


def test_the_json_has_the_context_in_the_published_form(city: Path) -> None:
    found = result(city)
    schema = json.loads(run("schema", "result").stdout)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert found["city"] == {"name": {"en": "Keelung", "zh-Hant": "基隆"}, "country": "TW"}
    context = found["context"]
    assert (context["ref"], context["registry"]["id"]) == ("ports/keelung", "ports")
    assert context["population"]["value"] == 361000
    assert context["group"] == {
        "id": "ahead",
        "name": {"en": "Ahead", "zh-Hant": "領先"},
        "year": 2018,
        "until": None,
        "source": "list:p. 2",
        "note": None,
    }
    assert [one["what"]["en"] for one in context["corrections"]] == ["The list prints Kelung."]
    assert [(one["value"], one["year"]) for one in context["figures"]] == [
        (12.5, 2017),
        (12000, 2019),
    ]


NAMED: Final = (
    ("  TW:\n", "  TW:\n    name: {en: Taiwan, zh-Hant: 臺灣}\n"),
    ("year: 2018, source", "year: 2018, until: 2020, source"),
    ("countries:\n", 'places: {"list:p. 2": {en: page two, zh-Hant: 第二頁}}\ncountries:\n'),
)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("Keelung (Taiwan)", "Ahead (2018–2020; Port list, page two)", "made up for tests")),
        ("zh-Hant", ("基隆（臺灣）", "領先（2018–2020 年；港口名錄，第二頁）", "臺灣：專線費用")),
    ],
)
@pytest.mark.parametrize("command", ["assess", "report"])
def test_countries_places_and_spans_of_years_are_told_by_name(
    city: Path, command: str, language: str, says: tuple[str, ...]
) -> None:
    registry = city.parent / "registries/ports.yaml"
    text = registry.read_text(encoding="utf-8")
    for old, new in NAMED:
        text = text.replace(old, new, 1)
    registry.write_text(text, encoding="utf-8")
    assert run("validate", "registries").exit_code == 0
    told = plain(run(command, str(city), "--lang", language).stdout)
    assert all(one in told for one in says), told
    context = result(city)["context"]
    assert (context["country"], context["country_name"]["zh-Hant"]) == ("TW", "臺灣")
    assert context["group"]["until"] == 2020


def test_a_name_that_differs_in_one_language_is_told_in_that_language(city: Path) -> None:
    own = "ref: ports/keelung, name: {en: Keelung, zh-Hant: 雞籠}"
    city.write_text(CITY.replace("ref: ports/keelung", own), encoding="utf-8")
    assert 'not that of the registry, "基隆"' in run("validate", str(city)).stdout


def test_no_result_rests_on_the_context(city: Path) -> None:
    beside = result(city)
    city.write_text(CITY.replace("ref: ports/keelung", "name: Keelung"), encoding="utf-8")
    without = result(city)
    assert without["context"] is None
    assert (without["projects"], without["profile"]) == (beside["projects"], beside["profile"])


def test_an_entry_of_which_little_is_known_has_little_context(city: Path) -> None:
    city.write_text(CITY.replace("keelung", "kobe"), encoding="utf-8")
    context = result(city)["context"]
    assert (context["population"], context["group"], context["figures"]) == (None, None, [])
    told = run("report", str(city)).stdout
    assert "## Context, from: Port cities" in told
    assert "Ahead" not in told


def test_several_cities_read_their_registry_once(city: Path) -> None:
    other = city.with_name("other.yaml")
    other.write_text(CITY.replace("keelung", "kobe"), encoding="utf-8")
    found = json.loads(run("assess", str(city), str(other), "--format", "json").stdout)
    assert [one["city"]["country"] for one in found] == ["TW", "JP"]


def test_name_and_country_of_the_file_hold_and_the_difference_is_told(city: Path) -> None:
    own = "ref: ports/keelung, name: {en: Keelung Harbour, zh-Hant: 基隆}, country: JP"
    city.write_text(CITY.replace("ref: ports/keelung", own), encoding="utf-8")
    found = result(city)
    assert found["city"] == {"name": {"en": "Keelung Harbour", "zh-Hant": "基隆"}, "country": "JP"}
    assert found["context"]["group"] is None
    told = run("validate", str(city)).stdout
    assert told.count("M119") == 2
    city.write_text(CITY.replace("ref: ports/keelung", "ref: ports/keelung, name: 基隆"), "utf-8")
    assert run("validate", str(city)).stdout == ""


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("ports/kelung", 'did you mean "ports/keelung"?'),
        ("ports/zzzzzz", "there is: ports/keelung, ports/kobe"),
        ("piers/keelung", "registries lie in a folder `registries`"),
    ],
)
@pytest.mark.parametrize("command", ["assess", "validate"])
def test_a_wrong_reference_is_told_at_its_place(
    city: Path, command: str, wrong: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "ids", _without_registries(shipped.ids))
    city.write_text(CITY.replace("ports/keelung", wrong), encoding="utf-8")
    done = run(command, str(city))
    told = done.stdout if command == "validate" else done.stderr
    assert done.exit_code == (1 if command == "validate" else 3)
    assert "city.yaml:3:13: M118" in told
    assert hint in told


def _without_registries(ids: Any) -> Any:
    return lambda kind: [] if kind == "registries" else ids(kind)


def test_of_a_registry_that_is_not_there_the_nearest_shipped_entry_is_named(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shipped.folder
    monkeypatch.setattr(
        shipped, "folder", lambda kind: PORTS.parent if kind == "registries" else folder(kind)
    )
    city.write_text(CITY.replace("ports/keelung", "port/keelung"), encoding="utf-8")
    assert 'did you mean "ports/keelung"?' in run("validate", str(city)).stdout
    assert run("list", "registries").stdout == "registry       ports  1.0.0  Port cities\n"
    assert "registry       ports  1.0.0  港口城市\n" in run("list", "--lang", "zh-Hant").stdout


def test_a_faulty_registry_is_told_by_its_own_place(city: Path) -> None:
    registry = city.parent / "registries/ports.yaml"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("value: ahead", "value: ahed"), encoding="utf-8")
    told = run("validate", str(city)).stdout
    assert "registries/ports.yaml:14:20: M120" in told
    assert run("validate", "registries").exit_code == 1


def test_the_schema_accepts_what_the_program_accepts() -> None:
    schema = json.loads(run("schema", "registry").stdout)
    validator = jsonschema.Draft202012Validator(schema)
    entry = {"name": "Keelung", "country": "TW"}
    good = {"format": "maturity/registry@1", "id": "ports", "version": "1.0.0", "name": "Ports"}
    assert validator.is_valid({**good, "entries": {"keelung": entry}})
    assert not validator.is_valid({**good, "entries": {}})
    assert not validator.is_valid({**good, "entries": {"keelung": {"name": "Keelung"}}})


def test_the_registry_of_the_guide_is_valid(tmp_path: Path) -> None:
    page = (ROOT / "docs/guide/registries.md").read_text(encoding="utf-8")
    text = page.partition("```yaml file=registries/ports.yaml\n")[2].partition("```")[0]
    (tmp_path / "ports.yaml").write_text(text, encoding="utf-8")
    done = run("validate", str(tmp_path), "--fail-level", "warning")
    assert done.exit_code == 0, done.stdout + done.stderr
