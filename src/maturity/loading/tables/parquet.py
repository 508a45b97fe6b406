"""Parquet, read in batches with pyarrow, which is imported when a file asks for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from maturity.base.diagnostics import Diagnostic
from maturity.loading.sources import shown_as
from maturity.loading.tables.table import (
    Row,
    Table,
    checked,
    lacks_extra,
    said,
    unreadable,
)
from maturity.model.columns import header_text

_SHORT: Final = ("float", "halffloat")
_BATCH: Final = 1024  # rows held at once


def open_parquet(path: Path, _encoding: str | None) -> Table | list[Diagnostic]:
    """The table in a Parquet file; it knows its own encoding."""
    shown = shown_as(path)
    try:
        from pyarrow import lib, parquet  # noqa: PLC0415
    except ImportError:
        return [lacks_extra(shown, "pyarrow")]
    try:
        with parquet.ParquetFile(path) as file:
            headers = tuple(header_text(name) for name in file.schema_arrow.names)
    except (OSError, ValueError, lib.ArrowException) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        return [unreadable(shown, f"the table cannot be read: {why}", "is it a Parquet file?")]

    def rows() -> Iterator[Row]:
        number = 1
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                columns = [_values(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    texts = [said(cell) for cell in cells]
                    row = Row(number, tuple(zip(headers, texts, strict=True)))
                    yield checked(shown, row, "write it as a text, in UTF-8")

    return Table(shown, headers, rows)


def _values(column: Any) -> list[Any]:
    """The values of a column; short floats in the digits that they have, not those of doubles."""
    if str(column.type) not in _SHORT:
        try:
            return list(column.to_pylist())
        except (OverflowError, ValueError):
            return [_value(scalar) for scalar in column]
    return [None if one is None else float(one) for one in column.cast("string").to_pylist()]


def _value(scalar: Any) -> Any:
    """A value; as text where Python has none, as for days after the year 9999 and nanoseconds."""
    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        return str(scalar.cast("string").as_py())
