"""What a column map names and no table of a run has."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from maturity.api.portfolio.request import Job
from maturity.base.diagnostics import Diagnostic
from maturity.checks.columns import check_headers
from maturity.loading.columns import columns_in
from maturity.loading.folders import is_table
from maturity.loading.headers import headers_in
from maturity.loading.rows import TRANSLATED, Layout
from maturity.loading.tables import Row, Table, open_table
from maturity.model.columns import Columns

_OF_CITIES: Final = ("country", "assessed", "illustration", *TRANSLATED.values())
"""The columns that city files pass on."""


def unused_headers(job: Job) -> Sequence[Diagnostic]:
    """A warning for each header of the column map that is in no table; none without tables.

    It does not matter what scores, or whether a table is taken over: it is opened here, and read
    no further than to the last header that is looked for.

    Raises:
        RefusedError: the column map cannot be read any more.
    """
    if job.request.columns is None:
        return ()
    loaded = columns_in(job.request.columns)
    met = _Met(loaded.model, job.context.layout)
    met.look_through(job.inputs.files, job.request.encoding)
    if not met.headers:
        return ()
    return check_headers(loaded.model, loaded.document.places, met.headers, met.passed)


@dataclass(slots=True)
class _Met:
    """The headers of the tables of a run, and the columns that are passed on, in their order."""

    columns: Columns
    layout: Layout
    headers: dict[str, None] = field(default_factory=dict)
    passed: dict[str, None] = field(default_factory=dict)

    def look_through(self, files: Sequence[str], encoding: str | None) -> None:
        """Take in files, until everything is there that the map names."""
        for file in files:
            if self._has_all():
                return
            if not is_table(file):
                self.passed.update(dict.fromkeys(_OF_CITIES))
                continue
            table = open_table(Path(file), encoding)
            if isinstance(table, Table):
                self._take_in(table)

    def _take_in(self, table: Table) -> None:
        """Take in a table as far as it can be read; that it breaks off is told elsewhere."""
        with suppress(OSError, ValueError):
            for headers in headers_in(table):
                self.headers.update(dict.fromkeys(headers))
                filled = Row(1, tuple((header, "-") for header in headers))
                self.passed.update(dict.fromkeys(self.layout.passed_on(filled)))
                if self._has_all():
                    return

    def _has_all(self) -> bool:
        shared = {one.same for one in self.columns.conflicts}
        return self.columns.columns.keys() <= self.headers.keys() and shared <= self.passed.keys()
