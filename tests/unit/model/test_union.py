"""An answer to one question is one to every question that is the same."""

from collections.abc import Mapping
from typing import Final

import pytest
from tests.making.small import choice, multi, number, questionnaire_of

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place, Places
from maturity.checks.city import check_city
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.union import Part, Ref, Union

AB: Final = {"options": {"x": "X", "y": "Y"}}


def named(name: str, *questions: Mapping[str, object]) -> Questionnaire:
    return questionnaire_of(questions).model_copy(update={"id": name})


FIRST: Final = named(
    "first",
    choice("state", may_be_inapplicable=True),
    multi("tools"),
    number("years", may_be_inapplicable=True),
    choice("rows", rows={"r1": "R1", "r2": "R2"}),
    {"id": "story", "kind": "text"},
    choice("place", scope="city"),
    choice("alone"),
)
SECOND: Final = named(
    "second",
    {
        **choice(
            "phase", same_as={"question": "first/state", "options": {"x": ["a", "b"], "y": "c"}}
        ),
        **AB,
    },
    {
        "id": "means",
        "kind": "multi",
        "options": {"a": "A", "b": "B", "d": "D"},
        "same_as": {"question": "first/tools", "options": {"d": "c"}},
    },
    number("term", same_as="first/years"),
    choice("rows", rows={"r1": "R1", "r2": "R2"}, same_as="first/rows"),
    {"id": "tale", "kind": "text", "same_as": "first/story"},
    choice("alone"),
)
THIRD: Final = named(
    "third",
    choice("era", same_as="second/phase", **AB),
    choice("site", same_as="first/place"),
    choice("lost", same_as="fourth/thing"),
    choice("odd", same_as="first/years"),
)
UNION: Final = Union((FIRST, SECOND, THIRD))


def city(answers: Mapping[str, object], /, **more: object) -> City:
    project = {"id": "p", "name": "P", "domain": "d1", "answers": answers}
    return City.model_validate(
        {
            "format": "maturity/city@1",
            "questionnaires": ["first", "second", "third"],
            "city": {"name": "City"},
            "assessed": "2026-11-01",
            "projects": [project],
            **more,
        }
    )


def read(questionnaire: str, **answers: object) -> dict[str, object]:
    """What a questionnaire reads in the answers of a project, as the file would say it."""
    part = UNION.part(
        city({key.replace("__", "/"): one for key, one in answers.items()}), questionnaire
    )
    given = part.city.projects[0].answers
    return {
        name: one.model_dump(mode="json", by_alias=True)["answer"] for name, one in given.items()
    }


@pytest.mark.parametrize(
    ("given", "questionnaire", "told"),
    [
        ({"state": "a"}, "second", {"phase": "x"}),
        ({"state": "a"}, "third", {"era": "x"}),
        ({"phase": "x"}, "first", {"state": {"one-of": ["a", "b"]}}),
        ({"phase": "y"}, "first", {"state": "c"}),
        ({"era": "y"}, "first", {"state": "c"}),
        ({"state": {"one-of": ["a", "b"]}}, "second", {"phase": "x"}),
        ({"state": {"one-of": ["a", "c"]}}, "second", {"phase": {"one-of": ["x", "y"]}}),
        ({"state": "unknown"}, "second", {"phase": "unknown"}),
        ({"state": {"answer": "not-applicable", "reason": "R"}}, "second", {}),
        ({"state": {"one-of": ["a", "not-applicable"]}}, "second", {}),
        ({"state": "zzz"}, "second", {}),
        ({"tools": ["a", "c"]}, "second", {"means": ["a", "d"]}),
        ({"tools": []}, "second", {"means": []}),
        ({"tools": ["zzz"]}, "second", {}),
        (
            {"means": {"has": ["d"], "lacks": ["b"]}},
            "first",
            {"tools": {"has": ["c"], "lacks": ["b"]}},
        ),
        ({"means": {"has": ["zzz"]}}, "first", {}),
        ({"tools": 3}, "second", {}),
        ({"years": 3}, "second", {"term": 3}),
        ({"term": {"between": [1, 2]}}, "first", {"years": {"between": [1.0, 2.0]}}),
        ({"years": {"answer": "not-applicable", "reason": "R"}}, "second", {}),
        ({"years": 3}, "third", {}),
        ({"rows.r1": "a", "first/rows.r2": "b"}, "second", {"rows.r1": "a", "rows.r2": "b"}),
        ({"story": "Told"}, "second", {"tale": "Told"}),
        ({"second/alone": "a"}, "first", {}),
        ({"second/alone": "a"}, "second", {"alone": "a"}),
        ({"nothing": "a", "first/nothing": "a", "fifth/state": "a"}, "first", {}),
    ],
)
def test_an_answer_is_carried_to_where_it_means_the_same(
    given: dict[str, object], questionnaire: str, told: dict[str, object]
) -> None:
    assert read(questionnaire, **given) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"phase": "x", "state": "a"}, "a"),
        ({"state": "a", "phase": "x"}, "a"),
        ({"state": "unknown", "phase": "y"}, "c"),
        ({"phase": "unknown", "state": "c"}, "c"),
        ({"phase": "unknown", "era": "y"}, "c"),
    ],
)
def test_a_known_answer_stands_above_an_unknown_one_and_ones_own_above_others(
    given: dict[str, object], told: str
) -> None:
    assert read("first", **given)["state"] == told


