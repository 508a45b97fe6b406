"""What to do, and what to find out first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maturity.base.ids import NOT_APPLICABLE
from maturity.model.result import NextQuestion, RecommendationResult
from maturity.model.state import ChoiceState, MultiState, State, is_applicable
from maturity.render.markdown.voice import NOTHING, Voice

OWNERS = ("government", "private", "joint")
_SETTLED_SHOWN = 2
_POSSIBLE_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Action:
    """A recommendation that is given."""

    id: str
    number: str
    action: str
    headline: str
    theme: str
    owner: str
    horizon: str
    because: tuple[str, ...]
    changes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class OwnerActions:
    """What one party is to do, soonest first."""

    owner: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """An answer to get: who has it, where it stands, what it would make certain.

    `told` is the whole in a sentence, `differs` the number of the answer where the sides differ.
    `certain` has up to two phrases: what every answer settles, and what some do.
    """

    question: str
    told: str
    who: str
    document: str
    evidence: str
    certain: tuple[str, ...]
    differs: str


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """How much of a theme is known; the questions that apply or may apply."""

    theme: str
    asked: int
    answered: int
    partly: int
    differing: int
    unknown: int


def actions(voice: Voice) -> tuple[Action, ...]:
    """The recommendations given, most urgent first."""
    return tuple(_action(voice, one) for one in voice.given)


def _action(voice: Voice, result: RecommendationResult) -> Action:
    rubric, text = voice.words.bundle.rubric, voice.words.text
    one = rubric.recommendations[result.id]
    return Action(
        id=result.id,
        number=voice.numbers[f"recommendation.{result.id}"],
        action=text(one.action),
        headline=headline(voice, result),
        theme=one.theme,
        owner=voice.words.say(f"party.{one.owner}"),
        horizon=text(rubric.horizons.get(one.horizon)) or one.horizon,
        because=tuple(dict.fromkeys(voice.cause(key) for key in result.because)),
        changes=tuple(_changes(voice, _not_yet(voice, one.answers))),
        source=voice.sources(one.source),
    )


def headline(voice: Voice, result: RecommendationResult) -> str:
    """The number of a recommendation, where it is given, and its first sentence."""
    said = voice.words.headline(voice.words.bundle.rubric.recommendations[result.id].action)
    return f"{voice.numbers.get(f'recommendation.{result.id}', '')} {said}".strip()


def merely_possible_actions(voice: Voice) -> tuple[str, ...]:
    """The soonest of the recommendations that open answers may still call for, by headline."""
    found = [one for one in voice.of.result.recommendations if one.status == "possible"]
    told = [headline(voice, one) for one in sorted(found, key=voice.urgency)]
    return tuple(voice.shortened(told, _POSSIBLE_SHOWN))


def _not_yet(voice: Voice, answers: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The answers that do not stand already, without those that are out of place."""
    return {name: to for name, to in answers.items() if not _stands(voice.of.states[name], to)}


def _stands(state: State, wanted: tuple[str, ...]) -> bool:
    if is_applicable(state) is False:
        return True
    match state:
        case ChoiceState(possible):
            return possible <= {*wanted, NOT_APPLICABLE}
        case MultiState(chosen, _):
            return chosen >= set(wanted)
    return False


def _changes(voice: Voice, answers: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for question, asked in zip(answers, voice.asked(answers), strict=True):
        options = [voice.words.option(question, one) for one in answers[question]]
        is_multi = voice.words.bundle.shapes[question].kind == "multi"
        either = voice.words.say("common.either").join(options)
        said = voice.several(options) if is_multi else either
        yield voice.say("answered-by", question=voice.answers.get(question, asked), answer=said)


def by_owner(voice: Voice, found: tuple[Action, ...]) -> tuple[OwnerActions, ...]:
    """Recommendations by who is to act, soonest first; who has none is left out."""
    texts = [voice.words.text(text) for text in voice.words.bundle.rubric.horizons.values()]
    due = {text: place for place, text in enumerate(texts)}
    names = [voice.words.say(f"party.{owner}") for owner in OWNERS]
    groups = []
    for name in names:
        own = sorted(
            (one for one in found if one.owner == name),
            key=lambda one: due.get(one.horizon, len(due)),
        )
        groups += [OwnerActions(name, tuple(own))] if own else []
    return tuple(groups)


def openings(voice: Voice) -> tuple[Opening, ...]:
    """The answers that would settle most, best first."""
    return tuple(_opening(voice, one) for one in voice.of.result.next_questions)


def _opening(voice: Voice, one: NextQuestion) -> Opening:
    asked = voice.words.bundle.questions[one.question]
    always = [voice.words.output(key) for key, count in one.settles if count == one.tried]
    sometimes = [voice.words.output(key) for key, count in one.settles if count < one.tried]
    who = voice.words.say(f"party.{asked.asked}")
    document = voice.words.text(asked.stands_in) or NOTHING
    evidence = voice.words.text(asked.evidence) or NOTHING
    certain = (*_settles(voice, "always", always), *_settles(voice, "sometimes", sometimes))
    settles = voice.sentences(certain) or NOTHING
    told = voice.say("opening", who=who, document=document, evidence=evidence, certain=settles)
    return Opening(
        question=voice.words.question(one.question),
        told=_why_open(voice, one.question, told),
        who=who,
        document=document,
        evidence=evidence,
        certain=certain,
        differs=voice.answers[one.question] if one.question in voice.differing else "",
    )


def _why_open(voice: Voice, question: str, opening: str) -> str:
    """What is said of an answer to get, behind why it is open where somebody answered."""
    number = voice.answers.get(question, "")
    if question in voice.differing:
        return voice.say("opening-differs", number=number, opening=opening)
    if voice.is_partly(question):
        return voice.say("opening-in-part", number=number, opening=opening)
    return opening


def _settles(voice: Voice, key: str, names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    shown = voice.sentences(voice.shortened(names, _SETTLED_SHOWN))
    return (voice.say(key, outputs=shown),)


def unknown_rows(voice: Voice) -> tuple[UnknownRow, ...]:
    """How much is known, by theme in the questionnaire's order."""
    return tuple(row for row in _by_theme(voice) if row.asked)


def _by_theme(voice: Voice) -> Iterator[UnknownRow]:
    states = voice.of.states
    for theme in voice.words.bundle.questionnaire.themes:
        of_theme = voice.words.bundle.select(theme, None, None)
        asked = [name for name in of_theme if is_applicable(states[name]) is not False]
        answered = [name for name in asked if states[name].answered]
        differing = [name for name in answered if name in voice.differing]
        partly = [name for name in answered if voice.is_partly(name)]
        yield UnknownRow(
            voice.words.theme(theme),
            len(asked),
            len(answered),
            len(partly),
            len(differing),
            len(asked) - len(answered),
        )
