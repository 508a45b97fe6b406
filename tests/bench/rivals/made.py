"""Rows of known answers, a column a question, made in DuckDB by a fixed seed."""

from pathlib import Path

from tests.bench.rivals.decision import Decision

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.database import Database
from maturity.engines.sql.terms import column, text
from maturity.rules.scope import Shape

SEED = 0.25
FEW_SETS = 60
"""So many different sets of options are drawn for a multi question."""


def make(decision: Decision, path: Path, rows: int, *, unknown: float = 0.0) -> None:
    """A Parquet file with the answers to the questions of a decision, and a number each row.

    In a quarter of the rows answers are drawn alike; in the others those that some rule asks for
    come up more often, so that every outcome does. `unknown` is the share of cells without answer.
    """
    database = Database(threads=1)
    database.connection.execute("SELECT setseed(?)", [SEED])
    columns = ["i AS project"]
    for name in decision.questions:
        shape = decision.models.plan.shapes[name]
        every, wanted = cells(shape, decision, wanted=False), cells(shape, decision, wanted=True)
        drawn = f"CASE WHEN random() * 3.2 < i % 4 THEN {_one(wanted)} ELSE {_one(every)} END"
        drawn = f"CASE WHEN random() < {unknown} THEN NULL ELSE {drawn} END" if unknown else drawn
        columns.append(f"{drawn} AS {column(name).sql('duckdb')}")
    made = f"SELECT {', '.join(columns)} FROM range({rows}) made(i)"  # noqa: S608 - our own models
    database.connection.execute(f"COPY ({made}) TO {quoted(path)} (FORMAT parquet)")


def cells(shape: Shape, decision: Decision, *, wanted: bool) -> list[str]:
    """The cells that may stand in a column."""
    read = decision.read_options[shape.id] if wanted else frozenset(shape.options)
    declared = [NOT_APPLICABLE] if shape.id in decision.models.plan.declarable else []
    options = [one for one in shape.options if one in read] or list(shape.options)
    match shape.kind:
        case "choice":
            return options + declared
        case "multi":
            sets = [
                [one for bit, one in enumerate(options) if number >> (bit % 16) & 1]
                for number in range(1, FEW_SETS)
            ]
            return ["|".join(chosen) for chosen in sets if chosen] + declared
        case "number":
            step = max(1, int(shape.most - shape.least) // FEW_SETS)
            whole = range(int(shape.least), int(shape.most) + 1, step)
            return [str(number) for number in whole] + declared
        case "text":
            return ["said"]


def quoted(path: Path) -> str:
    """A path as DuckDB reads it."""
    return text(str(path)).sql("duckdb")


def _one(listed: list[str]) -> str:
    told = ", ".join(text(one).sql("duckdb") for one in listed)
    return f"([{told}])[1 + CAST(floor(random() * {len(listed)}) AS INT)]"
