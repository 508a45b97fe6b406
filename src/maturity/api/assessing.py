"""Score a city file: the whole pipe reads here from top to bottom."""

from functools import partial

from maturity import __version__
from maturity.api.models import Asking, Models, Scoring, refuse_errors, usable
from maturity.checks.city import check_city
from maturity.engines.assessment import Assessed, assess_project
from maturity.engines.changes import changes
from maturity.engines.explained import keys_of
from maturity.engines.profile import profile
from maturity.engines.why import why
from maturity.loading.models import Loaded, Source, load
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES, City, Side
from maturity.model.reason import Change
from maturity.model.report import ProjectReport, Report
from maturity.model.result import Model, Result


def assess(
    source: Source,
    rubric: str | None = None,
    questionnaire: str | None = None,
    models: Models | None = None,
) -> Report:
    """Score one city file.

    Raises:
        RefusedError: the city file or a model cannot be used; every fault is named.
    """
    city = usable(load(source, City))
    named = questionnaire or city.model.questionnaire
    asking = Asking.of(city, "questionnaire") if rubric is None else None
    scoring = (models or Models()).scoring(rubric, named, asking)
    return score(city, scoring)


def score(city: Loaded[City], scoring: Scoring) -> Report:
    """Score a city file that has been read.

    Raises:
        RefusedError: its answers do not fit the questionnaire.
    """
    refuse_errors(check_city(city.model, city.document.places, scoring.bundle.questionnaire))
    assessed = [
        assess_project(scoring.bundle, scoring.plan, city.model, project)
        for project in city.model.projects
    ]
    reports = tuple(_project_report(one, city, scoring.bundle) for one in assessed)
    return Report(_result(city, scoring, assessed), scoring.bundle, city.model, reports)


def scoring_for(rubric: str | None, questionnaire: str | None = None) -> Scoring:
    """The models that belong together, by a shipped id or a path.

    Raises:
        RefusedError: a model is missing, invalid, or does not fit the other.
    """
    return Models().scoring(rubric, questionnaire)


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
        city=city.model.city.name,
        country=city.model.city.country,
        assessed=city.model.assessed,
        illustration=city.model.illustration,
        projects=projects,
        profile=profile(scoring.bundle, projects),
    )


def _project_report(one: Assessed, city: Loaded[City], bundle: Bundle) -> ProjectReport:
    def changes_of(output: str) -> tuple[Change, ...]:
        return tuple(changes(one.valuation, keys_of(bundle, output)))

    return ProjectReport(
        project=one.project,
        said=one.said,
        states=one.valuation.states,
        result=one.result,
        why=partial(why, one.valuation),
        changes=changes_of,
        place=partial(_place_of, city, one.project.id),
    )


def _place_of(
    city: Loaded[City], project: str, question: str, side: Side | None = None
) -> str | None:
    """`file:line` of a side's answer that holds for a project: its own before the city-wide one.

    Without a side named, of the first answer there is: agreed, of the government, of the partner.
    """
    index = next(i for i, one in enumerate(city.model.projects) if one.id == project)
    answers = dict(city.model.places())
    for one in (side,) if side else SIDES:
        for steps in (("projects", index, one), (one,)):
            if question in answers[steps]:
                place = city.document.place((*steps, question), key=True)
                return f"{place.path}:{place.line}"
    return None
