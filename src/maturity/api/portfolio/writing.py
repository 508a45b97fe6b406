"""The state -> results, errors, portfolio: the second pass over what came out."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from maturity import __version__
from maturity.api.portfolio.context import Context
from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import UsageError
from maturity.base.naming import project_key
from maturity.base.places import Place
from maturity.base.text import LANGUAGES
from maturity.engines.tally import Tally
from maturity.loading.outcomes import STATE, lines_in, outcome_in
from maturity.model.flat import flat_order
from maturity.model.portfolio import Failed, Outcome, Portfolio, Scored
from maturity.render import ResultsFormat
from maturity.render.markdown.portfolio import portfolio_markdown
from maturity.render.results import RESULTS, Head, Results, head_of
from maturity.render.results.csv_ import CsvErrors

MANIFEST: Final = "manifest.json"
"""Names every file of an output: by it a later run knows what it may replace."""

ERRORS: Final = "errors.csv"
TOLD: Final = 20  # faults that are told on the spot


class Written(NamedTuple):
    """What was written."""

    portfolio: Portfolio
    first: tuple[Failed, ...]
    files: tuple[str, ...]


def write(
    context: Context,
    into: Path,
    format_: ResultsFormat,
    seen: Counter[str],
    carried: tuple[str, ...],
) -> Written:
    """Write the tables and pages of a run whose state is complete.

    `seen` counts projects by key: where one stands twice, every one of them is an error. `carried`
    are the columns that are passed on.
    """
    bundle = context.scoring.bundle
    tally = Tally(bundle, context.columns.conflicts)
    first: list[Failed] = []
    results = _results(format_, into / f"results.{format_}", head_of(bundle, carried))
    with closing(results), closing(CsvErrors(into / ERRORS)) as errors:
        for outcome in _outcomes(context, into, seen):
            for one in outcome.scored:
                results.add(one)
                tally.add(one)
            for fault in outcome.failed:
                errors.add(fault)
                tally.fail(fault, (outcome.path, outcome.row))
            first += outcome.failed[: TOLD - len(first)]
    portfolio = tally.portfolio()
    write_pages(context, into, portfolio)
    return Written(portfolio, tuple(first), write_manifest(context, into))


def _results(format_: ResultsFormat, path: Path, head: Head) -> Results:
    """What writes results in a format to a file."""
    if format_ != "duckdb":
        return RESULTS[format_](path, head)
    try:
        from maturity.api.portfolio.database_file import DatabaseResults
    except ModuleNotFoundError:
        raise UsageError("no-duckdb") from None
    return DatabaseResults(path, head)


def write_pages(context: Context, into: Path, portfolio: Portfolio) -> None:
    """Write the report on a portfolio, a page a language."""
    for language in LANGUAGES:
        text = portfolio_markdown(portfolio, context.words(language), context.rubric_used())
        (into / _page(language)).write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _outcomes(context: Context, into: Path, seen: Counter[str]) -> Iterator[Outcome]:
    keys = flat_order(context.scoring.bundle)
    for _, line in lines_in(into / STATE):
        yield _without_twins(outcome_in(line, keys), seen, context)


def _without_twins(outcome: Outcome, seen: Counter[str], context: Context) -> Outcome:
    """The outcome with its projects that stand elsewhere, too, as errors."""
    twins = [one for one in outcome.scored if seen[_key(one)] > 1]
    if not twins:
        return outcome
    for one in twins:
        _unwritten(one, context)
    kept = tuple(one for one in outcome.scored if seen[_key(one)] <= 1)
    faults = tuple(_twin(one, outcome, seen[_key(one)]) for one in twins)
    return outcome._replace(scored=kept, failed=(*outcome.failed, *faults))


def _twin(one: Scored, outcome: Outcome, count: int) -> Failed:
    city = one.city.in_language("en")
    return twin_fault(outcome.path, outcome.row, city, one.project, count)


def twin_fault(path: str, row: int, city: str, project: str, places: int) -> Failed:
    """M113: a project stands in several places; `row` is 0 for one in a city file."""
    message = f"the project {quoted(project)} of {quoted(city)} stands in {places} places"
    hint = "give each project an id of its own, or leave all but one out"
    place = Place(path, max(row, 1), 1)
    return Failed.of(Diagnostic.of(Code.DUPLICATE_PROJECT, place, message, hint))


def _unwritten(one: Scored, context: Context) -> None:
    """A report on a project that is not scored is no report."""
    if one.report is not None and context.reports is not None:
        (context.reports / one.report.split(" ")[0]).unlink(missing_ok=True)


def _key(one: Scored) -> str:
    return project_key(one.city.in_language("en"), one.project)


def _page(language: str) -> str:
    return "portfolio.md" if language == LANGUAGES[0] else f"portfolio.{language}.md"


def write_manifest(context: Context, into: Path) -> tuple[str, ...]:
    """Write which files there are, and what made them; give their names."""
    names = [path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file()]
    files = sorted([*names, MANIFEST])
    instrument, judgement = context.scoring.questionnaire, context.scoring.rubric
    told = {
        "format": "maturity/portfolio@1",
        "tool": {"name": "maturity", "version": __version__},
        "questionnaire": {"id": instrument.model.id, "digest": instrument.source.digest},
        "rubric": {"id": judgement.model.id, "digest": judgement.source.digest},
        "files": files,
    }
    (into / MANIFEST).write_text(f"{json.dumps(told, indent=1)}\n", encoding="utf-8", newline="\n")
    return tuple(files)
