"""The pipe of the reference engine: units -> state -> results, errors, portfolio."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.request import Batched, Job, Progress, Telling
from maturity.api.portfolio.reusing import Earlier
from maturity.api.portfolio.units import Unit, units_of
from maturity.api.portfolio.workers import by_processes
from maturity.api.portfolio.writing import write
from maturity.loading.folders import size_of
from maturity.loading.outcomes import STATE, Kept, line_of


def batch_units(job: Job) -> Batched:
    """Score unit by unit, with a trace for each."""
    context, request, into = job.context, job.request, job.into
    with Earlier(job.before) as earlier:
        run = _Run(context, into, earlier, job.tell, size_of(job.inputs.files))
        run.score(units_of(job.inputs.files, context, request.encoding), request.jobs)
    written = write(context, into, request.format_, run.seen, tuple(sorted(run.columns)))
    return Batched(written.portfolio, run.reused, run.units, written.first, written.files, context)


class _Run:
    """Units on their way into the state, in their order, whether scored or taken over."""

    def __init__(
        self, context: Context, into: Path, earlier: Earlier, tell: Telling, whole: int
    ) -> None:
        self.context = context
        self.into = into
        self.earlier = earlier
        self.tell = tell
        self.whole = whole
        self.waiting: deque[tuple[Unit, Kept | None]] = deque()
        self.seen: Counter[str] = Counter()
        self.columns: set[str] = set()
        self.units = self.reused = self.projects = self.done = 0

    def score(self, units: Iterator[Unit], jobs: int) -> None:
        """Write the state line by line."""
        with (self.into / STATE).open("w", encoding="utf-8", newline="\n") as stream:
            for found in by_processes(self.context, self._fresh(units, stream.write), jobs):
                self._drain(stream.write)
                unit, _ = self.waiting.popleft()
                self._emit(unit, found, stream.write)
            self._drain(stream.write)

    def _fresh(self, units: Iterator[Unit], write: Callable[[str], int]) -> Iterator[Unit]:
        """The units that have to be scored; what is taken over waits for its turn."""
        for unit in units:
            has = self.earlier.has(unit.digest)
            known = self.earlier.take(unit.digest, self.into) if has else None
            self.waiting.append((unit, known))
            if known is None:
                yield unit
            else:
                self.reused += 1
                self._drain(write)

    def _drain(self, write: Callable[[str], int]) -> None:
        while self.waiting:
            unit, known = self.waiting[0]
            if known is None:
                return
            self.waiting.popleft()
            self._emit(unit, known, write)

    def _emit(self, unit: Unit, found: Kept, write: Callable[[str], int]) -> None:
        write(line_of(unit.digest, unit.shown, unit.row, found))
        self.seen.update(found.keys)
        self.columns.update(found.columns)
        self.units += 1
        self.projects += len(found.keys)
        self.done += unit.size
        self.tell(Progress(self.projects, min(self.done, self.whole), self.whole))
