"""`maturity batch` killed, stopped, out of room: the output is old or complete each time."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

import pytest
from tests.making.rows import results

KILLS = max(3, min(50, int(os.environ.get("HAZARD_SIZE", "0")) // 20_000))
HEAD = "city,project,domain,stage,term-years"
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
sys.argv[0] = "maturity"
from maturity.cli.app import main
main()
"""


def table(path: Path, years: int, count: int = 30) -> Path:
    rows = [f"Chiayi,p{n},transport,service,{years}" for n in range(count)]
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "maturity", "batch", *map(str, arguments), "-q"]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_kill_at_any_moment_leaves_the_old_or_the_complete_output(tmp_path: Path) -> None:
    out, chance = tmp_path / "out", Random(8)
    old, new = (table(tmp_path / f"{n}.csv", n) for n in (5, 6))
    began = time.monotonic()
    subprocess.run(command(new, "-o", out), check=True, capture_output=True)
    whole = time.monotonic() - began
    complete = bytes_of(out)
    subprocess.run(command(old, "-o", out), check=True, capture_output=True)
    before = bytes_of(out)
    for _ in range(KILLS):
        with subprocess.Popen(command(new, "-o", out), stdout=subprocess.DEVNULL) as run:
            time.sleep(chance.uniform(0.3, 1) * whole)
            run.send_signal(signal.SIGKILL)
        assert bytes_of(out) in (before, complete)
    subprocess.run(command(new, "-o", out), check=True, capture_output=True)
    assert bytes_of(out) == complete


def test_the_next_run_goes_on_where_one_was_stopped(tmp_path: Path) -> None:
    out, path = tmp_path / "out", table(tmp_path / "t.csv", 5, count=600)
    slow = command(path, "-o", out, "--jobs", 1, "--engine", "reference")
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests
    with subprocess.Popen(
        slow,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,  # noqa: PLW1509 - it does no more than that
    ) as run:
        state = tmp_path / ".out.partial" / "state.jsonl"
        while not (state.is_file() and state.stat().st_size > 50_000):
            time.sleep(0.02)
            assert run.poll() is None
        run.send_signal(signal.SIGINT)
        _, told = run.communicate()
    assert run.returncode == 130
    assert "Stopped." in told
    assert not out.exists()
    table(path, 5, count=5)
    again = command(path, "-o", out, "--engine", "reference")[:-1]
    done = subprocess.run(again, check=True, capture_output=True, text=True)
    assert "5 of 5 files and rows were taken over" in done.stderr
    assert len(results(out)) == 5
    assert {one.name for one in tmp_path.iterdir()} == {"t.csv", "out", ".out.lock"}


@pytest.mark.parametrize("format_", ["csv", "jsonl", "xlsx", "parquet"])
def test_a_full_disk_leaves_what_was_there(format_: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = table(tmp_path / "t.csv", 5, count=2)
    subprocess.run(command(path, "-o", out), check=True, capture_output=True)
    before = bytes_of(out)
    more = ["batch", str(table(tmp_path / "t.csv", 6)), "-o", str(out), "--format", format_]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *more], capture_output=True, check=False, text=True
    )
    assert done.returncode == 3
    assert "M901" in done.stderr
    assert bytes_of(out) == before
    assert not (tmp_path / ".out.partial").exists()
