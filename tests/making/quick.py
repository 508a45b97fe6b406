"""What quick reading is held to: the explained path, told in the same form."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from tests.making.shipped import ROOT, flagship, read_model
from tests.making.small import questionnaire_of

from maturity.base.ids import UNKNOWN
from maturity.checks.city import check_city
from maturity.loading.cells import value_of
from maturity.loading.models import Loaded, Source, load
from maturity.loading.nodes import Document, read
from maturity.loading.quick.city import PlainCity, PlainProject, plain_city
from maturity.loading.quick.form import SAID, Form
from maturity.loading.quick.plain import NotPlainError, text_of
from maturity.loading.quick.reader import data_in
from maturity.model.city import SIDES, Answer, City, Project, Side
from maturity.model.questionnaire import Questionnaire
from maturity.model.states import Said, said_in, state_of
from maturity.rules.scope import Shape

EVERY_KIND: Final = questionnaire_of(
    [
        {"id": "one", "kind": "choice", "options": "abc"},
        {"id": "may", "kind": "choice", "options": "abc", "may_be_inapplicable": True},
        {"id": "rows", "kind": "choice", "options": "abc", "rows": {"r": "R", "s": "S"}},
        {"id": "some", "kind": "multi", "options": "abc", "may_be_inapplicable": True},
        {"id": "years", "kind": "number", "range": [-10, 1000000]},
        {"id": "words", "kind": "text"},
        {"id": "wide", "kind": "choice", "options": "abc", "scope": "city"},
        {"id": "wide-some", "kind": "multi", "options": "abc", "scope": "city"},
        {"id": "wide-words", "kind": "text", "scope": "city", "may_be_inapplicable": True},
    ]
)
"""A questionnaire with every kind of question, some of the city, some that need not apply."""


def usual() -> Questionnaire:
    """The flagship."""
    return flagship().bundle.questionnaire


@cache
def network() -> Questionnaire:
    """The other shipped one, with questions of the city and rows."""
    return read_model(ROOT / "questionnaires" / "ascn-framework.yaml", Questionnaire)


def explained(raw: bytes, asked: Questionnaire) -> City | None:
    """A city file as the explained path reads it; None where it refuses it or asks elsewhere."""
    loaded = load(Source("city.yaml", raw), City)
    if not isinstance(loaded, Loaded):
        return None
    city = loaded.model
    if city.questionnaires is not None or city.questionnaire != asked.id or city.city.ref:
        return None
    found = check_city(city, loaded.document.places, asked)
    return None if any(one.is_error for one in found) else city


def is_read_alike(raw: bytes, asked: Questionnaire, form: Form) -> bool:
    """Whether a file is read quickly; fails where it is read otherwise than by the other path."""
    is_data_alike(raw)
    found = plain_city(raw, form)
    if found is None:
        return False
    city = explained(raw, asked)
    assert city is not None, "the explained path refuses this file"
    assert_same(found, city, {shape.id: shape for shape, _ in asked.shapes()}, form)
    return True


def is_data_alike(raw: bytes) -> bool:
    """Whether the data are read quickly; fails where the other reader has other data."""
    try:
        found = data_in(text_of(raw))
    except NotPlainError:
        return False
    document = read("city.yaml", raw)
    assert isinstance(document, Document), document
    assert repr(found) == repr(document.data)
    return True


def assert_same(found: PlainCity, city: City, shapes: Mapping[str, Shape], form: Form) -> None:
    """The same facts, projects and answers."""
    assert found.name == city.city.called()
    assert found.country == (city.city.country or "")
    assert (found.assessed, found.illustration) == (city.assessed, city.illustration)
    assert len(found.projects) == len(city.projects)
    for one, project in zip(found.projects, city.projects, strict=True):
        told = (one.id, one.name, one.domain, one.weight)
        assert told == (project.id, project.name, project.domain, project.weight)
        _assert_same_answers(one, city, project, shapes, form)


def _assert_same_answers(
    one: PlainProject, city: City, project: Project, shapes: Mapping[str, Shape], form: Form
) -> None:
    given = {(side, name): a for side in SIDES for name, a in city.given(project, side).items()}
    assert one.cells.keys() == given.keys()
    for (side, name), answer in given.items():
        _assert_same_cell(one.cells[side, name], answer, shapes[name], form)
    said = said_in(city, project)
    assert one.evidenced == {name for name, these in said.items() if _is_evidenced(these)}
    assert one.justified == {
        name
        for name, these in said.items()
        if any(answer.justification is not None for _, answer in these.used())
    }


def _assert_same_cell(cell: str, answer: Answer, shape: Shape, form: Form) -> None:
    if shape.kind == "text" and cell not in (UNKNOWN, "n/a"):
        assert cell == SAID
    declarable = form.asked[shape.id].declarable
    again = Answer.model_validate({"answer": value_of(cell, shape)})
    assert state_of(again, shape, declarable) == state_of(answer, shape, declarable)
    assert (again.answer == UNKNOWN) == (answer.answer == UNKNOWN)


def _is_evidenced(said: Said) -> bool:
    """Whether the question is answered, and an answer that decides has evidence."""
    return any(
        one.grade != "none"
        for _, answer in said.used()
        if answer.answer != UNKNOWN
        for one in answer.evidence
    )


__all__ = ["EVERY_KIND", "Side", "explained", "is_data_alike", "is_read_alike", "network", "usual"]
