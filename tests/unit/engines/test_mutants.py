"""Small changes to a rubric: which there are, and which of them cases notice."""

from typing import Any, Final

import pytest
from tests.making.models import models_of
from tests.making.shipped import Models
from tests.making.small import choice, multi, number, small

from maturity.engines.mutants import mutants_of
from maturity.i18n.catalog import catalog

ENGLISH: Final = catalog("en")
QUESTIONS: Final = (choice("c", may_be_inapplicable=True), multi("m"), number("n"), choice("d"))
ITEM: Final = {"question": "c", "points": {"a": 0, "b": 50, "c": 100}}
LADDER: Final = {
    "name": "L",
    "none": "None",
    "levels": [
        {"id": "L1", "name": "1", "when": True},
        {"id": "L2", "name": "2", "when": {"answer": "c", "in": ["b"]}},
        {"id": "L3", "name": "3", "when": {"answer": "c", "in": ["c"]}},
    ],
}

# A condition, and the changes to it: the place below it, and what is changed, in its words.
CHANGES: Final[list[tuple[object, set[str]]]] = [
    (
        {"answer": "c", "in": ["a", "b"]},
        {"negated", "in.0 a taken off", "in.1 b taken off", "in c put on"}
        | {"in not-applicable put on"},
    ),
    ({"answer": "d", "in": ["a"]}, {"negated", "in b put on", "in c put on"}),
    ({"answer": "m", "has": ["a"]}, {"negated", "has b put on", "has c put on"}),
    (
        {"answer": "m", "has_all": ["a", "b"]},
        {"negated", "has_all.0 a taken off", "has_all.1 b taken off", "has_all c put on"},
    ),
    (
        {"answer": "m", "lacks": ["a", "b"]},
        {"negated", "lacks.0 a taken off", "lacks.1 b taken off", "lacks c put on"},
    ),
    (
        {"answer": "m", "chosen": 2},
        {"negated", "chosen chosen: 2 moved to 1", "chosen chosen: 2 moved to 3"},
    ),
    (
        {"answer": "n", "at_least": 5},
        {"negated"} | {f"at_least at_least: 5 moved to {to}" for to in ("4.5", "5.5")},
    ),
    (
        {"answer": "n", "above": 5, "below": 7},
        {"negated"}
        | {f"above above: 5 moved to {to}" for to in ("4.5", "5.5")}
        | {f"below below: 7 moved to {to}" for to in ("6.5", "7.5")},
    ),
    (
        {"score": "s", "at_most": 40},
        {"negated"} | {f"at_most at_most: 40 moved to {to}" for to in ("35", "45")},
    ),
    (
        {"ladder": "l", "at_least": "L2"},
        {"negated"} | {f"at_least at_least: L2 moved to {to}" for to in ("L1", "L3")},
    ),
    (
        {"ladder": "l", "below": "L2"},
        {"negated"} | {f"below below: L2 moved to {to}" for to in ("L1", "L3")},
    ),
    (
        {"not": {"answer": "d", "in": ["a"]}},
        {"not left out", "not.in b put on", "not.in c put on"},
    ),
    (
        {"all": [{"answer": "d", "in": ["a"]}, {"answer": "m", "has": ["a"]}]},
        {"negated", "all read as any", "all.0 left out", "all.1 left out"}
        | {"all.0 negated", "all.0.in b put on", "all.0.in c put on"}
        | {"all.1 negated", "all.1.has b put on", "all.1.has c put on"},
    ),
    (
        {"any": [{"answer": "d", "in": ["a"]}]},
        {"negated", "any.0.in b put on", "any.0.in c put on"},
    ),
    (
        {
            "at_least": 1,
            "of": [{"answer": "n", "at_least": 5}, {"not": {"answer": "n", "above": 3}}],
        },
        {"negated", "of.0 left out", "of.1 left out", "of.0 negated", "of.1 not left out"}
        | {"at_least at_least: 1 moved to 0", "at_least at_least: 1 moved to 2"}
        | {f"of.0.at_least at_least: 5 moved to {to}" for to in ("4.5", "5.5")}
        | {f"of.1.not.above above: 3 moved to {to}" for to in ("2.5", "3.5")},
    ),
    (
        {"every": ["c", "d"], "in": ["a", "b"]},
        {"negated", "in.0 a taken off", "in.1 b taken off", "in c put on"},
    ),
    (
        {"count": ["c", "d"], "in": ["a"], "at_least": 1},
        {"negated", "in b put on", "in c put on"}
        | {f"at_least at_least: 1 moved to {to}" for to in (0, 2)},
    ),
    (
        {"share": ["c", "d"], "in": ["a"], "at_least": 0.5},
        {"negated", "in b put on", "in c put on"}
        | {f"at_least at_least: 0.5 moved to {to}" for to in (0.45, 0.55)},
    ),
    (
        {"decision": "e", "in": ["yes"]},
        {"negated", "in no put on"},
    ),
    (
        {"check": ["k", "k2"], "in": ["met", "partly"]},
        {"negated", "in.0 met taken off", "in.1 partly taken off", "in open put on"}
        | {"check.0 k taken off", "check.1 k2 taken off"},
    ),
    (
        {"flag": ["f", "f2"]},
        {"negated", "flag.0 f taken off", "flag.1 f2 taken off"},
    ),
]


