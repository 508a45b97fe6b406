"""Tell an assessment: render it, explain a value of it, hold it against gates."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from maturity.base.errors import UsageError
from maturity.base.nearest import nearest
from maturity.base.text import FALLBACK
from maturity.engines.explained import outputs_named
from maturity.engines.gates import Closed, closed_gates, gate_names
from maturity.i18n.catalog import catalog
from maturity.loading.models import fetch_text
from maturity.model.report import Report
from maturity.render import Format
from maturity.render.words import Words


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
    return Words(catalog(language), report.bundle)


def render(reports: Sequence[Report], format_: Format, look: Look, *, several: bool = False) -> str:
    """Reports as text of a format, in one document; `several` makes a list of the JSON results."""
    match format_:
        case "json":
            from maturity.render.json_v1 import json_text

            texts = [json_text(report) for report in reports]
            return f"[{','.join(texts)}]" if several else texts[0]
        case "markdown":
            return "\n".join(markdown_report(report, look.language) for report in reports)
        case "text":
            from maturity.render.terminal import terminal

            return "\n".join(
                terminal(
                    report, words_for(report, look.language), look.width, look.color, look.models
                )
                for report in reports
            )
    assert_never(format_)


def markdown_report(report: Report, language: str, template: Path | None = None) -> str:
    """The advisory report in Markdown, by our template or by a firm's own.

    Raises:
        RefusedError: the template cannot be read, or fails.
    """
    from maturity.render.markdown import markdown

    if template is None:
        return markdown(report, words_for(report, language))
    shown, text = fetch_text(template)
    return markdown(report, words_for(report, language), text, shown)


def explanation(report: Report, what: str, project: str | None, language: str) -> str:
    """Why a value is what it is, in one project or in every one.

    Raises:
        UsageError: there is no such value, or no such project.
    """
    from maturity.render.explain import explanation as explained

    outputs = outputs_named(report.bundle, what)
    if not outputs:
        known = [name for _, name in known_outputs(report)]
        raise _no_such("value", what, known)
    chosen = [one for one in report.projects if project in (None, one.project.id)]
    if not chosen:
        raise _no_such("project", project or "", [p.id for p in report.city.projects])
    words = words_for(report, language)
    return "\n".join(explained(report, one, output, words) for one in chosen for output in outputs)


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
    known = gate_names(report.bundle)
    for gate in gates:
        if gate not in known:
            raise _no_such("gate", gate, list(known))
    closed = closed_gates(report.bundle, report.result, list(gates))
    return [_closed(one, language) for one in closed]


def _closed(closed: Closed, language: str) -> str:
    key = "gate.closed-by" if closed.flags else "gate.closed"
    flags = ", ".join(closed.flags)
    return catalog(language).say(key, gate=closed.gate, project=closed.project, flags=flags)


def _no_such(kind: str, word: str, known: list[str]) -> UsageError:
    near = nearest(word, known)
    hint = "did-you-mean" if near else "there-is"
    return UsageError(f"no-{kind}", hint, given=word, word=near, known=", ".join(known[:20]))
