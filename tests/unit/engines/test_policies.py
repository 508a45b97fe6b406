"""What a score makes of questions that nobody could answer, and of those that do not apply."""

from collections.abc import Mapping

import pytest
from tests.making.small import choice, multi, number, small, values_of

from maturity.engines.intervals import NOWHERE, Interval
from maturity.engines.python import evaluate, number_of
from maturity.model.state import State, TextState
from maturity.rules.expr import NotApplicable, Points, Unanswered

QUESTIONS = [
    choice("one", may_be_inapplicable=True),
    choice("two"),
    multi("set", may_be_inapplicable=True),
    number("size", may_be_inapplicable=True),
    choice("inner", applies_when={"answer": "two", "in": ["a"]}),
]
POINTS = {"a": 10, "b": 4, "c": -2}
ABSENT = {"answer": "not-applicable", "reason": "None."}


def score(question: str, answers: Mapping[str, object], **policy: str) -> Interval:
    points = {} if question == "size" else {"points": POINTS}
    mark = {"name": "Mark", "items": [{"question": question, **points}], **policy}
    return values_of(small(QUESTIONS, scores={"mark": mark}), answers=answers).interval(
        "score.mark"
    )


@pytest.mark.parametrize(
    ("question", "least", "most"), [("one", -2, 10), ("set", -2, 14), ("size", 0, 10)]
)
def test_an_unanswered_question_is_open_least_or_left_out(
    question: str, least: float, most: float
) -> None:
    for answers in ({}, {question: "unknown"}):
        assert score(question, answers) == Interval(least, most, applies=None)
        assert score(question, answers, unanswered="least") == Interval(least, least)
        assert score(question, answers, unanswered="skip") == NOWHERE


@pytest.mark.parametrize(
    ("question", "least", "most"), [("one", -2, 10), ("set", -2, 14), ("size", 0, 10)]
)
@pytest.mark.parametrize("unanswered", ["range", "least", "skip"])
def test_what_does_not_apply_is_left_out_or_stands_at_an_end(
    question: str, least: float, most: float, unanswered: str
) -> None:
    given: dict[str, object] = {question: ABSENT}
    assert score(question, given, unanswered=unanswered) == NOWHERE
    low = score(question, given, unanswered=unanswered, not_applicable="least")
    high = score(question, given, unanswered=unanswered, not_applicable="most")
    assert (low, high) == (Interval(least, least), Interval(most, most))


def test_where_it_is_open_whether_a_question_applies_both_are_allowed_for() -> None:
    given: dict[str, object] = {"inner": "b"}
    assert score("inner", given) == Interval(4, 4, applies=None)
    assert score("inner", given, not_applicable="least") == Interval(-2, 4)
    assert score("inner", given, not_applicable="most") == Interval(4, 10)


def test_under_a_policy_it_stays_open_whether_an_unanswered_question_applies() -> None:
    assert score("inner", {}, unanswered="least") == Interval(-2, -2, applies=None)
    unsure = score("inner", {}, unanswered="skip", not_applicable="most")
    assert unsure == Interval(10, 10, applies=None)
    surely = score("inner", {"two": "b"}, unanswered="skip", not_applicable="most")
    assert surely == Interval(10, 10)


def test_a_partly_known_answer_is_open_whatever_the_policy() -> None:
    for policy in ("range", "least", "skip"):
        assert score("one", {"one": {"one-of": ["a", "b"]}}, unanswered=policy) == Interval(4, 10)
        assert score("set", {"set": {"has": ["a"]}}, unanswered=policy) == Interval(8, 14)
        assert score("size", {"size": {"between": [2, 3]}}, unanswered=policy) == Interval(2, 3)


@pytest.mark.parametrize("question", ["one", "set", "size"])
def test_both_sides_not_knowing_is_no_answer(question: str) -> None:
    points = {} if question == "size" else {"points": POINTS}
    mark = {"name": "M", "unanswered": "skip", "items": [{"question": question, **points}]}
    unsure = {question: "unknown"}
    at = values_of(small(QUESTIONS, scores={"mark": mark}), government=unsure, private=unsure)
    assert at.interval("score.mark") == NOWHERE


def test_points_of_a_question_that_has_none_are_a_fault_of_the_plan() -> None:
    models = small(QUESTIONS)
    raw: dict[str, State] = {
        name: TextState(applies=True, answered=True) for name in models.plan.shapes
    }
    at = evaluate(small([{"id": "said", "kind": "text"}]).plan, {"said": raw["one"]})
    points = Points("said", (("a", 1.0),), Unanswered.RANGE, NotApplicable.EXCLUDE)
    with pytest.raises(TypeError):
        number_of(points, at)
