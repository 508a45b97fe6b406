"""Knowing less never confirms more, and never rules out more."""

from collections.abc import Mapping
from typing import Final

import pytest
from tests.making.completions import valued
from tests.making.models import models_of
from tests.making.outcomes import breaches, told
from tests.making.projects import SIDES, city_of
from tests.making.shipped import EXAMPLES, Models, example, flagship
from tests.making.size import size

from maturity.model.city import Answer, City, Project

UNKNOWN: Final = Answer(answer="unknown")


def forgotten(city: City, project: Project, question: str) -> Project:
    """The project with every side's answer on a question turned into unknown."""
    sides: dict[str, Mapping[str, Answer]] = {}
    for side in ("answers", "government", "private"):
        if question in city.given(project, side):
            sides[side] = {**project.side(side), question: UNKNOWN}
    return project.model_copy(update=sides)


def check_forgetting(models: Models, city: City) -> None:
    for project in city.projects:
        known = told(models.bundle, valued(models, city, project))
        answered = {name for side in SIDES for name in city.given(project, side)}
        for question in sorted(answered):
            less = told(models.bundle, valued(models, city, forgotten(city, project, question)))
            assert not breaches(models.bundle, less, known), (project.id, question)


@pytest.mark.parametrize("name", EXAMPLES)
def test_forgetting_an_answer_of_an_example_only_widens(name: str) -> None:
    check_forgetting(flagship(), example(name))


@pytest.mark.parametrize("seed", range(size(20, 200)))
def test_forgetting_an_answer_of_a_made_city_only_widens(seed: int) -> None:
    check_forgetting(flagship(), city_of(flagship(), seed))


@pytest.mark.parametrize("seed", range(size(60, 600)))
def test_forgetting_an_answer_only_widens_in_any_model(seed: int) -> None:
    models = models_of(seed, questions=8, policies=("range",))
    check_forgetting(models, city_of(models, seed, projects=2))


@pytest.mark.parametrize("seed", range(size(10, 100)))
def test_the_exception_one_side_that_does_not_know_leaves_it_to_the_other(seed: int) -> None:
    models = models_of(seed, questions=8)
    city = city_of(models, seed)
    for project in city.projects:
        for question in sorted(project.government.keys() & project.private.keys()):
            unsure = {**project.private, question: UNKNOWN}
            alone = {name: one for name, one in project.private.items() if name != question}
            one = project.model_copy(update={"private": unsure})
            other = project.model_copy(update={"private": alone})
            assert valued(models, city, one).values == valued(models, city, other).values
