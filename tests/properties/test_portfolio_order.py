"""The order and the names of projects in a portfolio change no bit of its profile."""

from random import Random
from typing import Final

import pytest
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.shipped import EXAMPLES, Models, example, flagship
from tests.making.size import size

from maturity.engines.assessment import assess_project
from maturity.engines.profile import profile
from maturity.model.city import City
from maturity.model.result import ProjectResult

SHUFFLES: Final = size(150, 10_000)


def results(models: Models, city: City) -> list[ProjectResult]:
    return [assess_project(models.bundle, models.plan, city, one).result for one in city.projects]


def check_shuffles(models: Models, projects: list[ProjectResult], shuffles: int) -> None:
    first = repr(profile(models.bundle, projects))
    chance = Random(0)
    for _ in range(shuffles):
        chance.shuffle(projects)
        projects = [one._replace(id=f"p{chance.random()}") for one in projects]
        assert repr(profile(models.bundle, projects)) == first


def test_shuffles_of_a_shipped_portfolio_change_no_bit() -> None:
    models = flagship()
    cities = [*map(example, EXAMPLES), city_of(models, 1, projects=12)]
    check_shuffles(models, [one for city in cities for one in results(models, city)], SHUFFLES)


@pytest.mark.parametrize("seed", range(size(20, 200)))
def test_shuffles_of_any_portfolio_change_no_bit(seed: int) -> None:
    models = models_of(seed, questions=6)
    check_shuffles(models, results(models, city_of(models, seed, projects=9)), 50)
