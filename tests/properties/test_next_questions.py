"""The questions proposed next are open ones whose answers matter, and their gain is a share."""

import pytest
from tests.making.completions import valued
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.shipped import EXAMPLES, Models, example, flagship
from tests.making.size import size

from maturity.engines.next_question import next_questions
from maturity.engines.openness import openness, outputs_of
from maturity.engines.python import Valuation, reevaluate
from maturity.engines.trials import trials
from maturity.model.city import City
from maturity.model.state import is_applicable, is_settled

ALL = 1000


def matters(models: Models, at: Valuation, question: str) -> bool:
    """Whether some answer leaves less open than there is now."""
    outputs = outputs_of(models.bundle).values()
    return any(
        openness(output, reevaluate(at, question, state)) < openness(output, at)
        for state in trials(models.plan, question, at.raw[question])
        for output in outputs
    )


def check_next_questions(models: Models, city: City) -> None:
    for project in city.projects:
        at = valued(models, city, project)
        found = next_questions(models.bundle, at, ALL)
        assert all(0 < one.gain <= 1 + 1e-12 for one in found)
        assert [one.gain for one in found] == pytest.approx(
            sorted((one.gain for one in found), reverse=True)
        )
        assert found[:5] == next_questions(models.bundle, at)
        for one in found:
            assert is_applicable(at.states[one.question]) is not False
            assert not is_settled(at.raw[one.question], models.plan.shapes[one.question])
            assert matters(models, at, one.question)
            assert all(0 < times <= one.tried for _, times in one.settles)


@pytest.mark.parametrize("name", EXAMPLES[: size(2, 99)])
def test_the_questions_proposed_for_an_example_matter(name: str) -> None:
    check_next_questions(flagship(), example(name))


def test_a_text_and_a_question_that_no_rule_reads_are_never_proposed() -> None:
    models, city = flagship(), example("all-unknown.yaml")
    at = valued(models, city, city.projects[0])
    silent = {name for name in models.plan.shapes if not models.plan.reach(name).values}
    texts = {name for name, shape in models.plan.shapes.items() if shape.kind == "text"}
    assert silent, "the shipped questionnaire asks some things for the record alone"
    proposed = {one.question for one in next_questions(models.bundle, at, ALL)}
    assert proposed.isdisjoint(silent | texts)


@pytest.mark.parametrize("seed", range(size(100, 1000)))
def test_the_questions_proposed_in_any_model_matter(seed: int) -> None:
    models = models_of(seed, questions=8)
    check_next_questions(models, city_of(models, seed, projects=2))
