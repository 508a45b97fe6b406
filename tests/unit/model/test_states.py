"""City -> states: what the answers of both sides say about a question."""

from collections.abc import Mapping

import pytest
from tests.making.small import choice, city, multi, number, small

from maturity.base.text import Text
from maturity.model.city import Answer
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    TextState,
    anything,
    inapplicable,
    is_applicable,
    is_settled,
    narrowed,
)
from maturity.model.states import Said, raw_states, said_in
from maturity.rules.scope import Shape

SHAPES = {
    "one": Shape("one", "choice", ("a", "b", "c")),
    "set": Shape("set", "multi", ("a", "b", "c")),
    "size": Shape("size", "number", least=0.0, most=10.0),
    "said": Shape("said", "text"),
}
ABSENT = {"answer": "not-applicable", "reason": "None."}


def some(*options: str) -> frozenset[str]:
    return frozenset(options)


def state(question: str, **sides: object) -> State:
    """The state of a question, answered alike or not by the sides named."""
    found = city(**{side: {question: answer} for side, answer in sides.items()})
    said = said_in(found, found.projects[0])
    return raw_states(SHAPES, frozenset(SHAPES), said)[question]


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("one", "a", ChoiceState(some("a"), answered=True)),
        ("one", {"one-of": ["a", "b"]}, ChoiceState(some("a", "b"), answered=True)),
        ("one", "unknown", ChoiceState(some("a", "b", "c", "not-applicable"), answered=False)),
        ("one", ABSENT, ChoiceState(some("not-applicable"), answered=True)),
        ("set", ["a"], MultiState(some("a"), some("b", "c"), applies=True, answered=True)),
        ("set", [], MultiState(some(), some("a", "b", "c"), applies=True, answered=True)),
        ("set", {"has": ["a"]}, MultiState(some("a"), some(), applies=True, answered=True)),
        ("set", "unknown", MultiState(some(), some(), applies=None, answered=False)),
        ("set", ABSENT, MultiState(some(), some(), applies=False, answered=True)),
        ("size", 3, NumberState(3.0, 3.0, applies=True, answered=True)),
        ("size", {"between": [3, 4]}, NumberState(3.0, 4.0, applies=True, answered=True)),
        ("size", "unknown", NumberState(0.0, 10.0, applies=None, answered=False)),
        ("size", ABSENT, NumberState(0.0, 10.0, applies=False, answered=True)),
        ("said", "Words", TextState(applies=True, answered=True)),
        ("said", {"en": "Words"}, TextState(applies=True, answered=True)),
        ("said", "unknown", TextState(applies=None, answered=False)),
        ("said", ABSENT, TextState(applies=False, answered=True)),
    ],
)
def test_one_answer_gives_one_state(question: str, answer: object, expected: State) -> None:
    assert state(question, answers=answer) == expected
    assert state(question, government=answer) == expected
    assert state(question, government=answer, private=answer) == expected


def test_no_answer_is_as_open_as_unknown() -> None:
    assert raw_states(SHAPES, frozenset(), {})["one"] == anything(SHAPES["one"], declarable=False)


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        ("one", "a", "b", ChoiceState(some("a", "b"), answered=True)),
        ("one", "a", ABSENT, ChoiceState(some("a", "not-applicable"), answered=True)),
        ("set", ["a", "b"], ["b"], MultiState(some("b"), some("c"), applies=True, answered=True)),
        ("set", ["a"], ABSENT, MultiState(some("a"), some("b", "c"), applies=None, answered=True)),
        ("size", 3, 5, NumberState(3.0, 5.0, applies=True, answered=True)),
        ("size", 3, ABSENT, NumberState(3.0, 3.0, applies=None, answered=True)),
        ("said", "Words", ABSENT, TextState(applies=None, answered=True)),
        ("said", "Words", "Others", TextState(applies=True, answered=True)),
    ],
)
def test_where_the_sides_differ_either_may_be_right(
    question: str, one: object, other: object, expected: State
) -> None:
    assert state(question, government=one, private=other) == expected
    assert state(question, government=other, private=one) == expected


