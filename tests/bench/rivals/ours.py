"""The decision by our own engines: over the whole table at once, and project by project."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlglot import exp
from tests.bench.rivals.decision import NONE, Decision

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.assessment import assess_project
from maturity.engines.database import Database, parquet
from maturity.engines.sql.columns import Query, table_of
from maturity.engines.sql.query import query_for
from maturity.model.city import City

THREADS = 2


def query(decision: Decision, relation: exp.Expression, headers: Sequence[str]) -> Query:
    """The query for the one outcome, both ends of it; whatever else comes out is left out."""
    models = decision.models
    whole = query_for(models.plan, models.bundle, table_of(models.plan, relation, headers))
    kept = [
        number
        for number, one in enumerate(whole.columns)
        if one.kind == "carried" or one.key.startswith(f"{decision.key}.")
    ]
    whole.tree.set("expressions", [whole.tree.expressions[number] for number in kept])
    return Query(whole.tree, tuple(whole.columns[number] for number in kept))


def by_sets(decision: Decision, source: Path, target: Path) -> None:
    """From the models in memory and a Parquet file to a Parquet file."""
    database, relation = Database(threads=THREADS), parquet(source)
    database.write(query(decision, relation, database.headers(relation)), target, "parquet")


def city_of(decision: Decision, rows: Sequence[dict[str, str]]) -> City:
    """Rows as the projects of a city file in memory."""
    projects = [
        {
            "id": f"p{number}",
            "name": f"p{number}",
            "domain": "any",
            "answers": {name: _answer(decision, name, row[name]) for name in decision.questions},
        }
        for number, row in enumerate(rows)
    ]
    instrument = decision.models.bundle.questionnaire.id
    facts = {"format": "maturity/city@1", "questionnaire": instrument, "city": {"name": "x"}}
    return City.model_validate({**facts, "assessed": date(2026, 11, 1), "projects": projects})


def by_reference(decision: Decision, city: City) -> list[str]:
    """The outcome of each project."""
    bundle, plan = decision.models.bundle, decision.models.plan
    found = []
    for project in city.projects:
        result = assess_project(bundle, plan, city, project, asks=False).result
        listed = result.ladders if decision.stage == "ladder" else result.decisions
        (one,) = [one for one in listed if one.id == decision.name]
        found.append(one.confirmed or NONE)
    return found


def _answer(decision: Decision, question: str, cell: str) -> dict[str, object]:
    if cell == NOT_APPLICABLE:
        return {"answer": cell, "reason": "made so"}
    match decision.models.plan.shapes[question].kind:
        case "multi":
            return {"answer": cell.split("|")}
        case "number":
            return {"answer": float(cell)}
    return {"answer": cell}
