"""Cities scored by the set engine, and what the reference engine says of them in the same form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from sqlglot import exp
from tests.making.cells import row
from tests.making.shipped import Models

from maturity.engines.assessment import assess_project
from maturity.engines.database import Database
from maturity.engines.sql.columns import Table, table_of
from maturity.engines.sql.query import query_for
from maturity.engines.sql.sheet import Stage
from maturity.engines.sql.terms import column, name
from maturity.model.city import City
from maturity.model.flat import flat

MARGIN = 1e-9
LISTINGS = ("marks", "evidence")
"""The columns that list questions."""
STAGES = {stage: stage.name for stage in Stage}
"""With them the query has its stages apart, as for people."""
Row = Mapping[str, object]


def table(database: Database, models: Models, rows: Sequence[Mapping[str, str | None]]) -> Table:
    """These rows as a table of the database; columns that are empty throughout are left out."""
    every = dict.fromkeys(header for cells in rows for header in cells)
    headers = [one for one in every if any(cells.get(one) is not None for cells in rows)]
    named = ", ".join(f"{column(one).sql('duckdb')} VARCHAR" for one in headers)
    database.connection.execute(f"CREATE OR REPLACE TABLE given ({named})")
    places = ", ".join("?" for _ in headers)
    database.connection.executemany(
        f"INSERT INTO given VALUES ({places})",  # noqa: S608 - question marks
        [[cells.get(one) for one in headers] for cells in rows],
    )
    return listed_table(models, exp.Table(this=name("given")), headers)


def listed_table(models: Models, relation: exp.Expression, headers: Sequence[str]) -> Table:
    """A relation with columns that list what has a justification, and what has evidence."""
    given = table_of(models.plan, relation, headers)
    marks, evidence = (listing if listing in headers else None for listing in LISTINGS)
    carried = tuple(one for one in given.carried if one not in LISTINGS)
    return replace(given, carried=carried, marks=marks, evidence=evidence)


def by_sets(database: Database, models: Models, *cities: City, staged: bool) -> Sequence[Row]:
    """The results of the set engine, a row a project."""
    given = table(database, models, rows_of(models, *cities))
    told = STAGES if staged else None
    return database.rows(query_for(models.plan, models.bundle, given, told=told))


def rows_of(models: Models, *cities: City) -> list[dict[str, str | None]]:
    """A row a project, with every column of the questionnaire."""
    chance = Random(len(cities[0].projects))
    return [row(models, city, project, chance) for city in cities for project in city.projects]


def by_reference(models: Models, city: City) -> Sequence[Row]:
    """The same of the reference engine."""
    found = []
    for project in city.projects:
        result = assess_project(models.bundle, models.plan, city, project).result
        told: dict[str, object] = {
            "project": project.id,
            "unreadable": None,
            **flat(result, models.bundle),
        }
        told |= {f"score.{one.id}.may-not-apply": one.may_not_apply for one in result.scores}
        found.append(told)
    return found


def disagreements(sets: Sequence[Row], reference: Sequence[Row]) -> Iterator[str]:
    """Where two engines say different things of the same projects."""
    for one, other in zip(sets, reference, strict=True):
        for key, value in one.items():
            wanted = _spelt(key, other)
            if not _same(value, wanted):
                yield f"{one['project']} {key}: {value!r} by sets, {wanted!r} by reference"


def _spelt(key: str, told: Row) -> object:
    """A value in the form of a table."""
    value = told[key]
    return "|".join(value) if isinstance(value, tuple) else value


def _same(value: object, wanted: object) -> bool:
    if isinstance(value, float | int) and isinstance(wanted, float | int):
        return abs(value - wanted) <= MARGIN * max(1.0, abs(wanted))
    return value == wanted
