"""Which answers are tried, what they reach, and which question comes next."""

import pytest
from tests.making.shipped import Models
from tests.making.small import choice, multi, number, small, values_of

from maturity.engines.explained import keys_of, outputs_named
from maturity.engines.next_question import next_questions
from maturity.engines.openness import openness, outputs_of
from maturity.engines.trials import trials
from maturity.model.state import MultiState, NumberState, TextState, anything

FLAG = {"name": "F", "theme": "t1", "severity": "info", "means": "M", "action": "Do."}
ADVICE = {"action": "Do.", "theme": "t1", "owner": "joint", "horizon": "now"}
ITEM = {"party": "private", "theme": "t1", "name": "?", "advice": "Do."}
IS_A = {"answer": "one", "in": ["a"]}
QUESTIONS: list[dict[str, object]] = [
    number("size"),
    choice("one", applies_when={"answer": "size", "at_least": 4}),
    multi("set"),
    {"id": "said", "kind": "text"},
]


def made(**stages: object) -> Models:
    return small(QUESTIONS, horizons={"now": "Now"}, **stages)


def test_a_number_is_tried_at_every_threshold_and_between() -> None:
    models = made(conditions={"it": {"name": "It", "when": {"answer": "size", "below": 8}}})
    whole = anything(models.plan.shapes["size"], declarable=False)
    tried = [
        state.least
        for state in trials(models.plan, "size", whole)
        if isinstance(state, NumberState)
    ]
    # 4 stands in `applies_when`, 8 in a condition.
    assert tried == [0, 2, 4, 6, 8, 9, 10]


def test_a_multi_is_tried_with_none_all_and_each() -> None:
    models = made()
    open_state = anything(models.plan.shapes["set"], declarable=False)
    states = [one for one in trials(models.plan, "set", open_state) if isinstance(one, MultiState)]
    assert [sorted(one.chosen) for one in states] == [[], ["a", "b", "c"], ["a"], ["b"], ["c"]]
    assert all(one.chosen | one.refused == frozenset("abc") for one in states)
    last = MultiState(frozenset("a"), frozenset("b"), applies=True, answered=True)
    assert len(list(trials(models.plan, "set", last))) == 2


def test_a_text_is_not_tried() -> None:
    assert not list(trials(made().plan, "said", TextState(applies=True, answered=False)))


def test_what_an_answer_reaches_and_what_decides_a_value() -> None:
    conditions = {"it": {"name": "It", "when": IS_A}}
    models = made(conditions=conditions, flags={"on": {**FLAG, "when": {"condition": "it"}}})
    assert models.plan.reach("size").questions == ("size", "one")
    assert models.plan.reach("size").values == ("condition.it", "flag.on")
    assert models.plan.reach("size") is models.plan.reach("size")
    assert models.plan.reach("said").values == ()
    assert models.plan.questions_behind("flag.on") == ["size", "one"]
    assert models.plan.questions_behind("watch.on") == []


def test_the_keys_behind_an_output() -> None:
    ladder = {"name": "L", "none": "N", "levels": [{"id": "L1", "name": "1", "when": True}]}
    table = {"name": "T", "rows": [{"id": "yes", "name": "Y", "when": True}]}
    bundle = made(
        conditions={"it": {"name": "It", "when": True}},
        scores={"mark": {"name": "M", "items": [{"question": "size"}]}},
        ladders={"climb": ladder},
        decisions={"table": table},
        checklists={"G1": {**ITEM, "met": True}},
        flags={"on": {**FLAG, "when": True}},
        recommendations={"on": {**ADVICE, "when": True}},
    ).bundle
    assert keys_of(bundle, "ladder.climb") == ("ladder.climb.L1",)
    assert keys_of(bundle, "decision.table") == ("decision.table.yes",)
    assert keys_of(bundle, "check.G1")[:2] == ("check.G1.not-applicable", "check.G1.met")
    for single in ("condition.it", "score.mark", "flag.on", "recommendation.on"):
        assert keys_of(bundle, single) == (single,)
    for wrong in ("flag.off", "ladder.table", "decision.none", "watch.on"):
        with pytest.raises(KeyError):
            keys_of(bundle, wrong)
    assert outputs_named(bundle, "on") == ["flag.on", "recommendation.on"]
    assert outputs_named(bundle, "flag.on") == ["flag.on"]
    assert outputs_named(bundle, "off") == []


def test_openness_runs_from_certain_to_nothing_known() -> None:
    ladder = {"name": "L", "none": "N", "levels": [{"id": "L1", "name": "1", "when": IS_A}]}
    table = {"name": "T", "rows": [{"id": "yes", "name": "Y", "when": IS_A}]}
    models = made(
        scores={"mark": {"name": "M", "scale": [0, 10], "items": [{"question": "size"}]}},
        ladders={"climb": ladder},
        decisions={"table": table},
        checklists={"G1": {**ITEM, "applies": IS_A, "met": IS_A, "partly": IS_A}},
        flags={"on": {**FLAG, "when": IS_A}},
        summary={"verdict": "table", "columns": ["climb"]},
    )
    outputs = outputs_of(models.bundle)
    nothing, known = values_of(models), values_of(models, answers={"size": 5, "one": "a"})
    away = values_of(models, answers={"size": 5, "one": "b"})
    assert {key: openness(one, nothing) for key, one in outputs.items()} == dict.fromkeys(
        outputs, 1.0
    )
    for at in (known, away):
        assert {key: openness(one, at) for key, one in outputs.items()} == dict.fromkeys(
            outputs, 0.0
        )
    assert [outputs[key].weight for key in ("decision.table", "ladder.climb")] == [10.0, 5.0]


def test_a_score_that_does_not_apply_is_certain() -> None:
    absent = {"answer": "not-applicable", "reason": "None."}
    score = {"name": "M", "scale": [5, 5], "items": [{"question": "it"}]}
    models = small([number("it", may_be_inapplicable=True)], scores={"mark": score})
    output = outputs_of(models.bundle)["score.mark"]
    assert output.span == 1.0
    assert openness(output, values_of(models, answers={"it": absent})) == 0.0


def test_equal_gains_are_ordered_by_ask_first_then_by_id() -> None:
    questions = [choice("z"), choice("y"), choice("x", ask_first=True), choice("w", theme="t2")]
    flags = {one: {**FLAG, "when": {"answer": one, "in": ["a"]}} for one in ("z", "y", "x")}
    models = small(questions, flags=flags)
    found = next_questions(models.bundle, values_of(models))
    assert [one.question for one in found] == ["x", "y", "z"]
    assert [one.gain for one in found] == pytest.approx([1 / 3] * 3)
    assert found[0].settles == (("flag.x", 3),)
    assert [one.question for one in next_questions(models.bundle, values_of(models), 1)] == ["x"]


def test_nothing_is_proposed_where_nothing_is_open() -> None:
    models = small([choice("one"), choice("two")], flags={"on": {**FLAG, "when": IS_A}})
    assert next_questions(models.bundle, values_of(models, answers={"one": "b"})) == ()
