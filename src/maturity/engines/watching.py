"""Statements of DuckDB while they run: how far they are, and how they are stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PAUSE: Final = 0.3  # seconds between two looks

_STOPPED: Final = ("Query interrupted", "INTERRUPT Error: Interrupted!")

Watch: TypeAlias = Callable[[float], None]


@contextmanager
def watched(connection: DuckDBPyConnection, watch: Watch | None) -> Iterator[None]:
    """Tell how far a statement of DuckDB is while it runs, as a share of the whole."""
    if watch is None:
        yield
        return
    done = Event()

    def look() -> None:
        while not done.wait(_PAUSE):
            watch(min(max(connection.query_progress(), 0.0), 100.0) / 100)

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        done.set()
        looking.join()


@contextmanager
def stoppable() -> Iterator[None]:
    """Tell Ctrl-C as Python does: DuckDB tells it, and what stops it otherwise, as errors."""
    try:
        yield
    except Exception as error:
        if str(error) in _STOPPED:
            raise KeyboardInterrupt from None
        raise
