"""What would change a value: every single answer is tried in every other way."""

from collections.abc import Iterator

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.intervals import Interval
from maturity.engines.python import Valuation, reevaluate
from maturity.engines.trials import trials
from maturity.model.reason import Change, Number
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    anything,
    is_applicable,
)


def changes(at: Valuation, keys: tuple[str, ...]) -> Iterator[Change]:
    """The single answers that would settle an outcome otherwise than it stands now.

    `keys` are the named conditions of one output in order (the levels of a ladder, the rows of a
    table, one flag); the outcome of a change is the last part of the key that then surely holds.
    Of a score every answer that moves one of its ends is a change.
    """
    is_score = isinstance(at.values[keys[-1]], Interval)
    now = None if is_score else _outcome(at, keys)
    for question, state, after in _tried(at, keys):
        if is_score:
            then = after.interval(keys[-1])
            if then != at.interval(keys[-1]):
                yield Change(question, _into(state), "score", _number(then))
        elif (outcome := _outcome(after, keys)) is not None and outcome != now:
            yield Change(question, _into(state), outcome)


def _tried(at: Valuation, keys: tuple[str, ...]) -> Iterator[tuple[str, State, Valuation]]:
    """Every other answer to every question behind the keys, with the valuation it gives."""
    for question in dict.fromkeys(name for key in keys for name in at.plan.questions_behind(key)):
        if is_applicable(at.states[question]) is False:
            continue
        shape = at.plan.shapes[question]
        for state in trials(at.plan, question, anything(shape, declarable=False)):
            if state != at.raw[question]:
                yield question, state, reevaluate(at, question, state)


def _outcome(at: Valuation, keys: tuple[str, ...]) -> str | None:
    """The highest of the keys that holds; `none` where surely none does; None where it is open."""
    truths = [at.truth(key) for key in keys]
    if any(truth is None for truth in truths):
        return None
    held = [key for key, truth in zip(keys, truths, strict=True) if truth is True]
    return held[-1].rsplit(".", 1)[-1] if held else "none"


def _number(interval: Interval) -> Number:
    if interval.applies is False:
        return Number(None, None)
    return Number(interval.least, interval.most)


def _into(state: State) -> tuple[str, ...] | float:
    match state:
        case ChoiceState(possible):
            return tuple(sorted(possible - {NOT_APPLICABLE}))
        case MultiState(chosen):
            return tuple(sorted(chosen))
        case NumberState(least):
            return least
    return ()
