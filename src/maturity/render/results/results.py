"""What every table of results has in common: its columns, and its rows as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from maturity.model.bundle import Bundle
from maturity.model.flat import flat_order, labels_of
from maturity.model.portfolio import Scored

IDENTITY: Final = ("city", "project", "name", "domain", "weight")
"""The columns that every table begins with."""

_NUMBERS: Final = ("score", "coverage")


@dataclass(frozen=True, slots=True)
class Head:
    """The columns: who it is, what is passed on, what comes out."""

    bundle: Bundle
    carried: tuple[str, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, bundle: Bundle, carried: tuple[str, ...]) -> "Head":
        """The columns for a rubric."""
        return cls(bundle, carried, flat_order(bundle))

    def names(self) -> Iterator[str]:
        """The headers, each told apart from all others."""
        yield from IDENTITY
        yield from labels_of(self.carried, (*IDENTITY, *self.keys)).values()
        yield from self.keys

    def is_number(self, name: str) -> bool:
        """Whether a column of ours holds numbers."""
        return name == "weight" or (name in self.keys and name.split(".", 1)[0] in _NUMBERS)

    def row(self, one: Scored) -> Iterator[str | float | None]:
        """The values of a project; several words are one text with `|` between."""
        yield from (one.city.in_language("en"), one.project, one.name.in_language("en"))
        yield from (one.domain, one.weight)
        for name in self.carried:
            yield one.carried.get(name) or None
        for key in self.keys:
            value = one.values[key]
            yield "|".join(value) if isinstance(value, tuple) else value


class Results(Protocol):
    """Writes results to a file, row by row."""

    def add(self, one: Scored) -> None:
        """Write a project."""
        ...

    def close(self) -> None:
        """Write what is left, and let go of the file."""
        ...
