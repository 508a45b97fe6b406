"""`maturity validate`: check questionnaires, rubrics, city files and case files."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.base.codes import Severity
from maturity.cli.exits import Exit
from maturity.cli.options import Language, LanguageOption, OutputOption, QuietOption
from maturity.cli.proofs import (
    ForceOption,
    ProveOption,
    SaveOption,
    SecondsOption,
    conclude,
    proving,
)
from maturity.render.findings import FindingFormat

if TYPE_CHECKING:
    from maturity.base.diagnostics import Diagnostic
    from maturity.loading.sources import Source
    from maturity.model.checked import Checked, Settings

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        envvar="MATURITY_PATHS",
        show_envvar=False,
        help="Files, or folders whose YAML files are all checked but hidden ones; - reads standard "
        "input. If none, the `paths` of the settings.",
    ),
]
FailLevel = Annotated[
    Severity | None,
    typer.Option(
        "--fail-level",
        envvar="MATURITY_FAIL_LEVEL",
        show_envvar=False,
        help="Exit 1 where a finding is at least so grave; error unless said.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        envvar="MATURITY_SELECT",
        show_envvar=False,
        help="Tell only these: M305, its word, or the beginning M3; commas part several.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODES",
        envvar="MATURITY_IGNORE",
        show_envvar=False,
        help="Do not tell these, only count them.",
    ),
]
FormatOption = Annotated[
    FindingFormat, typer.Option("--format", help="For people, or for a tool that shows findings.")
]
StdinName = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename",
        metavar="NAME",
        help="Check standard input as if it were this file.",
    ),
]


def validate(
    paths: Paths = None,
    format_: FormatOption = FindingFormat.TEXT,
    output: OutputOption = None,
    fail_level: FailLevel = None,
    select: Select = None,
    ignore: Ignore = None,
    stdin_filename: StdinName = None,
    prove: ProveOption = False,
    prove_seconds: SecondsOption = 60.0,
    save_counterexamples: SaveOption = None,
    force: ForceOption = False,
    lang: LanguageOption = Language.EN,
    quiet: QuietOption = False,
) -> None:
    """Check files, told apart by their `format:`; every finding with file, line and column.

    Settings: `[tool.maturity]` in pyproject.toml, or maturity.toml; above them MATURITY_SELECT,
    MATURITY_IGNORE, MATURITY_FAIL_LEVEL and MATURITY_PATHS; above these the options.
    """
    from maturity import api
    from maturity.base.errors import RefusedError, UsageError
    from maturity.cli.output import keep_inputs

    settings, also = _settings(select, ignore, fail_level)
    named = paths or ([Path("-")] if stdin_filename else list(settings.paths))
    if not named and also:
        raise RefusedError(also)
    if not named:
        raise UsageError("no-path")
    given = _standard_input(stdin_filename) if Path("-") in named else None
    asked = proving(prove, prove_seconds, save_counterexamples)
    for one in (output, save_counterexamples):
        keep_inputs(one, *named)
    checked = api.validate(named, settings, given, also, asked)
    _tell(checked, format_, output, lang, quiet=quiet)
    conclude(checked, save_counterexamples, force=force, quiet=quiet)
    if checked.unreadable:
        raise typer.Exit(Exit.REFUSED)
    raise typer.Exit(Exit.FOUND if checked.fails_at(settings.fail_level) else Exit.DONE)


def _settings(
    select: list[str] | None, ignore: list[str] | None, fail_level: Severity | None
) -> "tuple[Settings, list[Diagnostic]]":
    """The settings of the file with those of flags and environment above, and its faults."""
    from maturity import api
    from maturity.loading.settings import settings_near

    settings, also = settings_near(Path.cwd())
    if select:
        settings = replace(settings, select=api.codes_named(select))
    if ignore:
        settings = replace(settings, ignore=api.codes_named(ignore), excused=())
    return replace(settings, fail_level=fail_level or settings.fail_level), also


def _standard_input(name: str | None) -> "Source":
    from maturity.loading.limits import DEFAULT_LIMITS
    from maturity.loading.sources import Source, shown_as

    raw = sys.stdin.buffer.read(DEFAULT_LIMITS.size + 1)
    return Source(shown_as(Path(name)), raw, Path(name)) if name else Source("<stdin>", raw)


def _tell(
    checked: "Checked",
    format_: FindingFormat,
    output: Path | None,
    lang: Language,
    *,
    quiet: bool,
) -> None:
    """Findings to standard output or a file; what could not be read, and a summary, to the other.

    Raises:
        RefusedError: the file cannot be written.
    """
    from maturity.cli import console
    from maturity.cli.output import deliver
    from maturity.render.findings import findings_as, summary

    shown = tuple(one for one in checked.findings if not quiet or one.is_error)
    text = findings_as(format_, replace(checked, findings=shown), lang.value)
    if text or output:
        deliver(text, output)
    console.tell_all(checked.unreadable)
    if not quiet:
        console.tell(summary(checked, lang.value))
