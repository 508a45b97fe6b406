"""What the tier decision costs per million projects: ours, zen-engine, OpenFisca-core.

Every round runs every job in turn; the medians are told, in seconds of processor time and of the
clock. What works row by row is measured on fewer rows, and scaled. Before anything is told, all
have to give the same outcome for the same rows, of all rows where whole tables are worked through.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tests.bench.rivals import by_openfisca, by_zen, made, ours
from tests.bench.rivals.decision import NONE, Decision, cut
from tests.making.shipped import ROOT, flagship

from maturity.engines.database import Database

ROUNDS = 5
MANY = 1_000_000
ROWS = 20_000
"""Rows for what works row by row."""
PROJECTS = 500
"""Rows for our reference engine, which keeps the trace of everything."""
UNKNOWN = 0.2
DECISIONS: tuple[tuple[Literal["ladder", "decision"], str], ...] = (
    ("ladder", "operating"),
    ("decision", "verdict"),
)
TOLD = ROOT / "build" / "rivals.json"


class Job(NamedTuple):
    """One way to decide, over so many rows."""

    name: str
    rows: int
    run: Callable[[], object]


class Cost(NamedTuple):
    """Seconds per million projects."""

    name: str
    rows: int
    processor: float
    clock: float


def main() -> int:
    """Measure, print a table for each decision, and write both as JSON."""
    told: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "rounds": ROUNDS,
        "versions": {
            name: version(name) for name in ("duckdb", "zen-engine", "openfisca-core", "numpy")
        },
    }
    for stage, name in DECISIONS:
        decision = cut(flagship(), stage, name)
        with _jobs(decision) as jobs:
            costs = _measured(jobs)
        _print(decision, costs)
        told[decision.key] = {
            "questions": len(decision.questions),
            "rules": len(decision.keys),
            "seconds per million projects": [one._asdict() for one in costs],
        }
    TOLD.parent.mkdir(exist_ok=True)
    TOLD.write_text(f"{json.dumps(told, indent=1)}\n", encoding="utf-8")
    return 0


@contextmanager
def _jobs(decision: Decision) -> Iterator[list[Job]]:
    """Every way to decide; the same outcomes have been seen of all of them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        names = ("known", "open", "none", "part", "out")
        known, open_, none, part, out = (root / f"{name}.parquet" for name in names)
        made.make(decision, known, MANY)
        made.make(decision, open_, MANY, unknown=UNKNOWN)
        made.make(decision, none, 0)
        ours.by_sets(decision, known, out)
        wanted = _outcomes(decision, out)
        rows = _rows(known)
        Database().connection.execute(
            f"COPY (FROM {made.quoted(known)} ORDER BY project LIMIT {ROWS}) TO {made.quoted(part)}"
        )
        jobs = [
            Job("ours, whole tables", MANY, lambda: ours.by_sets(decision, known, out)),
            Job("ours, a fifth unknown", MANY, lambda: ours.by_sets(decision, open_, out)),
            Job("of which to start", MANY, lambda: ours.by_sets(decision, none, out)),
            _reference(decision, rows[:PROJECTS], wanted),
            *_zen(decision, rows, wanted),
            Job("zen, from file to file", ROWS, _zen_files(decision, part, out, wanted)),
            *_openfisca(decision, known, out, wanted),
        ]
        yield jobs


def _reference(decision: Decision, rows: list[dict[str, str]], wanted: list[str]) -> Job:
    city = ours.city_of(decision, rows)
    _same(ours.by_reference(decision, city), wanted)
    name = "ours, project by project"
    return Job(name, len(rows), lambda: ours.by_reference(decision, city))


