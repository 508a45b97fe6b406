"""The command line: every command, and what becomes of an exception."""

import atexit
import gc
import os
import sys
from typing import Annotated

import typer

from maturity import __version__
from maturity.base.inputs import remembered
from maturity.cli.commands.assess import assess
from maturity.cli.commands.batch import batch
from maturity.cli.commands.diff import diff
from maturity.cli.commands.explain import explain
from maturity.cli.commands.init import init
from maturity.cli.commands.list import list_
from maturity.cli.commands.report import report
from maturity.cli.commands.rules import rules
from maturity.cli.commands.schema import schema
from maturity.cli.commands.sql import sql
from maturity.cli.commands.test import test
from maturity.cli.commands.validate import validate
from maturity.cli.exits import Exit
from maturity.cli.usage import Commands

app = typer.Typer(
    name="maturity",
    cls=Commands,
    help="Assess the maturity of public-private partnerships in smart cities, from both sides.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("init")(init)
app.command("assess")(assess)
app.command("report")(report)
app.command("explain")(explain)
app.command("batch")(batch)
app.command("validate")(validate)
app.command("test")(test)
app.command("diff")(diff)
app.command("rules")(rules)
app.command("schema")(schema)
app.command("sql")(sql)
app.command("list")(list_)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"maturity {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
]


@app.callback()
def _options(context: typer.Context, _version: Version = False) -> None:
    """Assess the maturity of public-private partnerships in smart cities, from both sides."""
    context.with_resource(remembered())


def main() -> None:
    """Run the command line. A fault of ours is told in one line and ends with exit code 70.

    Plugins that happen to be installed for pydantic are left alone: they could change what a
    model accepts, and looking for them takes time.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(1_000_000, 20, 20)  # models are many small objects that live to the end
    atexit.register(gc.freeze)  # and need not be looked through before they go
    try:
        app()
    except Exception as error:  # noqa: BLE001 - the last net: nobody is shown a traceback
        sys.exit(_failed(error))


def _failed(error: Exception) -> Exit:
    from maturity.base.errors import RefusedError, UsageError
    from maturity.cli import console

    match error:
        case RefusedError(diagnostics=diagnostics, may_hide=may_hide):
            console.tell_all(diagnostics)
            if may_hide:
                console.tell(console.say("findings.more"))
            return Exit.REFUSED
        case UsageError(key=key, parameters=parameters, hint=hint):
            said = console.say(f"usage.{key}", **parameters)
            if hint:
                hinted = console.say(f"usage.{hint}", **parameters)
                said = console.say("usage.hinted", said=said, hint=hinted)
            console.tell(f"maturity: {said}")
            return Exit.USAGE
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_globals.get('__name__')}:{where.tb_lineno}" if where else "?"
    console.tell(
        f"maturity {__version__} failed: {type(error).__name__} at {place}. This is a fault of "
        "the program: please report this line with the command and, if you may, the input file."
    )
    return Exit.FAULT
