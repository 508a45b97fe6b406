"""The reference engine on all cores: units go to processes, outcomes come back in order."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import Final, TypeAlias, TypeVar

from maturity.api.models import Models
from maturity.api.portfolio.context import Context
from maturity.api.portfolio.units import Unit
from maturity.loading.outcomes import Kept, kept

CHUNK: Final = 40
"""Units that a process takes at once."""

ALONE: Final = 4
"""Up to so many chunks are scored here: starting processes would take longer."""

_AHEAD: Final = 3  # chunks for each process that are read ahead
_LOOK: Final = 1.0  # seconds between two looks for the parent

_CONTEXT: list[Context] = []

Found = TypeVar("Found")
Work: TypeAlias = Callable[[Sequence[Unit], Context], list[Found]]
"""What is done with a chunk; other processes find it by its name."""


def by_processes(context: Context, units: Iterator[Unit], jobs: int) -> Iterator[Kept]:
    """What came of each unit, in order, scored by up to `jobs` processes."""
    return spread(context, units, jobs, scored)


def spread(
    context: Context, units: Iterator[Unit], jobs: int, work: Work[Found]
) -> Iterator[Found]:
    """What some work makes of each unit, in order, done by up to `jobs` processes."""
    chunks = iter(lambda: list(islice(units, CHUNK)), [])
    first = list(islice(chunks, ALONE + 1))
    if jobs < 2 or len(first) <= ALONE:  # noqa: PLR2004 - a second process
        for chunk in (*first, *chunks):
            yield from work(chunk, context)
        return
    spawning = multiprocessing.get_context("spawn")
    bare = replace(context, models=Models())  # each process reads them by the same names
    with ProcessPoolExecutor(jobs, spawning, begin, (bare, os.getpid())) as pool:
        waiting: deque[Future[list[Found]]] = deque()
        try:
            for chunk in (*first, *chunks):
                waiting.append(pool.submit(done_here, work, chunk))
                while len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def begin(context: Context, parent: int) -> None:
    """Begin the life of a process: the parent handles Ctrl-C, and nobody outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _CONTEXT[:] = [context]
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def done_here(work: Work[Found], units: Sequence[Unit]) -> list[Found]:
    """Do the work on a chunk in a process that has begun."""
    return work(units, _CONTEXT[0])


def scored(units: Sequence[Unit], context: Context) -> list[Kept]:
    """Score units one by one."""
    from maturity.api.portfolio.scoring import outcome_of

    return [kept(outcome_of(unit, context)) for unit in units]


def _watch(parent: int) -> None:
    """End this process when its parent was killed."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(_LOOK)
    os._exit(1)
