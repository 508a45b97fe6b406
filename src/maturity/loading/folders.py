"""Paths -> files: what is meant by files, folders and globs, and what the files hold."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from glob import glob, has_magic
from pathlib import Path
from stat import S_ISREG
from typing import Final, NamedTuple, TypeAlias

from maturity.loading.limits import DEFAULT_LIMITS
from maturity.loading.sources import Naming

CITY_FILES: Final = (".yaml", ".yml")
"""How the names of city files below a folder end; one that is named may end in any way."""

TABLES: Final = (
    *(".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"),
    *(".xlsx", ".xlsm", ".xls", ".ods"),
)
"""How the names of tables end."""

_INPUTS: Final = (*CITY_FILES, *TABLES)

_KIND: Final = b"maturity/"
_CITY: Final = b"maturity/city@"
_OTHER_KIND: Final = re.compile(rb"^format: *[\"']?maturity/(?!city@)", re.MULTILINE)
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # that of Windows

_HEAD: Final = 4096  # bytes in which a file says what it is

DIGITS: Final = 32
"""Of a digest."""

Judge: TypeAlias = Callable[[str], bool]


class Seen(NamedTuple):
    """A file that was looked over: its name in messages, its bytes, and what tells it from others.

    Tables, and what could not be read, have no digest.
    """

    path: str
    shown: str
    size: int
    digest: str


def files_of(paths: Sequence[str]) -> Iterator[str]:
    """The files meant: those named, those of globs, city files and tables below folders.

    Each once, in the order of the paths, those of a folder or glob by name; each is looked into
    when it is asked for. As texts: there may be very many.
    """
    return _names_of(paths, _is_of_another_kind)


def empty_folders(paths: Sequence[str], files: Sequence[str]) -> Iterator[str]:
    """The folders among the paths in which nothing is meant; `files` are those of all paths."""
    for path in filter(os.path.isdir, paths):
        heads = tuple(f"{one.rstrip(os.sep)}{os.sep}" for one in (path, str(Path(path))))
        is_used = any(file.startswith(heads) for file in files)
        if not is_used and next(files_of([path]), None) is None:  # it may have been named before
            yield path


def is_table(file: str) -> bool:
    """Whether the name of a file ends like those of tables; else it is a city file."""
    return os.path.splitext(file)[1].lower() in TABLES  # noqa: PTH122


def looked_over(paths: Sequence[str]) -> list[Seen]:
    """The files meant, each city file of them read once."""
    contents: dict[str, bytes] = {}

    def is_other(file: str) -> bool:
        raw = contents[file] = _read(file)
        return _tells_another_kind(raw)

    naming = Naming()
    found = []
    for file in _names_of(paths, is_other):
        if file not in contents and not is_table(file):
            is_other(file)
        raw, shown = contents.pop(file, b""), naming.of(file)
        found.append(Seen(file, shown, len(raw), city_digest(shown, raw) if raw else ""))
    return found


def city_digest(shown: str, raw: bytes) -> str:
    """What tells a city file from others, and from what it was: its name, and its content.

    Half a SHA-256, which processors have built in.
    """
    name = shown.encode(errors="backslashreplace")
    told = hashlib.sha256(len(name).to_bytes(8, "big") + name)
    told.update(raw)
    return told.hexdigest()[:DIGITS]


def size_of(files: Iterable[str]) -> int:
    """The bytes of files; what cannot be read has none."""
    return sum(map(_size, files))


def _size(file: str) -> int:
    with suppress(OSError, ValueError):
        found = os.stat(file)  # noqa: PTH116 - this is asked of every file of a portfolio
        return found.st_size if S_ISREG(found.st_mode) else 0
    return 0


def _names_of(paths: Sequence[str], judge: Judge) -> Iterator[str]:
    """The files meant, as texts: there may be very many."""
    if len(paths) == 1 and os.path.isdir(paths[0]):  # noqa: PTH112 - no links to look through
        yield from _below(paths[0], judge)
        return
    found: set[str] = set()
    for path in paths:
        for one in _expanded(path, judge):
            real = os.path.realpath(one)
            if real not in found:
                found.add(real)
                yield one


def _expanded(path: str, judge: Judge) -> Iterable[str]:
    plain = Path(path)
    if not plain.exists() and has_magic(path):
        matched = sorted(map(Path, glob(path, recursive=True)))  # noqa: PTH207 - from anywhere
        return [file for one in matched for file in _files(one, judge)] or [str(plain)]
    return _files(plain, judge)


def _files(path: Path, judge: Judge) -> Iterable[str]:
    return _below(str(path), judge) if path.is_dir() else [str(path)]


def _below(folder: str, judge: Judge) -> Iterator[str]:
    """City files and tables below a folder, by name; `judge` tells whose kind is another."""
    return (one for one in sorted(_found_below(folder)) if _is_input(folder, one, judge))


def _found_below(folder: str) -> Iterator[str]:
    """What is called like an input; links to folders are not followed, pipes and devices left."""
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for one in entries:
                if one.name.startswith("."):
                    continue
                if one.is_dir():
                    waiting += [] if one.is_symlink() else [one.path]
                elif one.name.lower().endswith(_INPUTS) and (one.is_file() or one.is_symlink()):
                    yield one.path


def _is_input(folder: str, file: str, judge: Judge) -> bool:
    """Models and the output of an earlier run are nobody's input."""
    if file.lower().endswith(CITY_FILES):
        return not judge(file)
    return not _is_output(Path(folder), Path(file))


def _is_of_another_kind(file: str) -> bool:
    """Whether a file says that it is a questionnaire, a rubric, cases or a column map."""
    with suppress(OSError):
        return _tells_another_kind(_bytes_in(file, _HEAD))
    return False


def _tells_another_kind(raw: bytes) -> bool:
    """Most files name no other kind anywhere, which is told much sooner than by the pattern."""
    place = raw.find(_KIND, 0, _HEAD)
    while place >= 0 and raw.startswith(_CITY, place):
        place = raw.find(_KIND, place + len(_CITY), _HEAD)
    return place >= 0 and _OTHER_KIND.search(raw[:_HEAD]) is not None


def _read(file: str) -> bytes:
    """The bytes of a file, where it can be read, and be read again, and is not too large."""
    size = _size(file)
    if 0 < size <= DEFAULT_LIMITS.size:
        with suppress(OSError, ValueError):
            raw = _bytes_in(file, size + 1)
            return raw if len(raw) == size else b""  # else it is being written
    return b""


def _bytes_in(file: str, most: int) -> bytes:
    """The first bytes of a file: as `open` would give them, which takes half as long again."""
    number = os.open(file, _FLAGS)
    try:
        return os.read(number, most)
    finally:
        os.close(number)


def _is_output(folder: Path, file: Path) -> bool:
    """Whether the file lies in a folder that a run has written."""
    between = [one for one in file.parents if one == folder or folder in one.parents]
    return any(
        (one / "manifest.json").is_file() and (one / "errors.csv").is_file() for one in between
    )
