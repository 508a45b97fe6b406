"""Worked cases as JSON: one object, of the format `maturity/tested@1`."""

import json

from maturity.base.places import Place
from maturity.base.text import FALLBACK
from maturity.i18n.catalog import catalog
from maturity.model.cases import Expectation, Expected
from maturity.model.tested import CasesTold, CaseTold, FailedExpectation, Measure, Missed


def json_text(tested: CasesTold) -> str:
    """The whole outcome with places, its words in English."""
    found = {
        "format": "maturity/tested@1",
        "cases": tested.cases,
        "failures": tested.failures,
        "files": [
            {
                "path": file.path,
                "rubric": file.rubric,
                "cases": [_case(case) for case in file.cases],
            }
            for file in tested.files
        ],
        "measures": [_measure(one) for one in tested.measures],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _case(case: CaseTold) -> dict[str, object]:
    return {
        "name": case.name,
        **_place(case.place),
        "expectations": case.expectations,
        "failures": [_failure(one) for one in case.failures],
    }


def _failure(one: FailedExpectation) -> dict[str, object]:
    failure = one.failure
    found = {"key": failure.key, **_place(one.place), "known": failure.known}
    found |= {"expected": _expected(failure.expected), "got": failure.got}
    return {**found, "trace": one.trace} if one.trace else found


def _expected(expected: Expected) -> object:
    if isinstance(expected, Expectation):
        return expected.model_dump(by_alias=True, exclude_unset=True)
    return expected


def _measure(one: Measure) -> dict[str, object]:
    return {
        "kind": one.kind,
        "rubric": one.rubric,
        "percent": round(one.percent, 2),
        "tried": one.tried,
        "of": one.of,
        "missed": [_missed(missed) for missed in one.missed],
        "equivalent": [_missed(missed) for missed in one.equivalent],
    }


def _missed(one: Missed) -> dict[str, object]:
    return {"path": one.place.path, **_place(one.place), "what": catalog(FALLBACK).tell(one.what)}


def _place(place: Place) -> dict[str, object]:
    return {"line": place.line, "column": place.column}
