"""Flags: raised, not ruled out, and the allocation of risks against usual practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from maturity.base.ids import NOT_APPLICABLE
from maturity.model.reason import Reason
from maturity.model.result import FlagResult
from maturity.model.state import ChoiceState, is_applicable
from maturity.render.markdown.voice import NOTHING, SEVERITIES, Voice, is_known
from maturity.rules.flags import Departure


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag that is raised. `lowered` tells the severity it was lowered from, else it is empty.

    `leads_to` holds the numbers of the recommendations that are given because of it.
    """

    id: str
    number: str
    name: str
    headline: str
    theme: str
    severity: str
    lowered: str
    justifications: tuple[str, ...]
    means: str
    action: str
    contract: str
    source: str
    basis: tuple[str, ...]
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one severity."""

    severity: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A flag that cannot be ruled out, with the questions whose answers would tell."""

    id: str
    number: str
    name: str
    headline: str
    theme: str
    severity: str
    questions: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk: who usually bears it, who bears it here, and whether that is usual."""

    risk: str
    usual: str
    answer: str
    outcome: str
    source: str


def findings(voice: Voice) -> tuple[Finding, ...]:
    """The flags raised, gravest first."""
    return tuple(_finding(voice, flag) for flag in voice.raised)


def by_severity(voice: Voice, found: tuple[Finding, ...]) -> tuple[FindingGroup, ...]:
    """Findings grouped by their severity; an empty group is left out."""
    names = [voice.words.say(f"severity.{severity}") for severity in SEVERITIES]
    groups = [FindingGroup(n, tuple(one for one in found if one.severity == n)) for n in names]
    return tuple(group for group in groups if group.findings)


def _finding(voice: Voice, result: FlagResult) -> Finding:
    flag = voice.words.bundle.rubric.flags[result.id]
    text, key = voice.words.text, f"flag.{result.id}"
    is_lowered = result.severity != result.declared
    return Finding(
        id=result.id,
        number=voice.numbers[key],
        name=text(flag.name),
        headline=_headline(voice, f"{voice.numbers[key]} {text(flag.name)}", result),
        theme=flag.theme,
        severity=voice.words.say(f"severity.{result.severity}"),
        lowered=voice.words.say(f"severity.{result.declared}") if is_lowered else "",
        justifications=tuple(_justifications(voice, result)),
        means=text(flag.means),
        action=text(flag.action),
        contract=text(flag.contract) or NOTHING,
        source=voice.sources(flag.source),
        basis=voice.basis(voice.of.why(key).leaves()),
        leads_to=tuple(
            voice.numbers[f"recommendation.{one.id}"] for one in voice.given if key in one.because
        ),
    )


def _headline(voice: Voice, name: str, result: FlagResult) -> str:
    return voice.say("graded", name=name, severity=voice.words.say(f"severity.{result.severity}"))


def _justifications(voice: Voice, result: FlagResult) -> Iterator[str]:
    for question in result.justified_by:
        for side, answer in voice.of.said[question].used():
            if answer.justification is not None:
                said = voice.words.text(answer.justification)
                asked = voice.words.question(question)
                yield voice.say("justified", question=asked, text=said, party=voice.party(side))


def gaps(voice: Voice) -> tuple[Gap, ...]:
    """The flags that cannot be ruled out and are worth reporting for it, gravest first."""
    return tuple(_gap(voice, flag) for flag in voice.watched)


def _gap(voice: Voice, result: FlagResult) -> Gap:
    flag = voice.words.bundle.rubric.flags[result.id]
    number = voice.numbers[f"flag.{result.id}"]
    leaves = voice.of.why(f"flag.{result.id}").leaves()
    return Gap(
        id=result.id,
        number=number,
        name=voice.words.text(flag.name),
        headline=_headline(voice, f"{number} {voice.words.text(flag.name)}", result),
        theme=flag.theme,
        severity=voice.words.say(f"severity.{result.severity}"),
        questions=tuple(
            _to_settle(voice, leaf.question) for leaf in leaves if voice.is_open(leaf.question)
        ),
        action=voice.words.text(flag.action),
    )


def _to_settle(voice: Voice, name: str) -> str:
    """A question, and why it is open where it is not for want of an answer."""
    asked = voice.words.question(name)
    if name in voice.differing:
        return voice.say("gap-differs", question=asked, number=voice.answers[name])
    if voice.is_partly(name):
        return voice.say("gap-in-part", question=asked, number=voice.answers[name])
    return asked


def merely_possible(voice: Voice, theme: str | None = None) -> int:
    """How many flags the open answers might still raise, in all or in one theme."""
    flags = voice.words.bundle.rubric.flags
    found = [flag for flag in voice.of.result.flags if flag.status == "possible"]
    return len([flag for flag in found if theme in (None, flags[flag.id].theme)])


def risk_rows(voice: Voice) -> tuple[RiskRow, ...]:
    """Every risk with a usual bearer, where that practice and the risk apply or may."""
    flags, found = voice.words.bundle.rubric.flags, compared(voice)
    times = Counter(departs.question for departs in found.values())
    return tuple(
        _risk_row(voice, name, departs, voice.sources(flags[name].source), times[departs.question])
        for name, departs in found.items()
    )


def compared(voice: Voice) -> dict[str, Departure]:
    """The usual practices that apply or may, by the flag that tells a departure."""
    return {
        name: flag.departs
        for name, flag in voice.words.bundle.rubric.flags.items()
        if flag.departs is not None and _is_compared(voice, name, flag.departs)
    }


def other_risks(voice: Voice) -> tuple[str, ...]:
    """The other rows of the questions compared: no usual practice is in force for them."""
    flags = voice.words.bundle.rubric.flags
    rules = [flag.departs for flag in flags.values() if flag.departs is not None]
    told = {rule.question for rule in compared(voice).values()}
    asked = {voice.words.bundle.questions[rule.question].id for rule in rules}
    return tuple(
        voice.say("answered-by", question=voice.short([name]), answer=voice.state(name))
        for name, question in voice.words.bundle.questions.items()
        if question.rows and question.id in asked and name not in told
        if is_applicable(voice.of.states[name]) is not False
    )


def _is_compared(voice: Voice, name: str, departs: Departure) -> bool:
    applies = is_applicable(voice.of.states[departs.question]) is not False
    return applies and not _is_elsewhere(voice, name, departs)


def _risk_row(voice: Voice, name: str, departs: Departure, source: str, times: int) -> RiskRow:
    """`times`: how many usual practices there are for the risk, each under its own condition."""
    options = [voice.words.option(departs.question, option) for option in departs.usual]
    usual = voice.words.say("common.either").join(options)
    where = _where(voice, name, departs) if times > 1 else ""
    return RiskRow(
        risk=voice.words.row(departs.question),
        usual=voice.say("usual-where", usual=usual, where=where) if where else usual,
        answer=voice.state(departs.question),
        outcome=_outcome(voice, name, departs),
        source=source,
    )


def _outcome(voice: Voice, name: str, departs: Departure) -> str:
    state = voice.of.states[departs.question]
    key = f"flag.{name}"
    if any(key == f"flag.{flag.id}" for flag in voice.raised):
        return voice.say("risk-departs", number=voice.numbers[key])
    possible = state.possible if isinstance(state, ChoiceState) else frozenset()
    if not is_known(state) and possible != {NOT_APPLICABLE}:
        return voice.words.say("common.unknown")
    for excused, word in (
        ({NOT_APPLICABLE}, "risk-not-applicable"),
        (set(departs.usual), "risk-usual"),
        (set(departs.silent), "risk-silent"),
        ({NOT_APPLICABLE, *departs.usual, *departs.silent}, "risk-no-departure"),
    ):
        if possible <= excused:
            return voice.say(word)
    return voice.say("risk-may-depart")


def _where(voice: Voice, name: str, departs: Departure) -> str:
    """What is still open of the condition under which a practice is the usual one."""
    whole = voice.of.why(f"flag.{name}")
    parts = [part for one in whole.parts for part in one.parts if part.truth is None]
    return voice.say("semicolon").join(
        _open(voice, part) for part in parts if not _asks(part, departs.question)
    )


def _open(voice: Voice, part: Reason) -> str:
    """A condition: a named one by its name alone."""
    inner = part.parts[0] if part.kind == "not" else part
    if inner.kind != "named":
        return voice.lack(part)
    called = voice.cause(inner.key or "")
    return called if inner is part else voice.words.say("lacking.not-named", what=called)


def _is_elsewhere(voice: Voice, name: str, departs: Departure) -> bool:
    """The flag is surely absent, and not for the answer: the practice is about other deals."""
    reason = voice.of.why(f"flag.{name}")
    return reason.value is False and any(
        not _asks(part, departs.question) for whole in reason.parts for part in whole.parts
    )


def _asks(reason: Reason, question: str) -> bool:
    return reason.asked is not None and reason.asked.question == question
