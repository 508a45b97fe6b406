"""What a questionnaire must keep."""

from collections.abc import Callable, Iterable, Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import RESERVED
from maturity.base.nearest import few_guesses
from maturity.base.places import Places, Steps
from maturity.checks.answered import check_readings
from maturity.checks.hints import instead_of
from maturity.checks.mentions import mentions_in_questionnaire
from maturity.checks.questions import Questions
from maturity.checks.readings import Reading, readings_of
from maturity.checks.settled import settled
from maturity.checks.sources import check_sources, sources_in_questionnaire, unknown_places
from maturity.checks.texts import missing_translations
from maturity.model.questionnaire import Questionnaire
from maturity.rules.answers import (
    AnswerChosen,
    AnswerHas,
    AnswerHasAll,
    AnswerIn,
    AnswerLacks,
    AnswerNumber,
    Count,
    Every,
)
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, NotThat

ALLOWED = (
    AllOf,
    AnyOf,
    NotThat,
    AtLeastOf,
    AnswerIn,
    AnswerHas,
    AnswerHasAll,
    AnswerLacks,
    AnswerChosen,
    AnswerNumber,
    Every,
    Count,
)
"""The forms of condition that `applies_when` may use: those over answers alone."""


@few_guesses()
def check_questionnaire(questionnaire: Questionnaire, places: Places) -> list[Diagnostic]:
    """Every fault of a questionnaire, sorted by place."""
    found = [fault for check in CHECKS for fault in check(questionnaire, places)]
    questions = Questions.of(questionnaire)
    found += conditions(questionnaire, places, questions)
    entries = sources_in_questionnaire(questionnaire)
    found += check_sources(entries, places, questionnaire.sources.keys())
    found += unknown_places(questionnaire.places, places, questionnaire.sources.keys())
    found += missing_translations(questionnaire, places)
    return sorted(found)


def conditions(
    questionnaire: Questionnaire, places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """All checks of `applies_when`."""
    mentions = mentions_in_questionnaire(questionnaire)
    readings = readings_of(mentions, questions)
    yield from check_readings(mentions, readings, places, questions)
    yield from refers_ahead(readings, places, questions)
    yield from settled(mentions, places, questions, {})
    for mention in mentions:
        if not isinstance(mention.form, ALLOWED):
            message = "this form of condition cannot stand in `applies_when`"
            hint = "use only all, any, not, at_least, answer, every and count: whether a question "
            hint += "applies follows from answers, not from a rubric"
            yield Diagnostic.of(Code.FORM_NOT_ALLOWED, places.of(mention.steps), message, hint)


def refers_ahead(
    readings: list[Reading], places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """M206: `applies_when` refers to its own question or to one below it."""
    for reading in readings:
        for name, steps in reading.names:
            asked = questions.asked.get(name)
            if asked is not None and asked.position >= reading.mention.at[1]:
                message = f"the question {quoted(name)} does not stand above this one"
                hint = "refer to questions above only, or move this question below it"
                yield Diagnostic.of(Code.REFERS_AHEAD, places.of(steps), message, hint)


def duplicate_questions(questionnaire: Questionnaire, places: Places) -> Iterator[Diagnostic]:
    """M201: two questions have one id."""
    first: dict[str, int] = {}
    for index, question in enumerate(questionnaire.questions):
        if first.setdefault(question.id, index) != index:
            there = places.of(("questions", first[question.id], "id"))
            message = f"the id {quoted(question.id)} stands twice; first at {there}"
            place = places.of(("questions", index, "id"))
            hint = "give one of the two questions another id"
            yield Diagnostic.of(Code.DUPLICATE_QUESTION, place, message, hint)


def unknown_themes(questionnaire: Questionnaire, places: Places) -> Iterator[Diagnostic]:
    """M202: a question's theme is not declared."""
    for index, question in enumerate(questionnaire.questions):
        if question.theme not in questionnaire.themes:
            message = f"the questionnaire has no theme {quoted(question.theme)}"
            hint = instead_of(question.theme, questionnaire.themes, "the themes are")
            place = places.of(("questions", index, "theme"))
            yield Diagnostic.of(Code.UNKNOWN_THEME, place, message, hint)


def unknown_answer_sets(questionnaire: Questionnaire, places: Places) -> Iterator[Diagnostic]:
    """M203: a question takes its options from an answer set that is not declared."""
    for index, question in enumerate(questionnaire.questions):
        name = question.options
        if isinstance(name, str) and name not in questionnaire.answer_sets:
            message = f"there is no answer set {quoted(name)}"
            hint = instead_of(name, questionnaire.answer_sets, "the answer sets are")
            place = places.of(("questions", index, "options"))
            yield Diagnostic.of(Code.UNKNOWN_ANSWER_SET, place, message, hint)


def reserved_options(questionnaire: Questionnaire, places: Places) -> Iterator[Diagnostic]:
    """M204: an option's id is a word that every question understands already."""
    for steps, options in _option_lists(questionnaire):
        for option in sorted(RESERVED.intersection(options)):
            message = f"{quoted(option)} cannot be an option: it is an answer to every question"
            hint = "leave it out; `may_be_inapplicable: true` allows to declare not-applicable"
            place = places.of((*steps, option), key=True)
            yield Diagnostic.of(Code.RESERVED_OPTION, place, message, hint)


def _option_lists(questionnaire: Questionnaire) -> Iterator[tuple[Steps, Iterable[str]]]:
    for name, options in questionnaire.answer_sets.items():
        yield ("answer_sets", name), options
    for index, question in enumerate(questionnaire.questions):
        if isinstance(question.options, dict):
            yield ("questions", index, "options"), question.options


def unused_themes(questionnaire: Questionnaire, places: Places) -> Iterator[Diagnostic]:
    """M211: no question has this theme."""
    used = {question.theme for question in questionnaire.questions}
    for theme in questionnaire.themes:
        if theme not in used:
            message = f"no question has the theme {quoted(theme)}"
            place = places.of(("themes", theme), key=True)
            hint = "delete it, or give it to the questions it is meant for"
            yield Diagnostic.of(Code.UNUSED_THEME, place, message, hint)


def unused_answer_sets(questionnaire: Questionnaire, places: Places) -> Iterator[Diagnostic]:
    """M212: no question takes its options from this answer set."""
    used = {one.options for one in questionnaire.questions if isinstance(one.options, str)}
    for name in questionnaire.answer_sets:
        if name not in used:
            message = f"no question takes its options from the answer set {quoted(name)}"
            place = places.of(("answer_sets", name), key=True)
            hint = f"delete it, or write `options: {name}` in the questions it is meant for"
            yield Diagnostic.of(Code.UNUSED_ANSWER_SET, place, message, hint)


CHECKS: tuple[Callable[[Questionnaire, Places], Iterator[Diagnostic]], ...] = (
    duplicate_questions,
    unknown_themes,
    unknown_answer_sets,
    reserved_options,
    unused_themes,
    unused_answer_sets,
)
"""The checks that need nothing but the questionnaire, one function a code."""
