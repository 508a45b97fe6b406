"""`maturity batch` from its paths to its folder."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from maturity.api.models import Models, Scoring, refuse_errors
from maturity.api.portfolio.ahead import Ahead
from maturity.api.portfolio.context import Context, rubric_named
from maturity.api.portfolio.engines import engine_of
from maturity.api.portfolio.request import Batched, Inputs, Job, Request, Telling
from maturity.api.portfolio.reusing import REPORTS
from maturity.api.portfolio.unused import unused_headers
from maturity.checks.columns import check_columns
from maturity.loading.columns import columns_in, targets
from maturity.loading.folders import empty_folders, files_of
from maturity.loading.models import Loaded
from maturity.model.columns import Columns
from maturity.model.flat import words_under

NO_COLUMNS = Columns(format="maturity/columns@1")


def batch(
    request: Request,
    into: Path,
    before: Sequence[Path],
    tell: Telling,
    ahead: Ahead | None = None,
) -> Batched:
    """Score a portfolio into an empty folder, with what the folders of earlier runs hold.

    `ahead`: looks the inputs over, and has begun before.

    Raises:
        RefusedError: the models or the column map cannot be used.
        UsageError: it is not clear which rubric is meant, or a library is missing.
    """
    engine = engine_of(request)
    context = context_of(request, into)
    job = Job(request, context, Inputs(request.paths, ahead), into, before, tell)
    done = engine(job)
    is_here = request.engine != "spark"  # a cluster reads folders otherwise
    empty = tuple(empty_folders(request.paths, job.inputs.files)) if is_here else ()
    return done._replace(warnings=tuple(unused_headers(job)), empty=empty)


def context_of(request: Request, into: Path) -> Context:
    """What holds for every unit; makes the folder of the reports, where they are wanted.

    Raises:
        RefusedError: the models or the column map cannot be used.
    """
    loaded = columns_in(request.columns) if request.columns else None
    named = request.questionnaire or (loaded.model.questionnaire if loaded else None)
    models = Models()
    rubric = rubric_named(request.rubric, named, files_of(request.paths), models)
    columns = loaded.model if loaded else NO_COLUMNS
    facts = (columns, request.assessed, request.language)
    context = Context(rubric, request.questionnaire, *facts, models=models)
    if loaded is not None:
        refuse_misfit(loaded, context.scoring)
    if request.reports:
        (into / REPORTS).mkdir()
        context = replace(context, reports=into / REPORTS)
    return context


def refuse_misfit(columns: Loaded[Columns], scoring: Scoring) -> None:
    """Hold a column map to the models.

    Raises:
        RefusedError: it names what they do not have.
    """
    known, words = targets(scoring.questionnaire.model), words_under(scoring.bundle)
    refuse_errors(check_columns(columns.model, columns.document.places, known, words))
