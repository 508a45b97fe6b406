"""What every reader of tables gives, and how a value of a typed format is written as a cell."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import NONE_OF_THEM, NOTHING_KNOWN
from maturity.base.places import Place
from maturity.loading.sources import shown_as
from maturity.model.columns import header_text

EXTRA: Final = "pip install 'maturity-ppp[batch]'"


Record: TypeAlias = tuple[int, list[str] | None]
"""The number of a row, and its cells; None where it cannot be taken apart."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: (header, text) in the order of the columns, or the fault that makes it none.

    `number` is the row as a spreadsheet counts: the header has 1. Of JSON Lines it is the line.
    """

    number: int
    cells: tuple[tuple[str, str], ...]
    fault: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`headers` are empty where each row has its own. `rows` reads the file anew at each call."""

    shown: str
    headers: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def table_of(
    path: Path, read: Callable[[], Iterator[Record]], *, is_ragged_wrong: bool
) -> Table | list[Diagnostic]:
    """The table whose first filled record holds the headers.

    `read` gives records. Where ragged rows are wrong, one with another number of cells than the
    header is a fault; else missing cells are empty. Empty rows, and those of blanks, are left out.
    """
    shown = shown_as(path)
    start, names = next((one for one in read() if _is_filled(one[1])), (0, None))
    if names is None and start:
        return [_unclosed(shown, start)]
    if names is None:
        return [unreadable(shown, "the table is empty", "the first row holds the headers")]
    broken = _broken(names)
    if broken:
        return [_of_no_encoding(Place(shown, start, broken), "a header", ENCODING)]
    headers = tuple(header_text(name) for name in names)

    def rows() -> Iterator[Row]:
        for number, cells in read():
            if number <= start or not _is_filled(cells):
                continue
            if cells is None:
                yield Row(number, (), _unclosed(shown, number))
                continue
            yield row_of(shown, number, headers, cells, is_ragged_wrong=is_ragged_wrong)

    return Table(shown, headers, rows)


def row_of(
    shown: str, number: int, headers: tuple[str, ...], cells: list[str], *, is_ragged_wrong: bool
) -> Row:
    """One record under its headers."""
    if len(cells) > len(headers) and not any(cells[len(headers) :]):
        cells = cells[: len(headers)]
    if len(cells) > len(headers) or (is_ragged_wrong and len(cells) < len(headers)):
        has = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        message = f"the row has {has}, the header {len(headers)}"
        hint = "look for a quote, separator or line break that parts a cell"
        place = Place(shown, number, min(len(cells), len(headers)) + 1)
        return Row(number, (), Diagnostic.of(Code.RAGGED_ROW, place, message, hint))
    padded = [*cells, *[""] * (len(headers) - len(cells))]
    return checked(shown, Row(number, tuple(zip(headers, padded, strict=True))))


def _is_filled(cells: list[str] | None) -> bool:
    """Whether something stands in a record; what is no record is not nothing."""
    return cells is None or any(cell and not cell.isspace() for cell in cells)


def _unclosed(shown: str, number: int) -> Diagnostic:
    """M021: a record cannot be taken apart."""
    message = "a quote in the row is opened and not closed, or a cell has no end"
    hint = "close the quote, or write two for one that stands in a text"
    return Diagnostic.of(Code.RAGGED_ROW, Place(shown, number, 1), message, hint)


ENCODING: Final = "name the right one with --encoding (such as big5, cp1252), or save as UTF-8"
"""What to do about bytes of another encoding."""


def checked(shown: str, row: Row, hint: str = ENCODING) -> Row:
    """The row, or its fault where a cell holds what is no text."""
    column = _broken(text for _, text in row.cells)
    if column:
        place = Place(shown, row.number, column)
        return Row(row.number, (), _of_no_encoding(place, "a cell", hint))
    return row


def _of_no_encoding(place: Place, what: str, hint: str) -> Diagnostic:
    """M003: there are bytes that are no text."""
    message = f"{what} holds bytes that are not of the encoding of the file"
    return Diagnostic.of(Code.NOT_UTF8, place, message, hint)


def _broken(texts: Iterable[str]) -> int:
    """The first text, from 1 on, that holds bytes of another encoding; 0 where none does."""
    return next((place for place, text in enumerate(texts, 1) if has_surrogate(text)), 0)


def said(value: Any) -> str:
    """A typed value as the text of a cell; a missing number is an empty cell.

    A list of nothing is an answer, and a time at midnight is a day.
    """
    match value:
        case None:
            return ""
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            return "true" if value else "false"
        case float():
            return "" if math.isnan(value) else plain(value)
        case list() | tuple():
            return "|".join(said(one) for one in value) or NONE_OF_THEM
        case dict():
            return _partly(value)
        case bytes():
            return said(value.decode(errors="surrogateescape"))
        case datetime() if value.isoformat().endswith("T00:00:00"):
            return value.date().isoformat()
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def plain(value: float) -> str:
    """A number without `.0`."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact up to there


def unreadable(shown: str, message: str, hint: str) -> Diagnostic:
    """M020: the file is no table that can be read."""
    return Diagnostic.of(Code.UNREADABLE_TABLE, Place(shown, 1, 1), message, hint)


def lacks_extra(shown: str, library: str) -> Diagnostic:
    """M020: the format needs a library that is not there."""
    message = f"tables of this format are read with {library}, which is not installed"
    return unreadable(shown, message, f"{EXTRA}, or save the table as CSV")


def _partly(value: dict[str, Any]) -> str:
    """The forms of partly known answers, as in city files; anything else as JSON."""
    match value:
        case {"one-of": [_, *_] as options, **rest} if not rest:
            return "/".join(said(one) for one in options)
        case {"between": [least, most], **rest} if not rest:
            return f"{said(least)}..{said(most)}"
    if value and set(value) <= {"has", "lacks"}:
        signed = [*_signed("+", value.get("has")), *_signed("-", value.get("lacks"))]
        return "|".join(signed) or NOTHING_KNOWN
    return json.dumps(value, ensure_ascii=False, default=said)


def _signed(sign: str, options: Iterable[Any] | None) -> list[str]:
    return [f"{sign}{said(one)}" for one in options or ()]


def has_surrogate(text: str) -> bool:
    """Whether a text holds half a character, which also stands for a byte that is none."""
    if text.isascii() or text.isprintable():
        return False
    return any("\ud800" <= letter <= "\udfff" for letter in text)
