"""What is told about a project, and whether one telling lies within another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from maturity.engines import reading
from maturity.engines.python import Valuation
from maturity.model.bundle import Bundle
from maturity.model.result import CheckResult, DecisionResult, LadderResult, ScoreResult
from maturity.model.state import Truth

MARGIN: Final = 1e-9


@dataclass(frozen=True)
class Told:
    """Every output of one project by id; truths of flags and recommendations by key."""

    scores: dict[str, ScoreResult]
    ladders: dict[str, LadderResult]
    decisions: dict[str, DecisionResult]
    checks: dict[str, CheckResult]
    truths: dict[str, Truth]


def told(bundle: Bundle, at: Valuation) -> Told:
    """Read every output of a valuation."""
    keys = [f"flag.{name}" for name in bundle.rubric.flags]
    keys += [f"recommendation.{name}" for name in bundle.rubric.recommendations]
    return Told(
        {one.id: one for one in reading.scores(at, bundle)},
        {one.id: one for one in reading.ladders(at, bundle)},
        {one.id: one for one in reading.decisions(at, bundle)},
        {one.id: one for one in reading.checks(at, bundle)},
        {key: at.truth(key) for key in keys},
    )


def breaches(bundle: Bundle, wide: Told, narrow: Told) -> list[str]:
    """Where a telling that knows more says what the one that knows less has ruled out."""
    return [
        *_scores(wide, narrow),
        *_ladders(bundle, wide, narrow),
        *_tables(wide, narrow),
        *(
            f"{key}: {truth} became {narrow.truths[key]}"
            for key, truth in wide.truths.items()
            if truth is not None and narrow.truths[key] is not truth
        ),
    ]


def open_outputs(narrow: Told) -> list[str]:
    """The outputs that are not certain."""
    return [
        *(one.id for one in narrow.scores.values() if one.least != one.most or one.may_not_apply),
        *(one.id for one in narrow.ladders.values() if not one.settled),
        *(one.id for one in narrow.decisions.values() if one.possible[:1] != _sure(one)),
        *(one.id for one in narrow.checks.values() if len(one.possible) != 1),
        *(key for key, truth in narrow.truths.items() if truth is None),
    ]


def _sure(one: DecisionResult) -> tuple[str, ...]:
    return () if one.confirmed is None else (one.confirmed,)


def _scores(wide: Told, narrow: Told) -> Iterator[str]:
    for name, stated in wide.scores.items():
        found = narrow.scores[name]
        if found.least is None or found.most is None:
            if stated.least is not None and not stated.may_not_apply:
                yield f"score.{name}: {stated} became inapplicable"
        elif stated.least is None or stated.most is None:
            yield f"score.{name}: inapplicable became {found}"
        elif found.least < stated.least - MARGIN or found.most > stated.most + MARGIN:
            yield f"score.{name}: {stated} became {found}"
        elif found.may_not_apply and not stated.may_not_apply:
            yield f"score.{name}: {stated} may now not apply"


def _ladders(bundle: Bundle, wide: Told, narrow: Told) -> Iterator[str]:
    for name, stated in wide.ladders.items():
        found, levels = narrow.ladders[name], (None, *bundle.steps(name).ids)
        ends = (stated.confirmed, found.confirmed, found.possible, stated.possible)
        ranks = [levels.index(level) for level in ends]
        if ranks != sorted(ranks):
            yield f"ladder.{name}: {stated} became {found}"


def _tables(wide: Told, narrow: Told) -> Iterator[str]:
    for name, decision in wide.decisions.items():
        now = narrow.decisions[name]
        if not set(now.possible) <= set(decision.possible):
            yield f"decision.{name}: {decision} became {now}"
        if decision.confirmed is not None and now.confirmed != decision.confirmed:
            yield f"decision.{name}: {decision} became {now}"
    for name, check in wide.checks.items():
        then = narrow.checks[name]
        if not set(then.possible) <= set(check.possible):
            yield f"check.{name}: {check} became {then}"
        if check.floor is not None and then.status not in ("met", "partly", "unknown"):
            yield f"check.{name}: {check} became {then}"
