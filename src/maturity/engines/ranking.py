"""The first of many, kept while they pass; quarters and medians of counted values."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Top(Generic[Item]):
    """The `most` items that come first by a key, whatever the order in which they are added."""

    def __init__(self, most: int, key: Callable[[Item], tuple[float | str, ...]]) -> None:
        self.most = most
        self.key = key
        self.count = 0
        self._held: list[Item] = []

    def add(self, item: Item) -> None:
        """Take an item in, or let it go by."""
        self.count += 1
        self._held.append(item)
        if len(self._held) > 4 * self.most + 4:
            self._held = list(self.first())

    def take(self, first: Iterable[Item], number: int) -> None:
        """Take in the items that come first of so many."""
        self._held += first
        self.count += number

    def first(self) -> tuple[Item, ...]:
        """The items that come first, in order."""
        return tuple(sorted(self._held, key=self.key)[: self.most])


def quantile(counts: Counter[float], share: float) -> float:
    """The least counted value with at least this share of all at or below it, 0 < share <= 1."""
    ordered = sorted(counts)
    below = accumulate(counts[value] for value in ordered)
    wanted = min(share * counts.total(), counts.total())
    return next(value for value, seen in zip(ordered, below, strict=True) if seen >= wanted)


def ranked(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Names with counts, the largest first, equal ones by name; without those of zero."""
    return sorted((one for one in counts if one[1]), key=lambda one: (-one[1], one[0]))
