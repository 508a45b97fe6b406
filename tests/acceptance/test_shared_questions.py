"""A question id that stands in two shipped questionnaires asks the same in both, and is shared."""

from itertools import combinations

import pytest
from tests.making.shipped import ROOT, read_model

from maturity.base.ids import UNKNOWN
from maturity.loading import shipped
from maturity.model.city import Answer
from maturity.model.questionnaire import Questionnaire
from maturity.model.union import Ref, Union

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
        shares = {name: getattr(question, name) for name in ("theme", "same_as")}
        assert question == twin.model_copy(update=shares)
        assert one.labels(question) == other.labels(twin)


@pytest.mark.parametrize(("first", "second"), list(combinations(NAMES, 2)))
def test_an_answer_to_a_shared_question_holds_in_both(first: str, second: str) -> None:
    union = Union((questionnaire(first), questionnaire(second)))
    asked = [{shape.id for shape, _ in one.shapes()} for one in union.questionnaires]
    for name in set.intersection(*asked):
        assert union.is_shared(Ref(first, name), Ref(second, name))
        told = union.read({name: Answer(answer=UNKNOWN)})
        assert {str(ref) for ref in told} == {f"{first}/{name}", f"{second}/{name}"}
