"""The pipe of the set engine: paths -> one relation -> results, units in their order."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from maturity.api.portfolio.request import Job
from maturity.api.portfolio.sets.few import Few
from maturity.api.portfolio.sets.reading import Intaking, keep_narrow
from maturity.api.portfolio.sets.scored import Scored
from maturity.api.portfolio.sets.state import Earlier, Entry, Lines
from maturity.engines.database import BrokenTableError, Database
from maturity.engines.sets import names
from maturity.engines.sets.asking import Asking
from maturity.engines.sets.picking import NUMBER, ROW_HELD


class Results(NamedTuple):
    """The results of a run, its units, and what asks for more of them.

    `is_held`: they are in memory. `lines`: earlier results as CSV, by the file of their rows.
    """

    database: Database
    entries: list[Entry]
    asking: Asking
    scored: Scored
    is_held: bool
    lines: Mapping[Path, Lines]

    def write(self, target: Path, database: Database) -> None:
        """Write what the file has to hold still, by a connection."""
        match self.scored.unwritten:
            case Path() as same:
                copyfile(same, target)
            case None:
                pass
            case rows:
                database.save(rows, target)

    def by(self, database: Database) -> Self:
        """The same in their order, by a connection; what is not fresh stands in the file."""
        ordered = self.scored.ordered
        asking = replace(self.asking, runner=database, relation=ordered, letters=None)
        return self._replace(database=database, asking=asking)


@dataclass(slots=True)
class Run:
    """One run, whose results go to a Parquet file."""

    job: Job
    database: Database
    target: Path

    def results(self, earlier: Earlier) -> Results:
        """Score what no earlier run has scored, and take over the rest.

        Raises:
            TooWideError: the tables have more columns than one query takes.
        """
        with TemporaryDirectory(prefix="rows-", dir=self.target.parent) as folder:
            try:
                return self._results(earlier, Path(folder), direct=True, singly=True)
            except BrokenTableError:
                return self._results(earlier, Path(folder), direct=False, singly=False)

    def _results(self, earlier: Earlier, scratch: Path, *, direct: bool, singly: bool) -> Results:
        reading = Intaking(self.job, self.database, earlier, scratch, direct, singly)
        again = partial(self._results, scratch=scratch, direct=direct, singly=False)
        intake = reading.read()
        if intake.few is not None:
            return self._of_few(intake.few, earlier) or again(earlier)
        from maturity.api.portfolio.sets.together import Together

        every = Together(self.job, self.database, self.target, intake, scratch)
        columns = every.columns()
        keep_narrow(columns)
        is_fit = earlier.fits(columns, self.job.context.scoring.bundle)
        scored = every.scored() if is_fit or not every.merging.sources else None
        if scored is None:  # as where a twin stands in what is taken over: all is scored anew
            return again(Earlier((), b""))
        return self._told(intake.entries, scored, earlier, is_held=every.is_held)

    def _of_few(self, few: Few, earlier: Earlier) -> Results | None:
        """Results that are scored one by one; None where they have to be looked at together."""
        with closing(few):
            scored = few.scored(self.database, self.job, earlier, self.target)
        return scored and self._told(few.entries, scored, earlier, is_held=True)

    def _told(
        self, entries: list[Entry], scored: Scored, earlier: Earlier, *, is_held: bool
    ) -> Results:
        there = frozenset(one.name for one in scored.columns)
        passed = {one.key: one.name for one in scored.columns if names.is_carried(one.key)}
        letters = self.job.context.letters if is_held else None
        row = ROW_HELD if is_held else NUMBER
        asking = Asking(self.database, scored.relation, there, passed, row, letters)
        return Results(self.database, entries, asking, scored, is_held, earlier.lines)
