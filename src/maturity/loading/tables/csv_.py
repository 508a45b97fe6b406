"""CSV: comma, semicolon or tab, as the header shows; UTF-8 with or without mark, or as told."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from maturity.base.characters import RUN
from maturity.base.diagnostics import Diagnostic
from maturity.loading.sources import shown_as
from maturity.loading.tables.encodings import MARK, encoding_of
from maturity.loading.tables.quotes import records
from maturity.loading.tables.table import Table, table_of, unreadable

SEPARATORS: Final = (",", ";", "\t")
_MARKED: Final = re.compile(f"'+[{re.escape(RUN)}]")
_QUOTED: Final = re.compile(r'"[^"]*"')
_TOLD: Final = re.compile(r'"?sep=(.)"?[\r\n]+')
"""A first line by which spreadsheets tell each other the separator."""
_HEAD: Final = 1 << 20  # characters in which the header stands


def open_csv(path: Path, encoding: str | None) -> Table | list[Diagnostic]:
    """The table in a CSV file."""
    try:
        told = encoding_of(path, encoding)
        separator = _separator(path, told)
        return table_of(path, lambda: _records(path, told, separator), is_ragged_wrong=True)
    except (OSError, ValueError, csv.Error) as error:
        hint = "check that it is a CSV file, and its encoding (--encoding)"
        return [unreadable(shown_as(path), f"the table cannot be read: {_why(error)}", hint)]


def unmarked(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if _MARKED.match(text) else text


def _records(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Numbered records; None for one that no reader understands."""
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as stream:
        for number, cells in enumerate(records(_lines(stream), separator), 1):
            yield number, None if cells is None else [unmarked(_broken(cell)) for cell in cells]


def _lines(stream: TextIO) -> Iterator[str]:
    """The lines without a byte order mark, and without one that tells the separator."""
    first = stream.readline().removeprefix(MARK)
    if first and not _TOLD.fullmatch(first):
        yield first
    yield from stream


def _separator(path: Path, encoding: str) -> str:
    """The one that is told, else the sign that parts most cells in the first filled line."""
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as stream:
        head = stream.read(_HEAD).removeprefix(MARK)
    told = _TOLD.match(head)
    if told:
        return told[1]
    (line, *_) = _QUOTED.sub("q", head).lstrip("\r\n ").splitlines() or [""]
    return max(SEPARATORS, key=lambda one: (line.count(one), -SEPARATORS.index(one)))


def _broken(cell: str) -> str:
    """A cell with line feeds between its lines."""
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
