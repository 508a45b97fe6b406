"""Ctrl-C is remembered: libraries in C may lose it, or tell it as an error of their own."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """What is given ends the work where Ctrl-C was pressed and nothing came of it.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed, whatever else was raised then.
    """
    stops: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        stops.append(number)
        raise KeyboardInterrupt

    def look() -> None:
        if stops:
            raise KeyboardInterrupt

    is_ours = threading.current_thread() is threading.main_thread()
    if not is_ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield look  # it is ignored, or somebody else's
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield look
    except Exception:
        if stops:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
