"""`maturity batch`: a portfolio out of city files and tables."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli.exits import Exit
from maturity.cli.options import (
    Language,
    LanguageOption,
    NoColorOption,
    QuietOption,
    RubricOption,
)
from maturity.engines import EngineName
from maturity.render import ResultsFormat

if TYPE_CHECKING:
    from maturity.api.portfolio.ahead import Ahead
    from maturity.api.portfolio.request import Batched, Request
    from maturity.cli.progress import Bar

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...",
        help="City files, tables (CSV, JSON Lines, Parquet, XLSX), folders and globs of them.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="The folder to write, whole or not at all."),
]
FormatOption = Annotated[ResultsFormat, typer.Option("--format", help="The table of results.")]
ReportsOption = Annotated[
    bool, typer.Option("--reports", help="Write an advisory report on each project, too.")
]
ColumnsOption = Annotated[
    Path | None,
    typer.Option(metavar="MAP.yaml", help="The headers and values of a foreign table, in ours."),
]
SuggestOption = Annotated[
    Path | None,
    typer.Option(
        metavar="TABLE", help="Write a start of such a map for a table, and nothing else."
    ),
]
QuestionnaireOption = Annotated[
    str | None,
    typer.Option(
        metavar="ID|PATH",
        help="The questionnaire of this run; city files of others are listed as errors.",
    ),
]
EncodingOption = Annotated[
    str | None, typer.Option(help="The encoding of CSV and JSON Lines; UTF-8 unless said.")
]
AssessedOption = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help="The date of assessment in reports on tables that give none; today unless said.",
    ),
]
EngineOption = Annotated[
    EngineName | None,
    typer.Option(
        help="What scores: duckdb unless said, or reference where it is missing or for --reports;"
        " spark on the cluster of --master."
    ),
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The cluster of --engine spark: spark://HOST:PORT, yarn, k8s://…, local[*].",
    ),
]
JobsOption = Annotated[
    int | None, typer.Option(min=1, help="How many processes score; one a core unless said.")
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Score everything anew; take nothing over from before.")
]


def batch(
    paths: Paths = None,
    output: OutputOption = None,
    format_: FormatOption = "csv",
    reports: ReportsOption = False,
    columns: ColumnsOption = None,
    suggest_columns: SuggestOption = None,
    encoding: EncodingOption = None,
    rubric: RubricOption = None,
    questionnaire: QuestionnaireOption = None,
    lang: LanguageOption = Language.EN,
    assessed: AssessedOption = None,
    engine: EngineOption = None,
    master: MasterOption = None,
    jobs: JobsOption = None,
    fresh: FreshOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Score many projects: a portfolio, tables of results and of what could not be scored."""
    if suggest_columns is not None:
        _suggest(suggest_columns, encoding, rubric, questionnaire, output)
        return
    jobs = jobs or os.cpu_count() or 1
    usable = _usable(paths, encoding, reports=reports, output=output)
    with _ahead(usable, None if fresh else output, jobs) as ahead:
        from maturity.api.portfolio.request import Request

        request = Request(
            paths=usable,
            assessed=assessed.date() if assessed else date.today(),
            rubric=rubric,
            questionnaire=questionnaire,
            columns=columns,
            encoding=encoding,
            format_=format_,
            reports=reports,
            language=lang.value,
            engine=engine,
            master=master,
            jobs=jobs,
        )
        done = _run(request, output, ahead, fresh=fresh, quiet=quiet)
    _show(done, lang.value, output, quiet=quiet, no_color=no_color)
    raise typer.Exit(_exit(done))


@contextmanager
def _ahead(paths: tuple[str, ...], output: Path | None, jobs: int) -> Iterator["Ahead | None"]:
    """Begin to look the inputs over, before the rest of the program is read."""
    from maturity.api.portfolio.ahead import looking_over

    found = looking_over(paths, output, jobs)
    with closing(found) if found else nullcontext():
        yield found