STAGES: Final[dict[str, object]] = {
    "horizons": {"now": "Now"},
    "scores": {"s": {"name": "S", "method": "mean", "items": [ITEM]}},
    "ladders": {"l": LADDER},
    "decisions": {
        "e": {
            "name": "E",
            "rows": [
                {"id": "yes", "name": "Yes", "when": {"answer": "d", "in": ["a"]}},
                {"id": "no", "name": "No", "when": True},
            ],
        }
    },
    "checklists": {
        key: {
            "party": "government",
            "theme": "t1",
            "name": "Is it?",
            "advice": "Do.",
            "met": {"answer": "d", "in": ["a"]},
        }
        for key in ("k", "k2")
    },
    "flags": {
        key: {
            "name": "F",
            "theme": "t1",
            "severity": "warning",
            "means": "It means.",
            "action": "Do.",
            "when": {"answer": "d", "in": ["a"]},
        }
        for key in ("f", "f2")
    },
}
ADVICE: Final = {"action": "Do.", "theme": "t1", "owner": "joint", "horizon": "now"}


def made(**stages: object) -> Models:
    return small(QUESTIONS, **{**STAGES, **stages})


def told(models: Models, *steps: str | int) -> set[str]:
    """Place and words of every mutant at these steps or below."""
    found = mutants_of(models.bundle, models.plan.values)
    return {
        f"{'.'.join(map(str, one.steps[len(steps) :]))} {ENGLISH.tell(one.what)}".strip()
        for one in found
        if one.steps[: len(steps)] == steps
    }


@pytest.mark.parametrize(("condition", "expected"), CHANGES)
def test_every_form_of_condition_has_its_changes(condition: object, expected: set[str]) -> None:
    models = made(recommendations={"r": {**ADVICE, "when": condition}})
    assert told(models, "recommendations", "r", "when") == expected


def test_a_level_a_row_and_a_band_change() -> None:
    bands = [
        {"id": "low", "name": "Low", "below": 50},
        {"id": "high", "name": "High", "at_least": 50},
    ]
    models = made(decisions={"b": {"name": "B", "bands": {"score": "s", "rows": bands}}})
    ends = [("0.below below", 45), ("0.below below", 55), ("1.at_least at_least", 45)]
    expected = {f"{end}: 50 moved to {to}" for end, to in (*ends, ("1.at_least at_least", 55))}
    assert told(models, "decisions", "b", "bands", "rows") == expected
    assert "when condition dropped" in {one[2:] for one in told(models, "ladders", "l", "levels")}
    assert "0.when condition dropped" in told(made(), "decisions", "e", "rows")


def test_weights_and_points_change_only_where_they_matter() -> None:
    rise = {
        f"{one}: {low} points moved to {low + 10}" for one, low in (("a", 0), ("b", 50), ("c", 100))
    }
    alone = told(made(), "scores", "s", "items", 0)
    assert {one.split(" ", 1)[1] for one in alone} == rise
    other = {"when": {"answer": "d", "in": ["a"]}, "yes": 10, "no": 0}
    both = made(scores={"s": {"name": "S", "method": "mean", "items": [ITEM, other]}})
    assert "weight weight 1 moved to 2" in told(both, "scores", "s", "items", 0)
    assert {
        "weight weight 1 moved to 2",
        "yes yes: 10 points moved to 11",
        "no no: 0 points moved to 1",
        "when negated",
        "when.in b put on",
        "when.in c put on",
    } == told(both, "scores", "s", "items", 1)


def test_the_points_of_a_set_change_in_every_score_that_takes_it() -> None:
    item = {"question": "c", "points": "set"}
    one = {"name": "S", "method": "mean", "items": [item]}
    models = made(point_sets={"set": {"a": 0, "b": 0, "c": 0}}, scores={"s": one, "s2": one})
    found = [m for m in mutants_of(models.bundle, models.plan.values) if m.steps[0] == "point_sets"]
    assert [ENGLISH.tell(one.what) for one in found][:1] == ["a: 0 points moved to 1"]
    assert {tuple(one.values) for one in found} == {("score.s", "score.s2")}


def test_what_is_usual_changes() -> None:
    departs = {
        "question": "c",
        "usual": ["a"],
        "silent": ["b"],
        "where": {"answer": "d", "in": ["a"]},
    }
    flag = {key: one for key, one in STAGES["flags"]["f"].items() if key != "when"}  # type: ignore[index]
    found = told(made(flags={"f": {**flag, "departs": departs}}), "flags", "f", "departs")
    assert {"usual a no longer usual", "usual c taken for usual", "where negated"} <= found
    assert not any(one.startswith("usual b") for one in found)


@pytest.mark.parametrize("seed", range(40))
def test_a_mutant_differs_and_stands_where_it_says(seed: int) -> None:
    models = models_of(seed)
    rubric = models.bundle.rubric.model_dump(by_alias=True)
    for one in mutants_of(models.bundle, models.plan.values):
        assert one.values
        assert all(models.plan.values[key] != node for key, node in one.values.items())
        found: Any = rubric
        for step in one.steps:
            found = found[step]
