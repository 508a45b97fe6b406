"""Paths -> what is scored: city files and tables, each a unit, as parts of one relation."""

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.request import Job, Progress
from maturity.api.portfolio.sets import layouts
from maturity.api.portfolio.sets.few import Few
from maturity.api.portfolio.sets.scored import HELD
from maturity.api.portfolio.sets.singly import FEW, scored_singly
from maturity.api.portfolio.sets.state import Earlier, Entry, digest_of
from maturity.api.portfolio.sharing import Shared
from maturity.api.portfolio.units import Unit, city_unit
from maturity.api.portfolio.workers import spread
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.engines.database import BrokenTableError, Database, parquet_rows
from maturity.engines.sets import names
from maturity.engines.sets.tables import Part
from maturity.engines.sql.exactness import comes_out_alike
from maturity.loading.folders import Seen, is_table, size_of
from maturity.loading.headers import misfits
from maturity.loading.models import Naming, shown_as
from maturity.loading.tables import Table, open_table
from maturity.loading.tables.spool import Spool
from maturity.model.portfolio import Failed

if TYPE_CHECKING:
    from maturity.api.portfolio.sets.plain import Plain

MOST_DIRECT: Final = 8
"""Parquet files that are read as they stand; further ones are read here, to be one relation."""

WIDEST: Final = 5_000
"""Columns of all tables that one query takes: with more, planning it takes minutes, or fails."""

_NUMBERS: Final = (names.PART, names.ROW)


class TooWideError(Exception):
    """The tables have more columns than one query takes."""


def keep_narrow(columns: Sized) -> None:
    """Hold columns to what one query takes.

    Raises:
        TooWideError: there are more.
    """
    if len(columns) > WIDEST:
        raise TooWideError


@dataclass(slots=True)
class Intake:
    """What has been read.

    `tables`: by the number of their unit, for rows of them to be read again. `few`: where few city
    files are all that has to be scored, these, and no parts.
    """

    entries: list[Entry] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    tables: dict[int, Path] = field(default_factory=dict)
    few: Few | None = None


