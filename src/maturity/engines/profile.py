"""Projects -> Profile: a city is its spread by domain, never one number alone."""

from collections.abc import Iterable, Sequence

from maturity.engines.intervals import Interval, fold
from maturity.model.bundle import Bundle
from maturity.model.result import (
    DomainProfile,
    LadderResult,
    Profile,
    ProjectResult,
    ScoreResult,
    Spread,
)
from maturity.rules.expr import Method


def profile(bundle: Bundle, projects: Sequence[ProjectResult]) -> Profile:
    """The spread of the whole city, then of each domain in order of its id."""
    domains = sorted({project.domain for project in projects})
    return Profile(
        _profile(bundle, None, projects),
        tuple(
            _profile(bundle, domain, [one for one in projects if one.domain == domain])
            for domain in domains
        ),
    )


def _profile(
    bundle: Bundle, domain: str | None, projects: Sequence[ProjectResult]
) -> DomainProfile:
    ordered = sorted(projects, key=_order)
    return DomainProfile(
        domain=domain,
        projects=len(ordered),
        weight=_total(one.weight for one in ordered),
        spreads=tuple(_spread(bundle, name, ordered) for name in bundle.rubric.summary.spread),
        exposed=_total(one.weight for one in ordered if _is_exposed(bundle, one, surely=True)),
        exposed_possible=_total(
            one.weight for one in ordered if _is_exposed(bundle, one, surely=False)
        ),
        scores=tuple(_score(name, ordered) for name in bundle.rubric.scores),
    )


def _order(project: ProjectResult) -> tuple[object, ...]:
    """By what they add to the sums: neither names nor the order of a file change a bit."""
    ends = tuple((one.least or 0.0, one.most or 0.0, one.may_not_apply) for one in project.scores)
    return project.weight, ends


def _spread(bundle: Bundle, name: str, projects: Sequence[ProjectResult]) -> Spread:
    is_ladder = name in bundle.rubric.ladders
    outcomes: list[str | None] = [*([None] if is_ladder else []), *bundle.steps(name).ids]
    weights = dict.fromkeys(outcomes, 0.0)
    still_open = 0.0
    for project in projects:
        found = project.ladder(name) or project.decision(name)
        assert found is not None
        settled = found.settled if isinstance(found, LadderResult) else found.confirmed is not None
        if settled:
            weights[found.confirmed] += project.weight
        else:
            still_open += project.weight
    return Spread(name, tuple(weights.items()), still_open)


def _is_exposed(bundle: Bundle, project: ProjectResult, surely: bool) -> bool:
    verdict = bundle.rubric.summary.verdict
    found = project.decision(verdict) if verdict else None
    if found is None:
        return False
    return is_exposed(bundle, found.confirmed, found.possible, surely=surely)


def is_exposed(
    bundle: Bundle, confirmed: str | None, possible: Sequence[str], *, surely: bool
) -> bool:
    """Whether these outcomes of the verdict expose a project, surely or possibly."""
    verdict = bundle.rubric.summary.verdict
    if verdict is None:
        return False
    decision = bundle.rubric.decisions[verdict]
    exposed = {row.id for row in decision.outcomes() if row.exposed}
    if not surely:
        return not exposed.isdisjoint(possible)
    # Where the last row does not always hold it is possible, too, that no row wins.
    is_closed = decision.rows is not None and decision.rows[-1].when is True
    return confirmed in exposed or (is_closed and exposed.issuperset(possible))


def _score(name: str, projects: Sequence[ProjectResult]) -> ScoreResult:
    """The mean over projects by their weight, as an interval."""
    items: list[tuple[float, Interval]] = []
    for project in projects:
        score = next(one for one in project.scores if one.id == name)
        if score.least is not None and score.most is not None:
            applies = None if score.may_not_apply else True
            items.append((project.weight, Interval(score.least, score.most, applies)))
    mean = fold(Method.MEAN, items)
    if mean.applies is False:
        return ScoreResult(name, None, None)
    return ScoreResult(name, mean.least, mean.most, mean.applies is None)


def _total(weights: Iterable[float]) -> float:
    total = 0.0
    for weight in weights:
        total += weight
    return total
