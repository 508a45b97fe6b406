"""Paths -> units: the city files and rows that are scored, each with its digest."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import Final, TypeAlias

from maturity.api.portfolio.context import Context
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.loading.models import Source, fetch, shown_as
from maturity.loading.tables import READERS, Row, Table, open_table

CITY_FILES: Final = (".yaml", ".yml")
"""How the names of city files below a folder end; one that is named may end in any way."""

_OTHER_KIND: Final = re.compile(rb"^format: *[\"']?maturity/(?!city@)", re.MULTILINE)
_REFERS: Final = re.compile(rb"\b(ref|questionnaires)[\"']?[ \t]*:")
"""Keys by which what a file says depends on other files: such a one is scored anew in each run."""

_HEAD: Final = 4096  # bytes in which a file says what it is

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


def files_of(paths: Iterable[str]) -> list[Path]:
    """The files meant: those named, those of globs, city files and tables below folders.

    Each once, in the order of the paths, those of a folder or glob by name.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for one in _expanded(path):
            found.setdefault(one.resolve(), one)
    return list(found.values())


def _expanded(path: str) -> Sequence[Path]:
    plain = Path(path)
    if not plain.exists() and has_magic(path):
        matched = sorted(map(Path, glob(path, recursive=True)))  # noqa: PTH207 - from anywhere
        return [file for one in matched for file in _files(one)] or [plain]
    return _files(plain)


def _files(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    below = sorted(path.rglob("*"), key=lambda one: one.as_posix())
    return [one for one in below if _is_input(path, one)]


def _is_input(folder: Path, file: Path) -> bool:
    """Hidden files, models and the output of an earlier run are nobody's input."""
    if any(part.startswith(".") for part in file.relative_to(folder).parts) or not file.is_file():
        return False
    if file.suffix.lower() in CITY_FILES:
        return not _is_of_another_kind(file)
    return file.suffix.lower() in READERS and not _is_output(folder, file)


def _is_of_another_kind(file: Path) -> bool:
    """Whether a file says that it is a questionnaire, a rubric, cases or a column map."""
    with suppress(OSError), file.open("rb") as stream:
        return _OTHER_KIND.search(stream.read(_HEAD)) is not None
    return False


def _is_output(folder: Path, file: Path) -> bool:
    """Whether the file lies in a folder that a run has written."""
    between = [one for one in file.parents if one == folder or folder in one.parents]
    return any(
        (one / "manifest.json").is_file() and (one / "errors.csv").is_file() for one in between
    )


def units_of(files: Iterable[Path], context: Context, encoding: str | None) -> Iterator[Unit]:
    """The units of files, in their order."""
    salt = salt_of(context)
    for file in files:
        if file.suffix.lower() in READERS:
            yield from _rows(file, context, encoding, salt)
        else:
            yield city_unit(file, salt)


def city_unit(file: Path, salt: bytes) -> Unit:
    """A city file, or why it cannot be read."""
    source = fetch(file)
    return _city(source, salt) if isinstance(source, Source) else _faulty(file, source)


def size_of(files: Iterable[Path]) -> int:
    """The bytes of files; what cannot be read has none."""
    return sum(file.stat().st_size for file in files if file.is_file())


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


def _city(source: Source, salt: bytes) -> Unit:
    name = source.shown.encode(errors="backslashreplace")
    told = "" if _REFERS.search(source.raw) else _digest(salt, name, source.raw)
    return Unit(source.shown, 0, told, len(source.raw), source)


def _rows(file: Path, context: Context, encoding: str | None, salt: bytes) -> Iterator[Unit]:
    table = open_table(file, encoding)
    if not isinstance(table, Table):
        yield _faulty(file, table)
        return
    faults = context.layout.faults(table.shown, table.headers) if table.headers else []
    if faults:
        yield _faulty(file, faults)
        return
    try:
        for row in table.rows():
            size = sum(len(text) + 1 for _, text in row.cells)
            told = _digest(salt, repr(row.cells).encode(errors="backslashreplace"))
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
    told = hashlib.blake2b(digest_size=16)
    for part in parts:
        told.update(len(part).to_bytes(8, "big"))
        told.update(part)
    return told.hexdigest()
