"""Two other kinds of maturity model, staged and averaging, need no line of code of their own."""

from typing import Final

import pytest
from tests.making.shipped import ROOT, Model, planned, read_model

from maturity.checks.bundle import check_bundle
from maturity.checks.questionnaire import check_questionnaire
from maturity.engines.cases import run_cases
from maturity.loading.models import Loaded, Source, fetch, load
from maturity.model.cases import Case, Cases
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric

MODELS: Final = ROOT / "tests" / "models"
NAMES: Final = ("staged", "averages")


def cases_of(name: str) -> tuple[Case, ...]:
    return read_model(MODELS / f"{name}.cases.yaml", Cases).cases


def loaded(file: str, model: type[Model]) -> Loaded[Model]:
    source = fetch(MODELS / file)
    assert isinstance(source, Source)
    found = load(source, model)
    assert isinstance(found, Loaded)
    return found


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
    instrument = loaded(f"{name}.questionnaire.yaml", Questionnaire)
    judgement = loaded(f"{name}.yaml", Rubric)
    found = check_questionnaire(instrument.model, instrument.document.places)
    found += check_bundle(judgement.model, judgement.document.places, instrument.model)
    assert not [fault.line() for fault in found if fault.is_error]
