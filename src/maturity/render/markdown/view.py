"""Report -> what the template lays out: sentences and names in one language, nothing escaped.

These classes are the documented context of templates (docs/guide/templates.md): a field is
never renamed or dropped within a major version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maturity.base.text import Text
from maturity.model.report import ProjectReport, Report
from maturity.model.result import Coverage
from maturity.render.context import ContextView, context_view, country_of
from maturity.render.markdown.actions import (
    Action,
    Opening,
    OwnerActions,
    UnknownRow,
    actions,
    by_owner,
    merely_possible_actions,
    openings,
    unknown_rows,
)
from maturity.render.markdown.answers import (
    AnswerRow,
    DivergenceRow,
    EvidenceRow,
    OneSidedRow,
    answer_rows,
    asks_both,
    divergence_rows,
    evidence_rows,
    is_sided,
    one_sided_rows,
)
from maturity.render.markdown.findings import (
    FindingGroup,
    Gap,
    RiskRow,
    by_severity,
    compared,
    findings,
    gaps,
    merely_possible,
    other_risks,
    risk_rows,
)
from maturity.render.markdown.given import Known, known
from maturity.render.markdown.overview import Overview, overview
from maturity.render.markdown.parties import (
    Checklist,
    PairRow,
    ThemeSection,
    checklists,
    score_pairs,
    sections,
    told_in_sections,
)
from maturity.render.markdown.summary import (
    Fact,
    ScoreRow,
    StepRow,
    TierRow,
    Verdict,
    score_rows,
    step_rows,
    sure_facts,
    tier_rows,
    verdict,
)
from maturity.render.markdown.voice import Voice, voices_of
from maturity.render.words import Words
from maturity.rules.source import Source, as_sources

FIRST = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """A line of a bibliography."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A file that took part, with the digest of its bytes."""

    role: str
    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project, part by part in the order of the report."""

    id: str
    name: str
    domain: str
    subject: str
    verdict: Verdict | None
    sure: tuple[Fact, ...]
    coverage: Coverage
    partly: int
    differing: int
    first: tuple[Action, ...]
    ask_first: tuple[Opening, ...]
    tiers: tuple[TierRow, ...]
    steps: tuple[StepRow, ...]
    scores: tuple[ScoreRow, ...]
    score_pairs: tuple[PairRow, ...]
    scale: str
    sections: tuple[ThemeSection, ...]
    checklists: tuple[Checklist, ...]
    findings: tuple[FindingGroup, ...]
    gaps: tuple[Gap, ...]
    possible_findings: int
    divergences: tuple[DivergenceRow, ...]
    one_sided: tuple[OneSidedRow, ...]
    sides_given: bool
    risks: tuple[RiskRow, ...]
    other_risks: tuple[str, ...]
    actions: tuple[OwnerActions, ...]
    possible_actions: int
    possible_headlines: tuple[str, ...]
    unknown: tuple[UnknownRow, ...]
    openings: tuple[Opening, ...]
    evidence: tuple[EvidenceRow, ...]
    other_answers: tuple[AnswerRow, ...]
    others_sided: bool
    unused: tuple[str, ...]
    known: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report; `overview` is there for several projects."""

    city: str
    country: str
    assessed: str
    illustration: bool
    rubric: str
    rubric_description: str
    questionnaire: str
    context: ContextView | None
    overview: Overview | None
    projects: tuple[ProjectView, ...]
    sources: tuple[Reference, ...]
    model_sources: tuple[Reference, ...]
    models: tuple[ModelRow, ...]
    tool_version: str
    silences: tuple[str, ...] = ()
    also: tuple[ReportView, ...] = ()


