"""The set of possible answers of one question in one project."""

from typing import NamedTuple, TypeAlias, assert_never

from maturity.base.ids import NOT_APPLICABLE
from maturity.rules.scope import Shape

Truth: TypeAlias = bool | None
"""Kleene's three values; None is unknown."""


class ChoiceState(NamedTuple):
    """`possible` holds options and, where that is possible, `not-applicable`; it is never empty.

    `answered` is false where nobody could answer: no answer, or unknown.
    """

    possible: frozenset[str]
    answered: bool


class MultiState(NamedTuple):
    """A yes, a no or neither for every option. `applies` is unknown where that is open."""

    chosen: frozenset[str]
    refused: frozenset[str]
    applies: Truth
    answered: bool


class NumberState(NamedTuple):
    """An interval of possible numbers."""

    least: float
    most: float
    applies: Truth
    answered: bool


class TextState(NamedTuple):
    """Text is never scored; only whether it is there counts."""

    applies: Truth
    answered: bool


State: TypeAlias = ChoiceState | MultiState | NumberState | TextState


def anything(shape: Shape, declarable: bool) -> State:
    """The state of a question of which nothing is known.

    Where "not applicable" may be declared it is one of the possible answers, too.
    """
    applies = None if declarable else True
    match shape.kind:
        case "choice":
            declared = {NOT_APPLICABLE} if declarable else set()
            return ChoiceState(frozenset(shape.options) | declared, answered=False)
        case "multi":
            return MultiState(frozenset(), frozenset(), applies, answered=False)
        case "number":
            return NumberState(shape.least, shape.most, applies, answered=False)
        case "text":
            return TextState(applies, answered=False)
    assert_never(shape.kind)


def inapplicable(shape: Shape) -> State:
    """The state of a question that does not apply."""
    match shape.kind:
        case "choice":
            return ChoiceState(frozenset({NOT_APPLICABLE}), answered=True)
        case "multi":
            return MultiState(frozenset(), frozenset(), applies=False, answered=True)
        case "number":
            return NumberState(shape.least, shape.most, applies=False, answered=True)
        case "text":
            return TextState(applies=False, answered=True)
    assert_never(shape.kind)


def narrowed(state: State, shape: Shape, applies: Truth) -> State:
    """The state once applicability is known: gone where false, widened where unknown."""
    if applies is True:
        return state
    if applies is False:
        return inapplicable(shape)
    if isinstance(state, ChoiceState):
        return state._replace(possible=state.possible | {NOT_APPLICABLE})
    return state if state.applies is False else state._replace(applies=None)


def is_applicable(state: State) -> Truth:
    """Whether the question applies."""
    if not isinstance(state, ChoiceState):
        return state.applies
    if NOT_APPLICABLE not in state.possible:
        return True
    return False if len(state.possible) == 1 else None


def is_settled(state: State, shape: Shape) -> bool:
    """Whether one answer only is possible."""
    match state:
        case ChoiceState(possible):
            return len(possible) == 1
        case MultiState(chosen, refused, applies):
            known = len(chosen | refused) == len(shape.options)
            return applies is False or (applies is True and known)
        case NumberState(least, most, applies):
            return applies is False or (applies is True and least == most)
        case TextState(_, answered):
            return answered
    assert_never(state)
