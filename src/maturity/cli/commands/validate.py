"""`maturity validate`: check questionnaires, rubrics, city files and case files."""

from pathlib import Path
from typing import Annotated

import typer

from maturity.base.codes import Severity
from maturity.cli.exits import Exit
from maturity.cli.options import QuietOption

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Files, or folders whose YAML files are all checked."),
]
FailLevel = Annotated[
    Severity, typer.Option("--fail-level", help="Exit 1 where a finding is at least so grave.")
]


def validate(
    paths: Paths, fail_level: FailLevel = Severity.ERROR, quiet: QuietOption = False
) -> None:
    """Check files, told apart by their `format:`; every finding with file, line and column."""
    from maturity import api
    from maturity.cli import console

    checked = api.validate(paths)
    shown = [one for one in checked.findings if not quiet or one.is_error]
    if shown:
        console.emit("\n".join(one.line() for one in shown))
    console.tell_all(checked.unreadable)
    if not quiet:
        console.tell(checked.summary())
    failed = checked.fails_at(fail_level)
    raise typer.Exit(Exit.REFUSED if checked.unreadable else Exit.FOUND if failed else Exit.DONE)
