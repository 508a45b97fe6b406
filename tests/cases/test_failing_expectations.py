"""The test runner tests itself: for each kind of expectation, a case that must fail does fail."""

import json
from pathlib import Path
from typing import Final

import pytest

from maturity import api
from maturity.base.errors import RefusedError, UsageError
from maturity.model.tested import CasesTold

ANSWERS: Final = {
    "stage": "service",
    "legal-form": "purchase",
    "private-capital": "major",
    "public-label": "platform",
    "outsider-activity": "none-reported",
    "term-years": 20,
    "data-owner": "partner",
    "consent-rule": "general",
    "secondary-use": "open",
}
SIDES: Final = {"government": {"exclusivity": "none"}, "private": {"exclusivity": "full"}}

# What comes out, and what does not although it could: each is a kind of expectation.
KINDS: Final[list[tuple[str, object, object]]] = [
    ("ladder.operating.confirmed", "T1", "T2"),
    ("ladder.operating.confirmed", "T1", None),
    ("ladder.supported.confirmed", None, "T1"),
    ("ladder.operating.confirmed", {"in": ["T1", "T2"]}, {"in": ["T2", "T3"]}),
    ("ladder.operating.confirmed", {"not_in": ["T2"]}, {"not_in": ["T2", "T1"]}),
    ("ladder.supported.possible", None, {"in": ["T1"]}),
    ("decision.claimed.confirmed", "T3", "T1"),
    ("decision.claimed.possible", "T3", "T3|T1"),
    ("decision.claimed.possible", {"has": ["T3"]}, {"has": ["T1"]}),
    ("decision.claimed.possible", {"lacks": ["T1"]}, {"lacks": ["T3"]}),
    ("decision.claimed.possible", {"exactly": ["T3"]}, {"exactly": ["T1", "T3"]}),
    ("score.data-rights-gov.most", {"at_least": 60}, {"at_least": 90}),
    ("score.data-rights-gov.most", {"at_most": 90}, {"at_most": 60}),
    ("score.data-rights-gov.least", {"near": 2.005, "margin": 0.01}, {"near": 2.5, "margin": 0.1}),
    ("score.data-rights-gov.least", {"near": 2}, {"near": 2.1}),
    ("check.G1", {"not_in": ["met"]}, "met"),
    ("flag.label-platform-no-outsiders", "raised", "absent"),
    ("flag.label-platform-no-outsiders.severity", {"not_in": ["info"]}, "info"),
    ("flag.sole-operator", "possible", "raised"),
    ("flags.raised", {"has": ["label-platform-no-outsiders"]}, {"exactly": []}),
    ("flags.raised", {"lacks": ["sole-operator"]}, {"has": ["sole-operator"]}),
    ("recommendations.given", {"lacks": ["bring-outsiders-in"]}, {"has": ["bring-outsiders-in"]}),
    ("checks.met", {"exactly": []}, {"exactly": ["G1"]}),
    ("check.G1.floor", None, "partly"),
    (
        "recommendation.label-truthfully.because",
        {"exactly": ["flag.label-platform-no-outsiders"]},
        {"has": ["flag.announced-not-built"]},
    ),
    (
        "recommendation.cure-own-breach.because",
        {"exactly": []},
        {"has": ["flag.public-side-in-breach"]},
    ),
    ("divergence.exclusivity", "open", "settled"),
    ("coverage.unknown", {"at_least": 10}, {"at_most": 10}),
]


def run(folder: Path, *cases: dict[str, object]) -> CasesTold:
    """Run cases of the flagship out of a file."""
    file = {"format": "maturity/cases@1", "rubric": "ppp-three-tier", "cases": list(cases)}
    path = folder / "flagship.cases.yaml"
    path.write_text(json.dumps(file, indent=1), encoding="utf-8")
    return api.run_cases([path])  # type: ignore[no-any-return]


def case(name: str, key: str, expected: object) -> dict[str, object]:
    return {"name": name, "answers": ANSWERS, **SIDES, "expect": {key: expected}}


def test_what_comes_out_passes_and_anything_else_fails(tmp_path: Path) -> None:
    right = [case(f"right {n}", key, good) for n, (key, good, _) in enumerate(KINDS)]
    wrong = [case(f"wrong {n}", key, bad) for n, (key, _, bad) in enumerate(KINDS)]
    [file] = run(tmp_path, *right, *wrong).files
    failed = {one.name: [each.failure.key for each in one.failures] for one in file.cases}
    expected: dict[str, list[str]] = {str(one["name"]): [] for one in right}
    expected |= {f"wrong {n}": [key] for n, (key, _, _) in enumerate(KINDS)}
    assert failed == expected


