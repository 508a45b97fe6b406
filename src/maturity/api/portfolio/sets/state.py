"""What a run of the set engine leaves for the next: which rows of its results are whose."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from maturity.engines.sets import names
from maturity.loading.folders import DIGITS
from maturity.model.bundle import Bundle
from maturity.model.flat import are_apart, flat_order
from maturity.model.portfolio import Failed

UNITS: Final = "units.jsonl"
"""The name of the file: a line that tells where the results stand, one with the bytes that each
unit has in the results as CSV, and one with what else there is to say of each unit."""

CSV: Final = "results.csv"

_BLOCK: Final = 1 << 23

_FORMAT: Final = "maturity/units@5"

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))


class Taken(NamedTuple):
    """Rows of earlier results: the file, the first of them, and where its line begins as CSV.

    `at` is in bytes, behind the line of headers.
    """

    rows: Path
    first: int
    at: int


@dataclass(slots=True)
class Entry:
    """One unit: a city file or a table, what it has, and what came of it.

    `columns` are those of its rows (`engines.sets.names`). `count`: its projects in the results,
    `size`: the bytes of their lines where these are CSV. `taken`: where they stand, if an earlier
    run has scored them. Without a digest it is never taken over.
    """

    shown: str
    digest: str
    is_table: bool = False
    columns: tuple[str, ...] = ()
    failed: list[Failed] = field(default_factory=list)
    count: int = 0
    size: int = 0
    taken: Taken | None = None


class Lines(NamedTuple):
    """Earlier results as lines of CSV: the file, and the sum that it has if it is whole."""

    path: Path
    sum: str


class Earlier:
    """The units of earlier outputs by digest; the first output that knows one wins.

    `salt`: what results depend on beside their units; those of other runs are not known.
    `lines`: the results as CSV, by the file that holds their rows. `columns`: those that any of the
    runs has passed on.
    """

    def __init__(self, folders: Sequence[Path], salt: bytes) -> None:
        self.known: dict[str, Entry] = {}
        self.lines: dict[Path, Lines] = {}
        self.columns: set[str] = set()
        self._salt = _digest(salt)
        for folder in folders:
            with suppress(OSError, ValueError, TypeError, KeyError, IndexError):
                self._take_in(folder)

    def take(self, digest: str) -> Entry | None:
        """The unit as it came out before."""
        return self.known.get(digest) if digest else None

    def fits(self, columns: Iterable[str], bundle: Bundle) -> bool:
        """Whether what is passed on is called alike in earlier results and beside these columns."""
        every = {*columns, *self.columns}
        told = {names.name_of_carried(one) for one in every if names.is_carried(one)}
        return are_apart(told, (*names.FACTS, *flat_order(bundle)))

    def _take_in(self, folder: Path) -> None:
        """Read what a run has left; nothing of it holds where anything is damaged."""
        first, _, below = (folder / UNITS).read_bytes().partition(b"\n")
        head = json.loads(first)
        rows = folder / Path(head["rows"]).name
        is_ours = head["format"] == _FORMAT and head["salt"] == self._salt
        is_whole = is_ours and head["units"] == _digest(below)
        if not is_whole or head["digest"] != digest_of(rows):
            return
        if head["csv"] is not None:
            self.lines[rows] = Lines(folder / CSV, str(head["csv"]))
        self.columns.update(*head["columns"])
        for entry in _entries(below, rows, [tuple(one) for one in head["columns"]]):
            if entry.digest:
                self.known.setdefault(entry.digest, entry)


class Digests(NamedTuple):
    """That of the rows of results, and the sum of those as CSV whose units have their sizes."""

    rows: str
    csv: str | None


class Told(NamedTuple):
    """Units, as a line of the file, and the columns that they name by number."""

    entries: Sequence[Entry]
    columns: tuple[tuple[str, ...], ...]
    line: bytes


def told(entries: Sequence[Entry]) -> Told:
    """What the file says of units, but for their sizes, which may not be known yet.

    Most have the same columns: each list of them stands once.
    """
    columns: dict[tuple[str, ...], int] = {}
    known: dict[int, int] = {}  # most are one and the same object, which is sooner told
    found: list[tuple[object, ...]] = []
    for one in entries:
        number = known.get(id(one.columns))
        if number is None:
            number = columns.setdefault(one.columns, len(columns))
            known[id(one.columns)] = number
        found.append((one.digest, one.shown, one.is_table, one.count, number, one.failed))
    return Told(entries, tuple(columns), _line(found))


def write_units(into: Path, rows: str, units: Told, salt: bytes, digests: Digests) -> None:
    """Write the file; `rows` is the name of the results beside it, `salt` as in `Earlier`."""
    head: dict[str, object] = {"format": _FORMAT, "salt": _digest(salt), "rows": rows}
    head["columns"] = units.columns
    below = _line([one.size for one in units.entries]) + units.line
    head |= {"digest": digests.rows, "csv": digests.csv, "units": _digest(below)}
    (into / UNITS).write_bytes(_line(head) + below)


def bytes_of(path: Path) -> memoryview:
    """The bytes of a file that is not empty, which are read where they are used.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    with path.open("rb") as stream:
        return memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))


def sum_of(lines: memoryview) -> str:
    """What tells lines of CSV from those that somebody has changed since: their CRC-32.

    It is told of all lines twice in a run, and takes a third of the time of a digest.
    """
    return f"{crc32(lines):08x}"


def digest_of(path: Path, salt: bytes = b"") -> str:
    """Half the SHA-256 of the bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.sha256(salt)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()[:DIGITS]


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:DIGITS]


def _entries(below: bytes, rows: Path, columns: Sequence[tuple[str, ...]]) -> Iterator[Entry]:
    first = at = 0
    sizes, units = map(json.loads, below.splitlines())
    for (digest, shown, is_table, count, number, failed), size in zip(units, sizes, strict=True):
        faults = [Failed(*one) for one in failed]
        taken = Taken(rows, first, at)
        yield Entry(shown, digest, is_table, columns[number], faults, count, size, taken)
        first += count
        at += size


def _line(value: object) -> bytes:
    return f"{_ENCODER.encode(value)}\n".encode()
