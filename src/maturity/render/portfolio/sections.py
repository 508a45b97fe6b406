"""What a page about a portfolio is made of."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Ink: TypeAlias = Literal["plain", "strong", "faint", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a table; `whole` where it must not be broken, numbers stand to the right."""

    text: str
    ink: Ink = "plain"
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their titles; `name` stands above where a section has several."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A title, what to know first, tables, and what is left to say."""

    title: str
    before: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    after: tuple[str, ...] = ()


def count(number: int) -> Cell:
    """A whole number; zero is faint."""
    return Cell(f"{number:,}", "plain" if number else "faint", is_number=True)
