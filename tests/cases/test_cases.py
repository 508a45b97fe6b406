"""The shipped worked cases hold, one test a case, and together pin the whole rubric."""

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from maturity.api.assessing import scoring_for
from maturity.api.models import Scoring
from maturity.engines.cases import run_cases
from maturity.engines.expecting import holds
from maturity.loading.models import Loaded, Source, fetch, load
from maturity.model.case_result import CaseOutcome
from maturity.model.cases import Case, Cases, Expectation, Expected
from maturity.model.flat import FlatValue, expectable

pytestmark = pytest.mark.untraced  # what these reach is counted elsewhere

RUBRIC: Final = "ppp-three-tier"
FOLDER: Final = Path(__file__).resolve().parents[2] / "rubrics"
RUBRICS: Final = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.cases.yaml"))

of_each_rubric: Final = pytest.mark.parametrize("rubric", RUBRICS)


@cache
def shipped(rubric: str = RUBRIC) -> Cases:
    source = fetch(FOLDER / f"{rubric}.cases.yaml")
    assert isinstance(source, Source)
    loaded = load(source, Cases)
    assert isinstance(loaded, Loaded), loaded
    return loaded.model


@cache
def scoring(rubric: str = RUBRIC) -> Scoring:
    return scoring_for(rubric)


@cache
def outcomes(rubric: str) -> dict[str, CaseOutcome]:
    models = scoring(rubric)
    return {one.name: one for one in run_cases(models.bundle, models.plan, shipped(rubric))}


def run(*cases: Case) -> tuple[CaseOutcome, ...]:
    file = Cases(format="maturity/cases@1", rubric=RUBRIC, cases=cases)
    return run_cases(scoring().bundle, scoring().plan, file)


def case(name: str, expect: dict[str, object], **parts: object) -> Case:
    return Case.model_validate({"name": name, "expect": expect, **parts})


@pytest.mark.parametrize(
    ("rubric", "name"), [(rubric, one.name) for rubric in RUBRICS for one in shipped(rubric).cases]
)
def test_case(rubric: str, name: str) -> None:
    assert outcomes(rubric)[name].passed, outcomes(rubric)[name].failures


@of_each_rubric
def test_case_names_differ(rubric: str) -> None:
    assert len(outcomes(rubric)) == len(shipped(rubric).cases)


def test_a_wrong_expectation_fails_with_what_came_out() -> None:
    right = {"answers": {"stage": "signed"}}
    [outcome] = run(case("wrong", {"decision.health.confirmed": "not-started"}, **right))
    [failure] = outcome.failures
    assert not outcome.passed
    assert failure.key == "decision.health.confirmed"
    assert (failure.expected, failure.got, failure.known) == ("not-started", None, True)


def test_an_unknown_key_fails_even_where_null_is_expected() -> None:
    [outcome] = run(case("typo", {"ladder.operatin.confirmed": None}))
    [failure] = outcome.failures
    assert not failure.known


def test_a_base_gives_its_answers_side_by_side() -> None:
    first = case(
        "first",
        {"divergence.exclusivity": "absent"},
        government={"exclusivity": "full"},
        answers={"stage": "idea"},
    )
    second = case(
        "second",
        {"divergence.exclusivity": "open", "decision.health.confirmed": "not-started"},
        base="first",
        private={"exclusivity": "none"},
    )
    third = case("third", {"divergence.exclusivity": "open"}, base="second")
    assert all(outcome.passed for outcome in run(first, second, third))


@pytest.mark.parametrize(
    ("expected", "got", "truth"),
    [
        ("T1", "T1", True),
        (None, None, True),
        ("T1", None, False),
        ("T2|T1", ("T2", "T1"), True),
        (Expectation(in_=("T1", None)), None, True),
        (Expectation(in_=("T1",)), "T2", False),
        (Expectation(not_in=("T2", "T3")), "T1", True),
        (Expectation(not_in=("T2", "T3")), "T3", False),
        (Expectation(at_least=40), 40.0, True),
        (Expectation(at_least=40), 39.9, False),
        (Expectation(at_most=40), 40.1, False),
        (Expectation(at_most=40), None, False),
        (Expectation(near=40, margin=0.5), 40.5, True),
        (Expectation(near=40, margin=0.5), 40.6, False),
        (Expectation(near=40), "40", False),
        (Expectation(has=("T1",)), ("T2", "T1"), True),
        (Expectation(has=("T1",), lacks=("T2",)), ("T2", "T1"), False),
        (Expectation(lacks=("T2",)), None, True),
        (Expectation(has=("T1",)), "T1", True),
    ],
)
def test_what_an_expectation_asks(expected: Expected, got: FlatValue, truth: bool) -> None:
    assert holds(expected, got) is truth


def test_an_expectation_reads_as_words() -> None:
    assert str(Expectation.model_validate({"in": ["T1", "T2"]})) == "in T1|T2"
    assert str(Expectation(near=40, margin=0.5)) == "near 40.0, margin 0.5"


@of_each_rubric
def test_the_keys_of_a_result_are_known_beforehand(rubric: str) -> None:
    expected = {key for one in shipped(rubric).cases for key in one.expect}
    assert expected <= expectable(scoring(rubric).bundle)


def pinned(rubric: str) -> set[tuple[str, Expected]]:
    """Every value that a case expects exactly, with its key."""
    return {
        (key, expected)
        for one in shipped(rubric).cases
        for key, expected in one.expect.items()
        if not isinstance(expected, Expectation)
    }


@of_each_rubric
def test_the_cases_pin_every_level_and_that_none_is_reached(rubric: str) -> None:
    ladders = scoring(rubric).bundle.rubric.ladders
    levels = {
        (f"ladder.{name}.confirmed", level)
        for name, ladder in ladders.items()
        for level in (None, *(level.id for level in ladder.levels))
    }
    assert levels <= pinned(rubric)


@of_each_rubric
def test_the_cases_pin_every_row(rubric: str) -> None:
    decisions = scoring(rubric).bundle.rubric.decisions
    rows = {
        (f"decision.{name}.confirmed", row.id)
        for name, decision in decisions.items()
        for row in decision.outcomes()
    }
    assert rows <= pinned(rubric)


@of_each_rubric
def test_the_cases_pin_every_status_of_every_item(rubric: str) -> None:
    items = scoring(rubric).bundle.rubric.checklists
    always = {
        (f"check.{name}", at) for name in items for at in ("met", "partly", "open", "unknown")
    }
    at_times = {
        (f"check.{name}", "not-applicable")
        for name, item in items.items()
        if item.applies is not True
    }
    assert always | at_times <= pinned(rubric)


@of_each_rubric
def test_the_cases_raise_every_flag_and_show_its_absence_and_its_watch(rubric: str) -> None:
    flags = scoring(rubric).bundle.rubric.flags
    always = {(f"flag.{name}", at) for name in flags for at in ("raised", "absent")}
    watches = {
        (f"flag.{name}", "watched") for name, flag in flags.items() if flag.watch is not False
    }
    assert always | watches <= pinned(rubric)


@of_each_rubric
def test_the_cases_give_every_recommendation(rubric: str) -> None:
    names = scoring(rubric).bundle.rubric.recommendations
    assert {(f"recommendation.{name}", "given") for name in names} <= pinned(rubric)
