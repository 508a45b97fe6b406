"""Names of projects, the order of answers and the order of questions decide nothing."""

from random import Random
from typing import Final

import pytest
from tests.making.completions import raw_of
from tests.making.models import models_of
from tests.making.outcomes import breaches, told
from tests.making.projects import SIDES, city_of
from tests.making.shipped import Models, example, flagship, planned
from tests.making.size import size

from maturity.base.text import Text
from maturity.engines.assessment import assess_project
from maturity.engines.next_question import next_questions
from maturity.engines.python import evaluate
from maturity.model.city import City, Project
from maturity.model.questionnaire import Questionnaire
from maturity.model.result import ProjectResult
from maturity.plan import Plan, leaves
from maturity.rules.expr import question_read

NAMES: Final = ("makassar.yaml", "linknyc.yaml", "detroit-led.yaml")


def assessed(models: Models, city: City, project: Project) -> ProjectResult:
    return assess_project(models.bundle, models.plan, city, project).result


def shuffled_answers(project: Project, chance: Random) -> Project:
    sides = {side: list(getattr(project, side).items()) for side in SIDES}
    for answers in sides.values():
        chance.shuffle(answers)
    return project.model_copy(update={side: dict(found) for side, found in sides.items()})


def reordered(models: Models, chance: Random) -> Models:
    """The same models, the questions in another order in which each stands below those it needs."""
    old = models.bundle.questionnaire
    waiting = list(old.questions)
    chance.shuffle(waiting)
    placed = []
    while waiting:
        names = {name for question in waiting for name in question.answerable()}
        ready = [
            one
            for one in waiting
            if not any(_needs(models.plan, name) & names for name in one.answerable())
        ]
        placed.append(ready[0])
        waiting.remove(ready[0])
    changed: Questionnaire = old.model_copy(update={"questions": tuple(placed)})
    return planned(changed, models.bundle.rubric)


def _needs(plan: Plan, question: str) -> set[str | None]:
    return {question_read(leaf) for leaf in leaves(plan.applies[question])} - {None}


def check_names_and_answers(models: Models, city: City) -> None:
    chance = Random(1)
    for project in city.projects:
        before = assessed(models, city, project)
        renamed = project.model_copy(update={"id": "other", "name": Text("Another")})
        after = assessed(models, city, shuffled_answers(renamed, chance))
        assert after == before._replace(id="other", name=Text("Another"))


def check_question_order(models: Models, city: City, seed: int) -> None:
    other = reordered(models, Random(seed))
    for project in city.projects:
        one, two = assessed(models, city, project), assessed(other, city, project)
        raw = raw_of(models.plan, city, project)
        before, after = (
            told(each.bundle, evaluate(each.plan, {name: raw[name] for name in each.plan.shapes}))
            for each in (models, other)
        )
        assert not breaches(models.bundle, before, after)
        assert not breaches(models.bundle, after, before)
        assert one.recommendations == two.recommendations
        assert one.coverage == two.coverage
        for listed in ("one_sided", "unused"):
            assert set(getattr(one, listed)) == set(getattr(two, listed))
        assert {
            flag.id: (flag.status, flag.severity, set(flag.justified_by)) for flag in one.flags
        } == {flag.id: (flag.status, flag.severity, set(flag.justified_by)) for flag in two.flags}
        assert {(d.question, d.settled, frozenset(d.decides)) for d in one.divergences} == {
            (d.question, d.settled, frozenset(d.decides)) for d in two.divergences
        }


@pytest.mark.parametrize("name", NAMES)
def test_in_the_examples_names_and_the_order_of_answers_decide_nothing(name: str) -> None:
    check_names_and_answers(flagship(), example(name))


@pytest.mark.parametrize("seed", range(size(40, 400)))
def test_in_any_model_names_and_the_order_of_answers_decide_nothing(seed: int) -> None:
    models = models_of(seed, questions=8)
    check_names_and_answers(models, city_of(models, seed, projects=2))


@pytest.mark.parametrize("name", NAMES)
def test_in_the_examples_the_order_of_questions_decides_nothing(name: str) -> None:
    check_question_order(flagship(), example(name), seed=len(name))


@pytest.mark.parametrize("seed", range(size(60, 600)))
def test_in_any_model_the_order_of_questions_decides_nothing(seed: int) -> None:
    models = models_of(seed, questions=8)
    check_question_order(models, city_of(models, seed, projects=2), seed)


@pytest.mark.parametrize("seed", range(size(60, 600)))
def test_the_next_questions_stand_in_the_same_order_whatever_the_order_of_the_file(
    seed: int,
) -> None:
    models = models_of(seed, questions=8)
    other = reordered(models, Random(seed))
    city = city_of(models, seed)
    raw = raw_of(models.plan, city, city.projects[0])
    one, two = (
        next_questions(each.bundle, evaluate(each.plan, {n: raw[n] for n in each.plan.shapes}), 99)
        for each in (models, other)
    )
    assert [found.question for found in one] == [found.question for found in two]
    assert [found.gain for found in one] == pytest.approx([found.gain for found in two])
    assert [found.settles for found in one] == [found.settles for found in two]
