"""What people see first: the verdict, what is surely so, tiers and scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maturity.model.result import DecisionResult, FlagResult, LadderResult, ScoreResult
from maturity.render.markdown.voice import NOTHING, Voice
from maturity.render.steps import NextStep, next_steps
from maturity.render.words import Words, rounded

_WARNINGS_NAMED = 3
"""So many warnings are named in the summary; more are only counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row of a decision that is possible, and what it means."""

    name: str
    means: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision that the rubric leads with; settled where one outcome remains."""

    name: str
    settled: bool
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is surely so."""

    about: str
    says: str


@dataclass(frozen=True, slots=True)
class TierRow:
    """A ladder or decision: what is confirmed, what is possible, what that means."""

    name: str
    confirmed: str
    possible: str
    means: str
    id: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """The next level of a ladder: what it surely lacks, and how much beside that is open."""

    name: str
    level: str
    unmet: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score: what it is at least and at most, on which scale."""

    name: str
    party: str
    least: str
    most: str
    scale: str


def verdict(voice: Voice) -> Verdict | None:
    """The rubric's leading decision; None where it has none."""
    name = voice.words.bundle.rubric.summary.verdict
    result = voice.of.result.decision(name) if name else None
    if name is None or result is None:
        return None
    rows = voice.words.bundle.rubric.decisions[name].outcomes()
    found = (row for row in rows if row.id in result.possible)
    text = voice.words.text
    outcomes = tuple(Outcome(text(row.name), text(row.means)) for row in found)
    none = (Outcome(voice.words.say("common.no-row"), ""),)
    called = voice.words.output(f"decision.{name}")
    return Verdict(called, result.settled, outcomes or none)


def sure_facts(voice: Voice) -> tuple[Fact, ...]:
    """What holds whatever the open answers turn out to be."""
    return (*_sure_outcomes(voice), *_sure_findings(voice), *_sure_checks(voice))


def _sure_outcomes(voice: Voice) -> Iterator[Fact]:
    summary = voice.words.bundle.rubric.summary
    for name in (*summary.columns, *summary.also):
        if name == summary.verdict:
            continue
        result = voice.of.result.ladder(name) or voice.of.result.decision(name)
        said = _sure_level(voice, result) if isinstance(result, LadderResult) else ""
        if isinstance(result, DecisionResult):
            said = _sure_row(voice, result)
        if said:
            yield Fact(called(voice.words, name), said)


def _sure_level(voice: Voice, result: LadderResult) -> str:
    top = voice.words.bundle.rubric.ladders[result.id].levels[-1].id
    least, most = (
        voice.words.step(result.id, level) for level in (result.confirmed, result.possible)
    )
    if result.settled:
        return least
    if result.confirmed is None:
        return "" if result.possible == top else voice.say("at-most", level=most)
    if result.possible == top:
        return voice.say("at-least", level=least)
    return voice.words.say("common.range", least=least, most=most)


def _sure_row(voice: Voice, result: DecisionResult) -> str:
    if result.settled:
        return voice.words.rows(result, "")
    rows = voice.words.bundle.rubric.decisions[result.id].outcomes()
    out = [voice.words.step(result.id, row.id) for row in rows if row.id not in result.possible]
    return voice.say("ruled-out", rows=voice.words.several(out)) if out else ""


def _sure_findings(voice: Voice) -> Iterator[Fact]:
    """The critical flags and the first warnings by name, the other warnings by number."""
    for severity in ("critical", "warning"):
        found = [flag for flag in voice.raised if flag.severity == severity]
        if found:
            most = _WARNINGS_NAMED if severity == "warning" else len(found)
            told = [_named(voice, flag) for flag in found[:most]]
            told += _more(voice, found[most:])
            yield Fact(voice.say(f"findings-{severity}"), voice.several(told))


def _named(voice: Voice, flag: FlagResult) -> str:
    key = f"flag.{flag.id}"
    return f"{voice.numbers[key]} {voice.words.output(key)}"


