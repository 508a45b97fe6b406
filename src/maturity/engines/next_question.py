"""Which open question would settle most: every possible answer is tried."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from maturity.engines.openness import Output, openness, outputs_of, touched
from maturity.engines.python import Valuation, reevaluate
from maturity.engines.trials import trials
from maturity.model.bundle import Bundle
from maturity.model.result import NextQuestion
from maturity.model.state import is_applicable, is_settled

NO_OUTPUT: Final = ("watch.", "recommendation.")
"""Stages that no output is read from, and that no other stage reads."""


def next_questions(bundle: Bundle, at: Valuation, most: int = 5) -> tuple[NextQuestion, ...]:
    """The open questions that would settle most, best first.

    Equal ones are ordered by `ask_first`, then by id, so that the order of a file never decides.
    """
    outputs = outputs_of(bundle)
    before = {key: openness(output, at) for key, output in outputs.items()}
    total = sum(outputs[key].weight * value for key, value in before.items())
    found = [
        _tried(name, at, outputs, before, total)
        for name, shape in at.plan.shapes.items()
        if is_applicable(at.states[name]) is not False and not is_settled(at.raw[name], shape)
    ]
    useful = [one for one in found if one is not None and one.gain > 0]
    useful.sort(
        key=lambda one: (
            -round(one.gain, 9),
            not bundle.questions[one.question].ask_first,
            one.question,
        )
    )
    return tuple(useful[:most])


def _tried(
    question: str,
    at: Valuation,
    outputs: Mapping[str, Output],
    before: Mapping[str, float],
    total: float,
) -> NextQuestion | None:
    keys = [key for key in at.plan.reach(question).values if not key.startswith(NO_OUTPUT)]
    reached = touched(outputs, keys)
    open_ones = [output for output in reached if before[output.key] > 0]
    states = list(trials(at.plan, question, at.raw[question]))
    if not open_ones or not states:
        return None
    removed = 0.0
    settles: Counter[str] = Counter()
    for state in states:
        after = reevaluate(at, question, state, keys)
        for output in open_ones:
            left = openness(output, after)
            removed += output.weight * (before[output.key] - left)
            settles[output.key] += left == 0.0
    certain = tuple((output.key, settles[output.key]) for output in _heaviest(open_ones))
    certain = tuple(pair for pair in certain if pair[1])
    return NextQuestion(question, removed / len(states) / total, len(states), certain)


def _heaviest(outputs: list[Output]) -> list[Output]:
    return sorted(outputs, key=lambda output: (-output.weight, output.key))