@pytest.mark.parametrize("question", SHAPES)
def test_both_sides_not_knowing_is_no_answer(question: str) -> None:
    both = state(question, government="unknown", private="unknown")
    assert both == anything(SHAPES[question], declarable=True)


def test_one_side_that_does_not_know_leaves_it_to_the_other() -> None:
    assert state("one", government="unknown", private="a") == ChoiceState(some("a"), answered=True)


def test_an_agreed_answer_wins() -> None:
    joint = state("one", answers="c", government="a", private="b")
    assert joint == ChoiceState(some("c"), answered=True)


def test_answers_to_different_kinds_of_question_cannot_be_united() -> None:
    said = {"one": Said(None, Answer(answer="a"), Answer(answer=("a",)))}
    with pytest.raises(TypeError):
        raw_states(SHAPES, frozenset(), said)


def test_a_lone_side_is_known_as_such() -> None:
    answer = Answer(answer="a")
    unknown = Answer(answer="unknown")
    assert Said(None, answer, None).one_sided() == "government"
    assert Said(None, unknown, answer).one_sided() == "private"
    assert Said(None, answer, answer).one_sided() is None
    assert Said(answer, answer, None).one_sided() is None
    assert Said(None, None, None).one_sided() is None


def test_a_project_answers_before_its_city() -> None:
    wide = {"one": Answer(answer="b"), "two": Answer(answer="c")}
    found = city({"one": "a"}).model_copy(update={"answers": wide})
    assert {n: s.joint.answer for n, s in said_in(found, found.projects[0]).items() if s.joint} == {
        "one": "a",
        "two": "c",
    }


@pytest.mark.parametrize("shape", SHAPES.values())
def test_a_question_that_does_not_apply_is_gone(shape: Shape) -> None:
    gone = narrowed(anything(shape, declarable=False), shape, applies=False)
    assert gone == inapplicable(shape)
    assert is_applicable(gone) is False
    assert is_settled(gone, shape)


@pytest.mark.parametrize("shape", SHAPES.values())
def test_a_question_that_may_not_apply_is_open(shape: Shape) -> None:
    whole = anything(shape, declarable=False)
    assert narrowed(whole, shape, applies=True) == whole
    assert is_applicable(whole) is True
    assert is_applicable(narrowed(whole, shape, applies=None)) is None
    assert is_applicable(narrowed(inapplicable(shape), shape, applies=None)) is False


@pytest.mark.parametrize(
    ("question", "found", "settled"),
    [
        ("one", ChoiceState(some("a"), answered=True), True),
        ("one", ChoiceState(some("a", "b"), answered=True), False),
        ("set", MultiState(some("a"), some("b", "c"), applies=True, answered=True), True),
        ("set", MultiState(some("a"), some("b"), applies=True, answered=True), False),
        ("set", MultiState(some("a"), some("b", "c"), applies=None, answered=True), False),
        ("size", NumberState(1.0, 1.0, applies=True, answered=True), True),
        ("size", NumberState(1.0, 2.0, applies=True, answered=True), False),
        ("size", NumberState(1.0, 1.0, applies=None, answered=True), False),
        ("said", TextState(applies=True, answered=False), False),
    ],
)
def test_one_possible_answer_is_settled(question: str, found: State, settled: bool) -> None:
    assert is_settled(found, SHAPES[question]) is settled


def test_the_shapes_of_a_questionnaire_are_those_of_its_questions() -> None:
    rows: Mapping[str, str] = {"r": "First", "s": "Second"}
    made = small([choice("one", rows=rows), multi("set"), number("size")])
    assert list(made.bundle.shapes) == ["one.r", "one.s", "set", "size"]
    assert made.bundle.shape("one.s").options == ("a", "b", "c")
    assert made.bundle.questions["one.s"].id == "one"
    assert Text("x") == Text.parse("x")
