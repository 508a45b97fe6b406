"""`maturity diff`: two versions of a rubric or questionnaire, by meaning."""

from pathlib import Path
from typing import Annotated

import typer

from maturity.cli.exits import Exit
from maturity.cli.options import (
    Language,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    RubricOption,
)
from maturity.render import DiffFormat

Old = Annotated[
    str, typer.Argument(metavar="OLD", help="A file, or git:REV:path for a file at a revision.")
]
New = Annotated[str, typer.Argument(metavar="NEW", help="The same, of the newer version.")]
Cities = Annotated[
    list[Path] | None,
    typer.Option(metavar="PATH", help="City files or a folder to try both on. Repeatable."),
]
Cases = Annotated[
    list[Path] | None,
    typer.Option(metavar="PATH", help="Case files or a folder to try both on. Repeatable."),
]
FormatOption = Annotated[DiffFormat, typer.Option("--format", help="What to write.")]


def diff(
    old: Old,
    new: New,
    cities: Cities = None,
    cases: Cases = None,
    format_: FormatOption = "text",
    output: OutputOption = None,
    rubric: RubricOption = None,
    questionnaire: QuestionnaireOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Tell what changed in meaning, what comes out otherwise, and whether the version says so."""
    from maturity import api
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, old, new, *(cities or ()), *(cases or ()), rubric, questionnaire)
    against = api.Against(cities or (), cases or (), rubric, questionnaire)
    compared = api.compare(old, new, against)
    deliver(api.compared_text(compared, format_, lang.value), output)
    raise typer.Exit(Exit.FOUND if compared.findings else Exit.DONE)
