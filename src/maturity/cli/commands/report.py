"""`maturity report`: the advisory report in Markdown."""

from typing import Annotated

import typer

from maturity.cli.options import (
    FilesArgument,
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
    files: FilesArgument,
    output: OutputOption = None,
    rubric: RubricsOption = None,
    questionnaire: QuestionnaireOption = None,
    lang: LanguageOption = Language.EN,
    template: TemplateOption = None,
) -> None:
    """Write the advisory report of city files in Markdown."""
    from maturity import api
    from maturity.cli.inputs import city_source
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, *files, *(rubric or ()), questionnaire, template)
    models = api.Models()
    assessed = [api.assess(city_source(one), rubric, questionnaire, models) for one in files]
    deliver(api.markdown_reports(assessed, lang.value, template), output)
