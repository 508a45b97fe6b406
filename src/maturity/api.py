"""The use cases: the whole pipe reads here from top to bottom."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from maturity import __version__
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.checks.bundle import check_bundle
from maturity.checks.city import check_city
from maturity.checks.questionnaire import check_questionnaire
from maturity.engines.assessment import Assessed, assess_project
from maturity.engines.changes import changes
from maturity.engines.explained import keys_of, outputs_named
from maturity.engines.profile import profile
from maturity.engines.why import why
from maturity.loading import shipped
from maturity.loading.models import Loaded, Source, fetch, find_model, load
from maturity.model.bundle import Bundle
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.report import ProjectReport, Report
from maturity.model.result import Model, Result
from maturity.model.rubric import Rubric
from maturity.plan import Plan, plan_for

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Scoring:
    """A questionnaire and a rubric, loaded, checked against each other, and planned."""

    questionnaire: Loaded[Questionnaire]
    rubric: Loaded[Rubric]
    bundle: Bundle
    plan: Plan
    warnings: tuple[Diagnostic, ...]


def assess(
    source: Source, rubric: str | None = None, questionnaire: str | None = None
) -> Report:
    """Score one city file.

    Raises:
        RefusedError: the city file or a model cannot be used; every fault is named.
    """
    city = _usable(load(source, City))
    scoring = scoring_for(rubric, questionnaire or city.model.questionnaire, city)
    return score(city, scoring)


def score(city: Loaded[City], scoring: Scoring) -> Report:
    """Score a city file that has been read.

    Raises:
        RefusedError: its answers do not fit the questionnaire.
    """
    _refuse_errors(check_city(city.model, city.document.places, scoring.bundle.questionnaire))
    assessed = [
        assess_project(scoring.bundle, scoring.plan, city.model, project)
        for project in city.model.projects
    ]
    result = _result(city, scoring, assessed)
    reports = tuple(_project_report(one, city, scoring.bundle) for one in assessed)
    return Report(result, scoring.bundle, city.model, reports)


def scoring_for(
    rubric: str | None, questionnaire: str, asking: Loaded[City] | None = None
) -> Scoring:
    """Load the models that score a questionnaire.

    Without a rubric named, the shipped one of the questionnaire's id is taken.

    Raises:
        RefusedError: a model is missing, invalid, or does not fit the other.
    """
    instrument = _usable(load(_model_source("questionnaires", questionnaire, asking), Questionnaire))
    judgement = _usable(load(_model_source("rubrics", rubric or instrument.model.id), Rubric))
    found = check_questionnaire(instrument.model, instrument.document.places)
    _refuse_errors(found)
    found += check_bundle(judgement.model, judgement.document.places, instrument.model)
    _refuse_errors(found)
    bundle = Bundle(instrument.model, judgement.model)
    return Scoring(instrument, judgement, bundle, plan_for(bundle), tuple(found))


def _model_source(
    kind: shipped.Kind, name: str, asking: Loaded[City] | None = None
) -> Source:
    path = find_model(kind, name)
    if path is not None:
        source = fetch(path)
        if isinstance(source, Source):
            return source
        raise RefusedError(source)
    place = asking.document.place(("questionnaire",)) if asking else Place(name, 1, 1)
    near = nearest(name, shipped.ids(kind))
    known = f"shipped: {', '.join(shipped.ids(kind))}; a file is named by its path"
    hint = f"did you mean {near!r}?" if near else known
    message = f"no model {name!r} among the shipped {kind}"
    raise RefusedError([Diagnostic.of(Code.UNKNOWN_MODEL, place, message, hint)])


def _usable(loaded: Loaded[M] | list[Diagnostic]) -> Loaded[M]:
    if isinstance(loaded, Loaded):
        return loaded
    raise RefusedError(loaded)


def _refuse_errors(found: list[Diagnostic]) -> None:
    if any(diagnostic.is_error for diagnostic in found):
        raise RefusedError(found)


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
    def changes_of(output: str):  # noqa: ANN202
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


def _place_of(city: Loaded[City], project: str, question: str) -> str | None:
    """`file:line` of the first answer on a question that holds for a project."""
    index = next(i for i, one in enumerate(city.model.projects) if one.id == project)
    for steps, answers in city.model.places():
        if question in answers and (len(steps) == 1 or steps[1] == index):
            place = city.document.place((*steps, question), key=True)
            return f"{place.path}:{place.line}"
    return None


__all__ = ["Path", "Scoring", "assess", "outputs_named", "score", "scoring_for"]
