"""Counting a portfolio: order does not show, lists end, nothing is lost."""

from collections import Counter
from random import Random

from tests.making.portfolios import many, scored, tallied
from tests.making.shipped import flagship

from maturity.base.text import Text
from maturity.engines.ranking import Top, quantile
from maturity.engines.tally import FEW, SHOWN, Tally
from maturity.model.columns import Conflict
from maturity.model.portfolio import Failed


def test_the_order_of_projects_does_not_show() -> None:
    projects = many(300)
    conflict = Conflict(name=Text("One partner"), same="partner")
    first = tallied(projects, conflict)
    Random(1).shuffle(projects)
    assert tallied(projects, conflict) == first


def test_the_rest_of_the_cities_is_counted() -> None:
    portfolio = tallied(many(120))
    rest = portfolio.other_cities
    assert len(portfolio.cities) == SHOWN
    assert rest is not None
    assert rest.projects == 120 - SHOWN
    for index, spread in enumerate(portfolio.whole.spreads):
        groups = [*portfolio.cities, rest]
        spreads = [group.spreads[index] for group in groups]
        for outcome, weight in spread.settled.items():
            assert abs(sum(one.settled[outcome] for one in spreads) - weight) < 1e-9
        assert abs(sum(one.open for one in spreads) - spread.open) < 1e-9
    assert (
        abs(sum(group.exposed for group in [*portfolio.cities, rest]) - portfolio.whole.exposed)
        < 1e-9
    )


def test_levels_and_what_is_open_add_up_to_the_weight() -> None:
    whole = tallied(many(200)).whole
    for spread in whole.spreads:
        assert abs(sum(spread.settled.values()) + spread.open - whole.weight) < 1e-9


def test_lists_end_and_their_rest_is_counted() -> None:
    portfolio = tallied(many(500))
    assert len(portfolio.exposed) == SHOWN < portfolio.exposed_count
    assert all(len(flag.first) == min(FEW, flag.raised) for flag in portfolio.flags)
    raised = [flag.raised for flag in portfolio.flags]
    assert raised == sorted(raised, reverse=True)


def test_the_most_exposed_come_first() -> None:
    exposed = tallied([*many(40), *scored("all-unknown.yaml")]).exposed
    prominence = [(one.surely, one.critical, one.warnings) for one in exposed]
    assert prominence == sorted(prominence, reverse=True)


def test_projects_that_share_a_value_clash() -> None:
    shared = Conflict(name=Text("One partner"), same="partner")
    never = Conflict(name=Text("Never"), same="partner", where="ladder.operating.confirmed")
    some = Conflict.model_validate(
        {"name": "Some", "same": "partner", "where": "decision.verdict.possible", "in": ["aligned"]}
    )
    (one, other) = tallied(many(300), shared, never, some).clashes
    assert (one.number, len(one.top), one.top[0].projects) == (70, SHOWN, 4)
    assert other.name == Text("Some")
    assert sum(clash.projects for clash in other.top) < sum(clash.projects for clash in one.top)


def test_faults_are_counted_by_code_with_the_first_places() -> None:
    tally = Tally(flagship().bundle)
    for row in range(20, 0, -1):
        tally.fail(Failed("t.csv", row, 1, "M107", "unknown-option", "no", None), ("t.csv", row))
    tally.fail(Failed("t.csv", 1, 2, "M108", "answer-form", "no", None), ("t.csv", 1))
    portfolio = tally.portfolio()
    assert (portfolio.failed, portfolio.refused) == (21, 20)
    assert [(one.code, one.number) for one in portfolio.faults] == [("M107", 20), ("M108", 1)]
    assert [one.row for one in portfolio.faults[0].first] == [1, 2, 3, 4, 5]


def test_the_fullest_name_of_a_city_is_shown() -> None:
    (one, *_) = scored("makassar.yaml")
    plain = one._replace(city=Text("Makassar"), project="other")
    (city,) = tallied([plain, one]).cities
    assert city.city is not None
    assert city.city.in_language("zh-Hant") == "望加錫"


def test_quantiles_are_values_that_were_counted() -> None:
    counts = Counter({0.0: 1, 10.0: 1, 20.0: 1, 30.0: 1})
    assert [quantile(counts, share) for share in (0.25, 0.5, 0.75, 1.0)] == [0, 10, 20, 30]


def test_the_first_are_the_first_in_any_order() -> None:
    numbers = list(range(1_000))
    Random(2).shuffle(numbers)
    top = Top[int](3, lambda one: (one,))
    for one in numbers:
        top.add(one)
    assert (top.first(), top.count) == ((0, 1, 2), 1_000)
