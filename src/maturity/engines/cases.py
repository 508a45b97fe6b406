"""Worked cases, run on the reference engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from maturity.base.text import Text
from maturity.engines.assessment import Assessed, assess_project
from maturity.engines.expecting import holds
from maturity.model.bundle import Bundle
from maturity.model.case_result import CaseFailure, CaseOutcome
from maturity.model.cases import Case, Cases
from maturity.model.city import Answers, City, CityName, Project
from maturity.model.flat import FlatValue, beside, flat, listed
from maturity.plan import Plan

ANY_DAY = date(2000, 1, 1)
"""The day of assessment decides nothing; a case needs one to be a city file."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One case as it was run: with the answers of its base, as a city, with its whole trace.

    Which question to ask next is left out: no case can expect it, and it takes most of the time.
    """

    case: Case
    city: City
    assessed: Assessed
    outcome: CaseOutcome


def run_cases(bundle: Bundle, plan: Plan, cases: Cases) -> tuple[CaseOutcome, ...]:
    """Evaluate every case, in the order of the file. The cases have passed the checks."""
    return tuple(one.outcome for one in trace_cases(bundle, plan, cases))


def trace_cases(bundle: Bundle, plan: Plan, cases: Cases) -> tuple[Ran, ...]:
    """As `run_cases`, with the trace of each case."""
    filled: dict[str, Case] = {}
    found: list[Ran] = []
    for case in cases.cases:
        filled[case.name] = _on_its_base(case, filled)
        found.append(_run(bundle, plan, filled[case.name]))
    return tuple(found)


def above(case: Case, below: Mapping[str, Answers]) -> Case:
    """The case on top of other answers, side by side; its own replace those of the same side."""
    own = {"answers": case.answers, "government": case.government, "private": case.private}
    return case.model_copy(update={side: {**below[side], **own[side]} for side in own})


def _on_its_base(case: Case, earlier: dict[str, Case]) -> Case:
    if case.base is None:
        return case
    base = earlier[case.base]
    sides = {"answers": base.answers, "government": base.government, "private": base.private}
    return above(case, sides)


def _run(bundle: Bundle, plan: Plan, case: Case) -> Ran:
    city = _city_of(case, bundle)
    assessed = assess_project(bundle, plan, city, city.projects[0], asks=False)
    row = flat(assessed.result, bundle)
    row |= listed(row) | beside(assessed.result, bundle)
    outcome = CaseOutcome(case.name, tuple(case.expect), tuple(_failures(case, row)))
    return Ran(case, city, assessed, outcome)


def _city_of(case: Case, bundle: Bundle) -> City:
    name = Text("case")
    project = Project(
        id="case",
        name=Text(case.name),
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
