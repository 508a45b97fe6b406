"""Options as bits: where each option of a question stands in its words of 30 bits.

Sets of options are tested with `&` on small integers, which every database has and runs fast.
The bit after the last option stands for "not applicable".
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.sql.marks import enough
from maturity.engines.sql.terms import (
    Term,
    bits,
    column,
    differs,
    equal,
    every,
    some,
    truth,
    whole,
)

WORD: Final = 30
"""Bits a word: an INTEGER has one more, and its sign."""


@dataclass(frozen=True, slots=True)
class Words:
    """The set that some columns hold, one word a column, over the options of a question."""

    options: tuple[str, ...]
    columns: tuple[str, ...]

    def masks(self, options: Collection[str]) -> list[int]:
        """The bits of some options, word by word; options that are not offered have none."""
        masks = [0] * len(self.columns)
        for index, option in enumerate((*self.options, NOT_APPLICABLE)):
            if option in options:
                masks[index // WORD] |= 1 << index % WORD
        return masks

    def has_any(self, options: Collection[str]) -> Term:
        """The set holds at least one of the options."""
        return some(
            differs(bits(column(word), whole(mask)), whole(0)) for word, mask in self._read(options)
        )

    def has_none(self, options: Collection[str]) -> Term:
        """The set holds none of the options."""
        return every(
            equal(bits(column(word), whole(mask)), whole(0)) for word, mask in self._read(options)
        )

    def has_at_least(self, options: Collection[str], least: int) -> Term:
        """The set holds at least so many of the options."""
        offered = [one for one in self.options if one in options]
        if least <= 0 or least > len(offered):
            return truth(least <= 0)
        if least == 1:
            return self.has_any(offered)
        if least == len(offered):
            return every(
                equal(bits(column(word), whole(mask)), whole(mask))
                for word, mask in self._read(offered)
            )
        return enough((self.has_any([one]) for one in offered), least)

    def _read(self, options: Collection[str]) -> Iterator[tuple[str, int]]:
        for word, mask in zip(self.columns, self.masks(options), strict=True):
            if mask:
                yield word, mask


def words_needed(options: Sequence[str]) -> int:
    """The words that the options and "not applicable" take."""
    return len(options) // WORD + 1


def nth(stem: str, number: int) -> str:
    """The name of a column that holds one word of several."""
    return f"{stem} {number + 1}" if number else stem
