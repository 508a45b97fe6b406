"""Valuation -> what people are told: confirmed and possible outcomes."""

from collections.abc import Iterator
from typing import Literal

from maturity.engines.python import Valuation
from maturity.model.bundle import Bundle
from maturity.model.result import (
    CheckResult,
    DecisionResult,
    LadderResult,
    ScoreResult,
)
from maturity.rules.checklists import STATUSES


def score(valuation: Valuation, name: str) -> ScoreResult:
    """A score's interval; without ends where it surely does not apply."""
    interval = valuation.interval(f"score.{name}")
    if interval.applies is False:
        return ScoreResult(name, None, None)
    return ScoreResult(name, interval.least, interval.most, interval.applies is None)


def ladder(valuation: Valuation, name: str, levels: tuple[str, ...]) -> LadderResult:
    """The highest level that is reached, and the highest that is not ruled out."""
    confirmed = possible = None
    for level in levels:
        truth = valuation.values[f"ladder.{name}.{level}"]
        confirmed = level if truth is True else confirmed
        possible = level if truth is not False else possible
    return LadderResult(name, confirmed, possible)


def decision(valuation: Valuation, name: str, rows: tuple[str, ...]) -> DecisionResult:
    """The rows that may win; confirmed where it is one that surely does."""
    possible = tuple(row for row in rows if valuation.values[f"decision.{name}.{row}"] is not False)
    sure = len(possible) == 1 and valuation.values[f"decision.{name}.{possible[0]}"] is True
    return DecisionResult(name, possible[0] if sure else None, possible)


def check(valuation: Valuation, name: str) -> CheckResult:
    """The status of a checklist item, unknown where several are possible."""
    possible = tuple(s for s in STATUSES if valuation.values[f"check.{name}.{s}"] is not False)
    if len(possible) == 1:
        return CheckResult(name, possible[0], None, possible)
    floor: Literal["partly"] | None = "partly" if set(possible) <= {"met", "partly"} else None
    return CheckResult(name, "unknown", floor, possible)


def scores(valuation: Valuation, bundle: Bundle) -> Iterator[ScoreResult]:
    """Every score, in declared order."""
    return (score(valuation, name) for name in bundle.rubric.scores)


def ladders(valuation: Valuation, bundle: Bundle) -> Iterator[LadderResult]:
    """Every ladder, in declared order."""
    return (ladder(valuation, name, bundle.steps(name).ids) for name in bundle.rubric.ladders)


def decisions(valuation: Valuation, bundle: Bundle) -> Iterator[DecisionResult]:
    """Every decision, in declared order."""
    return (decision(valuation, name, bundle.steps(name).ids) for name in bundle.rubric.decisions)


def checks(valuation: Valuation, bundle: Bundle) -> Iterator[CheckResult]:
    """Every checklist item, in declared order."""
    return (check(valuation, name) for name in bundle.rubric.checklists)
