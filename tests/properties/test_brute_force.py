"""On small models every way in which things may be is tried out, and read by a second reader."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.making.completions import raw_of
from tests.making.models import POLICIES, models_of
from tests.making.oracle import Oracle, Outcomes, ways_count, worlds
from tests.making.outcomes import MARGIN, Told, told
from tests.making.projects import city_of
from tests.making.shipped import Models
from tests.making.size import size
from tests.making.small import choice, multi, number, small

from maturity.engines.intervals import Interval, fold, within
from maturity.engines.python import evaluate
from maturity.model.state import State, Truth
from maturity.rules.expr import Bounds, Method

MOST_WORLDS: Final = size(400, 4000)


def all_outcomes(models: Models, raw: Mapping[str, State]) -> dict[str, set[object]]:
    """By key, everything that comes out in some world."""
    before = evaluate(models.plan, raw)
    silent = frozenset(
        name
        for name, state in raw.items()
        if not state.answered and before.applies[name] is not False
    )
    found: dict[str, set[object]] = defaultdict(set)
    for world in worlds(models, raw):
        outcomes: Outcomes = Oracle(models, world, silent).outcomes()
        for key, outcome in outcomes.items():
            found[key].add(outcome)
    return found


def ruled_out(models: Models, stated: Told, happens: Mapping[str, set[object]]) -> list[str]:
    """What happens in some world although it was ruled out."""
    wrong = []
    for key, outcomes in happens.items():
        stage, name = key.split(".")
        wrong += [
            f"{key}: {one}" for one in outcomes if not _allows(models, stated, stage, name, one)
        ]
    return wrong


def _allows(models: Models, stated: Told, stage: str, name: str, outcome: object) -> bool:
    match stage:
        case "score":
            return _allows_number(stated, name, outcome)
        case "ladder":
            ladder = stated.ladders[name]
            levels = (None, *models.bundle.steps(name).ids)
            low, high = levels.index(ladder.confirmed), levels.index(ladder.possible)
            return outcome in levels[low : high + 1]
        case "decision":
            decision = stated.decisions[name]
            sure = decision.confirmed is None or decision.confirmed == outcome
            return sure and (outcome is None or outcome in decision.possible)
        case "check":
            floor = stated.checks[name].floor is None or outcome in ("met", "partly")
            return floor and outcome in stated.checks[name].possible
        case "condition":
            return True
    return stated.truths[f"{stage}.{name}"] in (None, outcome)


def _allows_number(stated: Told, name: str, outcome: object) -> bool:
    score = stated.scores[name]
    if score.least is None or score.most is None or not isinstance(outcome, float | int):
        return outcome is None and (score.least is None or score.may_not_apply)
    return score.least - MARGIN <= outcome <= score.most + MARGIN


@pytest.mark.parametrize("seed", range(size(250, 2500)))
def test_nothing_that_may_happen_is_ruled_out(seed: int) -> None:
    models = models_of(seed, questions=Random(seed).randint(1, 4))
    city = city_of(models, seed, projects=3)
    for project in city.projects:
        raw = raw_of(models.plan, city, project)
        if ways_count(models, raw) <= MOST_WORLDS:
            stated = told(models.bundle, evaluate(models.plan, raw))
            assert not ruled_out(models, stated, all_outcomes(models, raw))


VALUES: Final = st.integers(-20, 100).map(float)
"""Whole numbers and halved weights: sums of them are exact."""


@st.composite
def weighted(draw: st.DrawFn) -> tuple[float, Interval]:
    """An item of a score: sure, open, or left out."""
    low, high = sorted((draw(VALUES), draw(VALUES)))
    applies: Truth = draw(st.sampled_from([True, True, None, None, False]))
    return draw(st.sampled_from([0.5, 1.0, 2.0, 3.0])), Interval(low, high, applies)


@given(st.sampled_from(Method), st.lists(weighted(), max_size=6))
def test_the_ends_of_a_fold_are_those_of_all_choices(
    method: Method, items: list[tuple[float, Interval]]
) -> None:
    found = fold(method, items)
    lows, highs, nothing = [], [], False
    for kept in _choices(items):
        if kept:
            lows.append(_one(method, [(weight, item.least) for weight, item in kept]))
            highs.append(_one(method, [(weight, item.most) for weight, item in kept]))
        nothing = nothing or not kept
    assert found.applies is (None if lows and nothing else not nothing)
    if lows:
        assert (found.least, found.most) == pytest.approx((min(lows), max(highs)), abs=MARGIN)


def _choices(items: list[tuple[float, Interval]]) -> list[list[tuple[float, Interval]]]:
    sure = [n for n, (_, item) in enumerate(items) if item.applies is True]
    optional = [n for n, (_, item) in enumerate(items) if item.applies is None]
    picks = [pick for n in range(len(optional) + 1) for pick in combinations(optional, n)]
    return [[items[n] for n in sorted([*sure, *pick])] for pick in picks]


def _one(method: Method, pairs: list[tuple[float, float]]) -> float:
    settled = [(weight, Interval(value, value)) for weight, value in pairs]
    return fold(method, settled).least


@given(
    st.sampled_from([Method.MEAN, Method.GEOMETRIC]),
    st.lists(st.floats(0.001, 10), min_size=1, max_size=8),
    st.floats(0.001, 1000),
)
def test_a_mean_of_equal_values_is_that_value(
    method: Method, weights: list[float], value: float
) -> None:
    same = Interval(value, value)
    assert fold(method, [(weight, same) for weight in weights]) == same


ENDS: Final = st.sampled_from([None, -1.0, 0.0, 1.0, 2.0])


@given(
    st.tuples(ENDS, ENDS, ENDS, ENDS),
    st.tuples(st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0]), st.sampled_from([0.0, 1.0, 3.0])),
    st.sampled_from([True, None, False]),
    st.booleans(),
)
def test_within_is_true_of_all_numbers_false_of_none_or_unknown(
    ends: tuple[float | None, ...],
    span: tuple[float, float],
    applies: Truth,
    if_not_applicable: bool,
) -> None:
    bounds = Bounds(*ends)
    low, high = min(span), max(span)
    numbers = [low + (high - low) * n / 40 for n in range(41)]
    truths = {bounds.reaches(one) and bounds.keeps(one) for one in numbers if applies is not False}
    truths |= {if_not_applicable} if applies is not True else set()
    found = within(Interval(low, high, applies), bounds, if_not_applicable)
    assert found in (None, *truths)
    # Bounds that exclude each other rule everything out, which an interval cannot always see.
    if found is None and not _cross(bounds):
        assert truths == {True, False}


def _cross(bounds: Bounds) -> bool:
    lows = [end for end in (bounds.at_least, bounds.above) if end is not None]
    highs = [end for end in (bounds.at_most, bounds.below) if end is not None]
    return bool(lows and highs) and max(lows) >= min(highs)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("unanswered", POLICIES)
@pytest.mark.parametrize("seed", range(size(6, 60)))
def test_the_ends_of_a_score_over_separate_questions_are_exact(
    method: Method, unanswered: str, seed: int
) -> None:
    models = single_score(method, unanswered, Random(seed))
    city = city_of(models, seed)
    raw = raw_of(models.plan, city, city.projects[0])
    stated = told(models.bundle, evaluate(models.plan, raw)).scores["one"]
    found = all_outcomes(models, raw)["score.one"]
    numbers = [one for one in found if isinstance(one, float | int)]
    assert stated.may_not_apply == (None in found and bool(numbers))
    if not numbers:
        assert stated.least is None
    else:
        assert (stated.least, stated.most) == pytest.approx(
            (min(numbers), max(numbers)), abs=MARGIN
        )


def single_score(method: Method, unanswered: str, chance: Random) -> Models:
    """One score over questions that share nothing; some may be left out."""
    kinds = chance.sample([choice, choice, choice, multi, number], 4)
    questions = [
        make(f"q{n}", may_be_inapplicable=chance.random() < 0.6) for n, make in enumerate(kinds)
    ]
    items: list[dict[str, object]] = [
        {"question": f"q{n}", "weight": chance.choice([0.5, 1, 2])} for n in range(len(kinds))
    ]
    for item, make in zip(items, kinds, strict=True):
        if make is not number:
            item["points"] = {option: chance.randint(-10, 100) for option in "abc"}
    score = {"name": "One", "method": method.value, "items": items}
    return small(questions, unanswered=unanswered, scores={"one": score})
