"""The advisory report in Markdown: what a consultant signs and takes into the meeting."""

from __future__ import annotations

import re

from maturity.model.report import Report
from maturity.render.markdown.view import report_view
from maturity.render.words import Words

__all__ = ["markdown"]


def markdown(
    report: Report, words: Words, template: str | None = None, shown: str = "template"
) -> str:
    """The report in the language of `words`, by our template or by the text of a user's own.

    Same input, same bytes. Every text of the city file and of the models is escaped, in a
    user's template too. `shown` is the name of that template in messages.

    Raises:
        RefusedError: the user's template cannot be used.
    """
    from maturity.render.markdown import templating  # noqa: PLC0415 - Jinja only when it is needed

    def say(key: str, **parameters: object) -> str:
        return words.say(f"report.{key}", **parameters)

    context = {"report": report_view(report, words), "say": say, "language": words.language}
    if template is not None:
        return templating.fill_foreign(context, template, shown)
    return re.sub(r"\n{3,}", "\n\n", templating.fill(context)).strip("\n") + "\n"
