"""A city of several projects: its spread by domain, and one line a project."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.model.report import Report
from maturity.model.result import DecisionResult, DomainProfile, ProjectResult, Spread
from maturity.render.markdown.across import CityAction, GraveRow, deciding, first, grave
from maturity.render.markdown.summary import ScoreRow, called, score_rows
from maturity.render.markdown.voice import NOTHING, Voice, voices_of
from maturity.render.words import Words, rounded


@dataclass(frozen=True, slots=True)
class DomainRow:
    """The projects of a domain, or of the whole city; `spreads` in the order of the columns."""

    domain: str
    projects: int
    weight: str
    spreads: tuple[str, ...]
    exposed: str


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with the columns of the rubric's summary, its verdict and what decides it."""

    name: str
    domain: str
    columns: tuple[str, ...]
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The city before its projects."""

    spread_columns: tuple[str, ...]
    domains: tuple[DomainRow, ...]
    project_columns: tuple[str, ...]
    projects: tuple[ProjectRow, ...]
    scores: tuple[ScoreRow, ...]
    grave: tuple[GraveRow, ...]
    first: tuple[CityAction, ...]


def overview(report: Report, words: Words) -> Overview:
    """The profile in words, the whole city last."""
    summary, profile = report.bundle.rubric.summary, report.result.profile
    voices = voices_of(report.projects, words)
    return Overview(
        spread_columns=tuple(called(words, name) for name in summary.spread),
        domains=tuple(_domain_row(words, one) for one in (*profile.domains, profile.city)),
        project_columns=tuple(called(words, name) for name in summary.columns),
        projects=tuple(_project_row(voice) for voice in voices),
        scores=score_rows(words, profile.city.scores),
        grave=grave(voices),
        first=first(voices),
    )


def _domain_row(words: Words, profile: DomainProfile) -> DomainRow:
    exposed = rounded(profile.exposed, 2)
    if profile.exposed_possible != profile.exposed:
        most = rounded(profile.exposed_possible, 2)
        exposed = words.say("report.exposed-range", least=exposed, most=most)
    return DomainRow(
        domain=words.domain(profile.domain) if profile.domain else words.say("report.whole-city"),
        projects=profile.projects,
        weight=rounded(profile.weight, 2),
        spreads=tuple(_spread(words, spread) for spread in profile.spreads),
        exposed=exposed,
    )


def _spread(words: Words, spread: Spread) -> str:
    parts = [
        words.say("report.count", what=words.step(spread.id, one), number=rounded(weight, 2))
        for one, weight in spread.confirmed
        if weight
    ]
    if spread.open:
        unsettled, number = words.say("report.not-settled"), rounded(spread.open, 2)
        parts.append(words.say("report.count", what=unsettled, number=number))
    return words.say("report.semicolon").join(parts) or NOTHING


def _project_row(voice: Voice) -> ProjectRow:
    words, result = voice.words, voice.of.result
    summary = words.bundle.rubric.summary
    verdict = result.decision(summary.verdict) if summary.verdict else None
    return ProjectRow(
        name=voice.name,
        domain=words.domain(result.domain),
        columns=tuple(_column(words, result, name) for name in summary.columns),
        verdict=_verdict(words, verdict) if verdict else NOTHING,
        reason=deciding(voice),
    )


def _verdict(words: Words, result: DecisionResult) -> str:
    return words.rows(result, words.say("report.semicolon"))


def _column(words: Words, result: ProjectResult, name: str) -> str:
    ladder, decision = result.ladder(name), result.decision(name)
    if decision is not None:
        return words.rows(decision, words.say("report.semicolon"))
    if ladder is None:
        return NOTHING
    most = words.step(name, ladder.possible)
    if ladder.settled:
        return most
    if ladder.confirmed is None:
        return words.say("report.at-most", level=most)
    return words.say("common.range", least=words.step(name, ladder.confirmed), most=most)
