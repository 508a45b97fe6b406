"""XLSX, written row by row with XlsxWriter, which is imported when it is asked for."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final

from maturity.base.characters import RUN, visible
from maturity.base.errors import UsageError
from maturity.model.portfolio import Scored
from maturity.render.results.results import Head

ROWS: Final = 1_048_576
"""Rows of a sheet, that of the headers among them."""

_COLUMNS: Final = 16_384
_LONGEST: Final = 32_767  # UTF-16 units of a cell
_CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
_DIGITS: Final = 15  # that a spreadsheet keeps of a number
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", re.ASCII)
_NEVER: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - the same bytes whenever it is written


class XlsxResults:
    """Results as a workbook with one sheet: numbers as numbers, texts as texts and nothing else.

    Raises:
        UsageError: XlsxWriter is not installed, or a sheet has no room for so many rows or columns.
    """

    def __init__(self, path: Path, head: Head) -> None:
        try:
            from xlsxwriter import Workbook  # noqa: PLC0415
        except ImportError:
            raise UsageError("no-xlsxwriter") from None
        names = list(head.names())
        if len(names) > _COLUMNS:
            raise UsageError("sheet-too-wide", columns=f"{len(names):,}", most=f"{_COLUMNS:,}")
        self.head = head
        self.book = Workbook(str(path), {"constant_memory": True})
        self.book.set_properties({"created": _NEVER})
        self.sheet = self.book.add_worksheet("results")
        self.sheet.freeze_panes(1, 0)
        self.quoted = self.book.add_format({"quote_prefix": True})
        for column, name in enumerate(names):
            self._text(0, column, visible(name))
        self.count = 1

    def add(self, one: Scored) -> None:
        """Write a project."""
        if self.count == ROWS:
            raise UsageError("sheet-too-long", most=f"{ROWS - 1:,}")
        for column, value in enumerate(self.head.row(one)):
            match value:
                case None | "":
                    continue
                case str() if is_number(value):
                    self.sheet.write_number(self.count, column, float(value))
                case str():
                    self._text(self.count, column, visible(value))
                case _:
                    self.sheet.write_number(self.count, column, value)
        self.count += 1

    def close(self) -> None:
        """Write what is left.

        Raises:
            OSError: there is no room for it.
        """
        from xlsxwriter.exceptions import FileCreateError, FileSizeError  # noqa: PLC0415

        try:
            self.book.close()
        except (FileCreateError, FileSizeError) as error:
            raise OSError(str(error)) from None

    def _text(self, row: int, column: int, text: str) -> None:
        """What looks like a formula is marked as a text, which it stays when it is edited."""
        marked = self.quoted if text.startswith(tuple(RUN)) else None
        self.sheet.write_string(row, column, _short(text), marked)


def is_number(text: str) -> bool:
    """Whether a text is a number that comes back letter by letter out of a spreadsheet."""
    return (
        _NUMBER.fullmatch(text) is not None
        and sum(letter.isdigit() for letter in text) <= _DIGITS
        and text != "-0"
    )


def _short(text: str) -> str:
    """A text that is too long for a cell is cut, and shows it."""
    if len(text) * 2 <= _LONGEST or len(text.encode("utf-16-le")) <= 2 * _LONGEST:
        return text
    raw = text.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))]
    return raw.decode("utf-16-le", errors="ignore") + _CUT
