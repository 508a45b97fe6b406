"""CSV records of lines, such that a stray quote costs the row in which it stands, and no other.

A quote that opens and is not closed makes one cell of everything up to the next quote, or to the
end of the file: rows that nobody would miss. So a record of several lines has to be faultless and
as wide as the header; else its first line alone is a row, and what follows is read anew.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST: Final = 1 << 20
"""Characters of a cell, and of a record of several lines."""

_MOST_AGAIN: Final = 1_000
"""So often a file is read on from a second line; each takes as long as a record."""


def records(stream: Iterable[str], separator: str) -> Iterator[list[str] | None]:
    """The records in lines of text; None for one that nobody can take apart."""
    csv.field_size_limit(LONGEST)
    lines = _Lines(iter(stream))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    width = 0
    while True:
        lines.begin()
        try:
            found = next(reader, None)
        except csv.Error:
            is_one = len(lines.taken) == 1 and not lines.ended
            found = _leniently(lines.taken[0], separator) if is_one else None
            reader = csv.reader(lines, delimiter=separator, strict=True)
        if not lines.taken:
            return
        if len(lines.taken) > 1 and (found is None or _is_ragged(found, width)):
            lines.again()
        width = width or (len(found) if found and any(found) else 0)
        yield found


class _Lines:
    """Lines that remember which of them the present record has taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.length = self.turns = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.length > LONGEST:
            raise csv.Error
        line = self.waiting.popleft() if self.waiting else next(self.lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        self.length += len(line)
        return line

    def begin(self) -> None:
        """A new record."""
        self.taken = []
        self.length = 0
        self.ended = False

    def again(self) -> None:
        """Give all lines of the present record but the first once more."""
        self.turns += 1
        if self.turns <= _MOST_AGAIN:
            self.waiting.extendleft(reversed(self.taken[1:]))


def _leniently(line: str, separator: str) -> list[str] | None:
    """A line with quotes in odd places, as well as it can be read; None where one stays open."""
    is_open = False

    def once() -> Iterator[str]:
        nonlocal is_open
        yield line
        is_open = True

    try:
        found = next(csv.reader(once(), delimiter=separator))
    except csv.Error:  # a cell longer than any
        return None
    return None if is_open else found


def _is_ragged(cells: list[str], width: int) -> bool:
    return width > 0 and (len(cells) < width or any(cells[width:]))
