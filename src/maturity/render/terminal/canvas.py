"""Lines of coloured pieces, boxed tables and bars: what the sections of the output are built of.

Text from a file is only ever the text of a piece. Nothing here reads markup, so none can act.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal, TypeAlias

from rich.color import ColorSystem
from rich.style import Style

from maturity.base.characters import visible
from maturity.render.terminal.cells import cells, longest, padded, shown, wrapped

Ink: TypeAlias = Literal["plain", "title", "strong", "faint", "good", "warn", "bad", "neutral"]

_STYLES: Final[dict[Ink, Style]] = {
    "plain": Style.null(),
    "title": Style(bold=True, color="cyan"),
    "strong": Style(bold=True),
    "faint": Style(dim=True),
    "good": Style(color="green"),
    "warn": Style(color="yellow"),
    "bad": Style(bold=True, color="red"),
    "neutral": Style(color="cyan"),
}

Fold: TypeAlias = Literal["wrap", "whole"]
"""What a box does with a text too long for its column; one that is `whole` never is."""

_LONG_WORD: Final = 14
"""Words up to so many cells are not cut to fit a column; rather there is no box."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one ink."""

    text: str
    ink: Ink = "plain"
    fold: Fold = "wrap"

    @property
    def needs(self) -> int:
        """The least width in cells that does the text justice in a column."""
        match self.fold:
            case "wrap":
                return min(longest(self.text), _LONG_WORD)
            case "whole":
                return cells(shown(self.text))


Line: TypeAlias = tuple[Piece, ...]
Row: TypeAlias = Sequence[Piece]

BLANK: Final[Line] = ()


def printed(lines: Iterable[Line], color: bool) -> str:
    """The lines as text that ends in a line feed; without colour it holds no control sequence."""
    return "".join(f"{_inked(line, color)}\n" for line in lines)


def heading(text: str, width: int, mark: str = "──") -> Iterator[Line]:
    """A blank line and the title of a section, or of something larger by another mark."""
    yield BLANK
    margin = len(mark) + 1
    for index, line in enumerate(wrapped(text, width - margin)):
        yield (Piece(" " * margin if index else f"{mark} ", "faint"), Piece(line, "title"))


def paragraph(text: str, width: int, ink: Ink = "plain", margin: int = 0) -> Iterator[Line]:
    """Text in lines of at most `width` cells, all of them behind a margin of blanks.

    Behind a margin, text out of a file cannot pass for the edge of a box.
    """
    for line in wrapped(text, width - margin):
        yield (Piece(" " * margin + line, ink),)


def bullet(sign: str, text: str, width: int, ink: Ink = "plain", margin: int = 1) -> Iterator[Line]:
    """Text behind a sign in its own ink; later lines stand under the first."""
    head = " " * margin + sign + " "
    room = cells(head)
    for index, line in enumerate(wrapped(text, width - room)):
        yield (Piece(head if index == 0 else " " * room, ink), Piece(line))


def bar(least: float, most: float, scale: tuple[float, float], width: int) -> str:
    """A bar of `width` cells: solid up to the least, light up to the most."""
    sure, possible = (_filled(value, scale, width) for value in (least, most))
    return "█" * sure + "░" * (possible - sure) + " " * (width - possible)


def table(head: Sequence[str], rows: Sequence[Row], width: int) -> Iterator[Line]:
    """A box at most `width` cells wide whose lines are all of the same width.

    Where the columns would be too narrow to read, each row is told as a list instead.
    """
    titles = tuple(Piece(title, "strong") for title in head)
    columns = list(zip(titles, *rows, strict=True))
    needs = [max(piece.needs for piece in column) for column in columns]
    room = width - 3 * len(head) - 1
    if sum(needs) > room:
        yield from _listed(head, rows, width)
        return
    widths = _shares([_wanted(column) for column in columns], needs, room)
    yield _edge("┌┬┐", widths)
    yield from _boxed(titles, widths)
    yield _edge("├┼┤", widths)
    for row in rows:
        yield from _boxed(row, widths)
    yield _edge("└┴┘", widths)


def _filled(value: float, scale: tuple[float, float], width: int) -> int:
    low, high = min(scale), max(scale)
    share = (value - low) / (high - low) if high > low else 0.0
    return round(max(0.0, min(share, 1.0)) * width)


def _listed(head: Sequence[str], rows: Sequence[Row], width: int) -> Iterator[Line]:
    for row in rows:
        for title, piece in zip(head, row, strict=True):
            label = f"{title}: " if title else ""
            for line in wrapped(f"{label}{piece.text}", width, indent=2):
                yield (Piece(line, piece.ink),)
        yield BLANK


def _wanted(column: Sequence[Piece]) -> int:
    return max(cells(shown(piece.text)) for piece in column)


def _shares(wanted: Sequence[int], needs: Sequence[int], room: int) -> list[int]:
    """Cells for each column: what it wants where that is little, else an even share of the rest.

    No column gets less than it needs; together they fit into the room.
    """
    widths = [0] * len(wanted)
    still = sorted(range(len(wanted)), key=lambda index: wanted[index])
    while still:
        index = still.pop(0)
        others = sum(needs[other] for other in still)
        even = min(room // (len(still) + 1), room - others)
        widths[index] = max(min(wanted[index], even), needs[index])
        room -= widths[index]
    return widths


def _edge(signs: str, widths: Sequence[int]) -> Line:
    left, middle, right = signs[0], signs[1], signs[2]
    return (Piece(left + middle.join("─" * (width + 2) for width in widths) + right, "faint"),)


def _boxed(row: Row, widths: Sequence[int]) -> Iterator[Line]:
    columns = [_column(piece, width) for piece, width in zip(row, widths, strict=True)]
    for texts in zip_longest(*columns, fillvalue=""):
        line = [Piece("│", "faint")]
        for text, piece, width in zip(texts, row, widths, strict=True):
            line += [Piece(f" {padded(text, width)} ", piece.ink), Piece("│", "faint")]
        yield tuple(line)


def _column(piece: Piece, width: int) -> list[str]:
    """A text that fits stands as it is, so that the blanks of a bar are kept."""
    text = shown(piece.text)
    return [text] if cells(text) <= width else wrapped(text, width)


def _inked(line: Line, color: bool) -> str:
    if not color:
        return "".join(visible(piece.text) for piece in line).rstrip()
    return "".join(
        _STYLES[piece.ink].render(visible(piece.text), color_system=ColorSystem.STANDARD)
        for piece in line
    )
