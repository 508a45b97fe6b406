"""`maturity explain`: why a tier, score, checklist item or flag is what it is."""

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

What = Annotated[
    str | None,
    typer.Argument(
        metavar="[WHAT]",
        help="A ladder, score, decision, checklist item, flag or recommendation by its id; "
        "stage.id where an id stands in two stages (ladder.operating). If none, all are listed.",
        show_default=False,
    ),
]
ProjectOption = Annotated[
    str | None, typer.Option("--project", metavar="ID", help="Only this project of the file.")
]


def explain(
    file: CityArgument,
    what: What = None,
    project: ProjectOption = None,
    output: OutputOption = None,
    rubric: RubricsOption = None,
    questionnaire: QuestionnaireOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Explain a value down to the answers, and what would change it."""
    from maturity import api
    from maturity.cli import console
    from maturity.cli.inputs import city_source
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, file, *(rubric or ()), questionnaire)
    assessed = api.assess(city_source(file), rubric, questionnaire)
    if what is None:
        deliver(api.explainable(assessed, lang.value, project), output)
        return
    look = api.Look(lang.value, console.width(output))
    deliver(api.explanation(assessed, what, project, look), output)
