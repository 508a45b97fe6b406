"""Work by a second thread: it is waited for, and ends with what it belongs to."""

import time

import pytest

from maturity.api.portfolio.sets.beside import beside
from maturity.engines.database import Database

ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"


def test_what_is_held_is_there_for_both() -> None:
    database = Database(threads=1)
    database.connection.execute("CREATE TABLE told AS SELECT 7 AS number")

    def work(other: Database) -> object:
        return other.connection.execute("FROM told").fetchall()

    for is_apart in (True, False):
        with beside(database, work, is_apart=is_apart) as found:
            assert found() == [(7,)]


@pytest.mark.parametrize("late", [0.0, 0.4])
def test_it_ends_where_the_other_fails(late: float) -> None:
    database = Database(threads=1)
    began = time.monotonic()

    def work(other: Database) -> object:
        time.sleep(late)
        return other.connection.execute(ENDLESS).fetchall()

    def stopped() -> None:
        with beside(database, work, is_apart=True):
            time.sleep(0.2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert time.monotonic() - began < 30


def test_a_fault_is_told_where_it_is_asked_for() -> None:
    def work(_: Database) -> object:
        raise OSError("No space left on device")

    with (
        pytest.raises(OSError, match="No space"),
        beside(Database(threads=1), work, is_apart=True) as found,
    ):
        found()
