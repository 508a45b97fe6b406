"""What would change a value: single answers, by what would come out."""

from collections.abc import Iterable, Iterator, Sequence

from maturity.model.reason import Change, Number
from maturity.render.explain.page import Page, Told

_MOST = 6
"""So many questions are told for one outcome; the others are counted."""

_BEST = 5
"""So many answers are told that lift a score, and that lower it."""

_NOWHERE = Number(None, None)


def what_changes_it(page: Page, output: str) -> Iterator[Told]:
    """The single answers that would settle the output otherwise than it stands."""
    yield Told(0, page.say("changes"))
    found = page.report.changes(output)
    if not found:
        yield Told(1, page.say("changes-none"))
    elif output.startswith("score."):
        yield from _moves(page, output, found)
    else:
        yield from _outcomes(page, output, found)


def _outcomes(page: Page, output: str, found: Sequence[Change]) -> Iterator[Told]:
    for outcome in dict.fromkeys(change.outcome for change in found):
        yield Told(1, page.say("would-be", outcome=_named(page, output, outcome)))
        alike = [change for change in found if change.outcome == outcome]
        questions = list(dict.fromkeys(change.question for change in alike))
        for question in questions[:_MOST]:
            into = [one.into for one in alike if one.question == question]
            yield Told(2, _if(page, question, into))
        if len(questions) > _MOST:
            yield Told(2, page.say("changes-more", count=len(questions) - _MOST))


def _named(page: Page, output: str, outcome: str) -> str:
    """What an outcome is called; for a flag or a condition, whether it holds."""
    stage, name = output.split(".", 1)
    words = page.words
    match stage:
        case "ladder" | "decision":
            return words.step(name, None if outcome == "none" else outcome)
        case "check":
            return words.say(f"status.{outcome}")
        case "flag":
            return words.say("status.absent" if outcome == "none" else "status.raised")
        case "recommendation":
            return page.say("not-given") if outcome == "none" else words.say("status.given")
    return page.say("fails" if outcome == "none" else "holds")


def _if(page: Page, question: str, into: Iterable[tuple[str, ...] | float]) -> str:
    asked = page.say("question", question=page.words.question(question), id=question)
    answers = [_answer(page, question, one) for one in into]
    return page.say("if", question=asked, answers=page.either(answers))


def _answer(page: Page, question: str, into: tuple[str, ...] | float) -> str:
    if isinstance(into, float | int):
        unit = page.words.text(page.bundle.questions[question].unit)
        return f"{into:g} {unit}".strip()
    labels = [page.option(question, one) for one in into]
    if page.bundle.shapes[question].kind == "choice":
        return page.either(labels)
    if not labels:
        return page.words.say("common.chosen-none")
    return page.say("exactly", options=page.words.several(labels))


def _moves(page: Page, output: str, found: Sequence[Change]) -> Iterator[Told]:
    """The best answers to each question that lift the score, then those that lower it."""
    now = next(one for one in page.report.result.scores if output == f"score.{one.id}")
    middle = _middle(now.least, now.most)
    applying = [change for change in found if (change.number or _NOWHERE).least is not None]
    lifting = [change for change in applying if _height(change) > middle]
    lowering = [change for change in applying if _height(change) < middle]
    lifting.sort(key=lambda change: -_height(change))
    lowering.sort(key=_height)
    for key, moves in (("lifts", lifting), ("lowers", lowering)):
        best: dict[str, Change] = {}
        for change in moves:
            best.setdefault(change.question, change)
        each = list(best.values())
        if each:
            yield Told(1, page.say(key))
        for change in each[:_BEST]:
            yield Told(2, _move(page, output, change))
        if len(each) > _BEST:
            yield Told(2, page.say("changes-more", count=len(each) - _BEST))


def _move(page: Page, output: str, change: Change) -> str:
    digits = page.bundle.rubric.scores[output.split(".", 1)[1]].digits
    told = _if(page, change.question, [change.into])
    return page.say("is", name=told, value=page.number(change.number or _NOWHERE, digits))


def _height(change: Change) -> float:
    number = change.number or _NOWHERE
    return _middle(number.least, number.most)


def _middle(least: float | None, most: float | None) -> float:
    """The middle of an interval; of a score that does not apply, zero."""
    return ((least or 0.0) + (most or 0.0)) / 2
