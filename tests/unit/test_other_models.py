"""Two other kinds of maturity model, staged and averaging, need no line of code of their own."""

from typing import Final

import pytest

from maturity.checks.bundle import check_bundle
from maturity.checks.questionnaire import check_questionnaire
from maturity.engines.cases import run_cases
from maturity.loading.models import Loaded, fetch, load
from maturity.model.cases import Case, Cases
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric
from tests.making.shipped import ROOT, planned, read_model

MODELS: Final = ROOT / "tests" / "models"
NAMES: Final = ("staged", "averages")


def cases_of(name: str) -> tuple[Case, ...]:
    return read_model(MODELS / f"{name}.cases.yaml", Cases).cases


@pytest.mark.parametrize(
    ("name", "case"), [(name, case.name) for name in NAMES for case in cases_of(name)]
)
def test_what_was_worked_out_by_hand_comes_out(name: str, case: str) -> None:
    questionnaire = read_model(MODELS / f"{name}.questionnaire.yaml", Questionnaire)
    models = planned(questionnaire, read_model(MODELS / f"{name}.yaml", Rubric))
    cases = read_model(MODELS / f"{name}.cases.yaml", Cases)
    outcomes = {one.name: one for one in run_cases(models.bundle, models.plan, cases)}
    assert outcomes[case].passed, outcomes[case].failures


@pytest.mark.parametrize("name", NAMES)
def test_the_models_pass_the_checks(name: str) -> None:
    sources = [fetch(MODELS / file) for file in (f"{name}.questionnaire.yaml", f"{name}.yaml")]
    assert not any(isinstance(source, list) for source in sources)
    instrument, judgement = (load(sources[0], Questionnaire), load(sources[1], Rubric))
    assert isinstance(instrument, Loaded)
    assert isinstance(judgement, Loaded)
    found = check_questionnaire(instrument.model, instrument.document.places)
    found += check_bundle(judgement.model, judgement.document.places, instrument.model)
    assert not [fault.line() for fault in found if fault.is_error]
