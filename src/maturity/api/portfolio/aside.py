"""Work that a copy of this process does, while the first one goes on."""

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

Found = TypeVar("Found")


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
        self._stream = -1
        if is_apart and sys.platform == "linux":
            with suppress(OSError):
                self._begin()

    def _begin(self) -> None:
        reader, writer = os.pipe()
        with warnings.catch_warnings():  # the copy goes on alone, and takes no lock of ours
            warnings.simplefilter("ignore", DeprecationWarning)
            self._copy = os.fork()
        if not self._copy:
            os.close(reader)  # so that the copy ends where nobody reads any more
            _work_and_end(self._work, writer)
        os.close(writer)
        self._stream = reader

    def found(self) -> Found:
        """What the work finds; raises what it raises."""
        if not self._copy:
            return self._instead()
        with open(self._stream, "rb") as stream:  # noqa: PTH123 - of a pipe
            raw = stream.read()
        _, status = os.waitpid(self._copy, 0)
        self._copy = 0
        if status:
            return self._instead()
        found: Found = pickle.loads(raw)  # noqa: S301 - our own copy wrote it
        return found

    def close(self) -> None:
        """End what nobody waits for any more."""
        if not self._copy:
            return
        os.close(self._stream)
        with suppress(OSError):
            os.kill(self._copy, signal.SIGKILL)
            os.waitpid(self._copy, 0)
        self._copy = 0


def _work_and_end(work: Callable[[], object], writer: int) -> None:
    """Work, tell what was found, and end without what a process does at its end."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with open(writer, "wb") as stream:
            pickle.dump(work(), stream, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
