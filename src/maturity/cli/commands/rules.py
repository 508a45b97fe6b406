"""`maturity rules`: the catalogue of diagnostics."""

from typing import Annotated

import typer

from maturity.cli.options import Language, LanguageOption

CodeArgument = Annotated[
    str | None,
    typer.Argument(metavar="[CODE]", help="A code by number or word; all of them if none."),
]


def rules(code: CodeArgument = None, lang: LanguageOption = Language.EN) -> None:
    """Tell what a diagnostic means, why it matters, with a bad and a good example."""
    from maturity import api
    from maturity.cli import console

    console.emit(api.rules(code, lang.value))
