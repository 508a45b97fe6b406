"""The whole explanation of one value: what it is, why, and what would change it."""

from collections.abc import Iterator

from maturity.model.report import ProjectReport, Report
from maturity.render.explain.change import what_changes_it
from maturity.render.explain.outputs import reasons, value
from maturity.render.explain.page import Page, Told, written
from maturity.render.words import Words


def explanation(
    report: Report, project: ProjectReport, output: str, words: Words, width: int = 80
) -> str:
    """Why an output (`ladder.operating`, `check.G1`, …) of a project is what it is.

    A tree of plain sentences in lines of at most `width` cells (from 40) that ends in answers
    which stand in the file, with their place, or in the words that they are not answered there.

    Raises:
        KeyError: the rubric has no such output.
    """
    page = Page(words, project, report.city.sources)
    return written(_told(page, report, output), max(width, 40))


def _told(page: Page, report: Report, output: str) -> Iterator[Told]:
    words, name = page.words, page.words.text(page.report.project.name)
    city = words.text(report.result.city)
    yield Told(
        0, page.say("title", project=name, city=city, output=words.output(output), id=output)
    )
    if report.result.illustration:
        yield Told(0, words.say("terminal.illustration"))
    yield from value(page, output)
    yield Told(0, "")
    yield Told(0, page.say("why"))
    yield from reasons(page, output)
    yield Told(0, "")
    yield from what_changes_it(page, output)