def _more(voice: Voice, rest: list[FlagResult]) -> list[str]:
    """How many flags are not named, and from which number to which they are told."""
    if not rest:
        return []
    ends = (voice.numbers[f"flag.{flag.id}"] for flag in (rest[0], rest[-1]))
    numbers = "\N{EN DASH}".join(dict.fromkeys(ends))
    return [voice.say("and-more-flags", number=len(rest), flags=numbers)]


def _sure_checks(voice: Voice) -> Iterator[Fact]:
    for status in ("met", "partly", "open"):
        ids = [one.id for one in voice.of.result.checklists if one.status == status]
        if ids:
            yield Fact(voice.say(f"checks-{status}"), voice.words.several(ids))


def tier_rows(voice: Voice) -> tuple[TierRow, ...]:
    """The columns of the rubric's summary, then what it tells beside them."""
    summary = voice.words.bundle.rubric.summary
    rows = []
    for name in (*summary.columns, *summary.also):
        result = voice.of.result.ladder(name) or voice.of.result.decision(name)
        if isinstance(result, LadderResult):
            rows.append(_ladder_row(voice, result))
        elif result is not None:
            rows.append(_decision_row(voice, result))
    return tuple(rows)


def _ladder_row(voice: Voice, result: LadderResult) -> TierRow:
    ladder = voice.words.bundle.rubric.ladders[result.id]
    means = {level.id: voice.words.text(level.means) for level in ladder.levels}
    is_nothing_shown = result.confirmed is None and not result.settled
    of_none = NOTHING if is_nothing_shown else voice.say("means-none")
    confirmed = voice.words.step(result.id, result.confirmed)
    return TierRow(
        voice.words.text(ladder.name),
        voice.say("none-confirmed") if is_nothing_shown else confirmed,
        voice.words.step(result.id, result.possible),
        (means[result.confirmed] or NOTHING) if result.confirmed else of_none,
        result.id,
    )


def _decision_row(voice: Voice, result: DecisionResult) -> TierRow:
    decision = voice.words.bundle.rubric.decisions[result.id]
    means = {row.id: voice.words.text(row.means) for row in decision.outcomes()}
    possible = voice.words.rows(result, voice.say("semicolon"))
    return TierRow(
        voice.words.text(decision.name),
        possible if result.settled else voice.say("not-settled"),
        possible,
        (means[result.confirmed] or NOTHING) if result.confirmed else NOTHING,
        result.id,
    )


def step_rows(voice: Voice) -> tuple[StepRow, ...]:
    """The next level of each ladder among the columns that is not confirmed at its top."""
    rubric = voice.words.bundle.rubric
    shown = {n: rubric.ladders[n] for n in rubric.summary.columns if n in rubric.ladders}
    return tuple(_step_row(voice, step) for step in next_steps(voice.of, shown))


def _step_row(voice: Voice, step: NextStep) -> StepRow:
    key = "rest-met-or-open" if step.unmet else "rest-open"
    return StepRow(
        called(voice.words, step.ladder),
        voice.words.step(step.ladder, step.level),
        tuple(voice.lack(reason) for reason in step.unmet),
        voice.say(key, number=step.rest) if step.rest else NOTHING,
    )


def score_rows(words: Words, results: tuple[ScoreResult, ...]) -> tuple[ScoreRow, ...]:
    """Every score with its two ends."""
    return tuple(_score_row(words, result) for result in results)


def _score_row(words: Words, result: ScoreResult) -> ScoreRow:
    score = words.bundle.rubric.scores[result.id]
    party = words.say(f"party.{score.party or 'both'}")
    scale = "–".join(rounded(end, 6) for end in score.scale)
    if result.least is None or result.most is None:
        outside = words.say("common.not-applicable")
        return ScoreRow(words.text(score.name), party, outside, outside, scale)
    least, most = words.number(result.id, result.least), words.number(result.id, result.most)
    if result.may_not_apply:
        most = words.say("report.may-not-apply", value=most)
    return ScoreRow(words.text(score.name), party, least, most, scale)


def called(words: Words, name: str) -> str:
    """The name of a ladder or decision."""
    stage = "ladder" if name in words.bundle.rubric.ladders else "decision"
    return words.output(f"{stage}.{name}")
