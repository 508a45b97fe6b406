"""Java and a master before and while a session starts; what Spark says, in a line."""

import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from maturity.base.errors import UsageError

_ANSWERS_WITHIN: Final = 5.0  # seconds
_CLASS: Final = re.compile(r"^\[[A-Z0-9_.]+\] ")
"""The name that Spark puts before a message."""

_REFUSED: Final = re.compile(r'(?:Error: |Exception in thread "main" [\w.]*SparkException: )(.*)')
"""How Spark, once Java runs it, refuses what it is started with."""


def java() -> str | None:
    """The program that Spark starts: that of JAVA_HOME, else the one on the path."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


def refuse_silent(master: str) -> None:
    """Spark itself would try for a minute to reach a master that is not there."""
    if not master.startswith("spark://"):
        return
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        with suppress(OSError, ValueError, OverflowError):
            socket.create_connection((host, int(port)), _ANSWERS_WITHIN).close()
            return
    raise UsageError("no-master", master=master)


@contextmanager
def unheard(log: Path) -> Iterator[None]:
    """What is started here writes to a file in place of the terminal, as long as it lives."""
    kept = os.dup(1), os.dup(2)
    with log.open("wb") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    try:
        yield
    finally:
        for number, one in enumerate(kept, 1):
            os.dup2(one, number)
            os.close(one)


def unstarted(error: Exception, master: str, log: Path) -> UsageError:
    """Why there is no session: Java did not start, or Spark did not come up on the master."""
    if "JAVA_GATEWAY_EXITED" not in str(error):
        return UsageError("no-session", master=master, why=reason(error))
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    told = [one[1] for line in lines if (one := _REFUSED.match(line)) and "Class" not in line]
    if not told:
        return UsageError("wrong-java")
    return UsageError("no-session", master=master, why=told[0])


def reason(error: Exception) -> str:
    """The line of a message of Spark that says what is the matter, without Java's names."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("at ", "An error occurred", ":"))]
    raised = [line.partition(": ")[2] for line in lines if line.startswith(":")]
    found = next(iter([*filter(None, raised), *told]), type(error).__name__)
    while "Exception: " in found:
        found = found.partition("Exception: ")[2]
    return _CLASS.sub("", found).partition(" SQLSTATE")[0].strip()
