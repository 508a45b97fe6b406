"""The portfolio report in Markdown."""

from collections.abc import Iterable, Iterator
from typing import Final

from maturity.model.portfolio import Portfolio
from maturity.model.result import Model
from maturity.render.markdown.escaping import escaped
from maturity.render.portfolio import Cell, Section, Size, Table, portfolio_view
from maturity.render.words import Words

SIZE: Final = Size(projects=50, domains=50, cities=50, flags=40, few=5)


def portfolio_markdown(portfolio: Portfolio, words: Words, rubric: Model) -> str:
    """The report in the language of `words`. Same portfolio, same bytes."""
    lines = [f"# {escaped(words.say('portfolio.title'))}", ""]
    for section in portfolio_view(portfolio, words, rubric, SIZE):
        lines += _section(section)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield from (f"## {escaped(section.title)}", "")
    for text in section.before:
        yield from (escaped(text), "")
    for table in section.tables:
        yield from _table(table)
    for text in section.after:
        yield from (escaped(text), "")


def _table(table: Table) -> Iterator[str]:
    if table.name:
        yield from (f"### {escaped(table.name)}", "")
    yield _line(escaped(title) for title in table.head)
    numbers = [one.is_number for one in table.rows[0]]
    yield _line("---:" if is_number else "---" for is_number in numbers)
    for row in table.rows:
        yield _line(_cell(cell) for cell in row)
    yield ""


def _cell(cell: Cell) -> str:
    text = escaped(cell.text)
    return f"**{text}**" if cell.ink == "bad" and text else text


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
