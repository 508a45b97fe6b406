"""The files that a run reads: none of them may be written over."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from os import fstat
from os.path import samestat
from pathlib import Path
from typing import Final

_READ: Final[ContextVar[set[Path] | None]] = ContextVar("read", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Within it the files that are read are remembered."""
    token = _READ.set(set())
    try:
        yield
    finally:
        _READ.reset(token)


def remember(path: Path) -> None:
    """A file is about to be read."""
    read = _READ.get()
    if read is not None:
        read.add(path)


def is_input(path: Path) -> bool:
    """Whether writing to this path would replace a file that was read, by whatever name."""
    return any(is_same(path, one) for one in _READ.get() or ())


def is_same(output: Path, read: Path) -> bool:
    """Whether two paths lead to one file; a terminal, a pipe or a device may be both.

    `-` is what standard input was led from.
    """
    try:
        if read == Path("-"):
            return output.is_file() and samestat(output.stat(), fstat(0))
        return output.is_file() and output.samefile(read)
    except (OSError, ValueError):
        return False
