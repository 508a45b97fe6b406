"""How long the program takes to start, as a multiple of what its libraries alone take.

Ratios, not seconds: they hold on a slow machine as on a fast one. All commands are run in turn,
round after round, so that a busy moment falls on all of them; the medians are compared.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
ROOT = Path(__file__).resolve().parents[2]
MATURITY = str(Path(sys.executable).with_name("maturity"))

BARE = {
    "typer": [sys.executable, "-c", "import typer"],
    "libraries": [sys.executable, "-c", "import typer, yaml, pydantic, rich.table"],
}
"""What is measured against: the least that a program with these libraries can take."""

OURS = {
    "maturity --version": ([MATURITY, "--version"], "typer", 1.7),
    "maturity --help": ([MATURITY, "--help"], "typer", 1.7),
    "maturity validate": (
        [MATURITY, "validate", "questionnaires", "rubrics"],
        "maturity --version",
        2.5,
    ),
    "maturity assess": ([MATURITY, "assess", "examples/makassar.yaml"], "libraries", 4.0),
}
"""By name: the command, what it is measured against, and the most it may take of that."""


def main() -> int:
    """Measure, print a table, and give 1 where a ratio is missed."""
    medians = _medians({**BARE, **{name: command for name, (command, _, _) in OURS.items()}})
    print(f"{'command':<20}{'median':>10}{'against':>20}{'ratio':>8}{'at most':>9}")
    missed = False
    for name, (_, against, most) in OURS.items():
        ratio = medians[name] / medians[against]
        missed |= ratio > most
        mark = "  missed" if ratio > most else ""
        milliseconds = f"{1000 * medians[name]:.0f} ms"
        print(f"{name:<20}{milliseconds:>10}{against:>20}{ratio:>8.2f}{most:>9.1f}{mark}")
    for name in BARE:
        print(f"{name:<20}{f'{1000 * medians[name]:.0f} ms':>10}")
    return int(missed)


def _medians(commands: dict[str, list[str]]) -> dict[str, float]:
    """The median time of each command in seconds, after one round that warms the caches."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(ROUNDS + 1):
        for name, command in commands.items():
            taken = _seconds(command)
            times[name] += [taken] if round_ else []
    return {name: statistics.median(taken) for name, taken in times.items()}


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
