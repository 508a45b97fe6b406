"""Inputs are looked over while the program starts: what an earlier run knows is not read again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from maturity.api.portfolio.aside import Aside

if TYPE_CHECKING:
    from maturity.loading.folders import Seen

Ahead: TypeAlias = Aside["list[Seen]"]


def looking_over(paths: Sequence[str], output: Path | None, jobs: int) -> Ahead | None:
    """Look over what may be known; None where nothing is, or there is one core only."""
    if output is None or jobs < 2 or not output.is_dir():  # noqa: PLR2004 - a second core
        return None
    return Aside(partial(_looked_over, tuple(paths)), is_apart=True)


def _looked_over(paths: Sequence[str]) -> list[Seen]:
    from maturity.loading.folders import looked_over

    return looked_over(paths)