def test_what_an_answer_rests_on_goes_with_it_and_its_key_is_known() -> None:
    answer = {"answer": "x", "note": "N", "evidence": [{"grade": "statement", "source": "S"}]}
    part = UNION.part(city({"phase": answer}), "first")
    found = part.city.projects[0].answers["state"]
    assert found.note is not None
    assert found.evidence[0].grade == "statement"
    assert part.keys[("projects", 0, "answers", "state")] == "phase"


def test_answers_stay_on_their_level_and_their_side() -> None:
    file = city({}, government={"site": "a"}, private={"place": "b"})
    part = UNION.part(file, "first")
    assert isinstance(part, Part)
    assert part.city.government["place"].answer == "a"
    assert part.city.private["place"].answer == "b"
    assert part.city.answers == {}
    assert part.city.instruments() == ("first",)


def faults(answers: Mapping[str, object], /, **more: object) -> list[Diagnostic]:
    file = city(answers, **more)
    return check_city(file, Places("city.yaml", {(): 0}, {}), FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    ("answers", "is_contradiction"),
    [
        ({"state": "a", "phase": "x"}, False),
        ({"state": "c", "phase": "x"}, True),
        ({"state": {"one-of": ["b", "c"]}, "phase": "x"}, False),
        ({"state": "unknown", "phase": "x"}, False),
        ({"tools": ["a"], "means": ["a", "d"]}, True),
        ({"tools": ["a", "c"], "means": {"has": ["d"]}}, False),
        ({"tools": {"has": ["a"]}, "means": {"lacks": ["a"]}}, True),
        ({"years": 3, "term": 4}, True),
        ({"years": 4, "term": 3}, True),
        ({"years": {"between": [1, 3]}, "term": 2}, False),
        ({"years": {"answer": "not-applicable", "reason": "R"}, "term": 2}, True),
        ({"story": "One", "tale": "Other"}, False),
        ({"phase": "x", "first/state": "a"}, False),
        ({"state": "a", "first/state": "b"}, True),
    ],
)
def test_answers_that_exclude_each_other_are_told_once(
    answers: Mapping[str, object], is_contradiction: bool
) -> None:
    found = [one.code for one in faults(answers)]
    assert found == [Code.CONTRADICTION] * is_contradiction


def test_what_differs_between_sides_and_levels_is_no_contradiction() -> None:
    assert faults({"site": "a"}, answers={"place": "b"}, government={"place": "c"}) == []


def test_an_id_of_two_questions_has_to_say_whose() -> None:
    [found] = faults({"alone": "a"})
    assert found.code is Code.AMBIGUOUS_QUESTION
    assert found.hint == "write `first/alone` or `second/alone`"
    assert faults({"first/alone": "a", "second/alone": "b", "rows.r1": "a"}) == []
    assert found.place == Place("city.yaml", 1, 1)


def test_the_key_of_a_question_is_its_id_where_that_means_no_other() -> None:
    assert UNION.key_of(Ref("first", "state")) == "state"
    assert UNION.key_of(Ref("first", "rows.r1")) == "rows.r1"
    assert UNION.key_of(Ref("second", "rows.r1")) == "second/rows.r1"
    assert UNION.key_of(Ref("first", "alone")) == "first/alone"


def test_a_finer_question_tells_the_coarser_one_and_not_the_other_way_round() -> None:
    state, phase = Ref("first", "state"), Ref("second", "phase")
    assert UNION.is_told_by(phase, [state])
    assert not UNION.is_told_by(state, [phase])
    assert not UNION.is_told_by(state, [])


def test_one_questionnaire_alone_has_no_full_names() -> None:
    file = city({"first/state": "a"}, questionnaires=["first"])
    [found] = check_city(file, Places("city.yaml", {(): 0}, {}), FIRST)
    assert found.code is Code.UNKNOWN_QUESTION
