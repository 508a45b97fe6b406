"""How far a run is: one line on standard error, on a terminal only."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from maturity.i18n.catalog import catalog

if TYPE_CHECKING:
    from maturity.api.portfolio.request import Progress

_PAUSE: Final = 0.2  # seconds between two lines
_MINUTE: Final = 60
_CLEAR: Final = "\r\x1b[K"


class Bar:
    """A line that is written over; it goes when the run ends.

    `look` is called whenever there is something to tell.
    """

    def __init__(
        self, language: str, *, quiet: bool, look: Callable[[], None] = lambda: None
    ) -> None:
        self.look = look
        self.is_shown = sys.stderr.isatty() and not quiet
        self.language = language
        self.began = self.last = time.monotonic()

    def __enter__(self) -> Self:
        """Begin to count the time."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._write("")

    def tell(self, progress: "Progress") -> None:
        """Show how far the run is, a few times a second."""
        self.look()
        now = time.monotonic()
        if self.is_shown and now - self.last >= _PAUSE:
            self.last = now
            self._write(line(progress, now - self.began, self.language))

    def _write(self, text: str) -> None:
        if self.is_shown:
            sys.stderr.write(f"{_CLEAR}{text}")
            sys.stderr.flush()


def line(progress: "Progress", seconds: float, language: str) -> str:
    """Projects, their rate, the share that is read, and the time left at this rate."""
    share = progress.done / progress.whole if progress.whole else 0.0
    left = seconds * (1 - share) / share if share else 0.0
    told = {
        "projects": f"{progress.projects:,}",
        "rate": f"{progress.projects / max(seconds, 1e-9):,.0f}",
        "share": f"{100 * share:.0f}",
        "left": _duration(left, language),
    }
    return catalog(language).say("batch.progress", **told)


def _duration(seconds: float, language: str) -> str:
    if seconds >= 2 * _MINUTE:
        return catalog(language).say("batch.minutes", minutes=f"{seconds / _MINUTE:.0f}")
    return catalog(language).say("batch.seconds", seconds=f"{seconds:.0f}")
