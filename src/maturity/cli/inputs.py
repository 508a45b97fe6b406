"""What a command is given: city files by path, `-` for standard input."""

import sys
from pathlib import Path

from maturity.base.errors import RefusedError
from maturity.loading.limits import DEFAULT_LIMITS
from maturity.loading.models import Source, fetch


def city_source(name: str) -> Source:
    """The bytes of a city file, or of standard input for `-`.

    Raises:
        RefusedError: the file cannot be read.
    """
    if name == "-":
        return Source("<stdin>", sys.stdin.buffer.read(DEFAULT_LIMITS.size + 1))
    source = fetch(Path(name))
    if isinstance(source, Source):
        return source
    raise RefusedError(source)
