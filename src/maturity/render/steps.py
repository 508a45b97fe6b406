"""The level above the confirmed one, and what it lacks: told by more than one renderer."""

from collections.abc import Iterator
from dataclasses import dataclass

from maturity.model.reason import Reason
from maturity.model.report import ProjectReport
from maturity.model.result import LadderResult
from maturity.rules.ladders import Ladder


@dataclass(frozen=True, slots=True)
class NextStep:
    """The first level of a ladder that is not confirmed.

    `unmet` are the conditions that surely fail it. `rest` counts those that are open; where some
    are unmet, those that are met or open, which the reason does not tell apart.
    """

    ladder: str
    level: str
    unmet: tuple[Reason, ...]
    rest: int


def next_steps(of: ProjectReport, ladders: dict[str, Ladder]) -> Iterator[NextStep]:
    """One step for each of the ladders that is not confirmed at its top."""
    for name, ladder in ladders.items():
        result = of.result.ladder(name)
        level = _above(ladder, result) if result else None
        if level is not None:
            yield _step(of, name, ladder, level)


def _above(ladder: Ladder, result: LadderResult) -> str | None:
    ids = [level.id for level in ladder.levels]
    place = ids.index(result.confirmed) + 1 if result.confirmed else 0
    return ids[place] if place < len(ids) else None


def _step(of: ProjectReport, name: str, ladder: Ladder, level: str) -> NextStep:
    whole = _own(ladder, level, of.why(f"ladder.{name}.{level}"))
    parts = whole.parts if whole.kind == "all" else (whole,)
    if whole.truth is False:
        return NextStep(name, level, parts, whole.left_out)
    return NextStep(name, level, (), len(parts))


def _own(ladder: Ladder, level: str, reason: Reason) -> Reason:
    """The level's own condition; that the level below is reached is confirmed, so not told."""
    [whole] = reason.parts
    return whole if level == ladder.levels[0].id or not ladder.cumulative else whole.parts[0]
