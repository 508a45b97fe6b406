"""CSV: comma, semicolon or tab, as the header shows; UTF-8 with or without mark, or as told."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from maturity.base.diagnostics import Diagnostic
from maturity.loading.sources import shown_as
from maturity.loading.tables.table import Table, table_of, unreadable

SEPARATORS: Final = (",", ";", "\t")
_MARKED: Final = re.compile(r"'+[=+\-@\t\r]")
_QUOTED: Final = re.compile(r'"[^"]*"')
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_LONGEST: Final = 1 << 20  # characters of a cell


def open_csv(path: Path, encoding: str | None) -> Table | list[Diagnostic]:
    """The table in a CSV file."""
    try:
        with path.open("rb") as stream:
            head = stream.read(2)
        told = encoding or ("utf-16" if head.startswith(_WIDE) else "utf-8-sig")
        separator = _separator(path, told)
        return table_of(path, lambda: _records(path, told, separator), is_ragged_wrong=True)
    except (OSError, ValueError, csv.Error) as error:
        hint = "check that it is a CSV file, and its encoding (--encoding)"
        return [unreadable(shown_as(path), f"the table cannot be read: {_why(error)}", hint)]


def unmarked(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if _MARKED.match(text) else text


def _records(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered records; a record that no reader understands is one cell too many."""
    csv.field_size_limit(_LONGEST)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as stream:
        reader = csv.reader(stream, delimiter=separator)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a cell longer than any: mostly a quote that is never closed
                cells = ["\N{HORIZONTAL ELLIPSIS}"]
            yield number, [unmarked(_lines(cell)) for cell in cells]


def _separator(path: Path, encoding: str) -> str:
    """The sign that parts most cells in the first line; the first of them where none does."""
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as stream:
        line = _QUOTED.sub("", stream.readline(_LONGEST))
    return max(SEPARATORS, key=lambda one: (line.count(one), -SEPARATORS.index(one)))


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
