"""The two parties beside each other: theme by theme, and their checklists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from maturity.model.result import CheckResult
from maturity.model.rubric import Section
from maturity.model.state import is_applicable
from maturity.render.markdown.actions import Action
from maturity.render.markdown.answers import AnswerRow, answer_rows
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

    `answers` are those given, `unanswered` is the number of the others.
    """

    title: str
    answers: tuple[AnswerRow, ...]
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
        rests_on=tuple(_rests_on(voice, result.status, item.rests_on)) or (NOTHING,),
        advice=voice.words.text(item.advice) if is_to_do else NOTHING,
        source=voice.sources(item.source),
    )


def _rests_on(voice: Voice, status: str, names: tuple[str, ...]) -> list[str]:
    """The answers and the gaps; of an open item only the gaps, of one out of place nothing."""
    states = voice.of.states
    match status:
        case "not-applicable":
            return []
        case "unknown":
            return _missing(voice, [name for name in names if voice.is_open(name)])
    known = _known(voice, [name for name in names if is_known(states[name])])
    return known + _missing(voice, [name for name in names if not states[name].answered])


def _known(voice: Voice, names: list[str]) -> list[str]:
    return [
        voice.say("answered-by", question=asked, answer=voice.state(name))
        for name, asked in zip(names, voice.asked(names), strict=True)
    ]


def _missing(voice: Voice, names: list[str]) -> list[str]:
    return [voice.say("still-unknown", questions=voice.short(names))] if names else []


def _status(voice: Voice, result: CheckResult) -> str:
    return voice.words.say(f"status.{'at-least-partly' if result.floor else result.status}")


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
        unanswered=len(asked) - len(given),
        views=(*_scores(voice, themes), *_items(voice, themes, questions)),
        findings=tuple(one for one in found if one.theme in themes),
        gaps=tuple(one for one in missing if one.theme in themes),
        possible=sum(merely_possible(voice, theme) for theme in themes),
        actions=tuple(one for one in advised if one.theme in themes),
    )


def _scores(voice: Voice, themes: tuple[str, ...]) -> tuple[PairRow, ...]:
    """The scores of both parties; a score of no party stands for both."""
    sides: dict[str | None, list[str]] = {"government": [], "private": [], None: []}
    for result in voice.of.result.scores:
        score = voice.words.bundle.rubric.scores[result.id]
        if score.theme in themes:
            name, value = voice.words.text(score.name), voice.words.score(result)
            sides[score.party].append(voice.say("score-of", name=name, value=value))
    pairs = [*zip_longest(sides["government"], sides["private"], fillvalue=NOTHING)]
    both = [(shared, shared) for shared in sides[None]]
    return tuple(PairRow(voice.say("score"), *pair) for pair in (*pairs, *both))


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
