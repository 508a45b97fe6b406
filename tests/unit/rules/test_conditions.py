"""Conditions: how people write them, and when they are true, false or unknown."""

from collections.abc import Mapping

import pytest
from pydantic import TypeAdapter, ValidationError
from tests.making.shipped import Models
from tests.making.small import choice, multi, number, small, values_of

from maturity.model.state import Truth
from maturity.rules.conditions import ANSWER_HEADS, Condition, form_of
from maturity.rules.scope import Steps

CONDITIONS: TypeAdapter[object] = TypeAdapter(Condition)

QUESTIONS = [
    choice("one", theme="t1", tags=["x"]),
    choice("two", theme="t2", tags=["x"], may_be_inapplicable=True),
    choice("many", theme="t2", rows={"r": "First", "s": "Second"}),
    multi("set", may_be_inapplicable=True),
    number("size", may_be_inapplicable=True),
]
ABSENT = {"answer": "not-applicable", "reason": "None."}


def truth(
    condition: object, answers: Mapping[str, object] | None = None, **stages: object
) -> Truth:
    named = {"it": {"name": "It", "when": condition}}
    models: Models = small(QUESTIONS, recommendations=_advice(condition), **stages)
    if not stages:
        models = small(QUESTIONS, conditions=named)
        return values_of(models, answers=answers or {}).truth("condition.it")
    return values_of(models, answers=answers or {}).truth("recommendation.it")


def _advice(condition: object) -> dict[str, object]:
    advice = {"action": "Do.", "theme": "t1", "owner": "joint", "horizon": "now"}
    return {"it": {**advice, "when": condition}}


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (True, {}, True),
        ({"all": []}, {}, True),
        ({"any": []}, {}, False),
        ({"all": [True, {"answer": "one", "in": ["a"]}]}, {}, None),
        ({"all": [{"answer": "one", "in": ["a"]}, False]}, {}, False),
        ({"any": [{"answer": "one", "in": ["a"]}, True]}, {}, True),
        ({"any": [{"answer": "one", "in": ["a"]}, False]}, {}, None),
        ({"not": {"answer": "one", "in": ["a"]}}, {"one": "b"}, True),
        ({"not": {"answer": "one", "in": ["a"]}}, {}, None),
        ({"at_least": 2, "of": [True, True, False]}, {}, True),
        ({"at_least": 2, "of": [True, False, False]}, {}, False),
        ({"at_least": 2, "of": [True, False, {"answer": "one", "in": ["a"]}]}, {}, None),
        ({"answer": "one", "in": ["a", "b"]}, {"one": {"one-of": ["a", "b"]}}, True),
        ({"answer": "one", "in": ["a"]}, {"one": {"one-of": ["a", "b"]}}, None),
        ({"answer": "one", "in": ["c"]}, {"one": {"one-of": ["a", "b"]}}, False),
        ({"answer": "two", "in": ["a", "b", "c"]}, {"two": ABSENT}, False),
        ({"answer": "two", "in": ["a", "not-applicable"]}, {"two": ABSENT}, True),
        ({"answer": "set", "has": ["a", "b"]}, {"set": ["b"]}, True),
        ({"answer": "set", "has": ["a", "b"]}, {"set": ["c"]}, False),
        ({"answer": "set", "has": ["a", "b"]}, {"set": {"lacks": ["a"]}}, None),
        ({"answer": "set", "has_all": ["a", "b"]}, {"set": {"has": ["a", "b"]}}, True),
        ({"answer": "set", "has_all": ["a", "b"]}, {"set": ["b"]}, False),
        ({"answer": "set", "lacks": ["a"]}, {"set": []}, True),
        ({"answer": "set", "lacks": ["a"]}, {"set": {"has": ["a"]}}, False),
        ({"answer": "set", "chosen": 2}, {"set": {"has": ["a", "c"]}}, True),
        ({"answer": "set", "chosen": 2}, {"set": {"lacks": ["a", "c"]}}, False),
        ({"answer": "set", "chosen": 1, "of": ["a"]}, {"set": ["b", "c"]}, False),
        ({"answer": "set", "lacks": ["a"]}, {"set": ABSENT}, False),
        ({"answer": "set", "lacks": ["a"], "or_not_applicable": True}, {"set": ABSENT}, True),
        ({"answer": "size", "at_least": 3, "below": 5}, {"size": 3}, True),
        ({"answer": "size", "at_least": 3, "below": 5}, {"size": 5}, False),
        ({"answer": "size", "above": 3, "at_most": 5}, {"size": 3}, False),
        ({"answer": "size", "above": 3, "at_most": 5}, {"size": 5}, True),
        ({"answer": "size", "above": 3}, {"size": {"between": [3, 5]}}, None),
        ({"answer": "size", "above": 3}, {"size": ABSENT}, False),
        ({"answer": "size", "above": 3, "or_not_applicable": True}, {"size": ABSENT}, True),
        ({"every": {"tag": "x"}, "in": ["a"]}, {"one": "a", "two": "a"}, True),
        ({"every": {"theme": "t2", "tag": "x"}, "in": ["a"]}, {"two": "b"}, False),
        ({"every": {"rows_of": "many"}, "in": ["a"]}, {"many.r": "a"}, None),
        ({"every": [], "in": ["a"]}, {}, False),
        ({"every": [], "in": ["a"], "if_empty": True}, {}, True),
        ({"count": ["one", "two"], "in": ["a"], "at_least": 1}, {"two": "a"}, True),
        ({"count": ["one", "two"], "in": ["a"], "at_least": 2}, {"two": "b"}, False),
        ({"share": ["one", "two"], "in": ["a"], "at_least": 0.5}, {"one": "a"}, True),
        ({"share": ["one", "two"], "in": ["a"], "above": 0.5}, {"one": "a", "two": ABSENT}, True),
        ({"share": ["one", "two"], "in": ["a"], "above": 0.5}, {"one": "a", "two": "b"}, False),
        ({"share": ["two"], "in": ["a"], "above": 0}, {"two": ABSENT}, False),
        (
            {"share": ["two"], "in": ["a"], "above": 0, "or_not_applicable": True},
            {"two": ABSENT},
            True,
        ),
    ],
)
def test_a_condition_on_answers(
    condition: object, answers: dict[str, object], expected: Truth
) -> None:
    assert truth(condition, answers) is expected