@dataclass
class Intaking:
    """Reads the inputs of one run, in their order.

    `direct`: whether Parquet files may be read as they stand. `singly`: whether few city files may
    be scored one by one.
    """

    job: Job
    database: Database
    earlier: Earlier
    scratch: Path
    direct: bool = True
    singly: bool = True
    found: Intake = field(default_factory=Intake)
    _spools: int = 0
    _directly: int = 0
    _open: Spool | None = None
    _projects: int = 0
    _done: int = 0

    @property
    def context(self) -> Context:
        """What holds for every unit."""
        return self.job.context

    @cached_property
    def _whole(self) -> int:
        return size_of(self.job.inputs.files)

    def read(self) -> Intake:
        """Read everything.

        Raises:
            TooWideError: a table has more columns than one query takes.
        """
        for is_one, files in groupby(self.job.inputs.files, is_table):
            if is_one:
                for file in files:
                    self._read_table(Path(file))
            else:
                self._read_cities(list(files))
        self._close()
        return self.found

    def _read_cities(self, files: Sequence[str]) -> None:
        """City files, those that are not known by all processes."""
        fresh = self._fresh(files)
        if self._may_be_few(files):
            first = list(islice(fresh, FEW + 1))
            if len(first) <= FEW and self._taken() <= HELD:
                self._score_few(first)
                return
            fresh = chain(first, fresh)
        from maturity.api.portfolio.sets.plain import plain_of

        waiting: list[int] = []

        def units() -> Iterator[Unit]:
            for number, unit in fresh:
                waiting.append(number)
                yield unit

        for place, one in enumerate(spread(self.context, units(), self.job.request.jobs, plain_of)):
            self._take_in(waiting[place], one)

    def _may_be_few(self, files: Sequence[str]) -> bool:
        """Whether there is nothing but city files, and a bit of a score does not depend on how."""
        is_all = len(files) == len(self.job.inputs.files)
        return self.singly and is_all and comes_out_alike(self.context.scoring.plan)

    def _taken(self) -> int:
        """The results that are taken over."""
        return sum(one.count for one in self.found.entries if one.taken)

    def _score_few(self, fresh: Sequence[tuple[int, Unit]]) -> None:
        """Begin to score few city files; meanwhile the results of the others can be read."""
        units = [unit for _, unit in fresh]
        copies = 0 if self.database.has_begun else min(self.job.request.jobs - 1, len(units))
        scoring = Shared(partial(scored_singly, units, self.context), len(units), copies)
        entries = self.found.entries
        self.found.few = Few(entries, [number for number, _ in fresh], scoring)

    def _fresh(self, files: Sequence[str]) -> Iterator[tuple[int, Unit]]:
        """The city files that are not known, each with its number, while all become entries."""
        naming, entries, known = Naming(), self.found.entries, self.earlier.known
        for file, seen in zip(files, self._seen(files), strict=True):
            found = known.get(seen.digest) if seen else None
            if found is not None and seen is not None:
                entries.append(found)
                self._done += seen.size
                continue
            unit = city_unit(Path(file), b"", naming, known)
            number = len(entries)
            found = self.earlier.take(unit.digest)
            entries.append(found or Entry(unit.shown, unit.digest))
            self._done += unit.size
            if found is None:
                yield number, unit

    def _seen(self, files: Sequence[str]) -> Sequence[Seen | None]:
        """What is known of city files by having looked them over."""
        every = self.job.inputs.seen
        if len(every) == len(files):
            return every
        by_file = dict(zip(self.job.inputs.files, every, strict=False))
        return [by_file.get(file) for file in files]

    def _take_in(self, number: int, plain: "Plain") -> None:
        entry = self.found.entries[number]
        entry.failed += plain.failed
        columns: dict[str, None] = {}
        for row, cells in enumerate(plain.projects):
            self._spool().add({names.PART: number, names.ROW: row, names.READ: "1", **cells})
            columns.update(dict.fromkeys(cells))
        if any(map(names.are_hidden, plain.projects)):
            entry.digest = ""
        entry.columns = tuple(columns)
        self._projects += len(plain.projects)
        self.job.tell(Progress(self._projects, min(self._done, self._whole), self._whole))

    def _read_table(self, file: Path) -> None:
        shown = shown_as(file)
        try:
            told = f"{self.job.request.encoding} {shown}".encode(errors="replace")
            digest = digest_of(file, told)
        except OSError:
            digest = ""
        known = self.earlier.take(digest)
        if known is not None:
            self.found.entries.append(known)
            return
        number = len(self.found.entries)
        self.found.entries.append(Entry(shown, digest, is_table=True))
        self.found.tables[number] = file
        if not self._read_directly(file, number):
            self._read_rows(file, number)

    def _read_directly(self, file: Path, number: int) -> bool:
        """Whether a query can read the table as it stands."""
        if not self.direct or file.suffix.lower() != ".parquet" or self._directly == MOST_DIRECT:
            return False
        try:
            columns = self.database.columns(parquet_rows([file]))
            headers = self.database.headers_in(file)
            rows = self.database.length(parquet_rows([file]))
        except BrokenTableError:
            return False
        columns.pop(layouts.ROW_NUMBER, None)
        layout = self.context.layout
        if not rows or headers != list(columns) or not layouts.is_plain(columns):
            return False
        if layout.faults(file.as_posix(), tuple(columns)):
            return False
        keep_narrow(columns)
        self._close()
        self._directly += 1
        part = self._judged(layouts.part_of(file, number, columns, layout))
        self.found.parts.append(part)
        self.found.entries[number].columns = layouts.told(part)
        return True

    def _read_rows(self, file: Path, number: int) -> None:
        """Read the table here, row by row."""
        entry = self.found.entries[number]
        table = open_table(file, self.job.request.encoding)
        if not isinstance(table, Table):
            self._refuse(entry, table)
            return
        faults = misfits(table, self.context.layout)
        if faults:
            self._refuse(entry, faults)
            return
        keep_narrow(table.headers)
        try:
            self._spool_rows(table, number)
        except (OSError, ValueError) as error:
            self._refuse(entry, [broken(entry.shown, str(error))])

    def _refuse(self, entry: Entry, faults: Sequence[Diagnostic]) -> None:
        """What cannot be read is never taken over: it may be readable the next time."""
        entry.failed += map(Failed.of, faults)
        entry.digest = ""

    def _spool_rows(self, table: Table, number: int) -> None:
        entry, columns = self.found.entries[number], dict[str, None]()
        for row in table.rows():
            if row.fault is not None:
                entry.failed.append(Failed.of(row.fault))
                continue
            try:
                cells = layouts.cells_of_row(row, self.context.layout)
            except layouts.ContradictionError as error:
                cells = dict(error.passed_on)  # without facts, a row is read closely
            self._spool().add({names.PART: number, names.ROW: row.number, **cells})
            columns.update(dict.fromkeys(cells))
        entry.columns = tuple(columns)

    def _spool(self) -> Spool:
        if self._open is None:
            self._open = Spool(self.scratch / f"rows-{self._spools:05}", _NUMBERS)
            self._spools += 1
        return self._open

    def _close(self) -> None:
        """Make a part of what has been read here."""
        if self._open is None:
            return
        files = self._open.close()
        if files:
            columns = tuple(self._open.columns)
            self.found.parts.append(self._judged(layouts.spooled_part(files, columns)))
        self._open = None

    def _judged(self, part: Part) -> Part:
        scoring = self.context.scoring
        domains = tuple(scoring.questionnaire.model.domains)
        return layouts.judged(part, domains, scoring.plan.shapes)


def broken(shown: str, why: str) -> Diagnostic:
    """M020: the table breaks off."""
    message = f"the table cannot be read further: {why}"
    hint = "save it anew, or name its encoding (--encoding)"
    return Diagnostic.of(Code.UNREADABLE_TABLE, Place(shown, 1, 1), message, hint)
