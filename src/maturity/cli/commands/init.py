"""`maturity init`: a commented city file to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from maturity.cli.options import Language, LanguageOption

City = Annotated[Path, typer.Argument(metavar="CITY.yaml", help="The file to make.")]
Questionnaire = Annotated[
    str | None,
    typer.Option("--questionnaire", metavar="ID|PATH", help="The questionnaire to answer."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")]


def init(
    city: City,
    questionnaire: Questionnaire = None,
    lang: LanguageOption = Language.EN,
    force: Force = False,
) -> None:
    """Make a city file with every question, its guidance and its options, to be filled in."""
    from datetime import date

    from maturity import api
    from maturity.cli import console
    from maturity.cli.output import write

    text = api.city_form(questionnaire, lang.value, date.today())
    write(city, text, replace=force)
    console.tell(f"{city}: made; fill it in, then run `maturity assess {city}`")
