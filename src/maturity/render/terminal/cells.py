"""Text as a terminal shows it: harmless, measured in cells, wrapped.

A cell is the width of one Latin letter; Chinese characters and most emoji take two.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size

from maturity.base.characters import one_line

_UNSTEADY: Final = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
"""Joiners, variation selectors, skin tones: one terminal draws one picture, the next several."""

_FLAG_LETTERS: Final = {0x1F1E6 + index: chr(ord("A") + index) for index in range(26)}
"""Halves of national flags, which terminals draw one or two cells wide, as plain letters."""

_JOINING: Final = frozenset(
    "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2"
)
"""The signs that join two letters of an Indic script into one."""

_CLOSING: Final = frozenset("，。、；：？！）」』》〉】…,.;:?!)]}%”’")
_OPENING: Final = frozenset("（「『《〈【([{“")
_WIDEST: Final = 2


class Cluster(NamedTuple):
    """What a reader takes for one character, with its width in cells."""

    text: str
    width: int


class Unit(NamedTuple):
    """Clusters between which a line is not broken; `spaced` where a blank stands before."""

    clusters: tuple[Cluster, ...]
    spaced: bool

    @property
    def width(self) -> int:
        """In cells, without the blank before."""
        return sum(cluster.width for cluster in self.clusters)

    @property
    def text(self) -> str:
        """Without the blank before."""
        return "".join(cluster.text for cluster in self.clusters)


def shown(text: str) -> str:
    """The text on one line, every hidden character visible, nothing that terminals measure apart.

    A mark at the beginning of a word gets a circle to stand on, so that it cannot combine with
    whatever happens to stand before it.
    """
    if text.isascii() and text.isprintable():
        return text
    steady = _UNSTEADY.sub("", one_line(text)).translate(_FLAG_LETTERS)
    return " ".join(_standing(word) for word in steady.split(" "))


def cells(text: str) -> int:
    """The width of a shown text."""
    if text.isascii():
        return len(text)
    return sum(cluster.width for cluster in _clusters(text))


def padded(text: str, width: int) -> str:
    """A shown text with blanks behind, up to a width."""
    return text + " " * (width - cells(text))


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """The text in lines of at most `width` cells (never below two); at least one line.

    Lines break at blanks and between Chinese characters, but not before a closing sign nor after
    an opening one; a longer word is cut. `indent` blanks stand before every line but the first,
    within the width.
    """
    width = max(width, indent + _WIDEST)
    lines: list[str] = []
    line, used = "", 0
    for unit in _fitting(shown(text), width - indent):
        gap = 1 if unit.spaced and line.strip() else 0
        if line.strip() and used + gap + unit.width > width:
            lines.append(line)
            line, used, gap = " " * indent, indent, 0
        line += " " * gap + unit.text
        used += gap + unit.width
    return [*lines, line]


def longest(text: str) -> int:
    """The cells of the longest stretch of the text that no line break may cut."""
    return max((unit.width for unit in _units(shown(text))), default=0)


def _fitting(text: str, width: int) -> Iterator[Unit]:
    for unit in _units(text):
        if unit.width <= width:
            yield unit
        else:
            yield from _cut(unit, width)


def _cut(unit: Unit, width: int) -> Iterator[Unit]:
    piece: list[Cluster] = []
    spaced = unit.spaced
    for cluster in unit.clusters:
        if piece and sum(one.width for one in piece) + cluster.width > width:
            yield Unit(tuple(piece), spaced)
            piece, spaced = [], False
        piece.append(cluster)
    yield Unit(tuple(piece), spaced)


def _units(text: str) -> Iterator[Unit]:
    for index, word in enumerate(text.split()):
        pieces = _pieces(word)
        for place, piece in enumerate(pieces):
            yield Unit(tuple(piece), spaced=index > 0 and place == 0)


def _pieces(word: str) -> list[list[Cluster]]:
    """A word cut where a line may break inside it: beside wide characters only."""
    if word.isascii():
        return [[Cluster(letter, 1) for letter in word]]
    pieces: list[list[Cluster]] = []
    for cluster in _clusters(word):
        if pieces and not _may_break(pieces[-1][-1], cluster):
            pieces[-1].append(cluster)
        else:
            pieces.append([cluster])
    return pieces


def _may_break(before: Cluster, after: Cluster) -> bool:
    if after.text in _CLOSING or before.text in _OPENING:
        return False
    return _WIDEST in (before.width, after.width)


def _clusters(text: str) -> Iterator[Cluster]:
    """Marks go with the letter before them, and so does a letter after a joining sign."""
    held, width, joins = "", 0, False
    for character in text:
        size = _size(character)
        if held and (joins or _combines(character) or not size):
            held, width = held + character, min(width + size, _WIDEST)
        else:
            if held:
                yield Cluster(held, width)
            held, width = character, size
        joins = character in _JOINING
    if held:
        yield Cluster(held, width)


@lru_cache(maxsize=4096)
def _size(character: str) -> int:
    """Marks that take room of their own (category Mc) count as one cell."""
    if unicodedata.category(character) == "Mc":
        return 1
    return get_character_cell_size(character)


def _standing(word: str) -> str:
    return f"\N{DOTTED CIRCLE}{word}" if _combines(word[:1]) else word


def _combines(character: str) -> bool:
    return character > "\x7f" and unicodedata.category(character).startswith("M")
