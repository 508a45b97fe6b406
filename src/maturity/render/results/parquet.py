"""Parquet, written in groups of rows with pyarrow, which is imported when it is asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maturity.base.characters import visible
from maturity.base.errors import UsageError
from maturity.model.portfolio import Scored
from maturity.render.results.results import Head

_GROUP: Final = 5_000  # rows held at once


class ParquetResults:
    """Results as Parquet: numbers as doubles, the rest as texts."""

    def __init__(self, path: Path, head: Head) -> None:
        try:
            import pyarrow as pa  # noqa: PLC0415
            from pyarrow import parquet  # noqa: PLC0415
        except ImportError:
            raise UsageError("no-pyarrow") from None
        self.head = head
        self.names = list(head.names())
        kinds = {True: pa.float64(), False: pa.string()}
        self.schema = pa.schema([(name, kinds[head.is_number(name)]) for name in self.names])
        self.record_batch = pa.RecordBatch.from_pydict
        self.writer = parquet.ParquetWriter(path, self.schema, compression="zstd")
        self.rows: list[tuple[str | float | None, ...]] = []

    def add(self, one: Scored) -> None:
        """Take in a project; every few thousand are written."""
        self.rows.append(tuple(_plain(value) for value in self.head.row(one)))
        if len(self.rows) >= _GROUP:
            self._write()

    def close(self) -> None:
        """Write what is left."""
        self._write()
        self.writer.close()

    def _write(self) -> None:
        columns = zip(*self.rows, strict=True)
        held: Mapping[str, list[str | float | None]] = {
            name: list(column) for name, column in zip(self.names, columns, strict=False)
        }
        if held:
            self.writer.write_batch(self.record_batch(held, schema=self.schema))
        self.rows.clear()


def _plain(value: str | float | None) -> str | float | None:
    return visible(value) if isinstance(value, str) else value
