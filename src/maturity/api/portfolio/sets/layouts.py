"""Headers of tables -> columns of the relation that is scored, by the layout of a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from maturity.base.places import Steps
from maturity.engines.database import parquet_rows
from maturity.engines.sets import names
from maturity.engines.sets.oddness import odd
from maturity.engines.sets.tables import Kind, Part, Source, columns_of
from maturity.loading.cells import clean
from maturity.loading.rows import TRANSLATED, Layout, fact_named, is_question
from maturity.loading.tables import Row
from maturity.model.city import SIDES
from maturity.model.columns import header_text
from maturity.rules.scope import Shape

KINDS: Final[dict[str, Kind]] = {
    "VARCHAR": "text",
    "DOUBLE": "real",
    **dict.fromkeys(("BOOLEAN", "DATE"), "plain"),
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "plain"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"), "plain"),
}
"""Types of columns whose values a query writes as the reader of tables does."""

ROW_NUMBER: Final = "file_row_number"
FIRST_ROW: Final = 2  # as a spreadsheet counts: the header is row 1


def is_plain(columns: Mapping[str, str]) -> bool:
    """Whether a query can read a table with these columns and types as it stands."""
    kinds = all(kind in KINDS for kind in columns.values())
    headers = all(name and header_text(name) == name for name in columns)
    alone = {name.casefold() for name in (*columns, ROW_NUMBER, "filename")}
    return kinds and headers and len(alone) == len(columns) + 2


def part_of(path: Path, number: int, columns: Mapping[str, str], layout: Layout) -> Part:
    """A Parquet file as it stands."""
    kinds = {header: KINDS[kind] for header, kind in columns.items()}
    return Part(number, parquet_rows([path]), ROW_NUMBER, FIRST_ROW, sources_of(kinds, layout))


def spooled_part(files: Sequence[Path], columns: Sequence[str]) -> Part:
    """Rows that were read here, in files of their own under our names."""
    ours = [one for one in columns if one not in (names.PART, names.ROW)]
    sources = tuple(Source(name, "read", (name,)) for name in ours)
    return Part(names.PART, parquet_rows(files), names.ROW, 0, sources)


def judged(part: Part, domains: Sequence[str], shapes: Mapping[str, Shape]) -> Part:
    """The part, with what tells which of its rows have to be read closely."""
    texts = [
        names.answered(question, side)
        for question, shape in shapes.items()
        for side in SIDES
        if shape.kind == "text"
    ]
    return replace(part, odd=odd(part, domains, texts))


def told(part: Part) -> tuple[str, ...]:
    """The columns of a part, as far as they show in the columns of results."""
    return tuple(columns_of([part]))


def sources_of(kinds: Mapping[str, Kind], layout: Layout) -> tuple[Source, ...]:
    """The columns of a table, by header, as the layout says what they are."""
    return tuple(_source(header, kind, layout) for header, kind in kinds.items())


def _source(header: str, kind: Kind, layout: Layout) -> Source:
    steps = layout.steps(header)
    values = layout.replaced(steps) if steps else {}
    as_it_came = [names.carried(header)] if layout.carries(header) else []
    return Source(header, kind, (*as_it_came, *(_read_as(steps) if steps else ())), values)


def _read_as(steps: Steps) -> Iterator[str]:
    """Under which names stands what is read in a column."""
    if is_question(steps):
        side = next(one for one in SIDES if one == steps[2])
        yield names.answered(str(steps[3]), side)
        return
    fact = fact_named(steps)
    yield names.fact(fact) if fact in names.FACTS else names.passed(fact)
    if steps in TRANSLATED:
        yield names.carried(fact)


class ContradictionError(ValueError):
    """Two cells of a row answer the same, and differ. `passed_on`: what the row says beside."""

    def __init__(self, passed_on: Mapping[str, str]) -> None:
        super().__init__()
        self.passed_on = passed_on


def cells_of_row(row: Row, layout: Layout) -> dict[str, str]:
    """A row that was read here, under our names.

    Raises:
        ContradictionError: two cells of the row answer the same, and differ.
    """
    found: dict[str, str] = {}
    at_odds: set[str] = set()
    for number, (header, text) in enumerate(row.cells, 1):
        steps = layout.steps(header)
        if layout.carries(header):
            _carry(found, header, text, number)
        if steps is not None:
            at_odds.update(_put(found, steps, layout.mapped(steps, clean(text))))
    if at_odds:
        raise ContradictionError({one: found[one] for one in found if names.is_carried(one)})
    return found


def _carry(found: dict[str, str], header: str, text: str, number: int) -> None:
    if not header and not text:
        return
    first = label = header or f"column-{number}"
    twin = 1
    while names.carried(label) in found:
        twin += 1
        label = f"{first}.{twin}"
    found[names.carried(label)] = text


def _put(found: dict[str, str], steps: Steps, said: str) -> Iterator[str]:
    """Put in what a cell says; give the columns in which another one says otherwise."""
    for target in _read_as(steps):
        if not found.get(target) and (said or names.is_carried(target)):
            found[target] = said
        elif said and found[target] != said:
            yield target
