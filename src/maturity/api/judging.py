"""Check one file in full, and everything that it refers to."""

from pydantic import BaseModel

from maturity.api.checking import is_unreadable, tested_by
from maturity.api.models import Asking, Models
from maturity.base.diagnostics import Diagnostic, in_order
from maturity.base.errors import RefusedError
from maturity.checks.bundle import check_bundle
from maturity.checks.cases import check_cases
from maturity.checks.city import check_city
from maturity.checks.questionnaire import check_questionnaire
from maturity.checks.suppressing import Told, suppress, unused
from maturity.loading.models import Loaded, Source, load_any
from maturity.loading.suppressions import suppressions
from maturity.model.cases import Cases
from maturity.model.checked import Suppression
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric


def judge(source: Source, models: Models) -> Told:
    """Every finding in one file that its comments do not suppress, and every one about these."""
    found = check(source, models)
    if any(is_unreadable(one) and one.place.path == source.shown for one in found):
        return Told(found, 0, [])
    said = suppressions(source.shown, source.raw)
    told = suppress(found, [one for one in said if isinstance(one, Suppression)])
    wrong = [one for one in said if isinstance(one, Diagnostic)]
    idle = unused(one for one in told.unused if not one.code.is_of_proofs)
    return Told(in_order([*told.findings, *wrong, *idle]), told.suppressed, [])


def check(source: Source, models: Models | None = None) -> list[Diagnostic]:
    """Every finding in one file, whatever it says of suppressing.

    What it refers to is taken from near it, or from what is shipped.
    """
    loaded = load_any(source)
    if not isinstance(loaded, Loaded):
        return loaded
    try:
        found = _check(loaded, models or Models())
    except RefusedError as error:
        found = list(error.diagnostics)
    return in_order([*loaded.document.warnings, *found])


def _check(loaded: Loaded[BaseModel], models: Models) -> list[Diagnostic]:
    places = loaded.document.places
    match loaded.model:
        case Questionnaire() as questionnaire:
            return check_questionnaire(questionnaire, places)
        case Rubric() as rubric:
            asking = Asking.of(loaded, "questionnaire", "id")
            named = rubric.questionnaire.id
            instrument = models.questionnaire(named, asking, near_first=True)
            return check_bundle(rubric, places, instrument.model)
        case City() as city:
            asking = Asking.of(loaded, "questionnaire")
            instrument = models.questionnaire(city.questionnaire, asking)
            return check_city(city, places, instrument.model)
        case Cases() as cases:
            tested = tested_by(cases, loaded.source.path)
            bundle = models.scoring(tested, asking=Asking.of(loaded, "rubric")).bundle
            if any(case.city for case in cases.cases):
                from maturity.api.standing import with_cities

                cases = with_cities(
                    Loaded(cases, loaded.document, loaded.source), bundle.questionnaire
                )
            return check_cases(cases, places, bundle)
    raise TypeError(loaded.model)
