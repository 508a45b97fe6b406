"""The two parties beside each other: theme by theme, and their checklists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from maturity.model.result import CheckResult, ScoreResult
from maturity.model.rubric import Section
from maturity.model.state import is_applicable
from maturity.render.markdown.actions import Action
from maturity.render.markdown.answers import AnswerRow, answer_rows, is_sided
from maturity.render.markdown.findings import Finding, Gap, merely_possible
from maturity.render.markdown.voice import NOTHING, Voice, is_known

Party = Literal["government", "private"]
PARTIES: tuple[Party, ...] = ("government", "private")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A checklist item: how it stands, on which answers, and what to do where it is not met."""

    id: str
    item: str
    status: str
    rests_on: tuple[str, ...]
    advice: str
    source: str
    advised: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items of one party."""

    party: str
    items: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """The same thing seen by both parties."""

    label: str
    government: str
    private: str


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """A theme that has a section of its own: answers, both views, findings, what to do.

    `answers` are those given, `unanswered` is the number of the others; `sided` where one of them
    is of one side.
    """

    title: str
    answers: tuple[AnswerRow, ...]
    sided: bool
    unanswered: int
    views: tuple[PairRow, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    possible: int
    actions: tuple[Action, ...]


def checklists(voice: Voice) -> tuple[Checklist, ...]:
    """The full checklist of each party; a party without items is left out."""
    rubric = voice.words.bundle.rubric
    lists = []
    for party in PARTIES:
        items = tuple(
            _check_row(voice, result)
            for result in voice.of.result.checklists
            if rubric.checklists[result.id].party == party
        )
        lists += [Checklist(voice.words.say(f"party.{party}"), items)] if items else []
    return tuple(lists)


def _check_row(voice: Voice, result: CheckResult) -> CheckRow:
    item = voice.words.bundle.rubric.checklists[result.id]
    is_to_do = result.status in ("partly", "open")
    return CheckRow(
        id=result.id,
        item=voice.words.text(item.name),
        status=_status(voice, result),
        rests_on=tuple(_rests_on(voice, result, item.rests_on)) or (NOTHING,),
        advice=voice.words.text(item.advice) if is_to_do else NOTHING,
        source=voice.sources(item.source),
        advised=is_to_do,
    )


def _rests_on(voice: Voice, result: CheckResult, names: tuple[str, ...]) -> list[str]:
    """The answers, and what keeps others open; of an item out of place nothing."""
    states = voice.of.states
    match result.status:
        case "not-applicable":
            return []
        case "unknown" if result.is_kept_from_met:
            leaves = voice.of.why(f"check.{result.id}.met").leaves()
            told = {leaf.question for leaf in leaves}
            others = [name for name in names if name not in told and voice.is_open(name)]
            return [*voice.basis(leaves), *voice.unsettled(others)]
        case "unknown":
            return voice.unsettled(names)
    known = [voice.answered(name) for name in names if is_known(states[name])]
    return known + voice.unsettled(name for name in names if not states[name].answered)


def _status(voice: Voice, result: CheckResult) -> str:
    return voice.words.say(f"status.{result.told}")


def told_in_sections(voice: Voice) -> set[str]:
    """The questions whose answers stand in a section."""
    themes = {theme for one in voice.words.bundle.rubric.summary.sections for theme in one.themes()}
    questions = voice.words.bundle.questions
    return {
        name
        for name, state in voice.of.states.items()
        if questions[name].theme in themes and is_known(state)
    }


def sections(
    voice: Voice,
    found: tuple[Finding, ...],
    missing: tuple[Gap, ...],
    advised: tuple[Action, ...],
) -> tuple[ThemeSection, ...]:
    """The sections that the rubric asks for, in its order."""
    chosen = voice.words.bundle.rubric.summary.sections
    return tuple(_section(voice, section, found, missing, advised) for section in chosen)


def _section(
    voice: Voice,
    section: Section,
    found: tuple[Finding, ...],
    missing: tuple[Gap, ...],
    advised: tuple[Action, ...],
) -> ThemeSection:
    themes = section.themes()
    questions = [n for n, q in voice.words.bundle.questions.items() if q.theme in themes]
    asked = [name for name in questions if is_applicable(voice.of.states[name]) is not False]
    given = [name for name in asked if voice.of.states[name].answered]
    return ThemeSection(
        title=voice.words.several(voice.words.theme(theme) for theme in themes),
        answers=answer_rows(voice, given),
        sided=is_sided(voice, given),
        unanswered=len(asked) - len(given),
        views=(*_scores(voice, themes, voice.say("score")), *_items(voice, themes, questions)),
        findings=tuple(one for one in found if one.theme in themes),
        gaps=tuple(one for one in missing if one.theme in themes),
        possible=sum(merely_possible(voice, theme) for theme in themes),
        actions=tuple(one for one in advised if one.theme in themes),
    )


def score_pairs(voice: Voice) -> tuple[PairRow, ...]:
    """Every score in the rubric's order, those of both parties on one theme beside each other."""
    scores = voice.words.bundle.rubric.scores
    themes = dict.fromkeys(scores[result.id].theme for result in voice.of.result.scores)
    return tuple(
        row
        for theme in themes
        for row in _scores(voice, (theme,), voice.words.theme(theme) if theme else "")
    )


def _scores(voice: Voice, themes: tuple[str | None, ...], label: str) -> tuple[PairRow, ...]:
    """The scores of both parties; a score of no party stands by its own name."""
    sides: dict[str | None, list[tuple[str, str]]] = {"government": [], "private": [], None: []}
    for result in voice.of.result.scores:
        score = voice.words.bundle.rubric.scores[result.id]
        if score.theme in themes:
            sides[score.party].append((voice.words.text(score.name), _spread(voice, result)))
    columns = (_named(voice, sides[party]) for party in PARTIES)
    pairs = zip_longest(*columns, fillvalue=NOTHING)
    both = (PairRow(name, value, value) for name, value in sides[None])
    return (*(PairRow(label, *pair) for pair in pairs), *both)


def _spread(voice: Voice, result: ScoreResult) -> str:
    value = voice.words.score(result)
    return voice.say("may-not-apply", value=value) if result.may_not_apply else value


def _named(voice: Voice, found: list[tuple[str, str]]) -> list[str]:
    """The values; of several each with the name of its score."""
    if len(found) == 1:
        return [value for _, value in found]
    return [voice.say("score-of", name=name, value=value) for name, value in found]


def _items(voice: Voice, themes: tuple[str, ...], questions: list[str]) -> tuple[PairRow, ...]:
    sides: dict[Party, list[str]] = {"government": [], "private": []}
    for result in voice.of.result.checklists:
        item = voice.words.bundle.rubric.checklists[result.id]
        if item.theme in themes or not set(item.rests_on).isdisjoint(questions):
            sides[item.party].append(voice.standing(result.id, _status(voice, result)))
    if not any(sides.values()):
        return ()
    government, private = (voice.several(sides[party]) or NOTHING for party in PARTIES)
    return (PairRow(voice.say("checklist"), government, private),)
