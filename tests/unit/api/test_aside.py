"""Work aside: a copy of the process does it, or this one where the copy cannot."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from maturity.api.portfolio.ahead import looking_over
from maturity.api.portfolio.aside import Aside
from maturity.loading.folders import TABLES, city_digest, files_of, looked_over
from maturity.loading.tables import READERS


@pytest.mark.parametrize("is_apart", [False, True])
def test_it_finds_what_the_work_finds(is_apart: bool) -> None:
    assert Aside(partial(sum, (1, 2)), is_apart=is_apart).found() == 3


def test_a_copy_that_ends_is_made_up_for() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os._exit(3)
        return 5

    assert Aside(work, is_apart=True).found() == 5


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        Aside(lambda: 1 // 0, is_apart=True).found()


def test_what_nobody_waits_for_is_ended() -> None:
    aside = Aside(partial(sum, (1, 2)), is_apart=True)
    aside.close()
    aside.close()
    assert aside.found() == 3


def test_a_copy_ends_where_nobody_reads() -> None:
    """It holds the pipes of the first process, which are read to their end here."""
    code = (
        "from functools import partial\n"
        "from maturity.api.portfolio.aside import Aside\n"
        "Aside(partial(bytes, 10_000_000), is_apart=True)\n"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=True)


def test_a_copy_ends_with_the_first_process_however_that_ends() -> None:
    code = (
        "import os, time\n"
        "from functools import partial\n"
        "from maturity.api.portfolio.aside import Aside\n"
        "aside = Aside(partial(time.sleep, 60), is_apart=True)\n"
        "time.sleep(0.5)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    told = [sys.executable, "-c", code]
    assert subprocess.run(told, capture_output=True, timeout=30, check=False).returncode == -9


def test_who_is_stopped_while_waiting_can_end_the_copy() -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with (
            pytest.raises(KeyboardInterrupt),
            closing(Aside(partial(sleep, 60), is_apart=True)) as one,
        ):
            one.found()
    finally:
        signal.signal(signal.SIGALRM, before)


def test_files_are_looked_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"format: maturity/city@1\n")
    (tmp_path / "b.yaml").write_bytes(b"format: maturity/rubric@1\n")
    (tmp_path / "c.csv").write_bytes(b"city\n")
    (tmp_path / "d.yml").write_bytes(b"")
    (tmp_path / "other").mkdir()
    named = tmp_path / "other" / "city.txt"
    named.write_bytes(b"format: maturity/city@1\n")
    paths = [str(tmp_path), str(named), str(tmp_path / "none.yaml")]
    seen = looked_over(paths)
    assert [one.path for one in seen] == list(files_of(paths))
    assert [Path(one.path).name for one in seen] == [
        *("a.yaml", "c.csv", "d.yml", "city.txt", "none.yaml")
    ]
    told = [city_digest(seen[n].shown, b"format: maturity/city@1\n") for n in (0, 3)]
    assert [one.digest for one in seen] == [told[0], "", "", told[1], ""]


def test_they_are_where_an_earlier_run_may_know_them(tmp_path: Path) -> None:
    assert looking_over([str(tmp_path)], None, 2) is None
    assert looking_over([str(tmp_path)], tmp_path / "none", 2) is None
    assert looking_over([str(tmp_path)], tmp_path, 1) is None
    ahead = looking_over([str(tmp_path)], tmp_path, 2)
    assert ahead is not None
    assert ahead.found() == []


def test_tables_are_those_that_can_be_read() -> None:
    assert tuple(READERS) == TABLES
