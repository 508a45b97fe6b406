"""What would change a value: every single answer is tried in every other way."""

from collections.abc import Iterator

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.python import Valuation, reevaluate
from maturity.engines.trials import trials
from maturity.model.reason import Change
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
    """
    now = _outcome(at, keys)
    behind = dict.fromkeys(name for key in keys for name in at.plan.questions_behind(key))
    for question in behind:
        if is_applicable(at.states[question]) is False:
            continue
        shape = at.plan.shapes[question]
        for state in trials(at.plan, question, anything(shape, declarable=False)):
            if state == at.raw[question]:
                continue
            then = _outcome(reevaluate(at, question, state), keys)
            if then is not None and then != now:
                yield Change(question, _into(state), then)


def _outcome(at: Valuation, keys: tuple[str, ...]) -> str | None:
    """The highest of the keys that holds; `none` where surely none does; None where it is open."""
    truths = [at.values[key] for key in keys]
    if any(truth is None for truth in truths):
        return None
    held = [key for key, truth in zip(keys, truths, strict=True) if truth is True]
    return held[-1] if held else "none"


def _into(state: State) -> tuple[str, ...] | float:
    match state:
        case ChoiceState(possible):
            return tuple(sorted(possible - {NOT_APPLICABLE}))
        case MultiState(chosen):
            return tuple(sorted(chosen))
        case NumberState(least):
            return least
    return ()
