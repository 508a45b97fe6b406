"""Proofs as a part of `maturity validate`: what is asked for, and what is saved of them."""

from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from maturity.api.checking import Proving
    from maturity.model.checked import Checked
    from maturity.model.proofs import Tally

ProveOption = Annotated[
    bool,
    typer.Option(
        "--prove",
        help="Hold each rubric to all possible answers, by a solver (maturity-ppp[prove]).",
    ),
]
SecondsOption = Annotated[
    float,
    typer.Option(
        "--prove-seconds",
        min=0,
        metavar="N",
        help="What the proofs of one rubric may take on a usual machine.",
    ),
]
SaveOption = Annotated[
    Path | None,
    typer.Option(
        "--save-counterexamples",
        metavar="FILE",
        help="Prove, and write what refutes a promise as worked cases to a new file.",
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")]


def proving(prove: bool, seconds: float, save: Path | None) -> "Proving | None":
    """That rubrics are to be proved, if it is asked for."""
    from maturity import api

    return api.Proving(seconds, monotonic) if prove or save is not None else None


def conclude(checked: "Checked", save: Path | None, *, force: bool, quiet: bool) -> None:
    """Save counterexamples, and tell what was proved.

    Raises:
        RefusedError: the file cannot be written, is there and must not be replaced, or was read and
            holds no cases.
        UsageError: there are counterexamples of several rubrics.
    """
    from maturity import api
    from maturity.cli import console
    from maturity.cli.output import keep_inputs, write

    if save is not None and not _holds_cases(save):
        keep_inputs(save)
    text = api.saved_text(checked.counterexamples) if save is not None else None
    if save is not None and text is not None:
        write(save, text, replace=force, is_own=_holds_cases(save))
    if quiet:
        return
    if checked.proofs is not None:
        console.tell(_summary(checked.proofs))
    if save is not None:
        told = "saved" if text is not None else "none-to-save"
        console.tell(console.say(f"proofs.{told}", file=save))


def _holds_cases(path: Path) -> bool:
    """Whether cases stand there, which an earlier run may have saved where this one looks."""
    try:
        return b"maturity/cases@" in path.read_bytes()[:4096]
    except OSError:
        return False


def _summary(tally: "Tally") -> str:
    """One line."""
    from maturity.cli import console

    counts = {key: f"{number:,}" for key, number in asdict(tally).items()}
    said = console.say("proofs.summary", **{**counts, "seconds": f"{tally.seconds:.1f}"})
    if not tally.remarks:
        return said
    return console.say("proofs.remarks", summary=said, count=counts["remarks"])
