"""Answers as the cells of a table, as a spreadsheet would hold them."""

from collections.abc import Iterable
from random import Random

from tests.making.shipped import Models

from maturity.base.ids import NOT_APPLICABLE
from maturity.base.text import Text
from maturity.engines.sql.columns import header_of
from maturity.model.city import (
    SIDES,
    Answer,
    Between,
    City,
    Given,
    HasLacks,
    OneOf,
    Project,
)
from maturity.model.states import said_in


def cell(value: Given) -> str:
    """One answer as a cell. What is neither chosen nor refused has no form there: empty."""
    match value:
        case tuple():
            return "|".join(value) or "[]"
        case OneOf(one_of=options):
            return "/".join(options)
        case HasLacks(has=has, lacks=lacks):
            return "|".join([*(f"+{one}" for one in has), *(f"-{one}" for one in lacks)]) or "+"
        case Between(between=(least, most)):
            return f"{least!r}..{most!r}"
        case Text():
            return value.in_language("en")
        case str():
            return "n/a" if value == NOT_APPLICABLE else value
    return repr(value)


def sayable(city: City) -> City:
    """The city without the answers that no cell can hold: partly known, and nothing known."""
    projects = tuple(_sayable(project) for project in city.projects)
    return city.model_copy(update={"projects": projects})


def _sayable(project: Project) -> Project:
    kept: dict[str, dict[str, Answer]] = {
        side: {name: answer for name, answer in project.side(side).items() if cell(answer.answer)}
        for side in SIDES
    }
    return project.model_copy(update=kept)


def row(models: Models, city: City, project: Project, chance: Random) -> dict[str, str | None]:
    """A project as a row, city-wide answers merged; here and there with blanks around.

    Beside them the questions whose answers, those that are used, are justified, and evidenced.
    """
    used = [
        (question, answer)
        for question, said in said_in(city, project).items()
        for _, answer in said.used()
    ]
    cells: dict[str, str | None] = {
        "project": project.id,
        "marks": _bars(name for name, one in used if one.justification is not None),
        "evidence": _bars(
            name for name, one in used if any(found.grade != "none" for found in one.evidence)
        ),
    }
    for side in SIDES:
        given = city.given(project, side)
        for name in models.plan.shapes:
            found = cell(given[name].answer) if name in given else None
            cells[header_of(name, side)] = _spaced(found, chance)
    return cells


def _bars(questions: Iterable[str]) -> str | None:
    listed = "".join(f"{one}|" for one in questions)
    return f"|{listed}" if listed else None


def _spaced(found: str | None, chance: Random) -> str | None:
    if found is None:
        return chance.choice([None, None, ""])
    return f" {found} " if chance.random() < 0.03 else found
