"""`maturity test`: run the worked cases of rubrics."""

from pathlib import Path
from typing import Annotated

import typer

from maturity.cli.exits import Exit
from maturity.cli.options import QuestionnaireOption, QuietOption, RubricOption

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Case files, or folders with *.cases.yaml files."),
]


def test(
    paths: Paths,
    rubric: RubricOption = None,
    questionnaire: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Run worked cases: every expectation that fails is told with what came out instead."""
    from maturity import api
    from maturity.cli import console

    outcome = api.run_cases(paths, rubric, questionnaire)
    if outcome.failures:
        console.emit("\n".join(outcome.failures))
    if not quiet:
        console.tell(outcome.summary())
    raise typer.Exit(Exit.FOUND if outcome.failures else Exit.DONE)
