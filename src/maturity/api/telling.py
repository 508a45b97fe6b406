"""Tell an assessment: render it, explain a value of it, hold it against gates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, assert_never

from maturity.base.errors import UsageError
from maturity.base.nearest import nearest, nearest_first
from maturity.base.text import FALLBACK
from maturity.engines.explained import outputs_named
from maturity.engines.gates import Closed, closed_gates, gate_names
from maturity.i18n.catalog import catalog
from maturity.loading import shipped
from maturity.loading.models import fetch_text
from maturity.model.report import Report
from maturity.render import Format
from maturity.render.words import Words

NAMED: Final = 20
"""How many names at the most are told in the place of one that names nothing."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a result is shown: language, width in cells, colour.

    `models` are the options of the command line that chose the models: a command that is printed
    for the reader to type repeats them.
    """

    language: str
    width: int = 80
    color: bool = False
    models: tuple[str, ...] = ()


def words_for(report: Report, language: str) -> Words:
    """The words of a language for the models of a report."""
    return Words(catalog(language), report.bundle, report.domains)


def render(reports: Sequence[Report], format_: Format, look: Look, *, several: bool = False) -> str:
    """Reports as text of a format, in one document.

    JSON is one result, or a list of them: with `several`, or where a file has several models.
    """
    match format_:
        case "json":
            from maturity.render.json_v1 import json_text

            texts = [json_text(one) for report in reports for one in report.every]
            return f"[{','.join(texts)}]" if several or len(texts) > 1 else texts[0]
        case "markdown":
            return "\n".join(markdown_report(report, look.language) for report in reports)
        case "text":
            from maturity.render.terminal import terminal

            return "\n".join(
                terminal(
                    one,
                    words_for(one, look.language),
                    look.width,
                    look.color,
                    look.models,
                    within,
                )
                for report in reports
                for one, within in _headed(report)
            )
    assert_never(format_)


def _headed(report: Report) -> Iterator[tuple[Report, str]]:
    """What each model says, with the id by which it is told from others; the context comes last."""
    if not report.also:
        yield report, ""
        return
    *first, last = report.every
    for one in (*(replace(early, context=None) for early in first), last):
        yield one, one.bundle.rubric.id


def markdown_report(report: Report, language: str, template: str | Path | None = None) -> str:
    """The advisory report in Markdown, by our template, another shipped one, or a firm's own.

    Raises:
        RefusedError: the template cannot be read, or fails.
        UsageError: no template of this name is shipped.
    """
    return markdown_reports([report], language, template)


def markdown_reports(
    reports: Sequence[Report], language: str, template: str | Path | None = None
) -> str:
    """As `markdown_report`, of several city files: one after the other, unless it is of several.

    Raises:
        RefusedError: the template cannot be read, or fails.
        UsageError: no template of this name is shipped.
    """
    from maturity.render.markdown import markdown_together

    told = [(one, words_for(one, language)) for one in reports]
    if template is None:
        return markdown_together(told)
    shown, text = fetch_text(_template(template))
    return markdown_together(told, text, shown)


def _template(named: str | Path) -> Path:
    """The file of a template: a shipped one by its name, or a path."""
    name = str(named)
    path = shipped.path_of("templates", name) or Path(name)
    known = shipped.ids("templates")
    if path.parent == Path() and not path.exists() and not path.suffix:
        raise _no_such("template", name, known)
    return path


def explanation(report: Report, what: str, project: str | None, look: Look) -> str:
    """Why a value is what it is, in one project or in every one.

    `rubric:value` names that of one model alone; else every model that has it is asked.

    Raises:
        UsageError: there is no such value, or no such project.
    """
    rubric, _, name = what.rpartition(":")
    asked = [one for one in report.every if rubric in ("", one.bundle.rubric.id)]
    found = [(one, output) for one in asked for output in outputs_named(one.bundle, name)]
    if not found:
        elsewhere = [one for one in report.every if outputs_named(one.bundle, name)]
        named = [f"{one.bundle.rubric.id}:{name}" for one in elsewhere]
        raise _no_such("value", what, named or _values(report, asked, name))
    known = _projects(report, project)
    return "\n".join(
        _explained(report, one, output, at, look)
        for at, name in enumerate(known)
        for one, output in found
        if project in (None, name)
    )


def _explained(whole: Report, report: Report, output: str, at: int, look: Look) -> str:
    """One value in the project at this position; of several models, under the name of its own."""
    from maturity.render.explain import explanation as explained

    words = words_for(report, look.language)
    text = explained(report, report.projects[at], output, words, look.width)
    return f"{words.text(report.bundle.rubric.name)}\n{text}" if whole.also else text


def _projects(report: Report, wanted: str | None) -> list[str]:
    """The projects of the city, among which the one that is wanted has to be."""
    known = [one.id for one in report.city.projects]
    if wanted is not None and wanted not in known:
        raise _no_such("project", wanted, known)
    return known


def explainable(report: Report, language: str, project: str | None = None) -> str:
    """Every value that can be explained, a line each: how it is named, and what it is called.

    Raises:
        UsageError: there is no such project.
    """
    _projects(report, project)
    return "\n".join(
        f"{_of_model(report, one, f'{stage}.{name}')}  "
        f"{words_for(one, language).output(f'{stage}.{name}')}"
        for one in report.every
        for stage, name in known_outputs(one)
    )


def _values(report: Report, asked: Sequence[Report], word: str) -> list[str]:
    """What can be explained: of the stage that a word names, else all of it."""
    stage, _, _ = word.rpartition(".")
    every = [(one, output) for one in asked or report.every for output in known_outputs(one)]
    of_stage = [(one, output) for one, output in every if output[0] == stage]
    return [_of_model(report, one, name) for one, (_, name) in of_stage or every]


def _of_model(whole: Report, report: Report, name: str) -> str:
    """The name of a value; where there are several models, with the id of its own."""
    return f"{report.bundle.rubric.id}:{name}" if whole.also else name


def known_outputs(report: Report) -> list[tuple[str, str]]:
    """Every value that can be explained, as (stage, id)."""
    rubric = report.bundle.rubric
    return [
        *(("ladder", name) for name in rubric.ladders),
        *(("decision", name) for name in rubric.decisions),
        *(("score", name) for name in rubric.scores),
        *(("check", name) for name in rubric.checklists),
        *(("flag", name) for name in rubric.flags),
        *(("recommendation", name) for name in rubric.recommendations),
    ]


def gates_closed(report: Report, gates: Sequence[str], language: str = FALLBACK) -> list[str]:
    """A line for every gate that a project does not pass.

    Raises:
        UsageError: there is no such gate.
    """
    known = {name: None for one in report.every for name in gate_names(one.bundle)}
    for gate in gates:
        if gate not in known:
            raise _no_such("gate", gate, list(known))
    return [
        _closed(closed, language)
        for one in report.every
        for closed in closed_gates(one.bundle, one.result, list(gates))
    ]


def _closed(closed: Closed, language: str) -> str:
    key = "gate.closed-by" if closed.flags else "gate.closed"
    flags = ", ".join(closed.flags)
    return catalog(language).say(key, gate=closed.gate, project=closed.project, flags=flags)


def _no_such(kind: str, word: str, known: list[str]) -> UsageError:
    near, first = nearest(word, known), list(dict.fromkeys(known))
    more = max(0, len(first) - NAMED)
    if more:
        first = nearest_first(word.rpartition(".")[2], first, NAMED)
    hint = "did-you-mean" if near else f"more-{kind}s" if more else "there-is"
    told = {"known": ", ".join(first), "more": more}
    return UsageError(f"no-{kind}", hint, given=word, word=near, **told)
