"""However the open questions of a project turn out, nothing that was stated is taken back."""

from random import Random
from typing import Final

import pytest
from tests.making.completions import completed, valued
from tests.making.models import models_of
from tests.making.outcomes import breaches, open_outputs, told
from tests.making.projects import city_of
from tests.making.shipped import EXAMPLES, Models, example, flagship
from tests.making.size import size

from maturity.model.city import City

CITIES: Final = size(40, 200)
COMPLETIONS: Final = size(20, 100)


def check_completions(models: Models, city: City, seed: int) -> None:
    chance = Random(seed)
    for project in city.projects:
        stated = told(models.bundle, valued(models, city, project))
        for _ in range(COMPLETIONS):
            whole = completed(models, city, project, chance)
            found = told(models.bundle, valued(models, city, whole))
            assert not open_outputs(found), f"{project.id}: open although all is answered"
            assert not breaches(models.bundle, stated, found), project.id


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_completion_of_an_example_leaves_what_was_stated(name: str) -> None:
    check_completions(flagship(), example(name), seed=len(name))


@pytest.mark.parametrize("seed", range(CITIES))
def test_no_completion_of_a_made_city_leaves_what_was_stated(seed: int) -> None:
    check_completions(flagship(), city_of(flagship(), seed), seed)


@pytest.mark.parametrize("seed", range(size(60, 600)))
def test_no_completion_leaves_what_any_model_stated(seed: int) -> None:
    models = models_of(seed, questions=9, policies=("range",))
    check_completions(models, city_of(models, seed), seed)
