"""A portfolio is told by its spread."""

from collections.abc import Mapping

from tests.making.shipped import Models
from tests.making.small import choice, city, number, small

from maturity.engines.assessment import assess_project
from maturity.engines.profile import profile
from maturity.model.city import City
from maturity.model.result import Profile

QUESTIONS = [choice("one"), number("size", may_be_inapplicable=True)]
LADDER = {
    "name": "L",
    "none": "N",
    "levels": [{"id": "L1", "name": "1", "when": {"answer": "one", "in": ["a", "b"]}}],
}
ROWS = [
    {"id": "bad", "name": "Bad", "when": {"answer": "one", "in": ["a"]}, "exposed": True},
    {"id": "worse", "name": "Worse", "when": {"answer": "one", "in": ["a", "b"]}, "exposed": True},
]
REST = {"id": "fine", "name": "Fine", "when": True}
ABSENT = {"answer": "not-applicable", "reason": "None."}


def models_with(rows: list[dict[str, object]], verdict: str | None = "table") -> Models:
    return small(
        QUESTIONS,
        scores={"mark": {"name": "Mark", "items": [{"question": "size"}]}},
        ladders={"climb": LADDER},
        decisions={"table": {"name": "T", "rows": rows}},
        summary={"spread": ["climb", "table"], **({"verdict": verdict} if verdict else {})},
    )


def of(models: Models, *answers: Mapping[str, object]) -> Profile:
    projects = [
        {"id": f"p{n}", "name": "P", "domain": f"d{n % 2}", "weight": n + 1, "answers": said}
        for n, said in enumerate(answers)
    ]
    raw = {**city().model_dump(by_alias=True), "assessed": "2026-11-01", "projects": projects}
    found = City.model_validate(raw)
    results = [
        assess_project(models.bundle, models.plan, found, one).result for one in found.projects
    ]
    return profile(models.bundle, results)


def test_the_spread_counts_weights_by_outcome() -> None:
    found = of(
        models_with([*ROWS, REST]), {"one": "a"}, {"one": "c"}, {"one": {"one-of": ["b", "c"]}}
    )
    climb, table = found.city.spreads
    assert climb.confirmed == ((None, 2.0), ("L1", 1.0))
    assert climb.open == table.open == 3.0
    assert table.confirmed == (("bad", 1.0), ("worse", 0.0), ("fine", 2.0))
    assert [(one.domain, one.projects, one.weight) for one in found.domains] == [
        ("d0", 2, 4.0),
        ("d1", 1, 2.0),
    ]


def test_exposure_is_sure_where_every_possible_row_is_exposed() -> None:
    either = {"one": {"one-of": ["a", "b"]}}
    found = of(models_with([*ROWS, REST]), {"one": "a"}, either, {}, {"one": "c"}).city
    assert (found.exposed, found.exposed_possible) == (3.0, 6.0)


def test_exposure_is_not_sure_where_no_row_may_hold() -> None:
    found = of(models_with(ROWS), {"one": {"one-of": ["a", "c"]}}, {"one": "b"}).city
    assert (found.exposed, found.exposed_possible) == (2.0, 3.0)


def test_without_a_verdict_nothing_is_exposed() -> None:
    found = of(models_with([*ROWS, REST], verdict=None), {"one": "a"}).city
    assert (found.exposed, found.exposed_possible) == (0.0, 0.0)


def test_scores_are_means_over_the_projects_to_which_they_apply() -> None:
    found = of(models_with(ROWS), {"size": 4}, {"size": 7}, {"size": ABSENT})
    assert found.city.scores[0][:3] == ("mark", (1 * 4 + 2 * 7) / 3, 6.0)
    assert found.domains[0].scores[0].least == 4.0
    assert of(models_with(ROWS), {"size": ABSENT}).city.scores[0].least is None
    assert of(models_with(ROWS), {}).city.scores[0].may_not_apply


def test_projects_of_two_cities_may_share_an_id() -> None:
    models = models_with(ROWS)
    pair = []
    for size in (0.1, 0.7):
        found = city({"size": size})
        pair.append(assess_project(models.bundle, models.plan, found, found.projects[0]).result)
    assert profile(models.bundle, pair) == profile(models.bundle, pair[::-1])
