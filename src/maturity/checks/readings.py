"""What conditions read of the questions, with the place of every name."""

from collections.abc import Iterable
from typing import NamedTuple

from maturity.base.ids import NOT_APPLICABLE
from maturity.base.places import Steps
from maturity.checks.mentions import Mention
from maturity.checks.questions import Questions
from maturity.rules.answers import (
    AnswerChosen,
    AnswerHas,
    AnswerHasAll,
    AnswerIn,
    AnswerLacks,
    AnswerNumber,
    Count,
    Every,
    Share,
)
from maturity.rules.scope import Kind
from maturity.rules.selection import Selector


class Reading(NamedTuple):
    """Questions that one condition reads, each with its place, and the options it names.

    `names_at` and `options_at` lead to the two lists. `keeps_inapplicable`: the condition says
    itself what becomes of a question that does not apply.
    """

    mention: Mention
    names: tuple[tuple[str, Steps], ...]
    names_at: Steps
    kind: Kind
    options: tuple[str, ...]
    options_at: Steps
    keeps_inapplicable: bool
    selector: Selector | None = None


def readings_of(mentions: Iterable[Mention], questions: Questions) -> list[Reading]:
    """A reading for each condition that reads questions itself."""
    found = (_reading(mention, questions) for mention in mentions)
    return [reading for reading in found if reading is not None]


def named_by(
    selection: tuple[str, ...] | Selector, steps: Steps, questions: Questions
) -> tuple[tuple[str, Steps], ...]:
    """The questions of a list or selector that stands at these steps, each with its place."""
    if isinstance(selection, Selector):
        return tuple((name, steps) for name in questions.chosen_by(selection))
    return tuple((name, (*steps, index)) for index, name in enumerate(selection))


def _reading(mention: Mention, questions: Questions) -> Reading | None:
    match mention.form:
        case AnswerIn(answer=name, options=options):
            kept = NOT_APPLICABLE in options
            return _of_one(mention, name, "choice", (options, "in"), kept)
        case AnswerNumber(answer=name, or_not_applicable=kept):
            return _of_one(mention, name, "number", ((), "answer"), kept)
        case AnswerHas() | AnswerHasAll() | AnswerLacks() | AnswerChosen() as form:
            return _of_one(mention, form.answer, "multi", _named(form), form.or_not_applicable)
        case Every(every=selection, options=options):
            return _of_several(mention, "every", selection, options, questions)
        case Count(count=selection, options=options):
            return _of_several(mention, "count", selection, options, questions)
        case Share(share=selection, options=options):
            return _of_several(mention, "share", selection, options, questions)
        case _:
            return None


def _named(
    form: AnswerHas | AnswerHasAll | AnswerLacks | AnswerChosen,
) -> tuple[tuple[str, ...], str]:
    """The options that a condition on a multi question names, and their key."""
    match form:
        case AnswerHas():
            return form.has, "has"
        case AnswerHasAll():
            return form.has_all, "has_all"
        case AnswerLacks():
            return form.lacks, "lacks"
        case AnswerChosen():
            return form.of or (), "of"


def _of_one(
    mention: Mention,
    name: str,
    kind: Kind,
    options: tuple[tuple[str, ...], str],
    kept: bool,
) -> Reading:
    place = (*mention.steps, "answer")
    at = (*mention.steps, options[1])
    return Reading(mention, ((name, place),), place, kind, options[0], at, kept)


def _of_several(
    mention: Mention,
    key: str,
    selection: tuple[str, ...] | Selector,
    options: tuple[str, ...],
    questions: Questions,
) -> Reading:
    steps = (*mention.steps, key)
    names = named_by(selection, steps, questions)
    kept = key == "share" or NOT_APPLICABLE in options
    selector = selection if isinstance(selection, Selector) else None
    at = (*mention.steps, "in")
    return Reading(mention, names, steps, "choice", options, at, kept, selector)
