"""Check one file in full, and everything that it refers to."""

from collections.abc import Callable

from pydantic import BaseModel

from maturity.api.checking import is_unreadable, tested_by
from maturity.api.context import reference_faults
from maturity.api.models import Asking, Models
from maturity.api.parts import instruments_of, shared_faults
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic, in_order
from maturity.base.errors import RefusedError
from maturity.checks.bundle import check_alone, check_bundle
from maturity.checks.cases import check_cases
from maturity.checks.city import check_city
from maturity.checks.columns import check_columns
from maturity.checks.left_out import LeftOut, still_true
from maturity.checks.questionnaire import check_questionnaire
from maturity.checks.registry import check_registry
from maturity.checks.suppressing import Told, suppress, unused
from maturity.loading.columns import targets
from maturity.loading.models import Loaded, Source, left_of, load_any
from maturity.loading.suppressions import suppressions
from maturity.model.cases import Cases
from maturity.model.checked import Suppression
from maturity.model.city import City
from maturity.model.columns import Columns
from maturity.model.flat import words_under
from maturity.model.questionnaire import Questionnaire
from maturity.model.registry import Registry
from maturity.model.rubric import Rubric


def judge(source: Source, models: Models) -> Told:
    """Every finding in one file that its comments do not suppress, and every one about these."""
    found, may_hide = _found(source, models)
    if any(is_unreadable(one) and one.place.path == source.shown for one in found):
        return Told(found, 0, [], may_hide)
    said = suppressions(source.shown, source.raw)
    told = suppress(found, [one for one in said if isinstance(one, Suppression)])
    wrong = [one for one in said if isinstance(one, Diagnostic)]
    looked_for = [] if may_hide else told.unused  # what is suppressed may be hidden, too
    idle = unused(one for one in looked_for if not one.code.is_of_proofs)
    return Told(in_order([*told.findings, *wrong, *idle]), told.suppressed, [], may_hide)


def check(source: Source, models: Models | None = None) -> list[Diagnostic]:
    """Every finding in one file, whatever it says of suppressing.

    What it refers to is taken from near it, or from what is shipped.
    """
    return _found(source, models or Models())[0]


def _found(source: Source, models: Models) -> tuple[list[Diagnostic], bool]:
    """The findings, and whether faults kept something from being looked at."""
    loaded = load_any(source)
    if not isinstance(loaded, Loaded):
        rest, may_hide = beside(source, models)
        return in_order([*loaded, *rest]), may_hide
    found = _gathered(lambda: _check(loaded, models))
    may_hide = any(_is_in_the_way(one, source) for one in found)
    return in_order([*loaded.document.warnings, *found]), may_hide


def _is_in_the_way(one: Diagnostic, source: Source) -> bool:
    """Whether it keeps the file from being held against what it refers to."""
    is_of_another = one.is_error and one.place.path != source.shown
    return is_of_another or one.code in (Code.UNKNOWN_MODEL, Code.OTHER_QUESTIONNAIRE)


def beside(source: Source, models: Models) -> tuple[list[Diagnostic], bool]:
    """What there is to say of the entries without fault, of a file in which others are faulty.

    With it, whether something could not be looked at.
    """
    left = left_of(source)
    if left is None:
        return [], True
    loaded, rest = left
    found = _gathered(lambda: _check(loaded, models))
    left_out = LeftOut(rest.whole, rest.left_out, rest.words, rest.loses_names)
    told = list(still_true(found, rest.model, left_out))
    is_held_up = any(_is_in_the_way(one, source) for one in found)
    return told, rest.hides or is_held_up or len(told) < len(found)


def refused(source: Source, faults: list[Diagnostic], models: Models) -> RefusedError:
    """A file that is no model, with everything that can be said of it."""
    found, may_hide = beside(source, models)
    return RefusedError(in_order([*faults, *found]), may_hide=may_hide)


def _check(loaded: Loaded[BaseModel], models: Models) -> list[Diagnostic]:
    places = loaded.document.places
    match loaded.model:
        case Questionnaire() as questionnaire:
            instrument = Loaded(questionnaire, loaded.document, loaded.source)
            shared = _gathered(lambda: shared_faults(instrument, models))
            return check_questionnaire(questionnaire, places) + shared
        case Rubric() as rubric:
            asking = Asking.of(loaded, "questionnaire", "id")
            named = rubric.questionnaire.id
            try:
                scored = models.questionnaire(named, asking, near_first=True)
            except RefusedError as error:
                return [*error.diagnostics, *check_alone(rubric, places)]
            return check_bundle(rubric, places, scored.model)
        case City() as city:
            return _check_city(Loaded(city, loaded.document, loaded.source), models)
        case Registry() as registry:
            return check_registry(registry, places)
        case Columns() as columns:
            return _check_columns(columns, loaded, models)
        case Cases() as cases:
            tested = tested_by(cases, loaded.source.path)
            bundle = models.scoring(tested, asking=Asking.of(loaded, "rubric")).bundle
            if any(case.city for case in cases.cases):
                from maturity.api.standing import with_cities

                cases = with_cities(
                    Loaded(cases, loaded.document, loaded.source), bundle.questionnaire, models
                )
            return check_cases(cases, places, bundle)
    raise TypeError(loaded.model)


def _check_city(city: Loaded[City], models: Models) -> list[Diagnostic]:
    found = _gathered(lambda: reference_faults(city, models))
    try:
        instruments = instruments_of(city, models)
    except RefusedError as error:
        return [*found, *error.diagnostics]
    for one in instruments if len(instruments) > 1 else ():
        found += shared_faults(one, models)
    questionnaires = [one.model for one in instruments]
    return found + check_city(city.model, city.document.places, *questionnaires)


def _gathered(check: Callable[[], list[Diagnostic]]) -> list[Diagnostic]:
    """What a check finds, also where it finds a file that cannot be used at all."""
    try:
        return check()
    except RefusedError as error:
        return list(error.diagnostics)


def _check_columns(columns: Columns, loaded: Loaded[BaseModel], models: Models) -> list[Diagnostic]:
    """A map that names no questionnaire is for any; the one run that uses it checks the rest."""
    if columns.questionnaire is None:
        return []
    asking = Asking.of(loaded, "questionnaire")
    scoring = models.scoring(None, columns.questionnaire, asking)
    known, words = targets(scoring.questionnaire.model), words_under(scoring.bundle)
    return check_columns(columns, loaded.document.places, known, words)
