"""A score -> the scores that differ from it in one weight or one option's points."""

from collections.abc import Iterator, Mapping
from typing import Final

from maturity.base.phrase import Phrase
from maturity.base.places import Steps
from maturity.engines.mutants.conditions import variants
from maturity.engines.mutants.constructs import Changed
from maturity.model.bundle import Bundle
from maturity.rules.expr import children
from maturity.rules.scores import ConditionItem, Item, QuestionItem, QuestionsItem, Score

FACTOR: Final = 2.0
"""A weight is multiplied by this."""

SHARE: Final = 0.1
"""Points rise by this share of what their table spans."""


def of_score(score: Score, bundle: Bundle) -> Iterator[Changed[Score]]:
    """One weight, or the points of one option, or the condition of one item changed."""
    several = _weighs_several(score, bundle)
    for index, item in enumerate(score.items):
        for one in (*_of_weight(item, several=several), *_of_item(item, bundle)):
            items = (*score.items[:index], one.rule, *score.items[index + 1 :])
            steps = ("items", index, *one.steps)
            yield Changed(steps, one.what, score.model_copy(update={"items": items}))


def more_points(table: Mapping[str, float]) -> Iterator[tuple[str, Phrase, dict[str, float]]]:
    """Each option with more points, as (option, what, table)."""
    step = SHARE * (max(table.values()) - min(table.values())) or 1.0
    for option, points in table.items():
        old, new = f"{points:g}", f"{points + step:g}"
        what = Phrase.of("change.points", option=option, old=old, new=new)
        yield option, what, {**table, option: points + step}


def _weighs_several(score: Score, bundle: Bundle) -> bool:
    """Weights matter: one item can outweigh another, or the weights add up.

    The questions of one item share its weight.
    """
    [fold] = score.lower("", bundle).values()
    outweighs = len(score.items) > 1 and len(children(fold)) > 1
    return score.method == "sum" or outweighs


def _of_weight(item: Item, *, several: bool) -> Iterator[Changed[Item]]:
    if several:
        heavier = item.weight * FACTOR
        what = Phrase.of("change.weight", old=f"{item.weight:g}", new=f"{heavier:g}")
        yield Changed(("weight",), what, item.model_copy(update={"weight": heavier}))


def _of_item(item: Item, bundle: Bundle) -> Iterator[Changed[Item]]:
    match item:
        case QuestionItem(points=dict() as table) | QuestionsItem(points=dict() as table):
            for option, what, changed in more_points(table):
                steps: Steps = ("points", option)
                yield Changed(steps, what, item.model_copy(update={"points": changed}))
        case ConditionItem():
            yield from _of_condition(item, bundle)


def _of_condition(item: ConditionItem, bundle: Bundle) -> Iterator[Changed[Item]]:
    for option, what, changed in more_points({"yes": item.yes, "no": item.no}):
        yield Changed((option,), what, item.model_copy(update=changed))
    for one in variants(item.when, ("when",), bundle):
        yield Changed(one.steps, one.what, item.model_copy(update={"when": one.form}))
