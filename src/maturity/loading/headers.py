"""The headers of a table, also where each row has its own."""

from collections.abc import Iterator

from maturity.base.diagnostics import Diagnostic
from maturity.loading.rows import Layout
from maturity.loading.tables import Table


def headers_in(table: Table) -> Iterator[tuple[str, ...]]:
    """The headers of a table; where rows have their own, those of rows that bring a new one.

    Those of a row in which one stands twice are among them.

    Raises:
        OSError, ValueError: the table cannot be read.
    """
    if table.headers:
        yield table.headers
        return
    met: set[str] = set()
    for row in table.rows():
        headers = tuple(name for name, _ in row.cells)
        is_new = not met.issuperset(headers) or len(set(headers)) < len(headers)
        if row.fault is None and (is_new or not met):
            met.update(headers)
            yield headers


def misfits(table: Table, layout: Layout) -> list[Diagnostic]:
    """Why no row of a table can be read; nothing where all headers together are those of projects.

    What breaks off is left to those who read the rows.
    """
    found: list[Diagnostic] = []
    read: set[str] = set()
    try:
        for headers in headers_in(table):
            read.update(one for one in headers if layout.steps(one) is not None)
            found = layout.faults(table.shown, tuple(read))
            if not found:
                break
    except (OSError, ValueError):
        return []
    return found
