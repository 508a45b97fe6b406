"""Worked cases, run on the reference engine."""

from collections.abc import Iterator
from datetime import date

from maturity.base.text import Text
from maturity.engines.assessment import assess_project
from maturity.model.bundle import Bundle
from maturity.model.case_result import CaseFailure, CaseOutcome
from maturity.model.cases import Case, Cases, Expectation, Expected
from maturity.model.city import Answers, City, CityName, Project
from maturity.model.flat import FlatValue, flat
from maturity.plan import Plan

ANY_DAY = date(2000, 1, 1)
"""The day of assessment decides nothing; a case needs one to be a city file."""


def run_cases(bundle: Bundle, plan: Plan, cases: Cases) -> tuple[CaseOutcome, ...]:
    """Evaluate every case, in the order of the file. The cases have passed the checks."""
    filled: dict[str, Case] = {}
    outcomes: list[CaseOutcome] = []
    for case in cases.cases:
        filled[case.name] = _on_its_base(case, filled)
        outcomes.append(_run(bundle, plan, filled[case.name]))
    return tuple(outcomes)


def _on_its_base(case: Case, earlier: dict[str, Case]) -> Case:
    """The case with the answers of its base; its own replace those of the same side."""
    if case.base is None:
        return case
    base = earlier[case.base]
    answers: dict[str, Answers] = {
        "answers": {**base.answers, **case.answers},
        "government": {**base.government, **case.government},
        "private": {**base.private, **case.private},
    }
    return case.model_copy(update=answers)


def _run(bundle: Bundle, plan: Plan, case: Case) -> CaseOutcome:
    city = _city_of(case, bundle)
    assessed = assess_project(bundle, plan, city, city.projects[0])
    row = flat(assessed.result, bundle)
    return CaseOutcome(case.name, tuple(case.expect), tuple(_failures(case, row)))


def _city_of(case: Case, bundle: Bundle) -> City:
    name = Text("case")
    project = Project(
        id="case",
        name=name,
        domain="case",
        answers=case.answers,
        government=case.government,
        private=case.private,
    )
    return City(
        format="maturity/city@1",
        questionnaire=bundle.questionnaire.id,
        city=CityName(name=name),
        assessed=ANY_DAY,
        projects=(project,),
    )


def _failures(case: Case, row: dict[str, FlatValue]) -> Iterator[CaseFailure]:
    for key, expected in case.expect.items():
        got = row.get(key)
        if key not in row or not holds(expected, got):
            yield CaseFailure(key, expected, got, known=key in row)


def holds(expected: Expected, got: FlatValue) -> bool:
    """Whether a value is as expected. Several rows are compared as `a|b`, in table order."""
    if not isinstance(expected, Expectation):
        return _plain(got) == expected
    return all(_parts(expected, got))


def _parts(expected: Expectation, got: FlatValue) -> Iterator[bool]:
    """One truth for each key that the expectation gives."""
    if expected.in_ is not None:
        yield _plain(got) in expected.in_
    if expected.not_in is not None:
        yield _plain(got) not in expected.not_in
    if expected.has is not None:
        yield set(expected.has) <= set(_several(got))
    if expected.lacks is not None:
        yield not set(expected.lacks) & set(_several(got))
    yield from _bounds(expected, got)


def _bounds(expected: Expectation, got: FlatValue) -> Iterator[bool]:
    number = got if isinstance(got, int | float) else None
    if expected.at_least is not None:
        yield number is not None and number >= expected.at_least
    if expected.at_most is not None:
        yield number is not None and number <= expected.at_most
    if expected.near is not None:
        yield number is not None and abs(number - expected.near) <= expected.margin


def _plain(got: FlatValue) -> str | float | None:
    return "|".join(got) if isinstance(got, tuple) else got


def _several(got: FlatValue) -> tuple[str, ...]:
    return got if isinstance(got, tuple) else (got,) if isinstance(got, str) else ()
