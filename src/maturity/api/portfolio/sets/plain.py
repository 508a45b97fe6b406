"""A unit -> rows that the set engine scores, or every fault that keeps it from being scored."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.scoring import Read, passed_on, read_unit, translated
from maturity.api.portfolio.units import Unit
from maturity.base.errors import RefusedError
from maturity.base.ids import NOT_APPLICABLE, NOTHING_KNOWN
from maturity.base.text import Text
from maturity.engines.sets import names
from maturity.engines.sets.names import Cells
from maturity.loading.models import Source
from maturity.loading.quick.city import PlainCity, plain_city
from maturity.model.city import SIDES, Answer, Between, City, HasLacks, OneOf, Project
from maturity.model.portfolio import Failed
from maturity.model.states import Said, said_in
from maturity.rules.scope import Shape

_FACTS = tuple(map(names.fact, names.FACTS))
_answered = cache(names.answered)


class Plain(NamedTuple):
    """What came of a unit before it is scored."""

    projects: tuple[Cells, ...]
    failed: tuple[Failed, ...]


def plain_of(units: Sequence[Unit], context: Context) -> list[Plain]:
    """The projects of units, or their faults."""
    return [_plain(unit, context) for unit in units]


def _plain(unit: Unit, context: Context) -> Plain:
    """Quickly where the unit is a city file that is plainly written; else it is read closely."""
    if isinstance(unit.work, Source):
        city = plain_city(unit.work.raw, context.form)
        if city is not None:
            return Plain(tuple(quick_cells(city)), ())
    try:
        read = read_unit(unit, context)
    except RefusedError as error:
        faults = sorted(one for one in error.diagnostics if one.is_error)
        return Plain((), tuple(map(Failed.of, faults)))
    return Plain(tuple(cells_of(read, context.scoring.plan.shapes)), ())


def quick_cells(city: PlainCity) -> Iterator[Cells]:
    """The projects of a city that was read quickly."""
    name = city.name.in_language("en")
    said = passed_on(city.country, city.assessed, city.name, illustration=city.illustration)
    of_city = {names.carried(column): text for column, text in said.items()}
    for project in city.projects:
        facts = (name, project.id, project.name.in_language("en"), project.domain)
        of_project = {names.carried(k): t for k, t in translated("name", project.name).items()}
        cells = {
            _answered(question, side): text for (side, question), text in project.cells.items()
        }
        yield {
            **dict(zip(_FACTS, (*facts, repr(project.weight)), strict=True)),
            **of_city,
            **of_project,
            **cells,
            names.JUSTIFIED: listed(sorted(project.justified)),
            names.EVIDENCED: listed(sorted(project.evidenced)),
        }


def cells_of(read: Read, shapes: Mapping[str, Shape]) -> Iterator[Cells]:
    """The projects of a city as rows of cells."""
    city = read.part.city
    for project in city.projects:
        carried = {**read.carried, **translated("name", project.name)}
        cells = {names.carried(name): text for name, text in carried.items()}
        yield {**_facts(city, project), **cells, **_answers(city, project, shapes)}


def _facts(city: City, project: Project) -> dict[str, str]:
    return {
        names.fact("city"): city.city.called().in_language("en"),
        names.fact("project"): project.id,
        names.fact("name"): project.name.in_language("en"),
        names.fact("domain"): project.domain,
        names.fact("weight"): repr(project.weight),
    }


def _answers(city: City, project: Project, shapes: Mapping[str, Shape]) -> dict[str, str]:
    """Every answer that holds for the project, and what the answers rest on that are used."""
    cells = {
        names.answered(question, side): as_cell(answer, shapes[question])
        for side in SIDES
        for question, answer in city.given(project, side).items()
        if question in shapes
    }
    said = said_in(city, project)
    justified = sorted(name for name in said if _is_justified(said[name]))
    evidenced = sorted(name for name in said if _is_evidenced(said[name]))
    cells[names.JUSTIFIED] = listed(justified)
    cells[names.EVIDENCED] = listed(evidenced)
    return cells


def listed(questions: Sequence[str]) -> str:
    """Questions with bars around; nothing of none."""
    return f"|{'|'.join(questions)}|" if questions else ""


def _is_justified(said: Said) -> bool:
    return any(answer.justification is not None for _, answer in said.used())


def _is_evidenced(said: Said) -> bool:
    return any(one.grade != "none" for _, answer in said.used() for one in answer.evidence)


def as_cell(answer: Answer, shape: Shape) -> str:
    """One answer as the cell of a table says it; the words of a text do not matter."""
    match answer.answer:
        case str() as word if shape.kind == "text" and word not in ("unknown", NOT_APPLICABLE):
            return "said"
        case str() as word:
            return "n/a" if word == NOT_APPLICABLE else word
        case OneOf(one_of=options):
            return "/".join(options)
        case HasLacks(has=has, lacks=lacks):
            signed = [*(f"+{one}" for one in has), *(f"-{one}" for one in lacks)]
            return "|".join(signed) or NOTHING_KNOWN
        case Between(between=(least, most)):
            return f"{least}..{most}"
        case tuple() as chosen:
            return "|".join(chosen) or "|".join(f"-{one}" for one in shape.options)
        case Text():
            return "said"
        case number:
            return repr(float(number))
