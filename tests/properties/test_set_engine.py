"""The set engine says what the reference engine says, whatever the rubric and the answers."""

from typing import Final

import pytest
from tests.making.cells import sayable
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.shipped import EXAMPLES, Models, example, flagship, shipped_models
from tests.making.size import size
from tests.making.small import small
from tests.making.tables import by_reference, by_sets, disagreements
from tests.making.thresholds import ladder, met_exactly

from maturity.engines import assessment
from maturity.engines.database import Database
from maturity.model.city import City
from maturity.rules.expr import Method


@pytest.fixture(scope="module")
def database() -> Database:
    """One database for all."""
    return Database(threads=1)


@pytest.fixture(autouse=True)
def _without_next_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take most of the time, and tables do not tell them."""
    monkeypatch.setattr(assessment, "next_questions", lambda *_: ())


def check(database: Database, models: Models, city: City, *, staged: bool = False) -> None:
    wanted = by_reference(models, city)
    found = by_sets(database, models, city, staged=staged)
    assert list(disagreements(found, wanted)) == []


@pytest.mark.parametrize("seed", range(size(40, 2000)))
def test_engines_agree_on_any_rubric_and_answers(database: Database, seed: int) -> None:
    """Fifty projects a rubric: 2,000 pairs in every run."""
    models = models_of(seed, questions=2 + seed % 5)
    city = sayable(city_of(models, seed, projects=50))
    check(database, models, city, staged=seed % 5 == 0)


@pytest.mark.untraced
def test_engines_agree_on_the_examples_and_on_made_cities(database: Database) -> None:
    models = flagship()
    cities = [*map(example, EXAMPLES), city_of(models, 5, projects=size(8, 400))]
    cities = [sayable(city) for city in cities]
    wanted = [told for city in cities for told in by_reference(models, city)]
    found = by_sets(database, models, *cities, staged=False)
    assert list(disagreements(found, wanted)) == []


NETWORK: Final = ("davao.yaml", "johor.yaml", "network/makassar.yaml", "phuket.yaml")


@pytest.mark.untraced
def test_engines_agree_on_the_second_model_with_answers_of_the_city(database: Database) -> None:
    models = shipped_models("ascn-framework")
    cities = [example(name, "ascn-framework") for name in NETWORK]
    assert all(city.answers for city in cities)  # given once, beside the projects
    cities.append(city_of(models, 7, projects=size(8, 400)))
    cities = [sayable(city) for city in cities]
    wanted = [told for city in cities for told in by_reference(models, city)]
    found = by_sets(database, models, *cities, staged=False)
    assert list(disagreements(found, wanted)) == []


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("seed", range(size(2, 40)))
def test_engines_agree_at_thresholds_that_are_met_exactly(
    database: Database, method: Method, seed: int
) -> None:
    check(database, *met_exactly(method, seed))


def test_engines_agree_on_questions_with_many_options(database: Database) -> None:
    many = {f"o{n}": f"Option {n}" for n in range(45)}
    points = {option: float(n % 7) for n, option in enumerate(many)}
    questions = [
        {"id": "one", "kind": "choice", "options": many, "may_be_inapplicable": True},
        {"id": "some", "kind": "multi", "options": many, "may_be_inapplicable": True},
    ]
    holds: dict[str, dict[str, object]] = {
        "in": {"answer": "one", "in": ["o3", "o29", "o30", "o44"]},
        "has": {"answer": "some", "has": ["o0", "o31", "o44"]},
        "all": {"answer": "some", "has_all": ["o29", "o30"]},
        "chosen": {"answer": "some", "chosen": 23, "or_not_applicable": True},
    }
    items = [{"question": "one", "points": points}, {"question": "some", "points": points}]
    models = small(
        questions,
        scores={"total": {"name": "Total", "method": "sum", "items": items}},
        ladders={name: ladder(when) for name, when in holds.items()},
    )
    check(database, models, sayable(city_of(models, 3, projects=40)))
