"""How much of a project is still open: what the next question is chosen by.

The weights are this product's own judgement: what the summary leads with counts most.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, assert_never

from maturity.engines import reading
from maturity.engines.intervals import Interval
from maturity.engines.python import Valuation
from maturity.model.bundle import Bundle
from maturity.model.result import DecisionResult
from maturity.rules.checklists import STATUSES

Stage = Literal["score", "ladder", "decision", "check", "flag"]
VERDICT_WEIGHT, COLUMN_WEIGHT, DECISION_WEIGHT, OTHER_WEIGHT = 10.0, 5.0, 3.0, 1.0


class Output(NamedTuple):
    """One thing a report tells, with the weight that its being open has."""

    stage: Stage
    id: str
    key: str
    weight: float
    outcomes: tuple[str, ...] = ()
    span: float = 1.0


def outputs_of(bundle: Bundle) -> dict[str, Output]:
    """Every output of a rubric by key, in stage order."""
    rubric = bundle.rubric
    found: list[Output] = []
    for name, score in rubric.scores.items():
        span = abs(score.scale[1] - score.scale[0]) or 1.0
        found.append(Output("score", name, f"score.{name}", OTHER_WEIGHT, span=span))
    found += [_stepped("ladder", name, bundle) for name in rubric.ladders]
    found += [_stepped("decision", name, bundle) for name in rubric.decisions]
    found += [
        Output("check", name, f"check.{name}", OTHER_WEIGHT, STATUSES) for name in rubric.checklists
    ]
    found += [Output("flag", name, f"flag.{name}", OTHER_WEIGHT) for name in rubric.flags]
    return {output.key: output for output in found}


def touched(outputs: Mapping[str, Output], keys: Iterable[str]) -> list[Output]:
    """The outputs to which these named values belong."""
    names = dict.fromkeys(_owner(key) for key in keys)
    return [outputs[name] for name in names if name in outputs]


def openness(output: Output, at: Valuation) -> float:
    """How open one output is, from 0 (certain) to 1 (nothing is known)."""
    match output.stage:
        case "score":
            return _openness(at.interval(output.key), output.span)
        case "ladder":
            found = reading.ladder(at, output.id, output.outcomes)
            high, low = (_rank(output, one) for one in (found.possible, found.confirmed))
            return (high - low) / len(output.outcomes)
        case "decision":
            decided = reading.decision(at, output.id, output.outcomes)
            return _others(decided) / max(len(output.outcomes) - 1, 1)
        case "check":
            return (len(reading.check(at, output.id).possible) - 1) / (len(STATUSES) - 1)
        case "flag":
            return 1.0 if at.truth(output.key) is None else 0.0
    assert_never(output.stage)


def _stepped(stage: Stage, name: str, bundle: Bundle) -> Output:
    return Output(stage, name, f"{stage}.{name}", _weight(bundle, name), bundle.steps(name).ids)


def _weight(bundle: Bundle, name: str) -> float:
    summary = bundle.rubric.summary
    if name == summary.verdict:
        return VERDICT_WEIGHT
    return COLUMN_WEIGHT if name in summary.columns else DECISION_WEIGHT


def _others(decided: DecisionResult) -> int:
    """The rows possible beside one; where a sole row may not win either, that is one more."""
    if decided.confirmed is not None or not decided.possible:
        return 0
    return max(len(decided.possible) - 1, 1)


def _owner(key: str) -> str:
    return ".".join(key.replace("?", ".").split(".")[:2])


def _rank(output: Output, level: str | None) -> int:
    return 0 if level is None else output.outcomes.index(level) + 1


def _openness(interval: Interval, span: float) -> float:
    """The share of the span that is open; where it may not apply, more than if it did."""
    if interval.applies is False:
        return 0.0
    open_ = (interval.most - interval.least) / span
    return open_ if interval.applies else (1 + open_) / 2
