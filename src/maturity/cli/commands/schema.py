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
    REGISTRY = "registry"
    RESULT = "result"


Kind = Annotated[
    SchemaKind,
    typer.Argument(metavar="KIND", help="questionnaire, rubric, city, cases, registry or result."),
]


QuestionnairesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--questionnaire",
        metavar="ID|PATH",
        help="Of city files: with the questions and options of this one. Repeatable.",
    ),
]


def schema(
    kind: Kind,
    questionnaire: QuestionnairesOption = None,
    output: OutputOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Write the JSON Schema (draft 2020-12) of a kind of file."""
    from maturity import api
    from maturity.base.errors import UsageError
    from maturity.cli.output import deliver, keep_inputs

    if questionnaire and kind is not SchemaKind.CITY:
        raise UsageError("questionnaire-of-city")
    keep_inputs(output, *(questionnaire or ()))
    of_city = api.city_schema_of(*questionnaire) if questionnaire else None
    deliver(of_city or api.schema(kind.value, lang.value), output)
