"""The result as JSON: a type of its own, never a dump of internals."""

from maturity.model.bundle import Bundle
from maturity.model.report import ProjectReport, Report
from maturity.model.result import (
    DomainProfile,
    LadderResult,
    Model,
    Profile,
    ProjectResult,
    ScoreResult,
    Spread,
)
from maturity.render.json_context import context_out
from maturity.render.json_types import (
    CheckOut,
    CityOut,
    CityProfileOut,
    CoverageOut,
    DecisionOut,
    DivergenceOut,
    FlagOut,
    InputOut,
    LadderOut,
    ModelOut,
    NextOut,
    OpenScoreOut,
    ProfileOut,
    ProjectOut,
    RecommendationOut,
    ResultOut,
    ScoreOut,
    SpreadOut,
    Tool,
)


def result_out(report: Report) -> ResultOut:
    """The published form of an assessment."""
    result = report.result
    return ResultOut(
        tool=Tool(version=result.tool_version),
        questionnaire=_model(result.questionnaire),
        rubric=_model(result.rubric),
        input=InputOut(path=result.input_path, digest=result.input_digest),
        city=CityOut(name=result.city.as_map(), country=result.country),
        assessed=result.assessed.isoformat(),
        illustration=result.illustration,
        context=context_out(report.context) if report.context else None,
        projects=[project_out(one, report.bundle) for one in report.projects],
        profile=_profile(result.profile),
    )


def json_text(report: Report) -> str:
    """One JSON document, keys in the order of the format."""
    return result_out(report).model_dump_json(indent=2)


def project_out(report: ProjectReport, bundle: Bundle) -> ProjectOut:
    """The published form of one project's result."""
    result = report.result
    return ProjectOut(
        id=result.id,
        name=result.name.as_map(),
        domain=result.domain,
        weight=result.weight,
        scores={one.id: _score(one) for one in result.scores},
        ladders={one.id: _ladder(one) for one in result.ladders},
        decisions={
            one.id: DecisionOut(confirmed=one.confirmed, possible=list(one.possible))
            for one in result.decisions
        },
        checklists=_checks(result, bundle),
        flags=_flags(result, bundle),
        recommendations=_recommendations(result, bundle),
        divergences=_divergences(report),
        one_sided=[name for name, _ in result.one_sided],
        unused=list(result.unused),
        next_questions=_next(result, bundle),
        coverage=CoverageOut(
            asked=result.coverage.asked,
            answered=result.coverage.answered,
            unknown=result.coverage.unknown,
            evidenced=result.coverage.evidenced,
            partly=result.coverage.partly,
        ),
    )


def _model(model: Model) -> ModelOut:
    return ModelOut(id=model.id, version=model.version, digest=model.digest)


def _score(score: ScoreResult) -> ScoreOut:
    form = OpenScoreOut if score.may_not_apply else ScoreOut
    return form(least=score.least, most=score.most)


def _ladder(ladder: LadderResult) -> LadderOut:
    return LadderOut(confirmed=ladder.confirmed, possible=ladder.possible)


def _checks(result: ProjectResult, bundle: Bundle) -> list[CheckOut]:
    items = bundle.rubric.checklists
    return [
        CheckOut(
            id=one.id,
            party=items[one.id].party,
            theme=items[one.id].theme,
            status=one.status,
            floor=one.floor,
        )
        for one in result.checklists
    ]


def _flags(result: ProjectResult, bundle: Bundle) -> list[FlagOut]:
    return [
        FlagOut(
            id=one.id,
            severity=one.severity,
            status=one.status,
            theme=bundle.rubric.flags[one.id].theme,
            declared=one.declared,
            justified_by=list(one.justified_by),
        )
        for one in result.flags
    ]


def _recommendations(result: ProjectResult, bundle: Bundle) -> list[RecommendationOut]:
    kinds = bundle.rubric.recommendations
    return [
        RecommendationOut(
            id=one.id,
            owner=kinds[one.id].owner,
            status=one.status,
            horizon=kinds[one.id].horizon,
        )
        for one in result.recommendations
    ]


def _divergences(report: ProjectReport) -> list[DivergenceOut]:
    found = []
    for one in report.result.divergences:
        said = report.said[one.question]
        government, private = (
            answer.model_dump(mode="json", by_alias=True)["answer"] if answer else None
            for answer in (said.government, said.private)
        )
        found.append(
            DivergenceOut(
                question=one.question,
                government=government,
                private=private,
                decides=list(one.decides),
                settled=one.settled,
            )
        )
    return found


def _next(result: ProjectResult, bundle: Bundle) -> list[NextOut]:
    return [
        NextOut(
            question=one.question,
            asked=bundle.questions[one.question].asked,
            gain=round(one.gain, 6),
            settles=[key for key, _ in one.settles],
        )
        for one in result.next_questions
    ]


def _profile(profile: Profile) -> CityProfileOut:
    return CityProfileOut(
        city=_domain(profile.city),
        domains={one.domain: _domain(one) for one in profile.domains if one.domain is not None},
    )


def _domain(profile: DomainProfile) -> ProfileOut:
    return ProfileOut(
        projects=profile.projects,
        weight=profile.weight,
        spread={one.id: _spread(one) for one in profile.spreads},
        exposed=profile.exposed,
        exposed_possible=profile.exposed_possible,
        scores={one.id: _score(one) for one in profile.scores},
    )


def _spread(spread: Spread) -> SpreadOut:
    return SpreadOut(
        confirmed={name: weight for name, weight in spread.confirmed if name is not None},
        none=sum(weight for name, weight in spread.confirmed if name is None),
        open=spread.open,
    )
