"""Small changes to a rubric: none that no answers could tell apart, and each noticed or not."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.making.models import models_of
from tests.making.shipped import Models
from tests.making.small import choice, small

from maturity.engines.cases import trace_cases
from maturity.engines.mutants import Mutant, hunt, mutants_of
from maturity.i18n.catalog import catalog
from maturity.model.cases import Case, Cases, Expectation, Expected
from maturity.model.flat import FlatValue, beside, flat, listed
from maturity.plan import Plan, reads_of

POINTS = {"a": 2, "b": 1, "c": 0}
ITEM = {"party": "government", "theme": "t1", "name": "Item", "advice": "Do."}
IS_A = {"answer": "q", "in": ["a"]}


def mutants(models: Models) -> tuple[Mutant, ...]:
    return mutants_of(models.bundle, models.plan.values)


def score(*items: object, method: str = "mean") -> Models:
    scores = {"s": {"name": "S", "method": method, "scale": [0, 8], "items": items}}
    asked = choice("q", rows={"one": "One", "two": "Two"}), choice("r")
    return small(asked, scores=scores)


ROWS = {"questions": {"rows_of": "q"}, "points": POINTS}


@pytest.mark.parametrize(
    ("models", "weighed"),
    [
        (score(ROWS), 0),
        (score(ROWS, {"question": "r", "points": POINTS}), 2),
        (score(ROWS, method="sum"), 1),
    ],
    ids=["the rows of one item share its weight", "two items", "weights add up"],
)
def test_a_weight_is_changed_where_it_decides(models: Models, weighed: int) -> None:
    assert sum(one.what.key == "change.weight" for one in mutants(models)) == weighed


@pytest.mark.parametrize(
    ("more", "statuses"),
    [
        ({}, {"met"}),
        ({"partly": {"answer": "q", "in": ["b"]}}, {"met", "partly"}),
        ({"applies": {"not": {"answer": "q", "in": ["c"]}}}, {"met", "not-applicable"}),
    ],
    ids=["met or open", "partly, too", "or not applicable"],
)
def test_only_a_status_that_an_item_can_have_is_put_on_a_list(
    more: Mapping[str, object], statuses: set[str]
) -> None:
    advice = {
        "action": "Do.",
        "theme": "t1",
        "owner": "joint",
        "horizon": "now",
        "when": {"check": "G", "in": ["open"]},
    }
    models = small(
        [choice("q")],
        horizons={"now": "Now"},
        checklists={"G": {**ITEM, "met": IS_A, **more}},
        recommendations={"do": advice},
    )
    put_on = {
        one.what.values["name"]
        for one in mutants(models)
        if one.steps[0] == "recommendations" and one.what.key == "change.put-on"
    }
    assert put_on == statuses


@pytest.mark.parametrize("seed", range(6))
def test_a_change_survives_where_the_cases_hold_when_run_anew(seed: int) -> None:
    models = models_of(seed)
    cases = Cases(format="maturity/cases@1", rubric="made", cases=_cases(models, every=seed + 1))
    ran = trace_cases(models.bundle, models.plan, cases)
    assert all(one.outcome.passed for one in ran)
    found = mutants(models)[::3]
    plans = (_with(models.plan, one) for one in found)
    anew = [trace_cases(models.bundle, plan, cases) for plan in plans]
    expected = [
        _told(one)
        for one, told in zip(found, anew, strict=True)
        if all(each.outcome.passed for each in told)
    ]
    assert 0 < len(expected) < len(found)
    survivors = set(map(_told, hunt(models.bundle, models.plan, ran).survivors))
    assert [one for one in map(_told, found) if one in survivors] == expected


def _told(one: Mutant) -> tuple[object, str]:
    return one.steps, catalog("en").tell(one.what)


def _with(plan: Plan, mutant: Mutant) -> Plan:
    reads = {key: reads_of(node) for key, node in mutant.values.items()}
    values = {**plan.values, **mutant.values}
    return replace(plan, values=values, reads={**plan.reads, **reads})


def _cases(models: Models, every: int) -> tuple[Case, ...]:
    """What comes out of no answers and of the first options: each `every`-th value is expected."""
    first = {name: shape.options[0] for name, shape in models.plan.shapes.items() if shape.options}
    settled = {
        name: one for name, one in first.items() if models.plan.shapes[name].kind == "choice"
    }
    bare = [
        Case.model_validate({"name": name, "answers": answers, "expect": {"none": None}})
        for name, answers in (("nothing", {}), ("first options", settled))
    ]
    file = Cases(format="maturity/cases@1", rubric="made", cases=tuple(bare))
    found = []
    for ran in trace_cases(models.bundle, models.plan, file):
        row = flat(ran.assessed.result, models.bundle)
        row |= listed(row) | beside(ran.assessed.result, models.bundle)
        keys = [key for key in row if not key.startswith(("divergence", "coverage"))]
        expect = {key: _expected(row[key]) for key in keys[::every]}
        found.append(ran.case.model_copy(update={"expect": expect}))
    return tuple(found)


def _expected(value: FlatValue) -> Expected:
    return Expectation(exactly=value) if isinstance(value, tuple) else value
