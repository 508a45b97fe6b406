"""What the models of files refuse, and what they know of themselves."""

from datetime import date

import pytest
from pydantic import ValidationError
from tests.making.small import choice, city, multi, questionnaire_of, rubric_of, small

from maturity.model.bundle import Bundle
from maturity.model.city import Answer, City
from maturity.model.columns import Columns
from maturity.model.questionnaire import Question
from maturity.model.result import LadderResult
from maturity.model.rubric import Section
from maturity.rules.scope import Steps

ASKED = {"id": "one", "ask": "What?", "theme": "t1"}
OPTIONS = {"a": "A"}


@pytest.mark.parametrize(
    "raw",
    [
        {"kind": "choice"},
        {"kind": "text", "options": OPTIONS},
        {"kind": "number"},
        {"kind": "choice", "options": OPTIONS, "range": [0, 1]},
        {"kind": "multi", "options": OPTIONS, "rows": {"r": "R"}},
        {"kind": "number", "range": [1, 1]},
        {"kind": "number", "range": [0, float("inf")]},
    ],
)
def test_a_question_has_what_its_kind_needs_and_no_more(raw: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Question.model_validate({**ASKED, **raw})


def test_a_question_has_the_labels_of_its_options() -> None:
    own = multi("own", options={"p": "P"})
    text = {"id": "said", "kind": "text"}
    made = questionnaire_of([choice("one"), own, text, choice("lost", options="missing")])
    labels = [list(made.labels(question)) for question in made.questions]
    assert labels == [["a", "b", "c"], ["p"], [], []]


@pytest.mark.parametrize("raw", [True, None, {}, {"of": 1}, {"one-of": ["a"]}, {"between": [2, 1]}])
def test_what_is_not_an_answer_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate({"answer": raw})


@pytest.mark.parametrize(
    "raw",
    ["a", 3, ["a"], {"one-of": ["a", "b"]}, {"has": ["a"]}, {"between": [1, 2]}, {"zh-Hant": "文"}],
)
def test_an_answer_is_short_or_long(raw: object) -> None:
    short, long = Answer.model_validate(raw), Answer.model_validate({"answer": raw, "note": "N"})
    assert short.answer == long.answer
    assert Answer.model_validate(short) is short
    assert Answer(answer=short.answer) == short


@pytest.mark.parametrize("said", ["2026-13-01", "soon", 20261101, None])
def test_a_date_is_a_day(said: object) -> None:
    with pytest.raises(ValidationError):
        city(assessed=said)


def test_a_city_tells_where_its_answers_stand() -> None:
    found = city({"one": "a"}, government={"one": "b"}, assessed=date(2026, 11, 1))
    assert found.assessed == date(2026, 11, 1)
    places = [steps for steps, answers in found.places() if answers]
    assert places == [("projects", 0, "answers"), ("projects", 0, "government")]
    assert found.projects[0].side("government")["one"].answer == "b"
    assert not found.side("private")
    assert City.model_validate(found) == found


def test_a_bundle_knows_ladders_and_decisions() -> None:
    ladder = {"name": "L", "none": "N", "levels": [{"id": "L1", "name": "1", "when": True}]}
    decision = {"name": "D", "rows": [{"id": "yes", "name": "Y", "when": True}]}
    rubric = {
        "ladders": {"climb": {**ladder, "cumulative": False}},
        "decisions": {"table": decision},
        "point_sets": {"set": {"a": 1}},
        "unanswered": "skip",
        "not_applicable": "most",
    }
    bundle = small([choice("one")], **rubric).bundle
    assert bundle.steps("climb") == Steps("ladder", ("L1",), cumulative=False)
    assert bundle.steps("table") == Steps("decision", ("yes",))
    assert bundle.point_set("set") == {"a": 1.0}
    assert (bundle.unanswered, bundle.not_applicable) == ("skip", "most")
    assert Bundle(bundle.questionnaire, bundle.rubric) == bundle


@pytest.mark.parametrize("versions", ["1.0", ">=1.0;<2", "=>1", ""])
def test_a_range_of_versions_is_checked(versions: str) -> None:
    with pytest.raises(ValidationError):
        rubric_of(questionnaire={"id": "made", "versions": versions})


def test_a_section_tells_its_themes() -> None:
    section = Section.model_validate({"theme": "t1", "with": ["t2"]})
    assert section.themes() == ("t1", "t2")


def test_a_ladder_is_settled_where_nothing_is_open() -> None:
    assert LadderResult("climb", "L1", "L1").settled
    assert not LadderResult("climb", None, "L1").settled


def test_a_column_map_names_headers_as_readers_of_tables_give_them() -> None:
    given = {" the  sta\u200ege": "stage"}
    said = {"format": "maturity/columns@1", "columns": given}
    conflict = {"name": "Same", "same": "part\u202ener "}
    found = Columns.model_validate({**said, "conflicts": [conflict]})
    assert found.columns == {"the sta\ufffdge": "stage"}
    assert found.conflicts[0].same == "part\ufffdner"
