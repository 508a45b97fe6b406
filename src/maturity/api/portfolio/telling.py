"""What a run has done, for a terminal."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from maturity.api.portfolio.request import Batched
from maturity.api.portfolio.writing import ERRORS
from maturity.base.characters import unharmed
from maturity.model.portfolio import Failed
from maturity.render.terminal.portfolio import portfolio_terminal

MOST: Final = 1_000
"""Faults that are told on the spot where nothing is written that could hold them."""


def shown(done: Batched, language: str, width: int, *, color: bool) -> str:
    """The portfolio as a terminal shows it."""
    context = done.context
    return portfolio_terminal(
        done.portfolio, context.words(language), context.rubric_used(), width, color
    )


def in_full(done: Batched, into: Path) -> Batched:
    """The run with all its faults where nothing could be scored: its folder is thrown away."""
    if done.portfolio.totals.projects:
        return done
    return done._replace(first=tuple(islice(_faults(into / ERRORS), MOST)))


def _faults(path: Path) -> Iterator[Failed]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            told = {key: unharmed(value) for key, value in row.items()}
            yield Failed(
                path=told["path"],
                row=int(row["row"]),
                column=int(row["column"]),
                code=told["code"],
                word=told["word"],
                message=told["message"],
                hint=told["hint"] or None,
            )
