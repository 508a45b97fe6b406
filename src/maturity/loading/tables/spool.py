"""Rows of texts on their way into a database: Parquet files with the columns that rows have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maturity.base.errors import UsageError

_GROUP: Final = 20_000  # rows held at once

Cell = str | int | None


class Spool:
    """A row of texts and whole numbers at a time; `files` are those written when it is closed.

    Raises:
        UsageError: pyarrow is not installed.
    """

    def __init__(self, stem: Path, numbers: tuple[str, ...]) -> None:
        try:
            import pyarrow as pa  # noqa: PLC0415
            from pyarrow import parquet  # noqa: PLC0415
        except ImportError:
            raise UsageError("no-pyarrow") from None
        self.stem = stem
        self.kinds = {True: pa.int64(), False: pa.string()}
        self.numbers = numbers
        self.table = pa.table
        self.array = pa.array
        self.write = parquet.write_table
        self.files: list[Path] = []
        self.columns: dict[str, None] = {}
        self._held: dict[str, list[Cell]] = {}
        self._rows = 0

    def add(self, cells: Mapping[str, Cell]) -> None:
        """Take in a row; what it lacks stays empty."""
        for name, cell in cells.items():
            held = self._held.get(name)
            if held is None:
                held = self._held[name] = []
                self.columns[name] = None
            if len(held) < self._rows:
                held.extend([None] * (self._rows - len(held)))
            held.append(cell)
        self._rows += 1
        if self._rows == _GROUP:
            self._flush()

    def close(self) -> list[Path]:
        """Write what is left; the files."""
        if self._rows:
            self._flush()
        return self.files

    def _flush(self) -> None:
        held = {
            name: self.array(
                [*cells, *[None] * (self._rows - len(cells))], self.kinds[name in self.numbers]
            )
            for name, cells in self._held.items()
        }
        path = self.stem.with_name(f"{self.stem.name}-{len(self.files):05}.parquet")
        self.write(self.table(held), path, compression="none")
        self.files.append(path)
        self._held, self._rows = {}, 0
