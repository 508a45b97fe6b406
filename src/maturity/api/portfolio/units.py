"""Paths -> units: the city files and rows that are scored, each with its digest."""

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from maturity.api.portfolio.context import Context
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.loading.folders import DIGITS, city_digest, is_table
from maturity.loading.headers import misfits
from maturity.loading.models import Shown, Source, fetch_one_of_many, shown_as
from maturity.loading.tables import Row, Table, open_table

_REFERS: Final = re.compile(rb"ref[\"']?[ \t]*:")
"""Keys by which what a file says depends on other files: such a one is scored anew in each run."""

Work: TypeAlias = Source | Row | tuple[Diagnostic, ...]
"""A city file, a row, or why neither can be read."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is scored, and reused, as a whole. `row` is 0 for a file; `size` is in bytes, about."""

    shown: str
    row: int
    digest: str
    size: int
    work: Work


def units_of(files: Iterable[str], context: Context, encoding: str | None) -> Iterator[Unit]:
    """The units of files, in their order."""
    salt = salt_of(context)
    for file in files:
        if is_table(file):
            yield from _rows(Path(file), context, encoding, salt)
        else:
            yield city_unit(Path(file), salt)


def city_unit(file: Path, salt: bytes, shown: Shown = shown_as, known: Container[str] = ()) -> Unit:
    """A city file, or why it cannot be read; what is `known` by its digest is not looked through.

    `salt`: goes into the digest. `shown`: gives its name.
    """
    source = fetch_one_of_many(file, shown)
    return _city(source, salt, known) if isinstance(source, Source) else _faulty(file, source)


def salt_of(context: Context) -> bytes:
    """What an outcome depends on beside its unit."""
    from maturity import __version__

    scoring = context.scoring
    parts = [
        *(__version__, scoring.questionnaire.source.digest, scoring.rubric.source.digest),
        *(str(context.questionnaire), context.columns.model_dump_json()),
    ]
    if context.reports is not None:
        parts += [context.language, context.assessed.isoformat()]
    return repr(parts).encode()


def _city(source: Source, salt: bytes, known: Container[str]) -> Unit:
    told = city_digest(source.shown, source.raw)
    if salt:
        told = _digest(salt, told.encode())
    if told not in known and _refers(source.raw):
        told = ""
    return Unit(source.shown, 0, told, len(source.raw), source)


def _refers(raw: bytes) -> bool:
    """Whether what the file says depends on others; most files are told by their letters."""
    if b"questionnaires" in raw:
        return True
    return b"ref" in raw and _REFERS.search(raw) is not None


def _rows(file: Path, context: Context, encoding: str | None, salt: bytes) -> Iterator[Unit]:
    table = open_table(file, encoding)
    if not isinstance(table, Table):
        yield _faulty(file, table)
        return
    faults = misfits(table, context.layout)
    if faults:
        yield _faulty(file, faults)
        return
    try:
        for row in table.rows():
            size = sum(len(text) + 1 for _, text in row.cells)
            cells = repr(row.cells).encode(errors="backslashreplace")
            told = "" if row.fault else _digest(salt, cells)  # it says what no cell does
            yield Unit(table.shown, row.number, told, size, row)
    except (OSError, ValueError) as error:
        message = f"the table cannot be read further: {error}"
        hint = "save it anew, or name its encoding (--encoding)"
        place = Place(table.shown, 1, 1)
        yield _faulty(file, [Diagnostic.of(Code.UNREADABLE_TABLE, place, message, hint)])


def _faulty(file: Path, found: Sequence[Diagnostic]) -> Unit:
    """What cannot be read is never reused: it may be readable the next time."""
    return Unit(shown_as(file), 0, "", 0, tuple(found))


def _digest(*parts: bytes) -> str:
    """Half a SHA-256, which processors have built in."""
    told = hashlib.sha256()
    for part in parts:
        told.update(len(part).to_bytes(8, "big"))
        told.update(part)
    return told.hexdigest()[:DIGITS]
