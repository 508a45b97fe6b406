"""How much is read of one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of one file: bytes, levels of nesting, values with their keys, faults told."""

    size: int = 1 << 20
    depth: int = 32
    nodes: int = 100_000
    faults: int = 1_000


DEFAULT_LIMITS: Final = Limits()
