"""The schema of city files for one questionnaire: what an editor completes and marks."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from maturity.api.authoring import city_schema_of
from maturity.loading.nodes import Document, read

ROOT = Path(__file__).resolve().parents[2]
ALONE = b"\nquestionnaire: ppp-three-tier\n"
CITIES = [one for one in sorted((ROOT / "examples").glob("*.yaml")) if ALONE in one.read_bytes()]
HEAD = (
    "format: maturity/city@1\nquestionnaire: ppp-three-tier\n"
    "city: {name: Somewhere, country: TW}\nassessed: 2026-11-01\n"
    "projects: [{id: a, name: A, domain: health, answers: {%s}}]\n"
)


@cache
def schema() -> jsonschema.Draft202012Validator:
    found = json.loads(city_schema_of("ppp-three-tier"))
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def is_valid(raw: bytes) -> bool:
    found = read("city.yaml", raw)
    assert isinstance(found, Document)
    return bool(schema().is_valid(found.data))


@pytest.mark.parametrize("path", CITIES, ids=lambda path: path.stem)
def test_every_shipped_city_of_this_questionnaire_is_valid(path: Path) -> None:
    assert is_valid(path.read_bytes())


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        ("stage: idea", True),
        ("stage: {answer: unknown, note: Nobody knows}", True),
        ("stage: {one-of: [idea, mou]}", True),
        ("stage: ide", False),
        ("stage: {answer: ide}", False),
        ("stage: {answer: idea, nots: x}", False),
        ("stge: idea", False),
        ("income-sources: [users]", True),
        ("income-sources: [usrs]", False),
        ("income-sources: {has: [users], lacks: [savings]}", True),
        ("income-sources: {has: [usrs]}", False),
        ("risk-bearers.demand: public", True),
        ("risk-bearers.demnd: public", False),
        ("risk-bearers: public", False),
    ],
)
def test_questions_and_options_are_known_to_it(answer: str, fits: bool) -> None:
    assert is_valid((HEAD % answer).encode()) is fits


def test_the_options_of_a_question_stand_in_it_for_completion() -> None:
    answers = json.loads(city_schema_of("ppp-three-tier"))["$defs"]
    assert "idea" in answers["answer.stage"]["anyOf"][0]["anyOf"][0]["enum"]
    assert answers["answer.stage"]["description"]
    assert "risk-bearers.demand" in answers["answers"]["properties"]


@pytest.mark.parametrize("folder", ["questionnaires", "rubrics", "examples"])
def test_every_shipped_file_names_a_schema_that_is_there(folder: str) -> None:
    for path in (ROOT / folder).glob("*.yaml"):
        first = path.read_text("utf-8").splitlines()[0]
        mark = "# yaml-language-server: $schema="
        assert first.startswith(mark), path
        named = json.loads((path.parent / first.removeprefix(mark)).read_text("utf-8"))
        found = read(path.name, path.read_bytes())
        assert isinstance(found, Document)
        assert jsonschema.Draft202012Validator(named).is_valid(found.data), path
