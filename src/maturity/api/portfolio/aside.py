"""Work that a copy of this process does, while the first one goes on."""

import ctypes
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Generic, NoReturn, TypeVar

Found = TypeVar("Found")

_STOPS: Final = (signal.SIGINT,)
"""Signals that are for the first process, which ends its copies."""

_END_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux


class Aside(Generic[Found]):
    """Some work; what it finds can be pickled.

    A copy of a process holds what the process has read and imported, which spares another one
    half a second. Only Linux makes one that may go on so. Where it is not wanted apart, or the
    copy fails at whatever, the work (or what is done `instead`) is done here when it is asked for.
    """

    def __init__(
        self,
        work: Callable[[], Found],
        *,
        is_apart: bool,
        instead: Callable[[], Found] | None = None,
    ) -> None:
        self._work = work
        self._instead = instead or work
        self._copy = 0
        if is_apart and sys.platform == "linux":
            with suppress(OSError):
                self._begin()

    def _begin(self) -> None:
        reader, writer = os.pipe()
        self._stream = open(reader, "rb")  # noqa: PTH123, SIM115 - of a pipe
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)  # until the copy minds none
        try:
            with warnings.catch_warnings():  # the copy goes on alone, and takes no lock of ours
                warnings.simplefilter("ignore", DeprecationWarning)
                self._copy = os.fork()
            if not self._copy:
                self._stream.close()  # so that the copy ends where nobody reads any more
                _work_and_end(self._work, writer)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(writer)

    def found(self) -> Found:
        """What the work finds; raises what it raises."""
        if not self._copy:
            return self._instead()
        raw = self._stream.read()
        if self._ended():
            return self._instead()
        found: Found = pickle.loads(raw)  # noqa: S301 - our own copy wrote it
        return found

    def close(self) -> None:
        """End what nobody waits for any more."""
        if self._copy:
            with suppress(OSError):
                os.kill(self._copy, signal.SIGKILL)
                self._ended()

    def _ended(self) -> int:
        """Wait for the copy; how it ended."""
        self._stream.close()
        _, status = os.waitpid(self._copy, 0)
        self._copy = 0
        return status


def _work_and_end(work: Callable[[], object], writer: int) -> NoReturn:
    """Work, tell what was found, and end without what a process does at its end.

    Nobody waits for the copy of a process that is gone, however that was ended: it goes, too.
    """
    status = 1
    try:
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        with open(writer, "wb") as stream:
            pickle.dump(work(), stream, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
