"""Paths -> units: the city files and rows that are scored, each with its digest."""

import hashlib
import os
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from stat import S_ISREG
from typing import Final, TypeAlias

from maturity.api.portfolio.context import Context
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.loading.models import Shown, Source, fetch, shown_as
from maturity.loading.tables import READERS, Row, Table, open_table

CITY_FILES: Final = (".yaml", ".yml")
"""How the names of city files below a folder end; one that is named may end in any way."""

_INPUTS: Final = (*CITY_FILES, *READERS)

_KIND: Final = b"maturity/"
_CITY: Final = b"maturity/city@"
_OTHER_KIND: Final = re.compile(rb"^format: *[\"']?maturity/(?!city@)", re.MULTILINE)
_REFERS: Final = re.compile(rb"ref[\"']?[ \t]*:")
"""Keys by which what a file says depends on other files: such a one is scored anew in each run."""

_HEAD: Final = 4096  # bytes in which a file says what it is
_DIGITS: Final = 32  # of a digest

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


def files_of(paths: Sequence[str]) -> list[Path]:
    """The files meant: those named, those of globs, city files and tables below folders.

    Each once, in the order of the paths, those of a folder or glob by name.
    """
    if len(paths) == 1 and os.path.isdir(paths[0]):  # noqa: PTH112 - no links to look through
        return _below(paths[0])
    found: dict[str, Path] = {}
    for path in paths:
        for one in _expanded(path):
            found.setdefault(os.path.realpath(one), one)
    return list(found.values())


def _expanded(path: str) -> Sequence[Path]:
    plain = Path(path)
    if not plain.exists() and has_magic(path):
        matched = sorted(map(Path, glob(path, recursive=True)))  # noqa: PTH207 - from anywhere
        return [file for one in matched for file in _files(one)] or [plain]
    return _files(plain)


def _files(path: Path) -> Sequence[Path]:
    return _below(str(path)) if path.is_dir() else [path]


def _below(folder: str) -> list[Path]:
    """City files and tables below a folder, by name; texts, as there may be very many."""
    found: list[str] = []
    for here, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        found += [
            os.path.join(here, one)  # noqa: PTH118
            for one in files
            if not one.startswith(".") and one.lower().endswith(_INPUTS)
        ]
    return [Path(one) for one in sorted(found) if _is_input(folder, one)]


def _is_input(folder: str, file: str) -> bool:
    """Models and the output of an earlier run are nobody's input."""
    if file.lower().endswith(CITY_FILES):
        return not _is_of_another_kind(file)
    return not _is_output(Path(folder), Path(file))


def _is_of_another_kind(file: str) -> bool:
    """Whether a file says that it is a questionnaire, a rubric, cases or a column map."""
    with suppress(OSError), open(file, "rb", buffering=0) as stream:  # noqa: PTH123
        head = stream.read(_HEAD)
        names_others = head.count(_KIND) > head.count(_CITY)  # much sooner told than by the pattern
        return names_others and _OTHER_KIND.search(head) is not None
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


def city_unit(file: Path, salt: bytes, shown: Shown = shown_as, known: Container[str] = ()) -> Unit:
    """A city file, or why it cannot be read; what is `known` by its digest is not looked through.

    `shown`: gives its name.
    """
    source = fetch(file, shown=shown)
    return _city(source, salt, known) if isinstance(source, Source) else _faulty(file, source)


def size_of(files: Iterable[Path]) -> int:
    """The bytes of files; what cannot be read has none."""
    return sum(map(_size, files))


def _size(file: Path) -> int:
    with suppress(OSError, ValueError):
        found = os.stat(file)  # noqa: PTH116 - this is asked of every file of a portfolio
        return found.st_size if S_ISREG(found.st_mode) else 0
    return 0


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
    name = source.shown.encode(errors="backslashreplace")
    told = _digest(salt, name, source.raw)
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
    faults = context.layout.faults(table.shown, table.headers) if table.headers else []
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
    return told.hexdigest()[:_DIGITS]
