"""Where something stands in a file, and the map from a value's path to its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Steps: TypeAlias = tuple[str | int, ...]
"""The way from the root of a document to a value: keys and list positions (from 0)."""

Document: TypeAlias = Literal["questionnaire", "rubric"]

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
COLUMN_BITS: Final = 32


@dataclass(frozen=True, slots=True)
class At:
    """A place by its steps, in the questionnaire or in the rubric."""

    document: Document
    steps: Steps


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file as editors count: line and column from 1, columns in characters."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        """Give the place in the form that editors and terminals make clickable."""
        return f"{self.path}:{self.line}:{self.column}"

    @classmethod
    def at(cls, path: str, text: str, offset: int) -> Place:
        """Return the place of the character at this offset (from 0) of the text."""
        breaks = list(_LINE_BREAK.finditer(text, 0, offset))
        start = breaks[-1].end() if breaks else 0
        return cls(path, len(breaks) + 1, offset - start + 1)


def unpacked(path: str, number: int) -> Place:
    """Return the place of `line << COLUMN_BITS | column`, both counted from 0."""
    return Place(path, (number >> COLUMN_BITS) + 1, (number & (1 << COLUMN_BITS) - 1) + 1)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all values and keys of one document, by their steps.

    `values` and `keys` hold one number a place, as `unpacked` takes it, because a large file has
    tens of thousands. The dictionaries are never changed after reading.
    """

    path: str
    values: Mapping[Steps, int]
    keys: Mapping[Steps, int]

    def of(self, steps: Steps, *, key: bool = False) -> Place:
        """Return the place of a value, or of its key; where missing, of the nearest parent.

        A list item has no key: its own place is given. The place of the root never fails.
        """
        for length in range(len(steps), -1, -1):
            known = steps[:length]
            found = self.keys.get(known) if key else None
            found = self.values.get(known) if found is None else found
            if found is not None:
                return unpacked(self.path, found)
        return Place(self.path, 1, 1)
