"""Tables as they come: rows of texts with their headers, whatever the file format."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from maturity.base.diagnostics import Diagnostic
from maturity.base.inputs import remember
from maturity.loading.sources import shown_as
from maturity.loading.tables.csv_ import open_csv
from maturity.loading.tables.jsonl import open_jsonl
from maturity.loading.tables.parquet import open_parquet
from maturity.loading.tables.sheet import open_sheet
from maturity.loading.tables.table import Row, Table, unreadable

__all__ = ["READERS", "Row", "Table", "open_table"]

READERS: Final[dict[str, Callable[[Path, str | None], Table | list[Diagnostic]]]] = {
    ".csv": open_csv,
    ".tsv": open_csv,
    ".jsonl": open_jsonl,
    ".ndjson": open_jsonl,
    ".parquet": open_parquet,
    ".xlsx": open_sheet,
    ".xlsm": open_sheet,
    ".xls": open_sheet,
    ".ods": open_sheet,
}
"""How a file is read as a table, by the end of its name."""


def open_table(path: Path, encoding: str | None = None) -> Table | list[Diagnostic]:
    """The table in a file, or why there is none; `encoding` of files of text, else UTF-8.

    A table without rows has one, which is a fault.
    """
    if not path.is_file():
        hint = "check the name and the folder, and that you may read it"
        return [unreadable(shown_as(path), "there is no such file", hint)]
    remember(path)
    found = READERS[path.suffix.lower()](path, encoding)
    return replace(found, rows=lambda: _rows(found)) if isinstance(found, Table) else found


def _rows(table: Table) -> Iterator[Row]:
    is_empty = True
    for row in table.rows():
        is_empty = False
        yield row
    if is_empty:
        hint = "a row a project stands below the headers"
        yield Row(1, (), unreadable(table.shown, "the table has no rows", hint))
