"""CSV that a spreadsheet opens without running anything."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from maturity.base.characters import harmless
from maturity.model.portfolio import Failed, Scored
from maturity.render.results.results import Head

ERRORS: Final = ("path", "row", "column", "code", "word", "message", "hint")
"""The columns of the table of errors."""

_APART: Final = re.compile(r'[",#\r\n]')  # some take what follows a # for a comment
_EXACT: Final = 1e15


class CsvResults:
    """Results as CSV in UTF-8, line feeds between rows."""

    def __init__(self, path: Path, head: Head) -> None:
        self.head = head
        self.stream = path.open("w", encoding="utf-8", newline="")
        self.stream.write(line(head.names()))

    def add(self, one: Scored) -> None:
        """Write a project."""
        self.stream.write(line(self.head.row(one)))

    def close(self) -> None:
        """Write what is left."""
        self.stream.close()


class CsvErrors:
    """The table of errors, as CSV."""

    def __init__(self, path: Path) -> None:
        self.stream = path.open("w", encoding="utf-8", newline="")
        self.stream.write(line(ERRORS))

    def add(self, one: Failed) -> None:
        """Write a fault."""
        self.stream.write(line(one))

    def close(self) -> None:
        """Write what is left."""
        self.stream.close()


def line(values: Iterable[str | float | None]) -> str:
    """Values as a line. An empty text stands in quotes, so that it is told from nothing."""
    return ",".join("" if value is None else quoted(cell(value)) for value in values) + "\n"


def quoted(text: str) -> str:
    """A text of a cell, in quotes where it needs them, or where some reader might think so."""
    if text and not _APART.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def cell(value: str | float | None) -> str:
    """A value as a cell: numbers in full, texts harmless."""
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
    whole = float(value).is_integer() and abs(value) < _EXACT
    return str(int(value)) if whole else repr(float(value))
