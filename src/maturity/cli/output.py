"""Files are written whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.inputs import is_input, is_same
from maturity.base.places import Place
from maturity.cli import console


def deliver(text: str, output: Path | None) -> None:
    """Write a result to a file, or to standard output where none is named.

    Raises:
        RefusedError: the file cannot be written.
    """
    if output is None:
        console.emit(text)
    else:
        write(output, text if text.endswith("\n") else f"{text}\n")


def keep_inputs(output: Path | None, *inputs: str | Path | None) -> None:
    """Refuse to overwrite an input before any work is done.

    `inputs` are those named; what else was read before is known. `write` sees to what is read
    later.

    Raises:
        RefusedError: the output is one of the files that are read.
    """
    if output is not None and any(one and is_same(output, Path(one)) for one in inputs):
        raise _is_read(output)
    _refuse_inputs([] if output is None else [output])


def write(path: Path, text: str, *, replace: bool = True, is_own: bool = False) -> None:
    """Write a text in UTF-8: the old file or the new one is there, never half of one.

    `is_own`: what stands there was written by an earlier run, though this one has read it.

    Raises:
        RefusedError: the file cannot be written, is there and must not be replaced, or was read.
    """
    _refuse_inputs([] if is_own else [path])
    _refuse_existing([] if replace else [path])
    with _told(path):
        _write(path, text.encode("utf-8", errors="replace"))


def write_all(files: Mapping[Path, str], *, replace: bool) -> None:
    """Write texts to their files; none of them where one is there and must not be replaced.

    Folders that are not there are made.

    Raises:
        RefusedError: as `write`; all files that are there are named.
    """
    _refuse_inputs(files)
    _refuse_existing([] if replace else files)
    for path, text in files.items():
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write(path, text)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What keeps a file from being written, as a finding."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        hint = "check the folder, the space left on it, and that you may write there"
        message = f"the file cannot be written: {why}"
        raise RefusedError([_diagnostic(path, message, hint)]) from None


def _refuse_inputs(paths: Iterable[Path]) -> None:
    for path in paths:
        if is_input(path):
            raise _is_read(path)


def _is_read(path: Path) -> RefusedError:
    hint = "name another file; nothing was written"
    return RefusedError([_diagnostic(path, "this file is an input of the command", hint)])


def _refuse_existing(paths: Iterable[Path]) -> None:
    hint = "name another file, or say --force to replace it"
    there = [path for path in paths if path.exists()]
    if there:
        raise RefusedError([_diagnostic(one, "the file exists already", hint) for one in there])


def _write(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, else what the user's mask gives a new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _diagnostic(path: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic.of(Code.CANNOT_WRITE, Place(path.as_posix(), 1, 1), message, hint)
