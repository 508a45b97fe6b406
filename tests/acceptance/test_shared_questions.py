"""A question id that stands in two shipped questionnaires asks the same in both."""

from itertools import combinations

import pytest
from tests.making.shipped import ROOT, read_model

from maturity.loading import shipped
from maturity.model.questionnaire import Questionnaire

NAMES = shipped.ids("questionnaires")


def questionnaire(name: str) -> Questionnaire:
    return read_model(ROOT / "questionnaires" / f"{name}.yaml", Questionnaire)


@pytest.mark.parametrize(("first", "second"), list(combinations(NAMES, 2)))
def test_questions_of_one_id_are_the_same_question(first: str, second: str) -> None:
    one, other = questionnaire(first), questionnaire(second)
    there = {question.id: question for question in other.questions}
    shared = [question for question in one.questions if question.id in there]
    assert shared
    for question in shared:
        twin = there[question.id]
        assert question == twin.model_copy(update={"theme": question.theme})
        assert one.labels(question) == other.labels(twin)
