"""How long a large table takes, as a multiple of what DuckDB takes to copy it.

The rows are made by a fixed seed, in every form that a cell may have. Each round copies the table,
scores it, and scores a hundredth of it; the medians are compared. Seconds of processor time, which
other work on the machine disturbs least, stand beside those of the clock.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.making.shipped import flagship

from maturity.engines.duckdb import Database, parquet
from maturity.engines.sql.columns import table_of
from maturity.engines.sql.query import query_for
from maturity.engines.sql.terms import column, text
from maturity.rules.scope import Shape

ROUNDS = 3
ROWS = 1_000_000
FEW = ROWS // 100
MOST_OF_COPY = 2.0
MOST_GROWTH = 100.0
SEED = 7


def main() -> int:
    """Measure, print a table, and give 1 where a ratio is missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        taken = _measured(root)
    print(f"{'job':<22}{'clock':>10}{'processor':>12}")
    for name, (clock, processor) in taken.items():
        print(f"{name:<22}{clock:>8.2f} s{processor:>10.2f} s")
    ratios = {
        "scored / copied": (_ratio(taken, "score", "copy"), MOST_OF_COPY),
        "growth": (_growth(taken), MOST_GROWTH),
    }
    for name, (ratio, most) in ratios.items():
        mark = "  missed" if ratio > most else ""
        print(f"{name:<22}{ratio:>10.2f}{'at most':>12}{most:>7.1f}{mark}")
    return int(any(ratio > most for ratio, most in ratios.values()))


Taken = dict[str, tuple[float, float]]


def _ratio(taken: Taken, one: str, other: str) -> float:
    return taken[one][0] / taken[other][0]


def _growth(taken: Taken) -> float:
    """The many rows against a hundredth of them, the fixed start-up taken off both."""
    start = taken["score no row"][0]
    return (taken["score"][0] - start) / max(taken["score a hundredth"][0] - start, 1e-9)


def _measured(root: Path) -> Taken:
    many, few, none = (root / f"{name}.parquet" for name in ("many", "few", "none"))
    for path, rows in ((many, ROWS), (few, FEW), (none, 0)):
        _make(path, rows)
    jobs: dict[str, Callable[[], None]] = {
        "copy": lambda: _copy(many, root / "copied.parquet"),
        "score": lambda: _score(many, root / "scored.parquet"),
        "score a hundredth": lambda: _score(few, root / "scored.parquet"),
        "score no row": lambda: _score(none, root / "scored.parquet"),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            times[name].append(_seconds(job))
    return {
        name: (statistics.median(c for c, _ in every), statistics.median(p for _, p in every))
        for name, every in times.items()
    }


def _seconds(job: Callable[[], None]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    job()
    return time.perf_counter() - clock, time.process_time() - processor


def _copy(source: Path, target: Path) -> None:
    read = parquet(source).sql("duckdb")
    Database(threads=2).connection.execute(
        f"COPY (FROM {read}) TO {_path(target)} (FORMAT parquet)"
    )


def _score(source: Path, target: Path) -> None:
    """From the models in memory to the file that is written."""
    models, database = flagship(), Database(threads=2)
    relation = parquet(source)
    table = table_of(models.plan, relation, database.headers(relation))
    database.write(query_for(models.plan, models.bundle, table), target, "parquet")


def _path(target: Path) -> str:
    return text(str(target)).sql("duckdb")


def _make(path: Path, rows: int) -> None:
    """A table of the shipped questionnaire, a column a question."""
    chance = Random(SEED)
    columns = ["'p' || i AS project", "'City ' || (i % 400) AS city"]
    for name, shape in flagship().plan.shapes.items():
        cells = _cells(shape, chance)
        listed = ", ".join(text(one).sql("duckdb") for one in cells)
        place = f"1 + CAST(floor(random() * {len(cells)}) AS INT)"
        columns.append(f"nullif(([{listed}])[{place}], '') AS {column(name).sql('duckdb')}")
    database = Database(threads=1)
    database.connection.execute("SELECT setseed(0.5)")
    made = f"SELECT {', '.join(columns)} FROM range({rows}) made(i)"  # noqa: S608 - our own models
    database.connection.execute(f"COPY ({made}) TO {_path(path)} (FORMAT parquet)")


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


if __name__ == "__main__":
    sys.exit(main())
