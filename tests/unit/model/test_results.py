"""Flat rows, reasons and expectations."""

from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.small import choice, city, small

from maturity.engines.assessment import assess_project
from maturity.model.cases import Case, Expectation
from maturity.model.city import Answer
from maturity.model.flat import flat, flat_keys
from maturity.model.reason import Asked, Number, Reason
from maturity.model.state import ChoiceState


def test_a_flat_row_has_every_key_and_no_other() -> None:
    for seed in range(10):
        models = models_of(seed)
        made = city_of(models, seed)
        found = assess_project(models.bundle, models.plan, made, made.projects[0]).result
        assert set(flat(found, models.bundle)) == flat_keys(models.bundle)


def test_a_flat_row_tells_what_is_absent() -> None:
    flag = {"name": "F", "theme": "t1", "severity": "info", "means": "M", "action": "Do."}
    advice = {"action": "Do.", "theme": "t1", "owner": "joint", "horizon": "now", "when": False}
    stages = {"flags": {"off": {**flag, "when": False}}, "recommendations": {"it": advice}}
    models = small([choice("one")], horizons={"now": "Now"}, **stages)
    made = city(government={"one": "a"}, private={"one": "b"})
    row = flat(
        assess_project(models.bundle, models.plan, made, made.projects[0]).result, models.bundle
    )
    assert row["flag.off"] == row["recommendation.it"] == "absent"
    assert row["flag.off.severity"] is None
    assert row["divergence.one"] == "open"
    assert row["coverage.asked"] == 1.0


def test_an_expectation_reads_as_it_is_written() -> None:
    raw = {"near": 40, "margin": 0.5}
    assert str(Expectation.model_validate(raw)) == "near 40.0, margin 0.5"
    case = Case.model_validate({"name": "A", "expect": {"x": {"in": ["a", "b"]}, "y": "a"}})
    assert str(case.expect["x"]) == "in a|b"
    assert case.expect["y"] == "a"
    assert Case.model_validate({"name": "A", "expect": case.expect}).expect == case.expect


def test_the_leaves_of_a_reason_are_its_answers_each_once() -> None:
    state = ChoiceState(frozenset({"a"}), answered=True)
    one, two = (Asked(name, "in", ("a",), state, applies=True) for name in ("one", "two"))
    first, second = Reason("asked", value=True, asked=one), Reason("asked", value=True, asked=two)
    whole = Reason("all", value=True, parts=(first, second, first))
    assert whole.leaves() == (one, two)
    assert whole.truth is True
    assert whole.number == Number(None, None)
    fold = Reason("fold", Number(1.0, 2.0))
    assert (fold.truth, fold.number) == (None, Number(1.0, 2.0))


def test_the_schema_of_an_answer_allows_the_short_form() -> None:
    short, long = Answer.model_json_schema()["anyOf"]
    assert long["properties"]["answer"] == short
