"""What earlier runs have scored, found again by digest."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from maturity.loading.outcomes import STATE, Kept, line_at, lines_in

REPORTS: Final = "reports"
"""The folder of advisory reports below an output."""


class Earlier:
    """Outcomes of earlier outputs, the first of which wins; open while units are looked up."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders
        self._open: list[Path] = []
        self.found: dict[bytes, tuple[int, int]] = {}
        self._streams: list[BinaryIO] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Open the files of state, and remember where each outcome stands."""
        for folder in self.folders:
            state = folder / STATE
            if not state.is_file():
                continue
            for offset, line in lines_in(state):
                place = len(self._streams), offset
                self.found.setdefault(_short(line.digest), place)
            self._streams.append(self._stack.enter_context(state.open("rb")))
            self._open.append(folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files."""
        self._stack.close()

    def has(self, digest: str) -> bool:
        """Whether there may be an outcome under this digest."""
        return bool(digest) and _short(digest) in self.found

    def take(self, digest: str, into: Path) -> Kept | None:
        """The outcome, its reports linked into the new output; None where one is not whole."""
        number, offset = self.found[_short(digest)]
        found = line_at(self._streams[number], offset).kept
        old, new = self._open[number] / REPORTS, into / REPORTS
        return found if all(_linked(old, new, name) for name in found.reports) else None


def _short(digest: str) -> bytes:
    return digest.encode()[:32]


def _linked(old: Path, new: Path, named: str) -> bool:
    """Link a report from one folder to another, where its bytes are those that were written."""
    name, _, digest = named.partition(" ")
    with suppress(OSError):
        if (
            Path(name).name != name
            or hashlib.sha256((old / name).read_bytes()).hexdigest() != digest
        ):
            return False
        try:
            os.link(old / name, new / name)
        except FileExistsError:
            return True
        except OSError:  # a file system without links
            shutil.copyfile(old / name, new / name)
        return True
    return False
