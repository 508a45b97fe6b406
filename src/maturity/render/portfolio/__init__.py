"""A portfolio in words: titled tables and lines, before they are Markdown or a terminal's."""

from maturity.render.portfolio.lists import Size
from maturity.render.portfolio.sections import Cell, Section, Table
from maturity.render.portfolio.view import portfolio_view

__all__ = ["Cell", "Section", "Size", "Table", "portfolio_view"]
