"""City -> states: what the answers of one project say about every question."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from maturity.base.ids import UNKNOWN
from maturity.base.text import Text
from maturity.model.city import Answer, Between, City, HasLacks, OneOf, Project, Side
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    TextState,
    anything,
    inapplicable,
)
from maturity.rules.scope import Shape


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one question: the answer that holds, or those of the sides."""

    joint: Answer | None
    government: Answer | None
    private: Answer | None

    def used(self) -> tuple[tuple[Side, Answer], ...]:
        """The answers that decide: a joint one wins; else those of the sides.

        An explicit unknown, joint or of one side, overrides nothing that somebody else knows.
        """
        if self.joint is not None and self.joint.answer != UNKNOWN:
            return (("answers", self.joint),)
        both: tuple[tuple[Side, Answer | None], ...] = (
            ("government", self.government),
            ("private", self.private),
        )
        given = tuple((side, answer) for side, answer in both if answer is not None)
        known = tuple((side, answer) for side, answer in given if answer.answer != UNKNOWN)
        if self.joint is not None and not known:
            return (("answers", self.joint),)
        return known or given

    def one_sided(self) -> Side | None:
        """The side that alone answered, if only one did."""
        used = self.used()
        return used[0][0] if len(used) == 1 and used[0][0] != "answers" else None


def said_in(city: City, project: Project) -> dict[str, Said]:
    """What is said about each question that the file answers for a project."""
    joint, government, private = (
        city.given(project, side) for side in ("answers", "government", "private")
    )
    names = dict.fromkeys((*joint, *government, *private))
    return {name: Said(joint.get(name), government.get(name), private.get(name)) for name in names}


def raw_states(
    shapes: Mapping[str, Shape], declarable: frozenset[str], said: Mapping[str, Said]
) -> dict[str, State]:
    """The state of every question before it is known which apply."""
    return {
        name: _state(shape, name in declarable, said.get(name)) for name, shape in shapes.items()
    }


def _state(shape: Shape, declarable: bool, said: Said | None) -> State:
    used = said.used() if said else ()
    if not used:
        return anything(shape, declarable)
    return reduce(_union, (state_of(answer, shape, declarable) for _, answer in used))


def state_of(answer: Answer, shape: Shape, declarable: bool) -> State:
    """The state that one valid answer gives."""
    match answer.answer:
        case "unknown":
            return anything(shape, declarable)
        case "not-applicable":
            return inapplicable(shape)
        case OneOf(one_of=options):
            return ChoiceState(frozenset(options), answered=True)
        case HasLacks(has=has, lacks=lacks):
            return MultiState(frozenset(has), frozenset(lacks), applies=True, answered=True)
        case Between(between=(least, most)):
            return NumberState(least, most, applies=True, answered=True)
        case tuple() as options:
            refused = frozenset(shape.options) - frozenset(options)
            return MultiState(frozenset(options), refused, applies=True, answered=True)
        case str() as word if shape.kind == "choice":
            return ChoiceState(frozenset({word}), answered=True)
        case str() | Text():
            return TextState(applies=True, answered=True)
        case number:
            return NumberState(number, number, applies=True, answered=True)


def _union(one: State, other: State) -> State:
    """Everything that either side's answer allows."""
    match one, other:
        case ChoiceState(), ChoiceState():
            return ChoiceState(one.possible | other.possible, one.answered or other.answered)
        case MultiState(), MultiState():
            return _union_multi(one, other)
        case NumberState(), NumberState():
            return _hull(one, other)
        case TextState(), TextState():
            return one._replace(applies=one.applies if one.applies == other.applies else None)
    raise TypeError(one, other)


def _union_multi(one: MultiState, other: MultiState) -> MultiState:
    applies = one.applies if one.applies == other.applies else None
    if one.applies is False:
        return other._replace(applies=applies)
    if other.applies is False:
        return one._replace(applies=applies)
    chosen, refused = one.chosen & other.chosen, one.refused & other.refused
    return MultiState(chosen, refused, applies, one.answered or other.answered)


def _hull(one: NumberState, other: NumberState) -> NumberState:
    applies = one.applies if one.applies == other.applies else None
    if one.applies is False:
        return other._replace(applies=applies)
    if other.applies is False:
        return one._replace(applies=applies)
    least, most = min(one.least, other.least), max(one.most, other.most)
    return NumberState(least, most, applies, one.answered or other.answered)
