"""Score a city file: the whole pipe reads here from top to bottom."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from maturity import __version__
from maturity.api.context import in_context
from maturity.api.models import Models, Scoring, read_closely
from maturity.api.parts import checked_parts, parts_of, scorings_of
from maturity.engines.assessment import Assessed, assess_project
from maturity.engines.changes import changes
from maturity.engines.explained import keys_of
from maturity.engines.profile import profile
from maturity.engines.why import why
from maturity.loading.models import Loaded, Source
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES, City, Side
from maturity.model.context import Context
from maturity.model.reason import Change
from maturity.model.report import ProjectReport, Report
from maturity.model.result import Model, Result
from maturity.model.union import Part


def assess(
    source: Source,
    rubric: str | Sequence[str] | None = None,
    questionnaire: str | None = None,
    models: Models | None = None,
) -> Report:
    """Score one city file, by every model that it answers: the first report holds the others.

    Raises:
        RefusedError: the city file or a model cannot be used; every fault is named.
        UsageError: the file answers several questionnaires, and not this one.
    """
    models = models or Models()
    city, context = in_context(read_closely(source, City, models), models)
    rubrics = (rubric,) if isinstance(rubric, str) else rubric or ()
    scorings, instruments = scorings_of(city, rubrics, questionnaire, models)
    parts = parts_of(city, instruments, models)
    domains = {name: text for one in instruments for name, text in one.model.domains.items()}
    first, *others = (
        replace(report_on(city, parts[one.questionnaire.model.id], one, context), domains=domains)
        for one in scorings
    )
    return replace(first, also=tuple(others))


def score(city: Loaded[City], scoring: Scoring, context: Context | None = None) -> Report:
    """Score a city file that has been read; `context` goes beside the result as it is.

    Raises:
        RefusedError: its answers do not fit the questionnaire.
    """
    questionnaire = scoring.bundle.questionnaire
    return report_on(city, checked_parts(city, [questionnaire])[questionnaire.id], scoring, context)


def scoring_for(rubric: str | None, questionnaire: str | None = None) -> Scoring:
    """The models that belong together, by a shipped id or a path.

    Raises:
        RefusedError: a model is missing, invalid, or does not fit the other.
    """
    return Models().scoring(rubric, questionnaire)


def report_on(
    city: Loaded[City], part: Part, scoring: Scoring, context: Context | None = None
) -> Report:
    """What one model says of the part of the file that is for it."""
    assessed = [
        assess_project(scoring.bundle, scoring.plan, part.city, project)
        for project in part.city.projects
    ]
    place = partial(_place_of, city, part)
    reports = tuple(_project_report(one, place, scoring.bundle) for one in assessed)
    result = _result(city, scoring, assessed)
    country = context.country_name if context else None
    return Report(result, scoring.bundle, part.city, reports, context, country=country)


def _result(city: Loaded[City], scoring: Scoring, assessed: list[Assessed]) -> Result:
    projects = tuple(one.result for one in assessed)
    instrument, judgement = scoring.questionnaire, scoring.rubric
    return Result(
        tool_version=__version__,
        questionnaire=Model(
            instrument.model.id, instrument.model.version, instrument.source.digest
        ),
        rubric=Model(judgement.model.id, judgement.model.version, judgement.source.digest),
        input_path=city.source.shown,
        input_digest=city.source.digest,
        city=city.model.city.called(),
        country=city.model.city.country,
        assessed=city.model.assessed,
        illustration=city.model.illustration,
        projects=projects,
        profile=profile(scoring.bundle, projects),
    )


def _project_report(
    one: Assessed, place: Callable[..., str | None], bundle: Bundle
) -> ProjectReport:
    def changes_of(output: str) -> tuple[Change, ...]:
        return tuple(changes(one.valuation, keys_of(bundle, output)))

    return ProjectReport(
        project=one.project,
        said=one.said,
        states=one.valuation.states,
        result=one.result,
        why=partial(why, one.valuation),
        changes=changes_of,
        place=partial(place, one.project.id),
    )


def _place_of(
    city: Loaded[City], part: Part, project: str, question: str, side: Side | None = None
) -> str | None:
    """`file:line` of a side's answer that holds for a project: its own before the city-wide one.

    Without a side named, of the first answer there is: agreed, of the government, of the partner.
    """
    index = next(i for i, one in enumerate(part.city.projects) if one.id == project)
    answers = dict(part.city.places())
    for one in (side,) if side else SIDES:
        for steps in (("projects", index, one), (one,)):
            if question in answers[steps]:
                key = part.keys.get((*steps, question), question)
                place = city.document.place((*steps, key), key=True)
                return f"{place.path}:{place.line}"
    return None
