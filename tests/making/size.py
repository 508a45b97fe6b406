"""How much is tried: little in the suite, more where HAZARD_SIZE asks for the full size."""

import os
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import pytest
from _pytest.mark.structures import ParameterSet

T = TypeVar("T")
_ASKED: Final = os.environ.get("HAZARD_SIZE", "")

FULL: Final = _ASKED == "full" or (_ASKED.isdigit() and int(_ASKED) >= 100_000)
"""Set by `HAZARD_SIZE=full`, or by a number of at least 100,000."""


def some(every: Sequence[T], suite: Sequence[T]) -> Sequence[T]:
    """What is tried: these few in every run, all where that is asked for."""
    return every if FULL else suite


def size(suite: int, full: int) -> int:
    """The number of tries: `suite` in every run, `full` where that is asked for."""
    return full if FULL else suite


def first_traced(seeds: Iterable[int], traced: int) -> list[int | ParameterSet]:
    """Seeds of one test: coverage traces the first ones, as what the others reach is the same."""
    return [
        seed if number < traced else pytest.param(seed, marks=pytest.mark.untraced)
        for number, seed in enumerate(seeds)
    ]
