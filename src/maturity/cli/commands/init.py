"""`maturity init`: a commented city file to fill in, or the first files of a model to write."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from maturity.cli.options import Language, LanguageOption

Target = Annotated[
    Path | None,
    typer.Argument(
        metavar="CITY.yaml",
        help="The city file to make. With --rubric: the folder for the files, if not this one.",
        show_default=False,
    ),
]
Questionnaire = Annotated[
    list[str] | None,
    typer.Option(
        "--questionnaire", metavar="ID|PATH", help="A questionnaire to answer. Repeatable."
    ),
]
Rubric = Annotated[
    str | None,
    typer.Option(
        "--rubric", metavar="ID", help="Make a rubric with its questionnaire and cases instead."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


def init(
    target: Target = None,
    questionnaire: Questionnaire = None,
    rubric: Rubric = None,
    lang: LanguageOption = Language.EN,
    force: Force = False,
) -> None:
    """Make a city file with every question, its guidance and its options, to be filled in.

    With --rubric: a small model to build on, valid, in both languages, with cases that hold.
    """
    from maturity.base.errors import UsageError

    if rubric is not None:
        if questionnaire:
            raise UsageError("rubric-or-questionnaire")
        _model(rubric, target or Path(), lang, force=force)
    elif target is None:
        raise UsageError("nothing-to-make")
    else:
        _city(target, questionnaire, lang, force=force)


def _city(city: Path, questionnaires: list[str] | None, lang: Language, *, force: bool) -> None:
    from maturity import api
    from maturity.cli import console
    from maturity.cli.output import write

    text = api.city_form(questionnaires or (), lang.value, date.today())
    write(city, text, replace=force)
    console.tell(console.say("form.made", file=city))


def _model(name: str, folder: Path, lang: Language, *, force: bool) -> None:
    from maturity import api
    from maturity.cli import console
    from maturity.cli.output import write_all

    files = {folder / file: text for file, text in api.model_form(name, lang.value).items()}
    write_all(files, replace=force)
    for file in files:
        console.tell(console.say("skeleton.made", file=file))
    console.tell(console.say("skeleton.next", folder=folder))
