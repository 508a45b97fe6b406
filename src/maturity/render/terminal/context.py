"""What a registry says about the city, below the results: no score rests on it."""

from collections.abc import Iterator

from maturity.model.report import Report
from maturity.render.context import context_view
from maturity.render.terminal.canvas import Line, bullet, heading, paragraph
from maturity.render.words import Words


def context(report: Report, words: Words, width: int) -> Iterator[Line]:
    """A line for each fact with its year and source; nothing without a registry."""
    if report.context is None:
        return
    view = context_view(report.context, words)
    works = [words.say("background.work", text=one) for one in view.works]
    yield from heading(view.title, width)
    yield from paragraph(view.means, width, "faint", margin=1)
    for said in (*(row.says for row in view.rows), *view.corrections, *works):
        yield from bullet("·", said, width)
