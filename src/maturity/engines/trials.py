"""The answers worth trying for an open question: one for each way rules can read it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import assert_never

from maturity.base.ids import NOT_APPLICABLE
from maturity.model.state import ChoiceState, MultiState, NumberState, State, TextState
from maturity.plan import Plan, leaves
from maturity.rules.expr import Amount, Bounds, Within


def trials(plan: Plan, question: str, state: State) -> Iterator[State]:
    """Settled states within a state. For a choice these are all of them.

    A multi question is tried with all open options, with none, and with each alone; a number at
    every threshold of the plan and between them.
    """
    match state:
        case ChoiceState(possible):
            options = [*plan.shapes[question].options, NOT_APPLICABLE]
            for option in (one for one in options if one in possible):
                yield ChoiceState(frozenset({option}), answered=True)
        case MultiState():
            yield from _choices(state, frozenset(plan.shapes[question].options))
        case NumberState():
            for number in _numbers(plan, question, state):
                yield NumberState(number, number, applies=True, answered=True)
        case TextState():
            return
        case _:
            assert_never(state)


def _choices(state: MultiState, options: frozenset[str]) -> Iterator[MultiState]:
    rest = sorted(options - state.chosen - state.refused)
    picks = [frozenset[str](), frozenset(rest)]
    picks += [frozenset({one}) for one in rest] if len(rest) > 1 else []
    for pick in picks:
        chosen = state.chosen | pick
        yield state._replace(chosen=chosen, refused=options - chosen, applies=True, answered=True)


def _numbers(plan: Plan, question: str, state: NumberState) -> list[float]:
    marks = {state.least, state.most}
    for node in (*plan.applies.values(), *plan.values.values()):
        for leaf in leaves(node):
            if isinstance(leaf, Within) and isinstance(leaf.number, Amount):
                marks |= _ends(leaf.bounds) if leaf.number.question == question else set()
    inside = sorted(mark for mark in marks if state.least <= mark <= state.most)
    between = [(low + high) / 2 for low, high in pairwise(inside)]
    return sorted({*inside, *between})


def _ends(bounds: Bounds) -> set[float]:
    ends = (bounds.at_least, bounds.above, bounds.at_most, bounds.below)
    return {end for end in ends if end is not None}
