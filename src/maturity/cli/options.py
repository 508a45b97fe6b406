"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """The languages of output, equals of each other."""

    EN = "en"
    ZH_HANT = "zh-Hant"


RubricOption = Annotated[
    str | None, typer.Option("--rubric", metavar="ID|PATH", help="The rubric to score with.")
]
RubricsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rubric",
        metavar="ID|PATH",
        help="A rubric to score with, if not that of the questionnaire. Repeatable.",
    ),
]
QuestionnaireOption = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        metavar="ID|PATH",
        help="The questionnaire, if not the file's own; of several, the one to use alone.",
    ),
]


def _spoken(language: Language) -> Language:
    from maturity.cli import console

    console.speak(language.value)
    return language


LanguageOption = Annotated[
    Language,
    typer.Option(
        "--lang",
        envvar="MATURITY_LANG",
        help="The language of the output.",
        callback=_spoken,
        is_eager=True,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file, whole or not at all."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No messages but errors.")]
NoColorOption = Annotated[bool, typer.Option("--no-color", help="No colour (also NO_COLOR).")]
CityArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="A city file; - reads standard input.")
]
FilesArgument = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="City files; - reads standard input.")
]
