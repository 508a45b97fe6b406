"""`maturity report`: the advisory report in Markdown."""

from typing import Annotated

import typer

from maturity.cli.options import (
    CityArgument,
    Language,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    RubricsOption,
)

TemplateOption = Annotated[
    str | None,
    typer.Option(
        "--template",
        metavar="NAME|FILE",
        help="Another shipped template, or a firm's own (Jinja, run in a sandbox).",
    ),
]


def report(
    file: CityArgument,
    output: OutputOption = None,
    rubric: RubricsOption = None,
    questionnaire: QuestionnaireOption = None,
    lang: LanguageOption = Language.EN,
    template: TemplateOption = None,
) -> None:
    """Write the advisory report of a city file in Markdown."""
    from maturity import api
    from maturity.cli.inputs import city_source
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, file, *(rubric or ()), questionnaire, template)
    assessed = api.assess(city_source(file), rubric, questionnaire)
    deliver(api.markdown_report(assessed, lang.value, template), output)