def _zen(decision: Decision, rows: list[dict[str, str]], wanted: list[str]) -> Iterator[Job]:
    """Its two forms, each in the way that a trial finds quickest."""
    ready = by_zen.contexts(decision, rows)
    texts = [json.dumps(one) for one in ready]
    ways = by_zen.evaluators(decision)
    for form in ("decision", "expression"):
        tried: dict[float, Job] = {}
        for way, evaluate in ways.items():
            for given in (ready, texts):
                if way.startswith(form):
                    _same(evaluate(given), wanted)
                    kind = "JSON" if given is texts else "dict"
                    run = _bound(evaluate, given)
                    job = Job(f"zen, {way}, {kind}", len(given), run)
                    tried[min(_seconds(job)[0] for _ in range(2))] = job
        yield tried[min(tried)]


def _bound(evaluate: by_zen.Evaluate, given: Sequence[Any]) -> Callable[[], object]:
    return lambda: evaluate(given)


def _zen_files(
    decision: Decision, source: Path, target: Path, wanted: list[str]
) -> Callable[[], object]:
    """With one expression, its quickest form."""
    evaluate = by_zen.evaluators(decision)["expression, inlined"]
    _same(by_zen.from_file_to_file(decision, evaluate, source, target), wanted)
    return lambda: by_zen.from_file_to_file(decision, evaluate, source, target)


def _openfisca(decision: Decision, source: Path, target: Path, wanted: list[str]) -> Iterator[Job]:
    system = by_openfisca.System(decision)
    arrays = system.read(source)
    found = system.words(system.calculate(arrays))
    assert len(found) == MANY
    _same(found, wanted)
    yield Job("OpenFisca, arrays ready", MANY, lambda: system.calculate(arrays))

    def whole() -> None:
        system.write(system.calculate(system.read(source)), target)

    yield Job("OpenFisca, from file to file", MANY, whole)


def _same(found: Sequence[str], wanted: Sequence[str]) -> None:
    """Row by row the same outcome.

    Raises:
        AssertionError: it names the first rows that differ.
    """
    differ = [number for number, one in enumerate(found) if one != wanted[number]]
    assert not differ, [(number, found[number], wanted[number]) for number in differ[:5]]


def _outcomes(decision: Decision, results: Path) -> list[str]:
    """The outcomes of our set engine in the order of the rows; both ends agree on known answers."""
    ends = [f'"{decision.key}.{end}"' for end in ("confirmed", "possible")]
    asked = f"SELECT {', '.join(ends)} FROM {made.quoted(results)} ORDER BY project"  # noqa: S608
    found = Database().connection.execute(asked).fetchall()
    assert all(confirmed == possible for confirmed, possible in found)
    return [confirmed or NONE for confirmed, _ in found]


def _rows(source: Path) -> list[dict[str, str]]:
    asked = f"FROM {made.quoted(source)} ORDER BY project LIMIT {ROWS}"
    found = Database().connection.execute(asked)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _measured(jobs: Sequence[Job]) -> list[Cost]:
    times: dict[str, list[tuple[float, float]]] = {job.name: [] for job in jobs}
    for _ in range(ROUNDS):
        for job in jobs:
            times[job.name].append(_seconds(job))
    return [
        Cost(
            job.name,
            job.rows,
            round(statistics.median(one for one, _ in times[job.name]) * MANY / job.rows, 3),
            round(statistics.median(one for _, one in times[job.name]) * MANY / job.rows, 3),
        )
        for job in jobs
    ]


def _seconds(job: Job) -> tuple[float, float]:
    """Of the processor, and of the clock."""
    clock, processor = time.perf_counter(), time.process_time()
    job.run()
    return time.process_time() - processor, time.perf_counter() - clock


def _print(decision: Decision, costs: Sequence[Cost]) -> None:
    print(f"{decision.key}: {len(decision.questions)} questions, {len(decision.keys)} named rules")
    print(f"{'seconds per million projects':<36}{'rows':>10}{'processor':>12}{'clock':>10}")
    for name, rows, processor, clock in costs:
        print(f"{name:<36}{rows:>10,}{processor:>12.2f}{clock:>10.2f}")
    print()


if __name__ == "__main__":
    sys.exit(main())
