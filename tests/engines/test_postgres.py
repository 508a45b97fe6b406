"""PostgreSQL says what the reference engine says: a server started for it, on a socket."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlglot import exp
from tests.making import postgres
from tests.making.cells import sayable
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.shipped import EXAMPLES, Models, example, shipped_models
from tests.making.size import size
from tests.making.tables import STAGES, by_reference, disagreements, listed_table, rows_of
from tests.making.thresholds import met_exactly

from maturity.engines import assessment
from maturity.engines.sql.columns import header_of, table_of
from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.fences import spoken
from maturity.engines.sql.query import query_for
from maturity.engines.sql.terms import name
from maturity.engines.sql.written import CARRIED, written
from maturity.model.city import SIDES, City
from maturity.rules.expr import Method

if TYPE_CHECKING:
    import psycopg

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def server() -> Iterator["psycopg.Connection"]:
    """One server for all; it does not compile: that takes longer than these few rows."""
    with postgres.server() as connection:
        connection.execute("SET jit = off")
        yield connection


@pytest.fixture(autouse=True)
def _without_next_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take most of the time, and tables do not tell them."""
    monkeypatch.setattr(assessment, "next_questions", lambda *_: ())


def check(
    server: "psycopg.Connection", models: Models, *cities: City, staged: bool = False
) -> None:
    rows = rows_of(models, *cities)
    table = listed_table(models, exp.Table(this=name("given")), list(rows[0]))
    query = query_for(models.plan, models.bundle, table, told=STAGES if staged else None)
    text = spoken(query.tree, Dialect.POSTGRES)
    keys = [one.key for one in query.columns]
    found = [dict(zip(keys, row, strict=True)) for row in postgres.run(server, text, rows, "given")]
    wanted = [told for city in cities for told in by_reference(models, city)]
    assert list(disagreements(found, wanted)) == []


@pytest.mark.parametrize("seed", range(size(24, 400)))
def test_postgres_agrees_on_any_rubric_and_answers(server: "psycopg.Connection", seed: int) -> None:
    models = models_of(seed, questions=2 + seed % 5)
    city = sayable(city_of(models, seed, projects=50))
    check(server, models, city, staged=seed % 3 == 0)


@pytest.mark.parametrize("method", Method)
def test_postgres_agrees_at_thresholds_that_are_met_exactly(
    server: "psycopg.Connection", method: Method
) -> None:
    check(server, *met_exactly(method, 0))


@pytest.mark.parametrize(("rubric", "sides"), [("ppp-three-tier", True), ("ascn-framework", False)])
def test_what_the_command_prints_scores_the_examples_in_postgres(
    server: "psycopg.Connection", rubric: str, sides: bool
) -> None:
    models = shipped_models(rubric)
    cities = [sayable(city) for city in examples_of(rubric, sides=sides)]
    heads = [
        header_of(one, side) for side in SIDES[: 3 if sides else 1] for one in models.plan.shapes
    ]
    rows = [
        dict.fromkeys((*CARRIED, *heads)) | {one: row[one] for one in ("project", *heads)}
        for row in rows_of(models, *cities)
    ]
    table = table_of(models.plan, exp.Table(this=name("the answers")), rows[0])
    keys = [one.key for one in query_for(models.plan, models.bundle, table).columns]
    text = written(models.plan, models.bundle, Dialect.POSTGRES, "the answers", sides=sides)
    found = [
        {key: value for key, value in zip(keys, row, strict=True) if key not in UNTOLD}
        for row in postgres.run(server, text, rows, "the answers")
    ]
    wanted = [told for city in cities for told in by_reference(models, city)]
    assert list(disagreements(found, wanted)) == []


UNTOLD = ("city", "domain", "weight")


def examples_of(rubric: str, *, sides: bool) -> list[City]:
    """The example cities that answer the questionnaire of a rubric; else without the sides."""
    cities = [example(one, rubric) for one in EXAMPLES]
    kept = [city for city in cities if city.questionnaire == rubric]
    return kept if sides else list(map(_joint, kept))


def _joint(city: City) -> City:
    alone: dict[str, object] = {side: {} for side in SIDES[1:]}
    projects = tuple(one.model_copy(update=alone) for one in city.projects)
    return city.model_copy(update=alone | {"projects": projects})
