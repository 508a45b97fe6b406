"""Cases that stand on the answers of a city file."""

from pathlib import Path

from maturity.api.models import Models
from maturity.api.parts import part_for
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.engines.cases import above
from maturity.loading.models import Loaded, Source, fetch, load
from maturity.model.cases import Case, Cases
from maturity.model.city import SIDES, City, Project
from maturity.model.questionnaire import Questionnaire


def with_cities(loaded: Loaded[Cases], questionnaire: Questionnaire, models: Models) -> Cases:
    """The cases with the answers of the city files that they name, which lie near the cases.

    Raises:
        RefusedError: a city file cannot be used, or has no such project; every fault is named.
    """
    folder = loaded.source.path.parent if loaded.source.path else Path()
    found: list[Diagnostic] = []
    cities: dict[str, City | list[Diagnostic]] = {}
    cases: list[Case] = []
    for index, case in enumerate(loaded.model.cases):
        if case.city is not None:
            if case.city not in cities:
                cities[case.city] = _city(folder / case.city, questionnaire, models)
            case = _on_city(loaded, index, case, cities[case.city], found)  # noqa: PLW2901
        cases.append(case)
    if found:
        raise RefusedError(found)
    return loaded.model.model_copy(update={"cases": tuple(cases)})


def _city(path: Path, questionnaire: Questionnaire, models: Models) -> City | list[Diagnostic]:
    source = fetch(path)
    loaded = load(source, City) if isinstance(source, Source) else source
    if not isinstance(loaded, Loaded):
        return loaded
    try:
        return part_for(loaded, questionnaire, models).city
    except RefusedError as error:
        return [one for one in error.diagnostics if one.is_error]


def _on_city(
    loaded: Loaded[Cases],
    index: int,
    case: Case,
    city: City | list[Diagnostic],
    found: list[Diagnostic],
) -> Case:
    """The case above the answers of its project; what is wrong is added to `found`."""
    if isinstance(city, list):
        place = loaded.document.place(("cases", index, "city"))
        message = f"the city file {case.city!r} cannot be used: {city[0].message}"
        found.append(Diagnostic.of(Code.UNKNOWN_CITY, place, message, f"see {city[0].place}"))
        return case
    project = _project(city, case.project)
    if project is None:
        place = loaded.document.place(("cases", index, "project" if case.project else "city"))
        found.append(_no_project(city, case, place))
        return case
    return above(case, {side: dict(city.given(project, side)) for side in SIDES})


def _project(city: City, name: str | None) -> Project | None:
    """The project of this id; the only one where none is named."""
    if name is None:
        return city.projects[0] if len(city.projects) == 1 else None
    return next((one for one in city.projects if one.id == name), None)


def _no_project(city: City, case: Case, place: Place) -> Diagnostic:
    known = [one.id for one in city.projects]
    near = nearest(case.project or "", known)
    hint = f"did you mean {near!r}?" if near else f"its projects are {', '.join(known)}"
    said = f"no project {case.project!r}" if case.project else "several projects"
    message = f"the city file {case.city!r} has {said}"
    return Diagnostic.of(Code.UNKNOWN_CITY, place, message, hint)
