"""The answers: what each side says, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maturity.base.ids import UNKNOWN
from maturity.model.city import SIDES, Answer, Evidence, Side
from maturity.model.states import Said
from maturity.render.markdown.voice import NOTHING, Voice


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with the joint answer, those of the two sides, and the evidence behind them.

    `number` is that under which others refer to the answer. A question with rows stands above
    them as a row of its own with nothing but its text.
    """

    question: str
    agreed: str = ""
    government: str = ""
    private: str = ""
    evidence: str = ""
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One answer with one piece of evidence; an answer with several has as many rows."""

    question: str
    side: str
    answer: str
    grade: str
    source: str
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class DivergenceRow:
    """A question on which the two sides differ, and what hangs on it."""

    question: str
    government: str
    private: str
    decides: str


@dataclass(frozen=True, slots=True)
class OneSidedRow:
    """A question that one side alone answered."""

    question: str
    side: str
    answer: str


def answer_rows(voice: Voice, questions: Iterable[str]) -> tuple[AnswerRow, ...]:
    """Questions that are answered, in order; those with rows below their own text."""
    rows: list[AnswerRow] = []
    stem = ""
    for name in questions:
        asked = voice.words.bundle.questions[name]
        if asked.rows and stem != asked.id:
            rows.append(AnswerRow(voice.words.text(asked.ask)))
        stem = asked.id
        label = f"{NOTHING} {voice.words.row(name)}" if asked.rows else voice.words.row(name)
        rows.append(_answer_row(voice, name, label))
    return tuple(rows)


def _answer_row(voice: Voice, name: str, label: str) -> AnswerRow:
    said = voice.of.said[name]
    answers = [*_every(said)]
    given = {side: voice.words.answer(name, answer) for side, answer in answers}
    evidence = [_by_side(voice, answers, side, _evidenced(voice, one)) for side, one in answers]
    notes = [
        _by_side(voice, answers, side, note)
        for side, answer in answers
        if (note := _note(voice, answer)) != NOTHING
    ]
    return AnswerRow(
        label,
        given.get("answers", NOTHING),
        given.get("government", NOTHING),
        given.get("private", NOTHING),
        evidence=voice.several(one for one in evidence if one) or NOTHING,
        number=voice.answers.get(name, ""),
        note=voice.sentences(notes) or NOTHING,
    )


def _by_side(voice: Voice, answers: Sequence[tuple[Side, Answer]], side: Side, said: str) -> str:
    """What belongs to one of several answers, with whose it is."""
    if len(answers) < 2 or not said:  # noqa: PLR2004
        return said
    return voice.say("count", what=voice.party(side), number=said)


def _evidenced(voice: Voice, answer: Answer) -> str:
    """Every piece of evidence of an answer; that there is none, where it is an answer at all."""
    found = [one for one in answer.evidence if one.grade != "none" or one.source]
    if not found:
        return "" if answer.answer == UNKNOWN else voice.say("no-evidence")
    grades = [None, *(one.grade for one in found)]
    told = zip(found, grades, strict=False)
    return voice.several(_cited(voice, one, graded=one.grade != before) for one, before in told)


def _cited(voice: Voice, one: Evidence, *, graded: bool) -> str:
    """Grade, source and place; the grade is told where it is not that of the piece before."""
    words = voice.words
    source, place = words.text(one.source), words.text(one.place)
    if place:
        source = words.say("common.source-place", name=source, place=place)
    grade = words.say(f"grade.{one.grade}") if graded or not source else ""
    return " ".join(part for part in (grade, source) if part)


def is_sided(voice: Voice, questions: Iterable[str]) -> bool:
    """Whether one of the questions has an answer of one side."""
    said = map(voice.of.said.__getitem__, questions)
    return any(one.government or one.private for one in said)


def evidence_rows(voice: Voice) -> tuple[EvidenceRow, ...]:
    """Every answer of the file that speaks of this project, with all that stands beside it."""
    return tuple(
        row
        for name in voice.words.bundle.questions
        if name in voice.of.said
        for side, answer in _every(voice.of.said[name])
        for row in _evidence(voice, name, side, answer)
    )


def _every(said: Said) -> Iterator[tuple[Side, Answer]]:
    for side, answer in zip(SIDES, (said.joint, said.government, said.private), strict=True):
        if answer is not None:
            yield side, answer


def _evidence(voice: Voice, name: str, side: Side, answer: Answer) -> Iterator[EvidenceRow]:
    words = voice.words
    head = (words.question(name), voice.party(side), words.answer(name, answer))
    note = _note(voice, answer)
    if not answer.evidence:
        unknown = answer.answer == "unknown"
        grade = NOTHING if unknown else voice.say("no-evidence")
        yield EvidenceRow(*head, grade, NOTHING, NOTHING, note)
    for number, one in enumerate(answer.evidence):
        yield EvidenceRow(
            *head,
            grade=words.say(f"grade.{one.grade}"),
            source=words.text(one.source) or NOTHING,
            place=words.text(one.place) or NOTHING,
            note=note if number == 0 else NOTHING,
        )


def _note(voice: Voice, answer: Answer) -> str:
    text = voice.words.text
    parts = [text(answer.note)]
    if answer.reason:
        parts.append(voice.say("reason", text=text(answer.reason)))
    if answer.justification:
        parts.append(voice.say("justification", text=text(answer.justification)))
    return " ".join(part for part in parts if part) or NOTHING


def divergence_rows(voice: Voice) -> tuple[DivergenceRow, ...]:
    """Where the two sides differ."""
    return tuple(
        DivergenceRow(
            voice.words.question(one.question),
            *_of_both(voice, one.question),
            decides=_decides(voice, one.decides, settled=one.settled),
        )
        for one in voice.of.result.divergences
    )


def _of_both(voice: Voice, question: str) -> tuple[str, str]:
    said = voice.of.said[question]
    government, private = (
        voice.words.answer(question, answer) if answer else NOTHING
        for answer in (said.government, said.private)
    )
    return government, private


def _decides(voice: Voice, outputs: tuple[str, ...], *, settled: bool) -> str:
    if settled:
        return voice.say("settled-jointly")
    told = voice.sentences(voice.words.output(key) for key in outputs)
    return told or voice.say("decides-nothing")


def one_sided_rows(voice: Voice) -> tuple[OneSidedRow, ...]:
    """What one side alone says."""
    rows = []
    for name, side in voice.of.result.one_sided:
        ((_, answer),) = voice.of.said[name].used()
        said = voice.words.answer(name, answer)
        rows.append(OneSidedRow(voice.words.question(name), voice.party(side), said))
    return tuple(rows)


def asks_both(voice: Voice) -> bool:
    """Whether the file holds an answer of one side at all."""
    return any(one.government or one.private for one in voice.of.said.values())