def report_view(report: Report, words: Words) -> ReportView:
    """Everything that a template can print."""
    result, bundle = report.result, report.bundle
    voices = voices_of(report.projects, words)
    return ReportView(
        city=words.text(result.city),
        country=country_of(report, words),
        assessed=result.assessed.isoformat(),
        illustration=result.illustration,
        rubric=words.text(bundle.rubric.name),
        rubric_description=words.text(bundle.rubric.description),
        questionnaire=words.text(bundle.questionnaire.name),
        context=context_view(report.context, words) if report.context else None,
        overview=overview(report, words) if len(report.projects) > 1 else None,
        projects=tuple(map(project_view, voices)),
        sources=_references(words, report.city.sources),
        model_sources=_references(words, _cited(voices)),
        models=tuple(_models(report, words)),
        tool_version=result.tool_version,
        silences=words.silences(),
        also=tuple(
            report_view(one, Words(words.catalog, one.bundle, one.domains)) for one in report.also
        ),
    )


def project_view(voice: Voice) -> ProjectView:
    """One project of the report."""
    of: ProjectReport = voice.of
    found, missing, advised = findings(voice), gaps(voice), actions(voice)
    asked = openings(voice)
    scores = score_rows(voice.words, of.result.scores)
    told = told_in_sections(voice)
    others = [name for name in voice.answers if name not in told]
    return ProjectView(
        id=of.project.id,
        name=voice.name,
        domain=voice.words.domain(of.project.domain),
        subject=voice.words.text(of.project.subject),
        verdict=verdict(voice),
        sure=sure_facts(voice),
        coverage=of.result.coverage,
        partly=of.result.coverage.partly - len(voice.differing),
        differing=len(voice.differing),
        first=advised[:FIRST],
        ask_first=asked[: max(FIRST - len(advised), 0)],
        tiers=tier_rows(voice),
        steps=step_rows(voice),
        scores=scores,
        score_pairs=score_pairs(voice),
        scale=_common([one.scale for one in scores]),
        sections=sections(voice, found, missing, advised),
        checklists=checklists(voice),
        findings=by_severity(voice, found),
        gaps=missing,
        possible_findings=merely_possible(voice),
        divergences=divergence_rows(voice),
        one_sided=one_sided_rows(voice),
        sides_given=asks_both(voice),
        risks=risk_rows(voice),
        other_risks=other_risks(voice),
        actions=by_owner(voice, advised),
        possible_actions=len(of.result.recommendations) - len(advised),
        possible_headlines=merely_possible_actions(voice),
        unknown=unknown_rows(voice),
        openings=asked,
        evidence=evidence_rows(voice),
        other_answers=answer_rows(voice, others),
        others_sided=is_sided(voice, others),
        known=known(voice),
        unused=tuple(voice.words.question(name) for name in of.result.unused),
    )


def _common(texts: Sequence[str]) -> str:
    """The text that all of them are; empty where they differ."""
    return texts[0] if len(set(texts)) == 1 else ""


def _references(words: Words, texts: Mapping[str, Text]) -> tuple[Reference, ...]:
    return tuple(Reference(key, words.text(text)) for key, text in texts.items())


def _cited(voices: Sequence[Voice]) -> dict[str, Text]:
    """The works of the models that the report cites somewhere, in the order of the models."""
    keys = {
        one.split(":", 1)[0]
        for voice in voices
        for source in _sources(voice)
        for one in as_sources(source)
    }
    return {
        key: text for voice in voices[:1] for key, text in voice.words.works.items() if key in keys
    }


def _sources(voice: Voice) -> Iterator[Source | None]:
    rubric = voice.words.bundle.rubric
    shown = {flag.id for flag in voice.raised} | set(compared(voice))
    yield from (rubric.flags[name].source for name in shown)
    yield from (item.source for item in rubric.checklists.values())
    yield from (rubric.recommendations[one.id].source for one in voice.given)


def _models(report: Report, words: Words) -> list[ModelRow]:
    result = report.result
    named = {"questionnaire": result.questionnaire, "rubric": result.rubric}
    rows = [
        ModelRow(words.say(f"report.{role}"), model.id, model.version, model.digest)
        for role, model in named.items()
    ]
    name = re.split(r"[/\\]", result.input_path)[-1]  # where the file lies is nobody's business
    return [*rows, ModelRow(words.say("report.input"), name, "–", result.input_digest)]
