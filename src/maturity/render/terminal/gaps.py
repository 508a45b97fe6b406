"""What is known and what is not: coverage, and the answers that would settle most."""

from collections.abc import Iterator

from maturity.model.result import NextQuestion
from maturity.model.state import is_applicable
from maturity.render.terminal.canvas import Line, bullet, heading, paragraph
from maturity.render.terminal.concerns import outputs_told
from maturity.render.terminal.view import View


def coverage(view: View) -> Iterator[Line]:
    """How many of the questions that may apply are answered, and on what."""
    known, states = view.result.coverage, view.report.states
    differing = [one for one in view.result.differing() if is_applicable(states[one]) is not False]
    said = view.say(
        "covered",
        asked=known.asked,
        answered=known.answered,
        partly=known.partly - len(differing),
        differing=len(differing),
        evidenced=known.evidenced,
        unknown=known.unknown,
    )
    yield from paragraph(said, view.width, margin=1)
    for sentence in view.words.silences():
        yield from paragraph(sentence, view.width, "faint", margin=1)


def next_answers(view: View) -> Iterator[Line]:
    """The open questions that would settle most, best first: who knows, and where it stands."""
    if not view.result.next_questions:
        return
    count = len(view.result.next_questions)
    yield from heading(view.say("next" if count > 1 else "next-one", count=count), view.width)
    for number, one in enumerate(view.result.next_questions, start=1):
        yield from _next(view, number, one)


def _next(view: View, number: int, one: NextQuestion) -> Iterator[Line]:
    words, question = view.words, view.bundle.questions[one.question]
    asked = view.say("question", question=words.question(one.question), id=one.question)
    yield from bullet(f"{number}.", asked, view.width, "strong")
    where = view.say("ask", party=words.say(f"party.{question.asked}"))
    if question.stands_in is not None:
        where = view.say("stands-in", ask=where, place=words.text(question.stands_in))
    if one.question in view.result.differing():
        where = view.say("agree", ask=where)
    yield from paragraph(where, view.width, margin=4)
    if one.settles:
        counts = {
            key: view.say("of-tried", count=count, tried=one.tried)
            for key, count in one.settles
            if count < one.tried
        }
        keys = tuple(key for key, _ in one.settles)
        said = view.say("settles", outputs=outputs_told(view, keys, counts))
        yield from paragraph(said, view.width, margin=4)
