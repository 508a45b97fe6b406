"""What came of worked cases, in every format: what failed, why, and what was missed."""

import json
import xml.etree.ElementTree as ET
from typing import Final

import pytest

from maturity.base.phrase import Phrase
from maturity.base.places import Place
from maturity.i18n.catalog import catalog
from maturity.model.case_result import CaseFailure
from maturity.model.cases import Expectation, Expected
from maturity.model.flat import FlatValue
from maturity.model.tested import (
    CasesTold,
    CaseTold,
    FailedExpectation,
    FileTold,
    Measure,
    Missed,
)
from maturity.render.cases.json import json_text
from maturity.render.cases.junit import junit
from maturity.render.cases.text import reason, text

ENGLISH: Final = catalog("en")
CHINESE: Final = catalog("zh-Hant")
AT: Final = Place("a.cases.yaml", 7, 3)
FAILURE: Final = CaseFailure("ladder.x.confirmed", "T2", "T1")


def failed(failure: CaseFailure, trace: str = "") -> FailedExpectation:
    return FailedExpectation(AT, failure, trace)


def told(*failures: FailedExpectation, measures: tuple[Measure, ...] = ()) -> CasesTold:
    case = CaseTold('one "&" two', AT, 3, failures)
    fine = CaseTold("fine", AT, 1, ())
    return CasesTold((FileTold("a.cases.yaml", "a.yaml", (case, fine)),), measures)


FLAG: Final = Phrase.of("cases.flag", name="<f>")
NEGATED: Final = Phrase.of("change.negated").at(("flags", "f", "when"))
MEASURES: Final = (
    Measure("coverage", "a.yaml", 4, 4, (Missed(Place("a.yaml", 9, 1), FLAG),)),
    Measure("mutants", "a.yaml", 10, 40, (), (Missed(Place("a.yaml", 3, 2), NEGATED),)),
)


@pytest.mark.parametrize(
    ("expected", "got", "known", "said"),
    [
        ("T2", "T1", True, "k: expected T2, got T1"),
        ("T2", None, True, "k: expected T2, got null"),
        (None, "T1", True, "k: expected null, got T1"),
        ("T2", ("a", "b"), True, "k: expected T2, got a|b"),
        ("T2", (), True, "k: expected T2, got nothing"),
        (2.0, 1.5, True, "k: expected 2.0, got 1.5"),
        ("T2", None, False, "k: no result has this value"),
        (
            Expectation(at_least=3, has=("a", "b")),
            "T1",
            True,
            "k: expected at_least 3.0, has a|b, ",
        ),
    ],
)
def test_a_reason_names_what_was_expected_and_what_came_out(
    expected: Expected, got: FlatValue, known: bool, said: str
) -> None:
    assert reason(CaseFailure("k", expected, got, known), ENGLISH).startswith(said)


def test_lines_of_text() -> None:
    traced = failed(FAILURE, "because\n  of this\n")
    assert text(told(traced, failed(FAILURE), measures=MEASURES), ENGLISH).splitlines() == [
        'a.cases.yaml:7:3: one "&" two: ladder.x.confirmed: expected T2, got T1',
        "  because",
        "    of this",
        'a.cases.yaml:7:3: one "&" two: ladder.x.confirmed: expected T2, got T1',
        "a.yaml:9:1: no case reaches: flag <f>",
        "a.yaml: 3 of 4 reached (75.0 %)",
        "a.yaml:3:2: no answers can show, and not counted: flags.f.when: negated",
        "a.yaml: 9 of 9 of 40 mutants caught (100.0 %), 1 equivalent",
    ]
    assert text(told(), ENGLISH) == ""


def test_lines_and_suites_in_chinese_have_no_english() -> None:
    found = told(failed(FAILURE), measures=MEASURES)
    assert text(found, CHINESE).splitlines() == [
        'a.cases.yaml:7:3: one "&" two：ladder.x.confirmed：預期為 T2，實得 T1',
        "a.yaml:9:1: 沒有案例觸及：警示 <f>",
        "a.yaml：4 項中觸及 3 項（75.0 %）",
        "a.yaml:3:2: 任何答案皆無法顯示此差異，不予計入：flags.f.when：改為相反條件",
        "a.yaml：9 項改動（全部 40 項）中察覺 9 項（100.0 %），另有 1 項等值",
    ]
    twice = told(failed(FAILURE), failed(FAILURE), measures=MEASURES)
    suites = {one.get("name"): one for one in ET.fromstring(junit(twice, CHINESE))}  # noqa: S314
    [missed] = suites["a.yaml：案例觸及"]
    assert missed.get("name") == "警示 <f>"
    assert "a.yaml：案例察覺的改動" in suites
    [failure] = suites["a.cases.yaml"][0]
    assert (failure.get("message") or "").count("實得 T1；ladder.x") == 1


def test_json_speaks_english() -> None:
    [_, mutants] = json.loads(json_text(told(measures=MEASURES)))["measures"]
    assert [one["what"] for one in mutants["equivalent"]] == ["flags.f.when: negated"]


def test_json_holds_places_and_expectations() -> None:
    one = failed(CaseFailure("k", Expectation(at_least=3), 2.0), "because")
    found = json.loads(json_text(told(one, failed(FAILURE), measures=MEASURES)))
    assert (found["format"], found["cases"], found["failures"]) == ("maturity/tested@1", 2, 2)
    [first, second] = found["files"][0]["cases"][0]["failures"]
    assert first["expected"] == {"at_least": 3.0}
    assert (first["line"], first["column"], first["got"], first["trace"]) == (7, 3, 2.0, "because")
    assert (second["expected"], "trace" in second) == ("T2", False)
    [missed] = found["measures"][0]["missed"]
    assert missed == {"path": "a.yaml", "line": 9, "column": 1, "what": "flag <f>"}
    assert [one["percent"] for one in found["measures"]] == [75.0, 100.0]


def test_junit_is_well_formed_and_counts() -> None:
    traced = failed(FAILURE, "because <of> this")
    root = ET.fromstring(junit(told(traced, failed(FAILURE), measures=MEASURES), ENGLISH))  # noqa: S314
    suites = {one.get("name"): one for one in root}
    cases = suites["a.cases.yaml"]
    assert (cases.get("tests"), cases.get("failures")) == ("2", "1")
    wrong, fine = cases
    assert (wrong.get("name"), wrong.get("line")) == ('one "&" two', "7")
    assert len(fine) == 0
    [failure] = wrong
    assert "because <of> this" in (failure.text or "")
    assert (failure.get("message") or "").count("expected T2, got T1") == 2
    coverage = suites["coverage of a.yaml"]
    assert (coverage.get("tests"), coverage.get("skipped"), coverage.get("failures")) == (
        "4",
        "1",
        "0",
    )
    [missed] = coverage
    assert (missed.get("name"), missed.get("file"), missed.get("line")) == (
        "flag <f>",
        "a.yaml",
        "9",
    )
