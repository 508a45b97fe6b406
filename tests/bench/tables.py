"""A table of the shipped questionnaire, in every form that a cell may have, by a fixed seed."""

from pathlib import Path
from random import Random
from typing import Final

from tests.making.shipped import flagship

from maturity.engines.database import Database
from maturity.engines.sql.terms import column, text
from maturity.rules.scope import Shape

SEED: Final = 7


def make_table(path: Path, rows: int) -> None:
    """Write a Parquet file with a column for each question."""
    chance = Random(SEED)
    domains = list(flagship().bundle.questionnaire.domains)
    columns = ["'p' || i AS project", "'City ' || (i % 400) AS city"]
    columns.append(f"({_listed(domains)})[1 + i % {len(domains)}] AS domain")
    for name, shape in flagship().plan.shapes.items():
        cells = _cells(shape, chance)
        place = f"1 + CAST(floor(random() * {len(cells)}) AS INT)"
        label = column(name).sql("duckdb")
        columns.append(f"nullif(({_listed(cells)})[{place}], '') AS {label}")
    database = Database(threads=1)
    database.connection.execute("SELECT setseed(0.5)")
    made = f"SELECT {', '.join(columns)} FROM range({rows}) made(i)"  # noqa: S608 - our own models
    told = text(str(path)).sql("duckdb")
    database.connection.execute(f"COPY ({made}) TO {told} (FORMAT parquet)")
    database.close()


def _listed(words: list[str]) -> str:
    return f"[{', '.join(text(one).sql('duckdb') for one in words)}]"


def _cells(shape: Shape, chance: Random) -> list[str]:
    """Cells of one question, as often as they are to stand in its column."""
    match shape.kind:
        case "choice":
            two = ["/".join(chance.sample(shape.options, 2))] if len(shape.options) > 1 else []
            return [*shape.options * 6, "unknown", "", "", *two]
        case "multi":
            plain = ["|".join(_some(shape, chance)) for _ in range(40)]
            signed = [
                "|".join(chance.choice("+-") + one for one in _some(shape, chance))
                for _ in range(6)
            ]
            return [*plain, *signed, "", "unknown"]
        case "number":
            whole = range(int(shape.least), int(shape.most) + 1)
            return [*map(str, whole[:60]), "12.5", "10..15", "", "unknown"]
        case "text":
            return ["Said in words.", "Words of another kind, longer than twelve", ""]


def _some(shape: Shape, chance: Random) -> list[str]:
    return [one for one in shape.options if chance.random() < 0.5] or list(shape.options[:1])