def test_a_failure_stands_at_its_key(tmp_path: Path) -> None:
    [file] = run(tmp_path, case("wrong", "ladder.operating.confirmed", "T2")).files
    [failure] = file.cases[0].failures
    line = (tmp_path / "flagship.cases.yaml").read_text(encoding="utf-8").split("\n")
    assert "ladder.operating.confirmed" in line[failure.place.line - 1]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"name": "typo", "anwers": {}, "expect": {"check.G1": "met"}}, "M102"),
        ({"name": "typo within", "expect": {"check.G1": {"at_leest": 1}}}, "M102"),
        ({"name": "nothing", "expect": {}}, "M105"),
        ({"name": "nothing at all"}, "M103"),
        ({"name": "key", "expect": {"check.G99": "met"}}, "M403"),
        ({"name": "never", "expect": {"check.G1": "done"}}, "M404"),
        ({"name": "never on a list", "expect": {"flags.raised": {"has": ["no-flag"]}}}, "M404"),
        ({"name": "x", "base": "x", "city": "a.yaml", "expect": {"check.G1": "met"}}, "M105"),
        ({"name": "x", "project": "a", "expect": {"check.G1": "met"}}, "M105"),
        ({"name": "x", "city": "no.yaml", "expect": {"check.G1": "met"}}, "M405"),
    ],
)
def test_a_case_that_cannot_fail_is_refused(
    broken: dict[str, object], code: str, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError) as refused:
        run(tmp_path, broken)
    assert code in [one.code.number for one in refused.value.diagnostics]


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        run(tmp_path)
    with pytest.raises(RefusedError):
        api.run_cases([tmp_path / "nowhere"])


def test_cases_can_be_picked_by_name(tmp_path: Path) -> None:
    cases = [case(name, "ladder.operating.confirmed", "T1") for name in ("one", "Two")]
    run(tmp_path, *cases)
    told = api.run_cases([tmp_path], wanted=api.Wanted(name="tWO"))
    assert [one.name for file in told.files for one in file.cases] == ["Two"]
    with pytest.raises(UsageError):
        api.run_cases([tmp_path], wanted=api.Wanted(name="three"))


def test_a_failure_is_traced_from_the_answer_up(tmp_path: Path) -> None:
    run(
        tmp_path,
        case("tier", "ladder.operating.confirmed", "T2"),
        case("list", "flags.raised", {"has": ["sole-operator"], "lacks": ["data-right-unstated"]}),
        case("count", "coverage.unknown", 1),
        case("joined", "decision.claimed.possible", "T1"),
        case("names", "flags.raised", "sole-operator"),
    )
    told = api.run_cases([tmp_path], wanted=api.Wanted(trace=True))
    tier, many, count, joined, names = (one.failures[0].trace for one in told.files[0].cases)
    assert "ladder.operating" in tier
    assert "flag.sole-operator" in many
    assert count == ""
    assert "decision.claimed" in joined
    assert "flag.sole-operator" in names


def test_what_no_case_reaches_is_told_with_its_place(tmp_path: Path) -> None:
    run(tmp_path, case("one", "ladder.operating.confirmed", "T1"))
    told = api.run_cases([tmp_path], wanted=api.Wanted(coverage=True))
    [measure] = told.measures
    assert 0 < measure.percent < 50
    assert told.below("coverage", 50)
    levels = [one for one in measure.missed if one.what.key == "cases.level"]
    names = {one.what.values["name"] for one in levels}
    assert {one for one in names if one.startswith("operating")} == {"operating T2", "operating T3"}
    assert all(one.place.path.endswith("rubrics/ppp-three-tier.yaml") for one in levels)


def test_a_case_stands_on_a_city_file_with_its_own_answers_on_top(tmp_path: Path) -> None:
    city = {
        "format": "maturity/city@1",
        "questionnaire": "ppp-three-tier",
        "city": {"name": "Somewhere"},
        "assessed": "2026-11-01",
        "projects": [
            {"id": "a", "name": "A", "domain": "health", "answers": {"stage": "idea"}},
            {
                "id": "b",
                "name": "B",
                "domain": "health",
                "answers": {"stage": "service", "legal-form": "purchase"},
            },
        ],
    }
    (tmp_path / "city.yaml").write_text(json.dumps(city), encoding="utf-8")
    stands = {"city": "city.yaml", "project": "b"}
    key = "ladder.operating.confirmed"
    told = run(
        tmp_path,
        {"name": "as it is", **stands, "expect": {key: "T1"}},
        {"name": "on top", **stands, "answers": {"stage": "idea"}, "expect": {key: None}},
        {"name": "below", "base": "as it is", "expect": {key: "T1"}},
    )
    assert told.failures == 0
    for wrong in ({"city": "city.yaml"}, {"city": "city.yaml", "project": "c"}):
        with pytest.raises(RefusedError):
            run(tmp_path, {"name": "wrong", **wrong, "expect": {key: "T1"}})


def test_every_format_tells_the_failure(tmp_path: Path) -> None:
    told = run(tmp_path, case("wrong <&>", "ladder.operating.confirmed", "T2"))
    assert "expected T2, got T1" in api.cases_text(told, "text")
    found = json.loads(api.cases_text(told, "json"))
    assert found["files"][0]["cases"][0]["failures"][0]["got"] == "T1"
    junit = api.cases_text(told, "junit")
    assert 'failures="1"' in junit
    assert "wrong &lt;&amp;&gt;" in junit
