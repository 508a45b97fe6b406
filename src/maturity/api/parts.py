"""A city file and the questionnaires that it answers: which they are, and what each reads in it."""

from collections.abc import Iterator, Sequence

from maturity.api.models import Asking, Models, Scoring, refuse_errors
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic, in_order
from maturity.base.errors import RefusedError, UsageError
from maturity.base.nearest import nearest
from maturity.checks.city import check_city
from maturity.checks.shared import check_same_as
from maturity.loading.models import Loaded
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.union import Part, Union


def instruments_of(city: Loaded[City], models: Models) -> list[Loaded[Questionnaire]]:
    """The questionnaires that a city file answers, in its order.

    Raises:
        RefusedError: one of them is missing or is none; every such fault is told.
    """
    found: list[Loaded[Questionnaire]] = []
    faults: list[Diagnostic] = []
    for name, asking in askings(city):
        try:
            found.append(models.questionnaire(name, asking))
        except RefusedError as error:
            faults += error.diagnostics
    if faults:
        raise RefusedError(in_order(faults))
    return found


def askings(city: Loaded[City]) -> Iterator[tuple[str, Asking]]:
    """Each questionnaire that the file names, with the place of its name."""
    for index, name in enumerate(city.model.instruments()):
        steps = ("questionnaires", index) if city.model.questionnaires else ("questionnaire",)
        yield name, Asking.of(city, *steps)


def shared_faults(instrument: Loaded[Questionnaire], models: Models) -> list[Diagnostic]:
    """Every fault of what a questionnaire shares with others, as far as these are found."""
    others: dict[str, Questionnaire] = {}
    asking = Asking.of(instrument, "id")
    for name in instrument.model.shared_with():
        found = models.questionnaire_if_any(name, asking)
        others |= {name: found.model} if found else {}
    return list(check_same_as(instrument.model, instrument.document.places, others))


def scorings_of(
    city: Loaded[City], rubrics: Sequence[str], questionnaire: str | None, models: Models
) -> tuple[list[Scoring], list[Loaded[Questionnaire]]]:
    """What to score the file with, in the order of its questionnaires; and all that it answers.

    Each questionnaire goes with the rubrics that name it, else with its own. `questionnaire`
    stands in for the only one of the file; of several it picks the one of its id.

    Raises:
        RefusedError: a model is missing, invalid, or does not fit the others.
        UsageError: the file does not answer the questionnaire.
    """
    if city.model.questionnaires is None:
        [(name, asking)] = askings(city)
        named = questionnaire or name
        alone = [models.scoring(one, named) for one in rubrics]
        alone = alone or [models.scoring(None, named, asking)]
        return alone, [alone[0].questionnaire]
    instruments = instruments_of(city, models)
    wanted = _picked(questionnaire, instruments, models)
    scorings = list(_scorings(wanted, rubrics, models, Asking.of(city, "questionnaires")))
    own = {one.questionnaire.model.id: one.questionnaire for one in scorings}
    return scorings, [own.get(one.model.id, one) for one in instruments]


def _picked(
    questionnaire: str | None, instruments: list[Loaded[Questionnaire]], models: Models
) -> list[Loaded[Questionnaire]]:
    if questionnaire is None:
        return instruments
    known = {one.model.id: one for one in instruments}
    if questionnaire in known:
        return [known[questionnaire]]
    found = models.questionnaire(questionnaire)
    if found.model.id in known:
        return [found]
    near = nearest(found.model.id, known)
    hint = "did-you-mean" if near else "there-is"
    named = {"given": found.model.id, "word": near, "known": ", ".join(known)}
    raise UsageError("not-answered", hint, **named)


def _scorings(
    instruments: list[Loaded[Questionnaire]], rubrics: Sequence[str], models: Models, near: Asking
) -> Iterator[Scoring]:
    """Raises: RefusedError: a rubric scores none of these, or there is no rubric."""
    of = {name: models.rubric(name).model.questionnaire.id for name in rubrics}
    known = {one.model.id for one in instruments}
    for name, scored in of.items():
        if scored not in known:
            models.together(instruments[0], models.rubric(name))
    for one in instruments:
        mine = [models.rubric(name) for name in rubrics if of[name] == one.model.id]
        for judgement in mine or [models.own_rubric(one, near)]:
            yield models.together(one, judgement)


def parts_of(
    city: Loaded[City], instruments: Sequence[Loaded[Questionnaire]], models: Models
) -> dict[str, Part]:
    """What each questionnaire reads in the file, by its id.

    Raises:
        RefusedError: answers do not fit, or the questionnaires do not fit each other.
    """
    if len(instruments) > 1:
        for one in instruments:
            refuse_errors(shared_faults(one, models))
    return checked_parts(city, [one.model for one in instruments])


def checked_parts(city: Loaded[City], questionnaires: Sequence[Questionnaire]) -> dict[str, Part]:
    """As `parts_of`, of questionnaires that fit each other."""
    refuse_errors(check_city(city.model, city.document.places, *questionnaires))
    if len(questionnaires) == 1:
        return {questionnaires[0].id: Part(city.model, {})}
    union = Union(tuple(questionnaires))
    return {one.id: union.part(city.model, one.id) for one in questionnaires}


def part_for(city: Loaded[City], questionnaire: Questionnaire, models: Models) -> Part:
    """What one questionnaire, a version of its own perhaps, reads in the file.

    A file of one questionnaire is read by any.

    Raises:
        RefusedError: answers do not fit, or the file answers several others.
    """
    if city.model.questionnaires is None:
        return checked_parts(city, [questionnaire])[questionnaire.id]
    if questionnaire.id not in city.model.questionnaires:
        place = city.document.place(("questionnaires",))
        message = f"the file does not answer the questionnaire {questionnaire.id!r}"
        hint = "add it to the list"
        raise RefusedError([Diagnostic.of(Code.OTHER_QUESTIONNAIRE, place, message, hint)])
    every = [
        questionnaire if name == questionnaire.id else models.questionnaire(name, asking).model
        for name, asking in askings(city)
    ]
    return checked_parts(city, every)[questionnaire.id]
