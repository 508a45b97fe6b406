"""Scores against their scales and their methods."""

from collections.abc import Iterator
from itertools import chain

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Steps
from maturity.checks.judged import Judged
from maturity.checks.points import pointed_items
from maturity.rules.scores import ConditionItem, ScoreItem

_SLACK = 1e-9  # of the width of a scale: what rounding in a sum may add


def scales_not_rising(judged: Judged) -> Iterator[Diagnostic]:
    """M309: the upper end of a scale is not above its lower end."""
    for name, score in judged.rubric.scores.items():
        least, most = score.scale
        if least >= most:
            message = f"the scale of {quoted(name)} does not rise: {least:g} to {most:g}"
            hint = "give the least and the most that can come out, in this order"
            place = judged.place("scores", name, "scale")
            yield Diagnostic.of(Code.SCALE_NOT_RISING, place, message, hint)


def scales_left(judged: Judged) -> Iterator[Diagnostic]:
    """M310: answers can lift a score above its scale, or take it below."""
    for name, reach in judged.reaches.items():
        least, most = judged.rubric.scores[name].scale
        slack = _SLACK * (most - least)
        if least < most and (reach.least < least - slack or reach.most > most + slack):
            message = f"{quoted(name)} can come out from {reach.least:g} to {reach.most:g}, "
            message += f"which is not within its scale of {least:g} to {most:g}"
            hint = "correct the points, or widen the scale"
            place = judged.place("scores", name, "scale")
            yield Diagnostic.of(Code.SCALE_LEFT, place, message, hint)


def negative_points(judged: Judged) -> Iterator[Diagnostic]:
    """M308: a geometric mean of something that can be negative."""
    for (_, name, *rest), lowest in chain(_lowest_points(judged), _lowest_others(judged)):
        if lowest < 0 and judged.rubric.scores[str(name)].method == "geometric":
            message = f"this can be {lowest:g}, and a geometric mean has no negative numbers"
            hint = "use `method: mean`, or points of 0 and above"
            place = judged.place("scores", name, *rest)
            yield Diagnostic.of(Code.NEGATIVE_POINTS, place, message, hint)


def _lowest_points(judged: Judged) -> Iterator[tuple[Steps, float]]:
    """The lowest points of each item that reads questions."""
    for pointed in pointed_items(judged):
        numbers = [asked.shape.least for asked, _ in pointed.asked if asked.shape.kind == "number"]
        numbers += pointed.table.values() if pointed.table else ()
        if numbers:
            yield pointed.steps, min(numbers)


def _lowest_others(judged: Judged) -> Iterator[tuple[Steps, float]]:
    """The lowest number of each other item."""
    for name, score in judged.rubric.scores.items():
        for index, item in enumerate(score.items):
            steps = ("scores", name, "items", index)
            if isinstance(item, ConditionItem):
                yield steps, min(item.yes, item.no)
            elif isinstance(item, ScoreItem) and item.score in judged.reaches:
                yield steps, judged.reaches[item.score].least
