"""DuckDB stopped by Ctrl-C or a full disk, whatever it does; and what only looks like that."""

import signal
import sys
from pathlib import Path

import duckdb
import pytest
from sqlglot import exp, parse_one
from tests.making.limits import limited

from maturity.engines.database import BrokenTableError, Database, parquet_rows


def asked(text: str) -> exp.Query:
    query = parse_one(text)
    assert isinstance(query, exp.Query)
    return query


def test_a_query_is_stopped() -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    database = Database(threads=1)
    database.plan_quickly()
    query = asked("SELECT SUM(a.i * b.i) FROM range(9000000) AS a(i), range(99999) AS b(i)")
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt):
            database.run(query)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_it_is_stopped_while_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        def execute(self, *_: object) -> None:
            raise RuntimeError("Query interrupted")

    monkeypatch.setattr(duckdb, "connect", lambda **_: Stopped())
    with pytest.raises(KeyboardInterrupt):
        Database(threads=1, memory=1).plan_quickly()


def test_it_is_stopped_while_it_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopping:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "duckdb":
                raise KeyboardInterrupt

    database = Database(threads=1)
    monkeypatch.delitem(sys.modules, "duckdb")
    monkeypatch.setattr(sys, "meta_path", [Stopping(), *sys.meta_path])
    with pytest.raises(KeyboardInterrupt):
        database.plan_quickly()


def test_a_broken_table_is_no_stop_whatever_its_name(tmp_path: Path) -> None:
    table = tmp_path / "interrupted.parquet"
    table.write_bytes(b"nothing of the kind")
    with pytest.raises(BrokenTableError):
        Database(threads=1).length(parquet_rows([table]))


@pytest.mark.parametrize("size", [13_000, 100_000])
def test_a_database_file_that_has_no_room(size: int, tmp_path: Path) -> None:
    tables = {"results": asked("SELECT i, CAST(HASH(i) AS TEXT) FROM range(3000) AS rows(i)")}
    with limited(size), pytest.raises(OSError, match="Could not write"):
        Database(threads=1).save_tables(tables, tmp_path / "x.duckdb")
