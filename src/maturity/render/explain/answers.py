"""The leaves of an explanation: a question, and what the file says to it."""

from collections.abc import Iterable, Iterator

from maturity.base.ids import NOT_APPLICABLE
from maturity.model.city import Answer, Evidence, OneOf, Side
from maturity.model.reason import Asked, Number, Reason
from maturity.model.state import is_applicable
from maturity.model.states import Said
from maturity.render.explain.page import Page, Told


def asked(page: Page, reason: Reason, leaf: Asked, depth: int) -> Iterator[Told]:
    """The question with what is looked for; then, the first time, what the file answers."""
    again = leaf.question in page.questions
    page.questions.add(leaf.question)
    yield Told(depth, _head(page, reason, leaf, again))
    looked_for = _looked_for(page, leaf)
    if looked_for:
        yield Told(depth + 1, looked_for)
    if not again and leaf.question in page.report.said:
        for sentence in _answers(page, leaf.question, page.report.said[leaf.question]):
            yield Told(depth + 1, sentence)


def open_answers(page: Page, leaves: Iterable[Asked], depth: int) -> Iterator[Told]:
    """Many open answers in short: those given without settling the question, then the missing."""
    names = [leaf.question for leaf in leaves if page.report.said.get(leaf.question) is None]
    for leaf in leaves:
        if leaf.question not in names:
            place = page.report.place(leaf.question)
            state = page.words.state(leaf.question, leaf.state)
            yield Told(depth, _placed(page, "given", place, id=leaf.question, answer=state))
    if names:
        yield Told(depth, page.say("missing", ids=page.words.several(names)))


def _answers(page: Page, question: str, said: Said) -> Iterator[str]:
    """Every answer to a question as it stands in the file: whose, where, on what evidence."""
    answers: tuple[tuple[Side, Answer | None], ...] = (
        ("answers", said.joint),
        ("government", said.government),
        ("private", said.private),
    )
    used = {side for side, _ in said.used()}
    for side, answer in answers:
        if answer is not None:
            yield from _answer(page, question, side, answer, used=side in used)


def _head(page: Page, reason: Reason, leaf: Asked, again: bool) -> str:
    words = page.words
    named = page.say("question", question=words.question(leaf.question), id=leaf.question)
    if again:
        named = page.say("above", sentence=named)
    elif leaf.question not in page.report.said:
        named = page.say("not-in-file", sentence=named)
    if not isinstance(reason.value, Number):
        return page.judged(reason.value, named)
    if leaf.silence == "skip" and reason.value.least is None and leaf.applies is not False:
        return f"= {page.say('left-out', sentence=named)}"
    if leaf.silence == "least" and reason.value.least is not None:
        named = page.say("as-least", sentence=named)
    return f"= {_points(page, reason, reason.value, named)}"


def _points(page: Page, reason: Reason, number: Number, named: str) -> str:
    if number.least is None:
        return page.say("drops-out", sentence=named)
    shown = page.number(number)
    if reason.weight is None:
        return page.say("is", name=named, value=shown)
    return page.say("weighs", sentence=named, points=shown, weight=f"{reason.weight:g}")


def _looked_for(page: Page, leaf: Asked) -> str | None:
    options = [page.option(leaf.question, one) for one in leaf.wanted]
    match leaf.form:
        case "in":
            return page.say("looked-for", options=page.either(options))
        case "has":
            return page.say("has", options=page.either(options))
        case "has-all":
            return page.say("has-all", options=page.words.several(options))
        case "lacks":
            return page.say("lacks", options=page.words.several(options))
        case "chosen":
            return page.say("chosen", count=f"{leaf.low:g}", options=page.words.several(options))
        case "number" | "points":
            return None


def _answer(page: Page, question: str, side: Side, answer: Answer, *, used: bool) -> Iterator[str]:
    words = page.words
    place = page.report.place(question, side)
    given = _as_given(page, question, answer)
    told = _placed(page, "answer", place, side=words.say(f"party.{side}"), answer=given)
    is_out = is_applicable(page.report.states[question]) is False
    if not used or (is_out and answer.answer != NOT_APPLICABLE):
        told = page.say("unused", sentence=told)
    yield told
    if answer.reason is not None:
        yield page.say("reason", text=words.text(answer.reason))
    for one in answer.evidence:
        yield page.say("evidence", text=evidence(page, one))
    if answer.justification is not None:
        yield page.say("justification", text=words.text(answer.justification))
    if answer.note is not None:
        yield page.say("note", text=words.text(answer.note))


def _placed(page: Page, key: str, place: str | None, **told: str) -> str:
    """A sentence that ends with a place, or the one without where there is none."""
    return page.say(key if place else f"{key}-alone", place=place or "", **told)


def _as_given(page: Page, question: str, answer: Answer) -> str:
    if isinstance(answer.answer, OneOf):
        return page.either([page.option(question, one) for one in answer.answer.one_of])
    return page.words.answer(question, answer)


def evidence(page: Page, one: Evidence) -> str:
    """Grade, source and place of one piece of evidence."""
    words = page.words
    source = words.text(one.source)
    cited = page.sources.get(source)
    name, place = words.text(cited) if cited else source, words.text(one.place)
    both = words.say("common.source-place", name=name, place=place)
    told = both if name and place else name or place
    grade = words.say(f"grade.{one.grade}")
    return page.say("is", name=grade, value=told) if told else grade
