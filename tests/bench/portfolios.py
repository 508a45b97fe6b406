"""What `maturity batch` takes, as a multiple of what its inputs cost to copy or to load.

Whole commands, from start to end, and by the clock: every round runs all of them in turn, and the
medians are compared. Peak memory is that of the command and of the processes that it starts.
"""

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import yaml
from tests.bench.tables import make_table
from tests.making.folder import write_folder

ROUNDS: Final = int(os.environ.get("ROUNDS", "5"))
ROWS: Final = int(os.environ.get("ROWS", "1000000"))
FILES: Final = int(os.environ.get("FILES", "10000"))
MATURITY: Final = str(Path(sys.executable).with_name("maturity"))
_DATE: Final = re.compile(r"(assessed[\"']?: *[\"']?)[0-9-]+")
GIBIBYTE: Final = 1 << 20  # in units of ru_maxrss


@dataclass(frozen=True)
class Bench:
    """The inputs and outputs of all rounds."""

    root: Path

    def table(self, rows: int) -> Path:
        path = self.root / f"{rows}.parquet"
        if not path.exists():
            make_table(path, rows)
        return path

    def copy(self) -> None:
        """DuckDB's own copy of the table."""
        target = self.root / "copied.parquet"
        with duckdb.connect() as database:
            database.execute(f"COPY (FROM '{self.table(ROWS)}') TO '{target}' (FORMAT parquet)")

    def score(self, rows: int) -> None:
        """The table, scored into Parquet."""
        self.batch(self.table(rows), "--format", "parquet", out="scored")

    def load(self) -> None:
        """Every city file, loaded in a loop and thrown away."""
        for path in sorted((self.root / "cities").iterdir()):
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)

    def first(self) -> None:
        """Every city file, scored and reported as one portfolio."""
        shutil.rmtree(self.root / "portfolio", ignore_errors=True)
        self.batch(self.root / "cities", out="portfolio")

    def second(self) -> None:
        """The same again, a hundredth of the files changed."""
        self.batch(self.root / "cities", out="portfolio")

    def batch(self, source: Path, *more: str, out: str) -> None:
        command = [MATURITY, "batch", str(source), "-o", str(self.root / out), "-q", *more]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def change(self, round_: int) -> None:
        """Give some of the city files another date."""
        for path in sorted((self.root / "cities").iterdir())[round_ % 100 :: 100]:
            said = path.read_text(encoding="utf-8")
            changed = _DATE.sub(rf"\g<1>2026-09-{1 + round_ % 28:02}", said)
            assert changed != said
            path.write_text(changed, encoding="utf-8")


def main() -> int:
    """Measure, print, and give 1 where a ratio is missed."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        write_folder(bench.root / "cities", FILES)
        times = _measured(bench)
    for name, taken in times.items():
        print(f"{name:<34}{statistics.median(taken):>9.2f} s  ({min(taken):.2f}-{max(taken):.2f})")
    return _told(times)


def _measured(bench: Bench) -> dict[str, list[float]]:
    jobs: dict[str, Callable[[], None]] = {
        "copy": bench.copy,
        "score": lambda: bench.score(ROWS),
        "score a hundredth": lambda: bench.score(ROWS // 100),
        "score ten rows": lambda: bench.score(10),
        "load": bench.load,
        "first": bench.first,
        "second": bench.second,
    }
    bench.table(ROWS), bench.table(ROWS // 100), bench.table(10)
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for round_ in range(ROUNDS):
        for name, job in jobs.items():
            if name == "second":
                bench.change(round_)
            times[name].append(_seconds(job))
    return times


def _told(times: dict[str, list[float]]) -> int:
    at = {name: statistics.median(taken) for name, taken in times.items()}
    start = at["score ten rows"]
    growth = (at["score"] - start) / max(at["score a hundredth"] - start, 1e-9)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / GIBIBYTE
    ratios = {
        f"{ROWS:,} rows scored / copied": (at["score"] / at["copy"], 2.0),
        "growth by a hundred": (growth, 100.0),
        f"{FILES:,} files scored / loaded": (at["first"] / at["load"], 1.0),
        "second run / first": (at["second"] / at["first"], 0.15),
        "peak memory, GiB": (peak, 4.0),
    }
    for name, (ratio, most) in ratios.items():
        mark = "  missed" if ratio > most else ""
        print(f"{name:<34}{ratio:>9.2f} at most {most:.2f}{mark}")
    return int(any(ratio > most for ratio, most in ratios.values()))


def _seconds(job: Callable[[], None]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
