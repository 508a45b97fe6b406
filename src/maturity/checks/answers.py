"""Answers against the questionnaire, in city files and in worked cases."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, assert_never

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.base.places import Place, Places, Steps
from maturity.base.text import Text
from maturity.checks.answered import unknown_option
from maturity.checks.hints import exact
from maturity.checks.questions import Asked, Questions
from maturity.model.city import Answer, Between, Given, HasLacks, OneOf
from maturity.rules.scope import Kind


class Spot(NamedTuple):
    """One answer on a known question, with the steps that lead to the answer's value."""

    asked: Asked
    value: Given
    steps: Steps
    places: Places

    @property
    def place(self) -> Place:
        """The place of the value."""
        return self.places.of(self.steps)

    @property
    def name(self) -> str:
        """The question's id, quoted."""
        return quoted(self.asked.shape.id)


def check_answers(
    answers: Mapping[str, Answer], steps: Steps, places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """Every fault of one set of answers, which stands at these steps."""
    for name, answer in answers.items():
        asked = questions.asked.get(name)
        if asked is None:
            yield questions.unknown(name, places.of((*steps, name), key=True))
            continue
        long = (*steps, name, "answer")
        spot = Spot(asked, answer.answer, long if long in places.values else long[:-1], places)
        yield from _check_value(spot)
        yield from missing_reason(answer, spot)


def _check_value(spot: Spot) -> Iterator[Diagnostic]:
    if spot.value == UNKNOWN:
        return
    if spot.value == NOT_APPLICABLE:
        yield from always_applicable(spot, spot.place)
        return
    misfit = _misfit(spot)
    if misfit is not None:
        yield answer_form(spot, misfit)
        return
    yield from repeated_options(spot)
    yield from unknown_options(spot)
    yield from out_of_range(spot)


def answer_form(spot: Spot, hint: str) -> Diagnostic:
    """M108: the answer has not the form that the kind of question takes."""
    message = f"{_called(spot.value)} does not answer the {spot.asked.shape.kind} question "
    message += spot.name
    return Diagnostic.of(Code.ANSWER_FORM, spot.place, message, hint)


def repeated_options(spot: Spot) -> Iterator[Diagnostic]:
    """M109: an option stands twice in an answer, or both under `has` and under `lacks`."""
    seen: set[str] = set()
    for option, steps in _options(spot):
        if option in seen:
            message = f"the option {quoted(option)} stands twice in this answer"
            hint = "name it once"
            if isinstance(spot.value, HasLacks):
                hint += ", under `has` if it is chosen, under `lacks` if it surely is not"
            yield Diagnostic.of(Code.REPEATED_OPTION, spot.places.of(steps), message, hint)
        seen.add(option)


def unknown_options(spot: Spot) -> Iterator[Diagnostic]:
    """M107: the question has no such option."""
    known = spot.asked.options
    for option, steps in _options(spot):
        place = spot.places.of(steps)
        if option == NOT_APPLICABLE and isinstance(spot.value, OneOf):
            yield from always_applicable(spot, place)
        elif known and option not in known:
            yield unknown_option(option, known, place, spot.name)


def out_of_range(spot: Spot) -> Iterator[Diagnostic]:
    """M110: the number lies outside the range of the question."""
    least, most = spot.asked.shape.least, spot.asked.shape.most
    for number, steps in _numbers(spot):
        if not least <= number <= most:
            limits = f"{exact(least)} to {exact(most)}"
            message = f"{exact(number)} is outside the range of {spot.name}, {limits}"
            hint = "check the number and its unit"
            if spot.asked.question.unit is not None:
                hint += f" ({spot.asked.question.unit.in_language('en')})"
            yield Diagnostic.of(Code.OUT_OF_RANGE, spot.places.of(steps), message, hint)


def always_applicable(spot: Spot, place: Place) -> Iterator[Diagnostic]:
    """M111: the questionnaire does not let anybody declare this question not applicable."""
    if spot.asked.question.may_be_inapplicable:
        return
    message = f"{spot.name} cannot be declared not applicable"
    hint = f"choose one of its answers, or {UNKNOWN}"
    if spot.asked.question.applies_when is not True:
        hint = "delete the answer: whether the question applies follows from answers above it"
    yield Diagnostic.of(Code.ALWAYS_APPLICABLE, place, message, hint)


def missing_reason(answer: Answer, spot: Spot) -> Iterator[Diagnostic]:
    """M112: declared not applicable without saying why."""
    is_allowed = spot.asked.question.may_be_inapplicable
    if answer.answer == NOT_APPLICABLE and is_allowed and answer.reason is None:
        message = f"{spot.name} is declared not applicable without a reason"
        hint = "write `{answer: not-applicable, reason: …}`"
        yield Diagnostic.of(Code.MISSING_REASON, spot.place, message, hint)


def _misfit(spot: Spot) -> str | None:
    """What to write instead, where the form of the answer does not fit the question."""
    kind = spot.asked.shape.kind
    match spot.value:
        case str():
            return _misfit_of_word(spot.value, kind, spot.asked.options)
        case int() | float():
            return None if kind == "number" else _hint(kind)
        case tuple() | HasLacks():
            return None if kind == "multi" else _hint(kind)
        case OneOf():
            return None if kind == "choice" else _hint(kind)
        case Between():
            return None if kind == "number" else _hint(kind)
        case Text():
            return None if kind == "text" else _hint(kind)
    assert_never(spot.value)


def _misfit_of_word(word: str, kind: Kind, options: Collection[str]) -> str | None:
    if kind in ("choice", "text"):
        return None
    if kind == "multi" and word in options:
        return f"write a list, even of one option: [{word}]"
    return _hint(kind)


def _hint(kind: Kind) -> str:
    """The forms that the answer on a question of this kind can have."""
    match kind:
        case "choice":
            return "name one option, {one-of: [option, …]}, or unknown"
        case "multi":
            return "list the options, or {has: [option, …], lacks: [option, …]}, or unknown"
        case "number":
            return "give a number without unit or quotes, {between: [least, most]}, or unknown"
        case "text":
            return "give a text, in quotes if it looks like a number, or unknown"
    assert_never(kind)


def _called(value: Given) -> str:
    match value:
        case str():
            return quoted(value)
        case int() | float():
            return f"the number {exact(value)}"
        case tuple():
            return "a list"
        case OneOf():
            return "`one-of`"
        case HasLacks():
            return "`has` and `lacks`" if value.has and value.lacks else "`has` or `lacks`"
        case Between():
            return "`between`"
        case Text():
            return "a text by language"
    assert_never(value)


def _options(spot: Spot) -> Iterator[tuple[str, Steps]]:
    """Every option that the answer names, with its place."""
    match spot.value:
        case str() if spot.asked.shape.kind == "choice":
            yield spot.value, spot.steps
        case tuple():
            yield from _listed(spot.value, spot.steps)
        case OneOf():
            yield from _listed(spot.value.one_of, (*spot.steps, "one-of"))
        case HasLacks():
            yield from _listed(spot.value.has, (*spot.steps, "has"))
            yield from _listed(spot.value.lacks, (*spot.steps, "lacks"))
        case _:
            return


def _listed(options: tuple[str, ...], steps: Steps) -> Iterator[tuple[str, Steps]]:
    for index, option in enumerate(options):
        yield option, (*steps, index)


def _numbers(spot: Spot) -> Iterator[tuple[float, Steps]]:
    match spot.value:
        case int() | float():
            yield spot.value, spot.steps
        case Between(between=ends):
            for index, number in enumerate(ends):
                yield number, (*spot.steps, "between", index)
        case _:
            return
