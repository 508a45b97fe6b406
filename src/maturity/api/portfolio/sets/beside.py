"""Work by a second thread, while the first one goes on."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from typing import Final, TypeVar

from maturity.engines.database import Database

Found = TypeVar("Found")

_PAUSE: Final = 0.05  # seconds between two tries to end a statement


@contextmanager
def beside(
    database: Database, work: Callable[[Database], Found], *, is_apart: bool
) -> Iterator[Callable[[], Found]]:
    """Do some work while the body runs; what is given waits for it, and gives what it found.

    The work has a connection of its own. Where the body fails, or Ctrl-C ends it, the statement
    that runs there ends, too. Where it is not wanted apart, it is done when it is asked for.
    """
    if not is_apart:
        yield lambda: work(database)
        return
    with closing(database.beside()) as other, ThreadPoolExecutor(1) as pool:
        found = pool.submit(work, other)
        try:
            yield found.result
        except BaseException:
            while not found.done():  # a statement may begin only now
                other.interrupt()
                wait([found], timeout=_PAUSE)
            raise
