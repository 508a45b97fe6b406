"""`maturity test`: run the worked cases of rubrics, and measure what they guard."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maturity.cli.exits import Exit
from maturity.cli.options import (
    Language,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
    RubricOption,
)
from maturity.cli.proofs import ForceOption
from maturity.cli.suggestions import SecondsOption, SuggestOption, deliver_suggested
from maturity.render import CasesFormat

if TYPE_CHECKING:
    from maturity.model.tested import CasesTold

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Case files, or folders with *.cases.yaml files."),
]
NameOption = Annotated[
    str, typer.Option("-k", metavar="TEXT", help="Only cases with this text in their name.")
]
TraceOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show why a value is not as expected.")
]
FormatOption = Annotated[CasesFormat, typer.Option("--format", help="What to write.")]
CoverageOption = Annotated[
    bool, typer.Option("--coverage", help="List outcomes, options, thresholds no case reaches.")
]
MinCoverage = Annotated[
    float | None,
    typer.Option(min=0, max=100, metavar="N", help="Exit 1 where coverage is below N percent."),
]
MutateOption = Annotated[
    bool, typer.Option("--mutate", help="List small changes to the rubric that no case notices.")
]
Mutants = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Try a fixed sample of N such changes.")
]
MinCaught = Annotated[
    float | None,
    typer.Option(min=0, max=100, metavar="N", help="Exit 1 where under N percent are noticed."),
]
Jobs = Annotated[int, typer.Option(min=1, max=64, metavar="N", help="In so many processes.")]


def test(
    paths: Paths,
    name: NameOption = "",
    verbose: TraceOption = False,
    coverage: CoverageOption = False,
    min_coverage: MinCoverage = None,
    mutate: MutateOption = False,
    mutants: Mutants = None,
    min_caught: MinCaught = None,
    suggest: SuggestOption = False,
    suggest_seconds: SecondsOption = 60.0,
    force: ForceOption = False,
    jobs: Jobs = 1,
    format_: FormatOption = "text",
    output: OutputOption = None,
    rubric: RubricOption = None,
    questionnaire: QuestionnaireOption = None,
    lang: LanguageOption = Language.EN,
    quiet: QuietOption = False,
) -> None:
    """Run worked cases: every expectation that fails is told with what came out instead."""
    from maturity import api
    from maturity.cli import console
    from maturity.cli.output import deliver, keep_inputs

    keep_inputs(output, *paths, rubric, questionnaire)
    wanted = api.Wanted(
        name=name,
        trace=verbose,
        language=lang.value,
        coverage=coverage or min_coverage is not None,
        mutate=mutate or suggest or mutants is not None or min_caught is not None,
        mutants=mutants,
        jobs=jobs,
        suggest=suggest_seconds if suggest else None,
    )
    told = api.run_cases(paths, rubric, questionnaire, wanted)
    if suggest:
        deliver_suggested(told, format_, lang.value, output, force=force, quiet=quiet)
    else:
        text = api.cases_text(told, format_, lang.value)
        if text or output:
            deliver(text, output)
    if not quiet:
        console.tell(api.cases_summary(told, lang.value))
    raise typer.Exit(_exit(told, min_coverage, min_caught))


def _exit(told: "CasesTold", min_coverage: float | None, min_caught: float | None) -> Exit:
    low = told.below("coverage", min_coverage) or told.below("mutants", min_caught)
    return Exit.FOUND if told.failures or low else Exit.DONE
