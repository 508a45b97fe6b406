"""A portfolio on a terminal: what is worst first, then spreads as heat maps, then counts."""

from collections.abc import Iterator
from typing import Final

from maturity.model.portfolio import Portfolio
from maturity.model.result import Model
from maturity.render.portfolio import Cell, Section, Size, Table, portfolio_view
from maturity.render.terminal.canvas import (
    BLANK,
    Line,
    Piece,
    heading,
    paragraph,
    printed,
    table,
)
from maturity.render.words import Words

SIZE: Final = Size(projects=10, domains=20, cities=10, flags=10, few=2)


def portfolio_terminal(
    portfolio: Portfolio, words: Words, rubric: Model, width: int, color: bool
) -> str:
    """The portfolio in the language of `words`, at most `width` cells wide."""
    return printed(_lines(portfolio, words, rubric, width), color)


def _lines(portfolio: Portfolio, words: Words, rubric: Model, width: int) -> Iterator[Line]:
    yield from heading(words.say("portfolio.title"), width, "══")
    for section in portfolio_view(portfolio, words, rubric, SIZE):
        yield from _section(section, width)


def _section(section: Section, width: int) -> Iterator[Line]:
    if section.title:
        yield from heading(section.title, width)
    for text in section.before:
        yield from paragraph(text, width, "faint" if section.tables else "plain", margin=1)
    for one in section.tables:
        yield from _table(one, width)
    for text in section.after:
        yield from paragraph(text, width, "faint", margin=1)


def _table(one: Table, width: int) -> Iterator[Line]:
    if one.name:
        yield BLANK
        yield from paragraph(one.name, width, "strong")
    yield from table(one.head, [[_piece(cell) for cell in row] for row in one.rows], width)


def _piece(cell: Cell) -> Piece:
    return Piece(cell.text, cell.ink)
