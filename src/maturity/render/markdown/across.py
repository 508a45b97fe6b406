"""What stands out over all projects of a city: why each verdict, the gravest, what to do first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maturity.model.reason import Reason
from maturity.model.result import DecisionResult, FlagResult, RecommendationResult
from maturity.render.markdown.voice import NOTHING, SEVERITIES, Voice

_FIRST = 3


@dataclass(frozen=True, slots=True)
class GraveRow:
    """A finding with the projects that it is raised in."""

    name: str
    severity: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CityAction:
    """A recommendation by headline, with its number in each project that it is given for."""

    action: str
    owner: str
    horizon: str
    projects: tuple[str, ...]


def deciding(voice: Voice) -> str:
    """The one reason that decides the verdict; while it is open, the answer to get first."""
    name = voice.words.bundle.rubric.summary.verdict
    result = voice.of.result.decision(name) if name else None
    if result is None:
        return NOTHING
    if not result.possible:
        return NOTHING
    if result.confirmed is None:
        found = voice.of.result.next_questions
        return _to_find_out(voice, found[0].question) if found else NOTHING
    return _told(voice, result, result.confirmed)


def _to_find_out(voice: Voice, question: str) -> str:
    key = "agree-for" if question in voice.differing else "ask-for"
    return voice.say(key, question=voice.words.question(question))


def grave(voices: Sequence[Voice]) -> tuple[GraveRow, ...]:
    """The gravest findings: by severity, then by how many projects have them."""
    found: dict[str, list[tuple[Voice, FlagResult]]] = {}
    for voice in voices:
        for flag in voice.raised:
            found.setdefault(flag.id, []).append((voice, flag))
    ranked = sorted(found.values(), key=lambda one: (_rank(one), -len(one)))
    return tuple(_grave(one) for one in ranked if _rank(one) == 0)


def first(voices: Sequence[Voice]) -> tuple[CityAction, ...]:
    """The three most urgent recommendations of all projects, each once."""
    found: dict[str, list[tuple[Voice, RecommendationResult]]] = {}
    for voice in voices:
        for one in voice.given:
            found.setdefault(one.id, []).append((voice, one))
    ranked = sorted(found.values(), key=lambda one: (min(v.urgency(r) for v, r in one), -len(one)))
    return tuple(_action(one) for one in ranked[:_FIRST])


def _rank(found: list[tuple[Voice, FlagResult]]) -> int:
    return min(SEVERITIES.index(flag.severity) for _, flag in found)


def _grave(found: list[tuple[Voice, FlagResult]]) -> GraveRow:
    """The flag with the projects in which it is gravest: in others a reason lowers it."""
    voice, flag = min(found, key=lambda one: SEVERITIES.index(one[1].severity))
    gravest = [one for one, raised in found if raised.severity == flag.severity]
    return GraveRow(
        voice.words.output(f"flag.{flag.id}"),
        voice.words.say(f"severity.{flag.severity}"),
        tuple(_numbered(one, f"flag.{flag.id}") for one in gravest),
    )


def _action(found: list[tuple[Voice, RecommendationResult]]) -> CityAction:
    voice, result = found[0]
    rubric, words = voice.words.bundle.rubric, voice.words
    one = rubric.recommendations[result.id]
    return CityAction(
        words.headline(one.action),
        words.say(f"party.{one.owner}"),
        words.text(rubric.horizons.get(one.horizon)) or one.horizon,
        tuple(_numbered(each, f"recommendation.{result.id}") for each, _ in found),
    )


def _numbered(voice: Voice, key: str) -> str:
    return f"{voice.name} {voice.numbers[key]}"


def _told(voice: Voice, result: DecisionResult, row: str) -> str:
    """The highest value that holds and the lowest that fails; else the answer itself."""
    whole = voice.of.why(f"decision.{result.id}?{row}")
    ends = [end for part in whole.parts for end in _ends(part)]
    steps = [end for end in ends if end.kind == "named"]
    holds = [voice.cause(end.key or "") for end in steps if end.truth is True][-1:]
    fails = [voice.cause(end.key or "") for end in steps if end.truth is False][:1]
    asked = [voice.in_full(end.asked.question) for end in ends[:1] if end.asked]
    missed = [voice.say("not-reached", what=one) for one in fails]
    return voice.several([*holds, *missed] or asked) or voice.say("no-other-fits")


def _ends(reason: Reason) -> Iterator[Reason]:
    """The named values and the answers nearest to the top."""
    if reason.kind in ("named", "asked"):
        yield reason
        return
    for part in reason.parts:
        yield from _ends(part)
