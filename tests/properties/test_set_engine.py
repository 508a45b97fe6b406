"""The set engine says what the reference engine says, whatever the rubric and the answers."""

from collections.abc import Iterator

import pytest
from tests.making.cells import sayable
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.shipped import EXAMPLES, Models, example, flagship
from tests.making.size import size
from tests.making.tables import by_reference, by_sets, disagreements

from maturity.engines import assessment
from maturity.engines.duckdb import Database
from maturity.model.city import City


@pytest.fixture(scope="module")
def database() -> Database:
    """One database for all."""
    return Database(threads=1)


@pytest.fixture(autouse=True)
def _without_next_questions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """They take most of the time, and tables do not tell them."""
    monkeypatch.setattr(assessment, "next_questions", lambda bundle, at: ())
    yield


def check(database: Database, models: Models, city: City, *, staged: bool = False) -> None:
    wanted = by_reference(models, city)
    found = by_sets(database, models, city, staged=staged)
    assert list(disagreements(found, wanted)) == []


@pytest.mark.parametrize("seed", range(size(100, 4000)))
def test_engines_agree_on_any_rubric_and_answers(database: Database, seed: int) -> None:
    models = models_of(seed, questions=2 + seed % 5)
    city = sayable(models, city_of(models, seed, projects=25))
    check(database, models, city, staged=seed % 5 == 0)
