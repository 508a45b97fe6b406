"""A folder is written whole or not at all: beside the old one, then the two change places."""

import ctypes
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.places import Place

MANIFEST: Final = "manifest.json"
_STATE: Final = "state.jsonl"
_HERE: Final = -100  # AT_FDCWD: paths are relative to the working folder
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


@dataclass(frozen=True, slots=True)
class Staging:
    """`into` is the empty folder to write, `before` are those of earlier runs to take over from."""

    output: Path
    into: Path
    before: tuple[Path, ...]


@contextmanager
def staged(output: Path) -> Iterator[Staging]:
    """A folder beside the output that takes its place when `publish` is called.

    Whatever happens before that, the output stays as it is. What an interrupted run has written
    stays beside it for the next one; what a failed run has written goes.

    Raises:
        RefusedError: another run writes there, the folder holds what no run has written, or it
            cannot be written.
    """
    target = output.resolve()
    into, left = (target.with_name(f".{target.name}.{end}") for end in ("partial", "before"))
    with _told(output), _locked(target, output):
        _restore(target)
        _refuse_foreign(target, output)
        _set_aside(into, left)
        into.mkdir()
        try:
            yield Staging(target, into, (target, left))
        except Exception:
            shutil.rmtree(into, ignore_errors=True)
            raise
        shutil.rmtree(into, ignore_errors=True)
        shutil.rmtree(left, ignore_errors=True)


def publish(staging: Staging) -> None:
    """Put what was written in the place of the output, in one step where the system can."""
    _refuse_foreign(staging.output, staging.output)
    _sync(staging.into)
    if not staging.output.exists():
        staging.into.rename(staging.output)
    elif not _exchanged(staging.into, staging.output):
        old = _old(staging.output)
        staging.output.rename(old)
        staging.into.rename(staging.output)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _told(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"the folder cannot be written: {error.strerror or error}"
        hint = "check the folder, the space left on it, and that you may write there"
        raise RefusedError([_diagnostic(output, message, hint)]) from None


@contextmanager
def _locked(target: Path, output: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of, however this program ends."""
    try:
        lock = _lock(target.with_name(f".{target.name}.lock"))
    except sqlite3.OperationalError as error:
        message, hint = "the folder cannot be written", "check that the folder above it exists"
        if "locked" in str(error):
            message, hint = "another run is writing to this folder", "wait, or name another folder"
        raise RefusedError([_diagnostic(output, message, hint)]) from None
    with closing(lock):
        yield


def _lock(path: Path) -> sqlite3.Connection:
    """An exclusive lock on a file, by the one library that has them on every system."""
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        raise
    return lock


def _restore(target: Path) -> None:
    """Put the output back where a run was killed between two renames."""
    if not target.exists() and _old(target).is_dir():
        _old(target).rename(target)
    shutil.rmtree(_old(target), ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _refuse_foreign(target: Path, output: Path) -> None:
    """Only what a run has written is replaced."""
    if not target.exists():
        return
    hint = "name a new folder, or move those files away"
    if not target.is_dir():
        raise RefusedError([_diagnostic(output, "this is a file, not a folder", hint)])
    there = {one.relative_to(target).as_posix() for one in target.rglob("*") if not one.is_dir()}
    written = _written(target)
    foreign = sorted(there - written)
    if MANIFEST in there and not written:
        message = (
            f"its {MANIFEST} is damaged: what a run has written cannot be told from other files"
        )
        raise RefusedError([_diagnostic(output, message, hint)])
    if foreign:
        message = f"the folder holds files that no run has written, such as {foreign[0]}"
        raise RefusedError([_diagnostic(output, message, hint)])


def _written(target: Path) -> set[str]:
    with suppress(OSError, ValueError):
        told = json.loads((target / MANIFEST).read_bytes())
        if isinstance(told, dict) and isinstance(told.get("files"), list):
            return {str(one) for one in told["files"]}
    return set()


def _set_aside(into: Path, left: Path) -> None:
    """Keep what interrupted runs have scored: of two, the larger."""
    if not into.exists():
        return
    if _size(into) >= _size(left):
        shutil.rmtree(left, ignore_errors=True)
        into.rename(left)
    else:
        shutil.rmtree(into)


def _size(folder: Path) -> int:
    state = folder / _STATE
    return state.stat().st_size if state.is_file() else 0


def _sync(folder: Path) -> None:
    """Bring what was written to the disk before it takes the place of what is there."""
    for path in folder.iterdir():
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(system.renamex_np(*names, _EXCHANGE) == 0)
        return bool(system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    return False


def _diagnostic(path: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic.of(Code.CANNOT_WRITE, Place(path.as_posix(), 1, 1), message, hint)
