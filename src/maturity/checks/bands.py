"""Bands over a score: every number of its scale falls into one band, and one only."""

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place, Steps
from maturity.checks.answered import bounds_crossed, no_number_within
from maturity.checks.judged import Judged
from maturity.rules.decisions import Band, Bands


class Cut(NamedTuple):
    """A cut through the numbers, just below a number or just above it."""

    number: float
    above: bool


def bands(judged: Judged) -> Iterator[Diagnostic]:
    """M208, M311, M312: bands that hold no number, leave numbers out, or overlap."""
    for name, decision in judged.rubric.decisions.items():
        if decision.bands is None:
            continue
        steps = ("decisions", name, "bands", "rows")
        crossed = [i for i, row in enumerate(decision.bands.rows) if no_number_within(row.bounds())]
        for index in crossed:
            yield bounds_crossed(judged.place(*steps, index))
        if not crossed:
            yield from _holes(decision.bands, steps, judged)


def _holes(table: Bands, steps: Steps, judged: Judged) -> Iterator[Diagnostic]:
    """Go through the bands from the lowest up, over the scale of their score."""
    score = judged.rubric.scores.get(table.score)
    least, most = score.scale if score else (-inf, -inf)
    reached = Cut(least, above=False)
    before: Band | None = None
    for low, high, index in sorted((*_cuts(band), i) for i, band in enumerate(table.rows)):
        place = judged.place(*steps, index)
        if low > reached and score:
            yield _gap(reached, low, place)
        if before is not None and low < reached:
            yield _overlap(before, table.rows[index], place)
        reached, before = max(reached, high), table.rows[index]
    if reached < Cut(most, above=True) and score:
        yield _gap(reached, Cut(most, above=True), judged.place(*steps))


def _cuts(band: Band) -> tuple[Cut, Cut]:
    bounds = band.bounds()
    lows = [Cut(-inf, above=False)]
    lows += [] if bounds.at_least is None else [Cut(bounds.at_least, above=False)]
    lows += [] if bounds.above is None else [Cut(bounds.above, above=True)]
    highs = [Cut(inf, above=True)]
    highs += [] if bounds.below is None else [Cut(bounds.below, above=False)]
    highs += [] if bounds.at_most is None else [Cut(bounds.at_most, above=True)]
    return max(lows), min(highs)


def _gap(start: Cut, end: Cut, place: Place) -> Diagnostic:
    if start.number == end.number:
        message = f"no band holds {start.number:g} itself"
    else:
        message = f"no band holds the numbers between {start.number:g} and {end.number:g}"
    hint = "let each band begin where the one below it ends, over the whole scale of the score"
    return Diagnostic.of(Code.BAND_GAP, place, message, hint)


def _overlap(one: Band, other: Band, place: Place) -> Diagnostic:
    message = f"the bands {quoted(one.id)} and {quoted(other.id)} overlap"
    hint = "where one band has `at_most`, the next has `above`; where `below`, `at_least`"
    return Diagnostic.of(Code.BAND_OVERLAP, place, message, hint)
