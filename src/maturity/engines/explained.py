"""The named values behind one output, for explaining it."""

from collections.abc import Iterable

from maturity.model.bundle import Bundle
from maturity.rules.checklists import STATUSES


def keys_of(bundle: Bundle, output: str) -> tuple[str, ...]:
    """The named conditions of an output in order: levels, rows, statuses, or the one.

    Raises:
        KeyError: there is no such output.
    """
    stage, name = output.split(".", 1)
    match stage:
        case "ladder" | "decision" if bundle.steps(name).stage == stage:
            return tuple(f"{output}.{one}" for one in bundle.steps(name).ids)
        case "check" if name in bundle.rubric.checklists:
            return tuple(f"{output}.{status}" for status in STATUSES)
        case "flag" if name in bundle.rubric.flags:
            return (output,)
        case "recommendation" if name in bundle.rubric.recommendations:
            return (output,)
        case "condition" if name in bundle.rubric.conditions:
            return (output,)
        case "score" if name in bundle.rubric.scores:
            return (output,)
    raise KeyError(output)


def outputs_named(bundle: Bundle, what: str) -> list[str]:
    """The outputs that a user may mean by a word: `operating`, `G1`, `flag.exit-unstated`."""
    rubric = bundle.rubric
    stages: dict[str, Iterable[str]] = {
        "score": rubric.scores,
        "ladder": rubric.ladders,
        "decision": rubric.decisions,
        "check": rubric.checklists,
        "flag": rubric.flags,
        "recommendation": rubric.recommendations,
        "condition": rubric.conditions,
    }
    every = [f"{stage}.{name}" for stage, names in stages.items() for name in names]
    return [output for output in every if what in (output, output.split(".", 1)[1])]
