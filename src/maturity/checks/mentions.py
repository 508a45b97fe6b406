"""Every condition of a file with its place, found in one walk."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from maturity.base.places import Steps
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, Form, NotThat
from maturity.rules.scores import ConditionItem

Position: TypeAlias = tuple[int, int]
"""Stage and position within the stage, from 0: a rule may refer to what stands before it."""

STAGES = (
    "conditions",
    "scores",
    "ladders",
    "decisions",
    "checklists",
    "flags",
    "recommendations",
)
"""The stages of a rubric in the order of evaluation, by the keys of the file."""


class Mention(NamedTuple):
    """A condition at a place; `negated` where an odd number of `not` stands above it."""

    form: Form
    steps: Steps
    at: Position
    negated: bool


def mentions_in_rubric(rubric: Rubric) -> list[Mention]:
    """Every condition of a rubric, in stage order."""
    return [
        mention for at, steps, condition in _roots(rubric) for mention in walk(condition, steps, at)
    ]


def mentions_in_questionnaire(questionnaire: Questionnaire) -> list[Mention]:
    """Every condition of a questionnaire; the second number of `at` is the question's position."""
    return [
        mention
        for index, question in enumerate(questionnaire.questions)
        for mention in walk(question.applies_when, ("questions", index, "applies_when"), (0, index))
    ]


def walk(
    condition: bool | Form, steps: Steps, at: Position, *, negated: bool = False
) -> Iterator[Mention]:
    """A condition and all below it, from the top down; constants are left out."""
    if isinstance(condition, bool):
        return
    yield Mention(condition, steps, at, negated)
    match condition:
        case AllOf(all=items):
            yield from _walk_items(items, (*steps, "all"), at, negated)
        case AnyOf(any=items):
            yield from _walk_items(items, (*steps, "any"), at, negated)
        case AtLeastOf(of=items):
            yield from _walk_items(items, (*steps, "of"), at, negated)
        case NotThat(item=item):
            yield from walk(item, (*steps, "not"), at, negated=not negated)
        case _:
            return


def _walk_items(
    items: tuple[bool | Form, ...], steps: Steps, at: Position, negated: bool
) -> Iterator[Mention]:
    for index, item in enumerate(items):
        yield from walk(item, (*steps, index), at, negated=negated)


def _roots(rubric: Rubric) -> Iterator[tuple[Position, Steps, bool | Form]]:
    for index, (name, named) in enumerate(rubric.conditions.items()):
        yield (0, index), ("conditions", name, "when"), named.when
    for index, (name, score) in enumerate(rubric.scores.items()):
        for number, item in enumerate(score.items):
            if isinstance(item, ConditionItem):
                yield (1, index), ("scores", name, "items", number, "when"), item.when
    yield from _roots_of_outcomes(rubric)
    yield from _roots_of_advice(rubric)


def _roots_of_outcomes(rubric: Rubric) -> Iterator[tuple[Position, Steps, bool | Form]]:
    for index, (name, ladder) in enumerate(rubric.ladders.items()):
        for number, level in enumerate(ladder.levels):
            yield (2, index), ("ladders", name, "levels", number, "when"), level.when
    for index, (name, decision) in enumerate(rubric.decisions.items()):
        for number, row in enumerate(decision.rows or ()):
            yield (3, index), ("decisions", name, "rows", number, "when"), row.when


def _roots_of_advice(rubric: Rubric) -> Iterator[tuple[Position, Steps, bool | Form]]:
    for index, (name, item) in enumerate(rubric.checklists.items()):
        at, steps = (4, index), ("checklists", name)
        yield at, (*steps, "applies"), item.applies
        yield at, (*steps, "met"), item.met
        yield at, (*steps, "partly"), item.partly
    for index, (name, flag) in enumerate(rubric.flags.items()):
        at, steps = (5, index), ("flags", name)
        yield at, (*steps, "when"), flag.when or False
        yield at, (*steps, "watch"), flag.watch
        if flag.departs is not None:
            yield at, (*steps, "departs", "where"), flag.departs.where
    for index, (name, advice) in enumerate(rubric.recommendations.items()):
        yield (6, index), ("recommendations", name, "when"), advice.when
