"""Models and projects written out in a test: what a file must say besides is filled in."""

from collections.abc import Mapping, Sequence

from tests.making.completions import valued
from tests.making.shipped import Models, planned

from maturity.engines.python import Valuation
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric


def small(questions: Sequence[Mapping[str, object]], **stages: object) -> Models:
    """A questionnaire of these questions, and a rubric with these fields."""
    return planned(questionnaire_of(questions), rubric_of(**stages))


def questionnaire_of(questions: Sequence[Mapping[str, object]]) -> Questionnaire:
    """A questionnaire with the answer set `abc` and the themes t1 and t2."""
    return Questionnaire.model_validate(
        {
            "format": "maturity/questionnaire@1",
            "id": "made",
            "version": "1.0.0",
            "name": "Made",
            "themes": {"t1": "One", "t2": "Two"},
            "domains": {"d1": "One", "d2": "Two"},
            "answer_sets": {"abc": {"a": "A", "b": "B", "c": "C"}},
            "questions": [{"ask": "What?", "theme": "t1", **one} for one in questions],
        }
    )


def rubric_of(**stages: object) -> Rubric:
    """A rubric over that questionnaire."""
    return Rubric.model_validate(
        {
            "format": "maturity/rubric@1",
            "id": "made",
            "version": "1.0.0",
            "name": "Made",
            "questionnaire": {"id": "made", "versions": ">=1.0, <2"},
            **stages,
        }
    )


def choice(name: str, **more: object) -> dict[str, object]:
    """A choice question with the options a, b and c."""
    return {"id": name, "kind": "choice", "options": "abc", **more}


def multi(name: str, **more: object) -> dict[str, object]:
    """A multi question with the options a, b and c."""
    return {"id": name, "kind": "multi", "options": "abc", **more}


def number(name: str, **more: object) -> dict[str, object]:
    """A number question from 0 to 10."""
    return {"id": name, "kind": "number", "range": [0, 10], **more}


def city(
    answers: Mapping[str, object] | None = None,
    government: Mapping[str, object] | None = None,
    private: Mapping[str, object] | None = None,
    **more: object,
) -> City:
    """A city with one project."""
    sides = {"answers": answers or {}, "government": government or {}, "private": private or {}}
    return City.model_validate(
        {
            "format": "maturity/city@1",
            "questionnaire": "made",
            "city": {"name": "City"},
            "assessed": "2026-11-01",
            "projects": [{"id": "p", "name": "Project", "domain": "d1", **sides}],
            **more,
        }
    )


def values_of(models: Models, **sides: Mapping[str, object]) -> Valuation:
    """The valuation of one project with these answers (`answers`, `government`, `private`)."""
    found = city(**sides)
    return valued(models, found, found.projects[0])
