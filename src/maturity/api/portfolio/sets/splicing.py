"""Results as CSV out of the lines of an earlier run and those of fresh results."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Self

from maturity.api.portfolio.sets.running import Results
from maturity.api.portfolio.sets.state import CSV, DIGITS, Lines
from maturity.engines.sets.picking import no_row_of
from maturity.engines.sets.sheets import harmless_texts

_BUFFER: Final = 1 << 23


class _UnlikeError(ValueError):
    """Earlier lines cannot be taken over."""


def spliced(found: Results, into: Path) -> bool:
    """Whether the results could be written so.

    A line of CSV says what one row of results says. So the lines of what is taken over are copied,
    where the earlier file is whole, has the same columns, and its rows are wanted in their order;
    else nothing is written.
    """
    sources = {one.taken.rows for one in found.entries if one.taken}
    if not sources or not found.is_held or not sources <= found.lines.keys():
        return False
    with suppress(_UnlikeError), TemporaryDirectory(prefix="rows-", dir=into) as scratch:
        fresh = Path(scratch) / CSV
        of_fresh = found.scored.fresh
        relation = of_fresh(found.database) if of_fresh else no_row_of(found.asking.relation)
        asking = replace(found.asking, relation=relation)
        found.database.save_csv(harmless_texts(asking, found.scored.columns), fresh)
        _splice(found, fresh, {one: found.lines[one] for one in sources}, into / CSV)
        return True
    (into / CSV).unlink(missing_ok=True)
    return False


def _splice(found: Results, fresh: Path, earlier: Mapping[Path, Lines], target: Path) -> None:
    """Write the lines in the order of their units.

    Raises:
        _UnlikeError: a file is damaged, has other columns, or its rows are wanted in another order.
    """
    with ExitStack() as stack:
        new = stack.enter_context(_Records(fresh))
        old = {one: stack.enter_context(_Records(earlier[one].path)) for one in earlier}
        stream = stack.enter_context(target.open("wb", buffering=_BUFFER))
        header = new.header()
        if any(records.header() != header for records in old.values()):
            raise _UnlikeError
        stream.write(header)
        for entry in found.entries:
            records = old[entry.taken.rows] if entry.taken else new
            first = entry.taken.first if entry.taken else new.number
            for some in records.take(first, entry.count):
                stream.writelines(some)
        for rows, records in old.items():
            if records.digest() != earlier[rows].digest:
                raise _UnlikeError


class _Records:
    """The records of a CSV file one after the other, with a digest of all that is read.

    `number`: that of the next record; the header is before the first.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = -1
        self._told = hashlib.sha256()
        self._read: list[bytes] = []
        self._at = 0

    def __enter__(self) -> Self:
        """Open the file."""
        try:
            self._stream = self.path.open("rb", buffering=_BUFFER)
        except OSError:
            raise _UnlikeError from None
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._stream.close()

    def header(self) -> bytes:
        """The first record."""
        return b"".join(*self.take(-1, 1))

    def take(self, first: int, count: int) -> Iterator[list[bytes]]:
        """Some records, a few at a time; what stands before the first of them is passed over."""
        if first < self.number:
            raise _UnlikeError
        for _ in self._next(first - self.number):
            pass
        yield from self._next(count)

    def digest(self) -> str:
        """A digest of the whole file."""
        for block in iter(lambda: self._stream.read(_BUFFER), b""):
            self._told.update(block)
        return self._told.hexdigest()[:DIGITS]

    def _next(self, count: int) -> Iterator[list[bytes]]:
        while count:
            if self._at == len(self._read):
                self._read, self._at = self._records(), 0
            some = self._read[self._at : self._at + count]
            self._at += len(some)
            self.number += len(some)
            count -= len(some)
            yield some

    def _records(self) -> list[bytes]:
        """The records of the next lines: of several lines each where one ends within quotes."""
        lines = self._lines()
        found = []
        for line in lines:
            record = line
            while record.count(b'"') % 2:
                record += next(lines, b"") or self._line()
            found.append(record)
        return found

    def _lines(self) -> Iterator[bytes]:
        lines = self._stream.readlines(_BUFFER)
        if not lines:
            raise _UnlikeError
        self._told.update(b"".join(lines))
        return iter(lines)

    def _line(self) -> bytes:
        line = self._stream.readline()
        if not line:
            raise _UnlikeError
        self._told.update(line)
        return line
