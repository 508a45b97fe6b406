"""Score a city file: the whole pipe reads here from top to bottom."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import BaseModel

from maturity import __version__
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.checks.city import check_city
from maturity.engines.assessment import Assessed, assess_project
from maturity.engines.changes import changes
from maturity.engines.explained import keys_of
from maturity.engines.profile import profile
from maturity.engines.why import why
from maturity.loading import shipped
from maturity.loading.models import (
    Loaded,
    Source,
    fetch,
    find_questionnaire,
    find_rubric,
    load,
)
from maturity.loading.vouched import is_vouched
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES, City, Side
from maturity.model.questionnaire import Questionnaire
from maturity.model.reason import Change
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


def assess(source: Source, rubric: str | None = None, questionnaire: str | None = None) -> Report:
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
    rubric: str | None, questionnaire: str | None = None, asking: Loaded[City] | None = None
) -> Scoring:
    """Load the models that belong together, by a shipped id or a path.

    Without a rubric named, the shipped one of the questionnaire's id is taken; without a
    questionnaire named, the one that the rubric names.

    Raises:
        RefusedError: a model is missing, invalid, or does not fit the other.
    """
    judgement = _rubric(rubric) if rubric else None
    instrument = _questionnaire(questionnaire, judgement, asking)
    judgement = judgement or _rubric(instrument.model.id)
    if not is_vouched(instrument.source.digest, judgement.source.digest):
        refuse_unfit(instrument, judgement)
    bundle = Bundle(instrument.model, judgement.model)
    return Scoring(instrument, judgement, bundle, plan_for(bundle))


def refuse_unfit(instrument: Loaded[Questionnaire], judgement: Loaded[Rubric]) -> None:
    """Check a questionnaire, then a rubric against it.

    Raises:
        RefusedError: one of them has an error.
    """
    from maturity.checks.bundle import check_bundle
    from maturity.checks.questionnaire import check_questionnaire

    _refuse_errors(check_questionnaire(instrument.model, instrument.document.places))
    _refuse_errors(
        check_bundle(judgement.model, judgement.document.places, instrument.model)
    )


def _rubric(name: str) -> Loaded[Rubric]:
    path = find_rubric(name)
    return _usable(load(_fetched(path), Rubric)) if path else _no_model("rubrics", name)


def _questionnaire(
    name: str | None, judgement: Loaded[Rubric] | None, asking: Loaded[City] | None
) -> Loaded[Questionnaire]:
    """The questionnaire named, looked for near the rubric or the city file that asks for it."""
    asked_by: Loaded[Rubric] | Loaded[City] | None = judgement or asking
    named = name or (judgement.model.questionnaire.id if judgement else "")
    beside = asked_by.source.path.parent if asked_by and asked_by.source.path else None
    path = find_questionnaire(named, beside, near_first=judgement is not None)
    if path is not None:
        return _usable(load(_fetched(path), Questionnaire))
    return _no_model("questionnaires", named, asking)


def _fetched(path: Path) -> Source:
    source = fetch(path)
    if isinstance(source, Source):
        return source
    raise RefusedError(source)


def _no_model(kind: shipped.Kind, name: str, asking: Loaded[City] | None = None) -> NoReturn:
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

