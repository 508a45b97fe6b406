"""Results as CSV out of the lines of an earlier run and those of fresh results."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from maturity.api.portfolio.sets.running import Results
from maturity.api.portfolio.sets.state import CSV, Entry, bytes_of, sum_of
from maturity.base.characters import harmless
from maturity.engines.sets.picking import no_rows
from maturity.engines.sets.sheets import harmless_texts
from maturity.render.results.csv_ import quoted

_BUFFER: Final = 1 << 23

_AT_ONCE: Final = 1_000
"""Pieces that a system writes by one call."""


class _UnlikeError(ValueError):
    """Earlier lines cannot be taken over."""


def spliced(found: Results, into: Path) -> bool:
    """Whether the results could be written so.

    A line of CSV says what one row of results says. So the lines of what is taken over are copied,
    where the earlier file is whole and has the same columns; else nothing is written.
    """
    sources = {one.taken.rows for one in found.entries if one.taken}
    if not found.is_held or not sources <= found.lines.keys():
        return False
    if not sources and not callable(found.scored.fresh):
        return False
    with suppress(_UnlikeError), TemporaryDirectory(prefix="rows-", dir=into) as scratch:
        _splice(found, _fresh(found, Path(scratch) / CSV), sources, into / CSV)
        return True
    (into / CSV).unlink(missing_ok=True)
    return False


def measure(stream: IO[bytes], entries: Iterable[Entry]) -> int:
    """Tell units how many bytes their lines have in a file of CSV; gives those of its headers."""
    records = _records(iter(lambda: stream.readlines(_BUFFER), []))
    header = next(records)
    for entry in entries:
        entry.size = sum(next(records) for _ in range(entry.count))
    return header


def _fresh(found: Results, scratch: Path) -> memoryview:
    """The headers, and the lines of fresh results."""
    columns, fresh = found.scored.columns, found.scored.fresh
    if callable(fresh):
        names = ",".join(quoted(harmless(one.name)) for one in columns)
        return memoryview(f"{names}\n".encode() + fresh())
    asking = replace(found.asking, relation=fresh or no_rows(columns))
    found.database.save_csv(harmless_texts(asking, columns), scratch)
    return bytes_of(scratch)


def _splice(found: Results, new: memoryview, sources: Iterable[Path], target: Path) -> None:
    """Write the lines in the order of their units.

    Raises:
        _UnlikeError: a file is damaged, or has other columns.
    """
    header = measure(BytesIO(new), (one for one in found.entries if not one.taken))
    old = {one: _earlier(found.lines[one].path) for one in sources}
    for rows, lines in old.items():
        if sum_of(lines) != found.lines[rows].sum or lines[:header] != new[:header]:
            raise _UnlikeError
    pieces = [new[:header]]
    place = header
    for source, start, end in _runs(found.entries):
        if source is None:
            pieces.append(new[place : place + end - start])
            place += end - start
        else:
            pieces.append(old[source][header + start : header + end])
    write_pieces(target, pieces)


def write_pieces(target: Path, pieces: Sequence[memoryview]) -> None:
    """Write pieces behind each other, many by one call: a thread that waits for each waits long."""
    if not hasattr(os, "writev"):
        with target.open("wb") as stream:
            stream.writelines(pieces)
        return
    waiting = [one for one in pieces if one.nbytes]
    with target.open("wb", buffering=0) as stream:
        while waiting:
            some, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
            written = os.writev(stream.fileno(), some)
            while some and written >= some[0].nbytes:
                written -= some.pop(0).nbytes
            waiting = [*([some[0][written:], *some[1:]] if some else []), *waiting]
        os.fsync(stream.fileno())  # which takes a while, and must be done before all is published


def _runs(entries: Iterable[Entry]) -> Iterator[tuple[Path | None, int, int]]:
    """Lines that stand behind each other in a file; those of None come from the fresh one."""
    source, start, end = None, 0, 0
    for entry in entries:
        rows, at = (entry.taken.rows, entry.taken.at) if entry.taken else (None, end)
        if rows != source or (rows is not None and at != end):
            yield source, start, end
            source, start, end = rows, at, at
        end += entry.size
    yield source, start, end


def _earlier(path: Path) -> memoryview:
    try:
        return bytes_of(path)
    except (OSError, ValueError):
        raise _UnlikeError from None


def _records(blocks: Iterable[list[bytes]]) -> Iterator[int]:
    """The length of each record: of several lines where one ends within quotes."""
    length, is_open = 0, False
    for lines in blocks:
        for line in lines:
            length += len(line)
            is_open ^= bool(line.count(b'"') % 2)
            if not is_open:
                yield length
                length = 0
