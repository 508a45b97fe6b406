"""The advisory report in Markdown: what a consultant signs and takes into the meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maturity.model.report import Report
from maturity.render.words import Words

__all__ = ["markdown", "markdown_together"]


def markdown(
    report: Report, words: Words, template: str | None = None, shown: str = "template"
) -> str:
    """The report in the language of `words`, by our template or by the text of a user's own.

    Same input, same bytes. Every text of the city file and of the models is escaped, in a
    user's template too. `shown` is the name of that template in messages.

    Raises:
        RefusedError: the user's template cannot be used.
    """
    return markdown_together([(report, words)], template, shown)


def markdown_together(
    reports: Sequence[tuple[Report, Words]], template: str | None = None, shown: str = "template"
) -> str:
    """Several reports as `markdown`: one after the other, or in one by a template of `reports`.

    Raises:
        RefusedError: the user's template cannot be used.
    """
    from maturity.render.markdown import templating  # noqa: PLC0415 - Jinja only when it is needed
    from maturity.render.markdown.view import report_view  # noqa: PLC0415 - and all of the report

    if len(reports) > 1 and not (template and templating.is_of_several(template)):
        return "\n".join(markdown(one, words, template, shown) for one, words in reports)
    views = [report_view(one, words) for one, words in reports]
    words = reports[0][1]

    def say(key: str, **parameters: object) -> str:
        return words.say(f"report.{key}", **parameters)

    context = {"report": views[0], "reports": views, "say": say, "language": words.language}
    if template is not None:
        return templating.fill_foreign(context, template, shown)
    return re.sub(r"\n{3,}", "\n\n", templating.fill(context)).strip("\n") + "\n"
