"""`maturity list`: what comes with the program."""

from enum import StrEnum
from typing import Annotated

import typer

from maturity.cli.options import Language, LanguageOption


class ShippedKind(StrEnum):
    """What can be listed by itself."""

    QUESTIONNAIRES = "questionnaires"
    RUBRICS = "rubrics"
    REGISTRIES = "registries"
    TEMPLATES = "templates"


Kind = Annotated[
    ShippedKind | None,
    typer.Argument(
        metavar="[KIND]", help="questionnaires, rubrics, registries or templates; all if none."
    ),
]


def list_(kind: Kind = None, lang: LanguageOption = Language.EN) -> None:
    """List the shipped questionnaires, rubrics, registries and templates of reports."""
    from maturity import api
    from maturity.cli import console

    console.emit(api.shipped_models(lang.value, kind.value if kind else None))
