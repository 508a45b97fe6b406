"""`maturity assess`: score city files."""

from typing import Annotated

import typer

from maturity.cli.exits import Exit
from maturity.cli.options import (
    FilesArgument,
    Language,
    LanguageOption,
    NoColorOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
    RubricsOption,
)
from maturity.render import Format

FormatOption = Annotated[Format, typer.Option("--format", help="What to write.")]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="GATE",
        help="Exit 1 where a project surely has this verdict (over-extended), has no sure verdict "
        "(undetermined), or a raised flag of this severity or above (critical). Repeatable.",
    ),
]


def assess(
    files: FilesArgument,
    rubric: RubricsOption = None,
    questionnaire: QuestionnaireOption = None,
    lang: LanguageOption = Language.EN,
    format_: FormatOption = "text",
    output: OutputOption = None,
    fail_on: FailOn = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Score city files: tiers, verdict, scores, checklists, flags, what to ask next."""
    from maturity import api
    from maturity.base.errors import RefusedError
    from maturity.cli import console
    from maturity.cli.inputs import city_source
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, *files, *(rubric or ()), questionnaire)
    models = api.Models()
    reports, refused, may_hide = [], False, False
    for file in files:
        try:
            reports.append(api.assess(city_source(file), rubric, questionnaire, models))
        except RefusedError as error:
            console.tell_all(error.diagnostics)
            refused, may_hide = True, may_hide or error.may_hide
    if may_hide:
        console.tell(console.say("findings.more"))
    gates = fail_on or ()
    closed = [line for one in reports for line in api.gates_closed(one, gates, lang.value)]
    if reports and not (refused and output):
        color = output is None and console.has_color(no_color)
        look = api.Look(lang.value, console.width(output), color, _models(rubric, questionnaire))
        deliver(api.render(reports, format_, look, several=len(files) > 1), output)
    for line in closed if not quiet else ():
        console.tell(line)
    raise typer.Exit(Exit.REFUSED if refused else Exit.FOUND if closed else Exit.DONE)


def _models(rubrics: list[str] | None, questionnaire: str | None) -> tuple[str, ...]:
    """The options that chose the models, as they were given."""
    given = [("--rubric", rubric) for rubric in rubrics or ()]
    given += [("--questionnaire", questionnaire)] if questionnaire else []
    return tuple(word for option in given for word in option)