def _exit(done: "Batched") -> Exit:
    if not done.portfolio.totals.projects:
        return Exit.REFUSED
    return Exit.FOUND if done.portfolio.failed else Exit.DONE


def _usable(
    paths: list[str] | None, encoding: str | None, *, reports: bool, output: Path | None
) -> tuple[str, ...]:
    from maturity.base.errors import UsageError

    if not paths:
        raise UsageError("nothing-to-score")
    if reports and output is None:
        raise UsageError("reports-need-folder")
    try:
        "".encode("utf-8" if encoding is None else encoding)
    except (LookupError, ValueError):
        raise UsageError("no-encoding", given=encoding) from None
    return tuple(paths)


def _run(
    request: "Request", output: Path | None, ahead: "Ahead | None", *, fresh: bool, quiet: bool
) -> "Batched":
    """Score; Ctrl-C leaves the output as it is, and what was scored for the next run."""
    from maturity.cli import console
    from maturity.cli.progress import Bar
    from maturity.cli.stopping import stoppable

    try:
        with stoppable() as look, Bar(request.language, quiet=quiet, look=look) as bar:
            return _written(request, output, bar, ahead, fresh=fresh)
    except KeyboardInterrupt:
        console.tell(console.say("batch.stopped", folder=output or "-"))
        raise typer.Exit(Exit.INTERRUPTED) from None


def _written(
    request: "Request", output: Path | None, bar: "Bar", ahead: "Ahead | None", *, fresh: bool
) -> "Batched":
    """Score into a folder that then takes the place of the output, or into one thrown away.

    Where nothing could be scored nothing takes the place of anything.
    """
    from tempfile import TemporaryDirectory

    from maturity.api.portfolio.running import batch as run
    from maturity.api.portfolio.telling import in_full
    from maturity.cli.folder import publish, staged

    if output is None:
        with TemporaryDirectory(prefix="maturity-") as folder:
            return in_full(run(request, Path(folder), (), bar.tell), Path(folder))
    with staged(output) as staging:
        done = run(request, staging.into, () if fresh else staging.before, bar.tell, ahead)
        bar.look()
        if done.portfolio.totals.projects:
            publish(staging)
        return in_full(done, staging.into)


def _show(
    done: "Batched", language: str, output: Path | None, *, quiet: bool, no_color: bool
) -> None:
    from maturity.api.portfolio.telling import shown
    from maturity.cli import console

    is_nothing = not done.portfolio.totals.projects
    if not quiet:
        console.tell_all(done.warnings)
    for folder in done.empty if is_nothing or not quiet else ():
        console.tell(console.say("batch.empty", folder=folder))
    console.tell_all(fault.told for fault in done.first)
    if done.portfolio.failed > len(done.first):
        rest = done.portfolio.failed - len(done.first)
        where = "batch.more-left" if is_nothing else "batch.more"
        console.tell(console.say(where, count=f"{rest:,}"))
    if is_nothing:
        console.tell(console.say("batch.nothing"))
        return
    color = console.has_color(no_color)
    console.emit(shown(done, language, console.width(), color=color))
    if quiet or output is None:
        return
    if done.reused:
        told = {"reused": f"{done.reused:,}", "units": f"{done.units:,}"}
        console.tell(console.say("batch.reused", **told))
    console.tell(console.say("batch.written", folder=output, files=_files(done)))


def _files(done: "Batched") -> str:
    """The files at the top; reports are counted."""
    from maturity.cli import console

    reports = [name for name in done.files if name.startswith("reports/")]
    top = list(dict.fromkeys(name.split("/")[0] for name in done.files if name not in set(reports)))
    below = len(reports)
    told = [*top, *([console.say("batch.reports", count=f"{below:,}")] if below else [])]
    return console.say("common.list-separator").join(told)


def _suggest(
    table: Path,
    encoding: str | None,
    rubric: str | None,
    questionnaire: str | None,
    output: Path | None,
) -> None:
    from maturity.api.portfolio.suggesting import suggested_columns
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, table, rubric, questionnaire)
    deliver(suggested_columns(table, encoding, rubric, questionnaire), output)
