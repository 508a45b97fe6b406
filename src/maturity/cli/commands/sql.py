"""`maturity sql`: a rubric as one query, for a warehouse."""

from typing import Annotated

import typer

from maturity.cli.options import Language, LanguageOption, OutputOption, QuestionnaireOption
from maturity.engines.sql.dialect import Dialect

RubricArgument = Annotated[
    str | None,
    typer.Argument(metavar="[RUBRIC]", help="A rubric by id or path; the shipped one if none."),
]
DialectOption = Annotated[
    Dialect, typer.Option("--dialect", help="The database that is to run the query.")
]
TableOption = Annotated[
    str,
    typer.Option(
        "--table",
        metavar="NAME",
        help="The table of answers: a project a row, as text. Dots part catalog, schema and table, "
        'but within double quotes: sch.answers, sch."my.table".',
    ),
]
SidesOption = Annotated[
    bool,
    typer.Option("--sides", help="The table has government.ID and private.ID columns, too."),
]


def sql(
    rubric: RubricArgument = None,
    questionnaire: QuestionnaireOption = None,
    dialect: DialectOption = Dialect.DUCKDB,
    table: TableOption = "answers",
    sides: SidesOption = False,
    output: OutputOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Write a rubric as one SQL query that scores a table of answers."""
    from maturity import api
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, rubric, questionnaire)
    text = api.sql(rubric, questionnaire, dialect, table, sides=sides, language=lang.value)
    deliver(text, output)
