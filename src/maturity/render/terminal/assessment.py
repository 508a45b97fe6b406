"""The whole output of an assessment for people at a terminal."""

import shlex
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Final

from maturity.model.report import Report
from maturity.render.terminal.canvas import BLANK, Line, heading, paragraph, printed
from maturity.render.terminal.city import city
from maturity.render.terminal.concerns import flags, sides
from maturity.render.terminal.context import context
from maturity.render.terminal.gaps import coverage, next_answers
from maturity.render.terminal.standing import head, standing
from maturity.render.terminal.steps import next_levels
from maturity.render.terminal.themes import checklists, scores
from maturity.render.terminal.view import View
from maturity.render.words import Words

NARROWEST: Final = 40
WIDEST: Final = 120
"""Longer lines are hard to read; a wider terminal is left blank on the right."""


def terminal(
    report: Report,
    words: Words,
    width: int,
    color: bool,
    models: tuple[str, ...] = (),
    within: str = "",
) -> str:
    """An assessment as text of at most `width` cells a line (from 40, at most 120).

    `within` is the id of the model where a file has several: it stands above all else then.
    A city of several projects begins with its spread by domain. Without colour the text holds no
    control sequence; with or without, text out of a file is shown as it stands. `models` are the
    options that the command at the end needs to find the same models.
    """
    width = max(NARROWEST, min(width, WIDEST))
    hint = partial(_explain, words, report, models, within)
    return printed(islice(_lines(report, words, width, within, hint), 1, None), color)


def _explain(
    words: Words, report: Report, models: tuple[str, ...], within: str, verdict: str
) -> str:
    """The command that explains a verdict."""
    file = shlex.join((report.result.input_path,))
    named = f"{within}:{verdict}" if within else verdict
    what = " ".join((named, shlex.join(models))).strip()
    return words.say("terminal.explain", file=file, what=what)


def _lines(
    report: Report, words: Words, width: int, within: str, hint: Callable[[str], str]
) -> Iterator[Line]:
    """Every heading has a blank line before it, also the first."""
    if within:
        yield from heading(words.text(words.bundle.rubric.name), width, "■■")
    several = len(report.projects) > 1
    if several:
        yield from city(report, words, width)
    for project in report.projects:
        view = View(words, project, width)
        yield from head(view, report)
        yield from coverage(view)
        if not several:
            yield from city(report, words, width)
        for section in (standing, next_levels, scores, checklists, flags, sides, next_answers):
            yield from section(view)
    yield from context(report, words, width)
    example = words.bundle.rubric.summary.verdict
    if example is not None:
        yield BLANK
        yield from paragraph(hint(example), width, "faint", margin=1)
