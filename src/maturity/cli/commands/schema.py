"""`maturity schema`: JSON Schema of the file formats and of the result."""

from enum import StrEnum
from typing import Annotated

import typer

from maturity.cli.options import Language, LanguageOption, OutputOption


class SchemaKind(StrEnum):
    """What there is a schema of."""

    QUESTIONNAIRE = "questionnaire"
    RUBRIC = "rubric"
    CITY = "city"
    CASES = "cases"
    RESULT = "result"


Kind = Annotated[
    SchemaKind,
    typer.Argument(metavar="KIND", help="questionnaire, rubric, city, cases or result."),
]


def schema(kind: Kind, output: OutputOption = None, lang: LanguageOption = Language.EN) -> None:
    """Write the JSON Schema (draft 2020-12) of a kind of file."""
    from maturity import api
    from maturity.cli.output import deliver

    deliver(api.schema(kind.value, lang.value), output)