def test_a_question_whose_applying_is_open_weighs_in_a_share_only_as_what_it_is() -> None:
    asked = choice("inner", applies_when={"answer": "one", "in": ["a"]})
    share = {"name": "All", "when": {"share": ["two", "inner"], "in": ["a"], "at_least": 1}}
    models = small([*QUESTIONS, asked], conditions={"it": share})
    # Whether or not `inner` applies, every applicable question is answered `a`.
    assert values_of(models, answers={"two": "a", "inner": "a"}).truth("condition.it") is True


LADDER = {
    "name": "Ladder",
    "none": "None",
    "levels": [
        {"id": "L1", "name": "1", "when": {"answer": "one", "in": ["a", "b"]}},
        {"id": "L2", "name": "2", "when": {"answer": "one", "in": ["a"]}},
    ],
}
TABLE = {
    "name": "Table",
    "rows": [
        {"id": "L2", "name": "2", "when": {"answer": "two", "in": ["a"]}},
        {"id": "L1", "name": "1", "when": {"answer": "two", "in": ["b"]}},
        {"id": "unclear", "name": "?", "when": True},
    ],
}
ITEM = {"party": "private", "theme": "t1", "name": "?", "advice": "Do.", "met": True}
FLAG = {"name": "F", "theme": "t1", "severity": "info", "means": "M", "action": "Do."}
STAGES: dict[str, object] = {
    "horizons": {"now": "Now"},
    "conditions": {"yes": {"name": "Yes", "when": True}},
    "scores": {"mark": {"name": "Mark", "items": [{"question": "size"}]}},
    "ladders": {"climb": LADDER, "free": {**LADDER, "cumulative": False}},
    "decisions": {"table": TABLE},
    "checklists": {"item": ITEM, "other": {**ITEM, "met": False}},
    "flags": {"on": {**FLAG, "when": True}, "off": {**FLAG, "when": False}},
}


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        ({"condition": "yes"}, {}, True),
        ({"score": "mark", "at_least": 4}, {"size": 4}, True),
        ({"score": "mark", "at_least": 4}, {"size": ABSENT}, False),
        ({"score": "mark", "at_least": 4, "or_not_applicable": True}, {"size": ABSENT}, True),
        ({"ladder": "climb", "at_least": "L2"}, {"one": "b"}, False),
        ({"ladder": "climb", "below": "L2"}, {"one": "b"}, True),
        ({"ladder": "free", "at_least": "L1"}, {"one": "a"}, True),
        ({"decision": "table", "in": ["L1", "unclear"]}, {"two": "c"}, True),
        ({"decision": "table", "in": ["L1"]}, {"two": {"one-of": ["a", "b"]}}, None),
        ({"above": ["climb", "table"]}, {"one": "a", "two": "b"}, True),
        ({"above": ["table", "climb"]}, {"one": "c", "two": "b"}, True),
        ({"above": ["climb", "table"]}, {"one": "b", "two": "c"}, True),
        ({"above": ["climb", "free"]}, {"one": "a"}, False),
        ({"check": "item", "in": ["met"]}, {}, True),
        ({"check": ["item", "other"], "in": ["open", "partly"]}, {}, True),
        ({"flag": "off"}, {}, False),
        ({"flag": ["off", "on"]}, {}, True),
    ],
)
def test_a_condition_on_what_stands_before(
    condition: object, answers: dict[str, object], expected: Truth
) -> None:
    assert truth(condition, answers, **STAGES) is expected


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"al": []},
        "true",
        1,
        None,
        [True],
        {"at_least": 1},
        {"answer": "one"},
        {"answer": "one", "in": []},
        {"answer": "size", "at_least": True},
        {"answer": "one", "in": ["a"], "of": ["b"]},
        {"score": "mark"},
        {"ladder": "climb"},
        {"ladder": "climb", "at_least": "L1", "below": "L2"},
        {"above": ["one"]},
        {"above": ["one", "two", "three"]},
        {"check": "item", "in": ["closed"]},
        {"at_least": -1, "of": [True]},
        {"every": {"subject": "t1"}, "in": ["a"]},
    ],
)
def test_anything_else_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        CONDITIONS.validate_python(raw)


def test_a_condition_that_is_built_already_keeps_its_form() -> None:
    for head in (*ANSWER_HEADS, "at_least"):
        raw = {"answer": "one", head: 1 if head in ("chosen", "at_least") else ["a"]}
        built = CONDITIONS.validate_python(raw)
        assert form_of(built) == form_of(raw)
        assert CONDITIONS.validate_python(built) == built
    assert form_of(small(QUESTIONS).bundle.rubric) is None
    assert Steps("ladder", ("L1",)).cumulative
