"""What a run of the set engine leaves for the next: which rows of its results are whose."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from maturity.model.portfolio import Failed

UNITS: Final = "units.jsonl"
"""The name of the file. Its first line tells where the results stand; then a line a unit."""

_BLOCK: Final = 1 << 22

_FORMAT: Final = "maturity/units@1"


class Taken(NamedTuple):
    """Rows of earlier results: the file, the first of them, their number."""

    rows: Path
    first: int
    number: int


@dataclass(slots=True)
class Entry:
    """One unit: a city file or a table, what it has, and what came of it.

    `columns` are those of its rows (`engines.sets.names`). `count`: its projects in the results.
    `taken`: where they stand, if an earlier run has scored them. Without a digest it is never
    taken over.
    """

    shown: str
    digest: str
    is_table: bool = False
    columns: tuple[str, ...] = ()
    failed: list[Failed] = field(default_factory=list)
    count: int = 0
    taken: Taken | None = None


class Earlier:
    """The units of earlier outputs by digest; the first output that knows one wins."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.known: dict[str, Entry] = {}
        for folder in folders:
            with suppress(OSError, ValueError, TypeError, KeyError):
                for entry in _entries(folder):
                    if entry.digest:
                        self.known.setdefault(entry.digest, entry)

    def take(self, digest: str) -> Entry | None:
        """The unit as it came out before."""
        return self.known.get(digest) if digest else None


def write_units(into: Path, rows: str, entries: Iterable[Entry]) -> None:
    """Write the file; `rows` is the name of the results beside it."""
    with (into / UNITS).open("w", encoding="utf-8", newline="\n") as stream:
        head = {"format": _FORMAT, "rows": rows, "digest": digest_of(into / rows)}
        stream.write(_line(head))
        for one in entries:
            failed = [list(fault) for fault in one.failed]
            stream.write(
                _line([one.digest, one.shown, one.is_table, one.count, list(one.columns), failed])
            )


def digest_of(path: Path, salt: bytes = b"") -> str:
    """A digest of the bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.blake2b(salt, digest_size=16)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _entries(folder: Path) -> Iterator[Entry]:
    with (folder / UNITS).open(encoding="utf-8") as stream:
        head = json.loads(next(stream))
        rows = folder / Path(head["rows"]).name
        if head["format"] != _FORMAT or head["digest"] != digest_of(rows):
            return
        first = 0
        for line in stream:
            digest, shown, is_table, count, columns, failed = json.loads(line)
            faults = [Failed(*one) for one in failed]
            taken = Taken(rows, first, count)
            yield Entry(shown, digest, is_table, tuple(columns), faults, count, taken)
            first += count


def _line(value: object) -> str:
    return f"{json.dumps(value, separators=(',', ':'))}\n"
