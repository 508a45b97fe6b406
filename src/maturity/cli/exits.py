"""Exit codes, as documented in the guide."""

from enum import IntEnum


class Exit(IntEnum):
    """What the program tells the shell."""

    DONE = 0
    """Done; nothing at the fail level."""
    FOUND = 1
    """Findings at the fail level, or a gate that is not met."""
    USAGE = 2
    """Wrong usage of the command line; or the solver is needed, and not installed."""
    REFUSED = 3
    """An input could not be loaded or is invalid, or an output could not be written."""
    FAULT = 70
    """A fault of ours."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C, as shells count."""
