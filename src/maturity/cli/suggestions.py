"""Suggested cases as a part of `maturity test`: what is asked for, and where they go."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from maturity.model.tested import CasesTold
    from maturity.render import CasesFormat

SuggestOption = Annotated[
    bool,
    typer.Option(
        "--suggest",
        help="Write cases that catch what no case notices, by a solver (maturity-ppp[prove]): to "
        "standard output, or a new file by -o.",
    ),
]
SecondsOption = Annotated[
    float,
    typer.Option(
        "--suggest-seconds",
        min=0,
        metavar="N",
        help="What the solver may take on a usual machine.",
    ),
]


def deliver_suggested(
    told: "CasesTold",
    format_: "CasesFormat",
    language: str,
    output: Path | None,
    *,
    force: bool,
    quiet: bool,
) -> None:
    """Cases to a new file, or to standard output; then the outcome goes to standard error.

    Raises:
        RefusedError: the file cannot be written, or is there.
        UsageError: there are cases of several rubrics.
    """
    from maturity import api
    from maturity.cli import console
    from maturity.cli.output import write

    text, outcome = api.saved_text(told.suggested), api.cases_text(told, format_, language)
    if text is not None and output is not None:
        write(output, text, replace=force)
    if text is not None and output is None:
        console.emit(text)
        if outcome and not quiet:
            console.tell(outcome)
    elif outcome:
        console.emit(outcome)
    if not quiet:
        count = sum(len(one.cases) for one in told.suggested)
        console.tell(console.say("proofs.suggested", count=count))
