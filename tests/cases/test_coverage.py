"""What worked cases reach of a rubric: every goal by its name, reached or missing."""

from collections.abc import Mapping, Sequence
from typing import Final

import pytest
from tests.making.shipped import Models
from tests.making.small import choice, multi, number, small

from maturity.engines.cases import Ran, trace_cases
from maturity.engines.coverage import coverage
from maturity.engines.mutants import hunt
from maturity.i18n.catalog import catalog
from maturity.model.cases import Cases

QUESTIONS: Final = (choice("c"), multi("m"), number("n"))
FLAG: Final = {
    "name": "F",
    "theme": "t1",
    "severity": "warning",
    "means": "It means.",
    "action": "Do.",
    "when": {"answer": "c", "in": ["a"]},
}
ITEM: Final = {"question": "c", "points": {"a": 0, "b": 50, "c": 100}}
BANDS: Final = {
    "score": "s",
    "rows": [
        {"id": "low", "name": "Low", "at_least": 0, "below": 50},
        {"id": "high", "name": "High", "at_least": 50, "at_most": 100},
    ],
}


def made() -> Models:
    return small(
        QUESTIONS,
        conditions={
            "many": {"name": "Many", "when": {"answer": "m", "chosen": 2}},
            "two": {
                "name": "Two of them",
                "when": {"at_least": 2, "of": [{"answer": "m", "has": ["a"]}, True]},
            },
            "long": {"name": "Long", "when": {"answer": "n", "at_least": 5}},
        },
        scores={"s": {"name": "S", "method": "mean", "items": [ITEM]}},
        decisions={"b": {"name": "B", "bands": BANDS}},
    )


def cases(*answers: Mapping[str, object]) -> Cases:
    said = [
        {"name": f"case {n}", "answers": one, "expect": {"score.s.least": 0}}
        for n, one in enumerate(answers)
    ]
    return Cases.model_validate({"format": "maturity/cases@1", "rubric": "made", "cases": said})


def told(models: Models, ran: Sequence[Ran], language: str = "en") -> set[str]:
    """What no case reaches, in words."""
    missed = coverage(models.bundle, ran).missing
    return {catalog(language).tell(one.what) for one in missed}


def missing(*answers: Mapping[str, object]) -> set[str]:
    models = made()
    ran = trace_cases(models.bundle, models.plan, cases(*answers))
    return told(models, ran)


THRESHOLDS: Final = {
    f"threshold {key} {end}, {level} {side}"
    for key, end, level in (
        ("condition.many", "chosen", 2),
        ("condition.two", "at_least", 2),
        ("condition.long", "at_least", 5),
        ("decision.b?low", "below", 50),
        ("decision.b?high", "at_least", 50),
    )
    for side in ("kept", "missed")
}
"""The outer ends of the bands are no thresholds: nothing lies beyond them."""


def test_an_empty_case_reaches_nothing() -> None:
    options = {f"option {name} {one}" for name in "cm" for one in "abc"}
    assert missing({}) == THRESHOLDS | {"row b low", "row b high"} | options


def test_two_cases_can_reach_everything() -> None:
    low = {"c": "a", "m": ["b"], "n": 4}
    middle = {"c": "b", "m": ["a", "c"], "n": 5}
    assert missing(low, middle) == {"option c c"}
    assert missing(low, middle, {"c": "c"}) == set()


def test_what_is_open_reaches_neither_side() -> None:
    assert {f"threshold condition.long at_least, 5 {one}" for one in ("kept", "missed")} <= missing(
        {"n": {"between": [4, 6]}}
    )


def test_mutants_that_no_case_notices_survive_alike_in_one_process_and_in_two() -> None:
    models = made()
    ran = trace_cases(models.bundle, models.plan, cases({"c": "a"}))
    alone = hunt(models.bundle, models.plan, ran)
    assert alone.tried == alone.of
    assert 0 < alone.caught < 1
    points = [one.steps[-1] for one in alone.survivors if "points" in one.steps]
    assert points == ["b", "c"]
    assert hunt(models.bundle, models.plan, ran, jobs=2) == alone
    sample = hunt(models.bundle, models.plan, ran, most=5)
    assert (sample.tried, sample.of) == (5, alone.of)
    assert all(one in alone.survivors for one in sample.survivors)
    assert hunt(models.bundle, models.plan, ran, most=0).caught == 1.0


def hunted(expect: Mapping[str, object]) -> set[str]:
    """The changes to a flag, and to a score with a condition in it, that one case overlooks."""
    weighed = {"when": {"answer": "c", "in": ["a"]}, "yes": 10, "no": 0}
    models = small(
        QUESTIONS,
        scores={"s": {"name": "S", "method": "sum", "items": [weighed]}},
        flags={"f": FLAG},
    )
    [case] = cases({"c": "a"}).cases
    file = Cases.model_validate(
        {
            "format": "maturity/cases@1",
            "rubric": "made",
            "cases": [{**case.model_dump(exclude_unset=True), "expect": expect}],
        }
    )
    ran = trace_cases(models.bundle, models.plan, file)
    assert all(one.outcome.passed for one in ran)
    return {
        ".".join(map(str, one.steps)) for one in hunt(models.bundle, models.plan, ran).survivors
    }


@pytest.mark.parametrize(
    ("expect", "guarded"),
    [
        ({"flags.raised": {"exactly": ["f"]}}, "flags.f.when"),
        ({"flag.f": "raised"}, "flags.f.when"),
        ({"flag.f.severity": "warning"}, "flags.f.when"),
        ({"score.s.least": 10}, "scores.s.items.0.yes"),
    ],
)
def test_what_a_case_expects_guards_the_rule(expect: Mapping[str, object], guarded: str) -> None:
    assert guarded not in hunted(expect)
    assert guarded in hunted({"coverage.answered": 1})


def test_conditions_in_scores_have_thresholds_of_their_own() -> None:
    item = {"when": {"answer": "n", "at_least": 5}, "yes": 10, "no": 0}
    models = small(QUESTIONS, scores={"s": {"name": "S", "method": "sum", "items": [item]}})
    ran = trace_cases(models.bundle, models.plan, cases({"n": 6}))
    names = {one for one in told(models, ran) if one.startswith("threshold")}
    assert names == {"threshold score.s#0 at_least, 5 missed"}
    assert "門檻 score.s#0 at_least 5（不符合）" in told(models, ran, "zh-Hant")
