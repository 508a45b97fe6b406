"""Pieces of work that copies of this process take one after the other, and it takes with them."""

import os
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

from maturity.api.portfolio.aside import Aside

Found = TypeVar("Found")

_BYTES: Final = 2
"""Of the number of a piece; some thousand have room in a pipe."""


class Shared(Generic[Found]):
    """Some pieces of work, known by their numbers; what each finds can be pickled.

    The copies begin at once; this process takes pieces when it asks for what is found. The numbers
    wait in a pipe, of which each process reads the next one. Where there are no copies, or one
    fails, what is left is done here.
    """

    def __init__(self, work: Callable[[int], Found], pieces: int, copies: int) -> None:
        self._work = work
        self._pieces = pieces
        self._waiting, writer = os.pipe()
        os.write(writer, b"".join(one.to_bytes(_BYTES, "big") for one in range(pieces)))
        os.close(writer)
        self._copies = [
            Aside(self._take, is_apart=True, instead=dict[int, Found]) for _ in range(copies)
        ]

    def found(self) -> list[Found]:
        """What each piece finds, in their order; raises what one of them raises."""
        found = self._take()
        for one in self._copies:
            found |= one.found()
        return [found[one] if one in found else self._work(one) for one in range(self._pieces)]

    def close(self) -> None:
        """End what nobody waits for any more."""
        for one in self._copies:
            one.close()
        if self._waiting >= 0:
            os.close(self._waiting)
            self._waiting = -1

    def _take(self) -> dict[int, Found]:
        """Do what nobody has taken yet."""
        return {one: self._work(one) for one in self._numbers()}

    def _numbers(self) -> Iterator[int]:
        while raw := os.read(self._waiting, _BYTES):
            yield int.from_bytes(raw, "big")
