"""Changing one answer gives the same as starting anew."""

import pytest
from tests.making.completions import raw_of, valued
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.shipped import Models, example, flagship
from tests.making.size import size

from maturity.engines.python import evaluate, reevaluate
from maturity.engines.trials import trials
from maturity.model.city import City
from maturity.model.state import State, anything, inapplicable


def states_to_try(models: Models, question: str) -> list[State]:
    """Every trial state of a question, that nothing is known of it, and that it does not apply."""
    shape = models.plan.shapes[question]
    whole = anything(shape, declarable=question in models.plan.declarable)
    return [*trials(models.plan, question, whole), whole, inapplicable(shape)]


def check_reevaluation(models: Models, city: City) -> None:
    for project in city.projects:
        raw = raw_of(models.plan, city, project)
        before = valued(models, city, project)
        for question in models.plan.shapes:
            for state in states_to_try(models, question):
                after = reevaluate(before, question, state)
                assert after == evaluate(models.plan, {**raw, question: state}), question
        assert before == evaluate(models.plan, raw), "the first valuation was touched"


def test_changing_one_answer_of_an_example_is_starting_anew() -> None:
    check_reevaluation(flagship(), example("makassar.yaml"))


@pytest.mark.parametrize("seed", range(size(2, 40)))
def test_changing_one_answer_of_a_made_city_is_starting_anew(seed: int) -> None:
    check_reevaluation(flagship(), city_of(flagship(), seed))


@pytest.mark.parametrize("seed", range(size(100, 1000)))
def test_changing_one_answer_is_starting_anew_in_any_model(seed: int) -> None:
    models = models_of(seed, questions=9)
    check_reevaluation(models, city_of(models, seed))
