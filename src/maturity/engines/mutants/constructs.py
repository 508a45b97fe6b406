"""A rule of the rubric -> the rules that differ from it in one small thing."""

from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from maturity.base.phrase import Phrase
from maturity.base.places import Steps
from maturity.engines.mutants.conditions import Variant, Written, moved, variants
from maturity.model.bundle import Bundle
from maturity.rules.checklists import ChecklistItem
from maturity.rules.decisions import Decision
from maturity.rules.flags import Departure, Flag
from maturity.rules.ladders import Ladder
from maturity.rules.recommendations import Recommendation

R = TypeVar("R")


class Changed(NamedTuple, Generic[R]):
    """A rule changed at one place below it."""

    steps: Steps
    what: Phrase
    rule: R


def of_ladder(ladder: Ladder, bundle: Bundle) -> Iterator[Changed[Ladder]]:
    """The condition of a level changed or dropped."""
    for index, level in enumerate(ladder.levels):
        at = ("levels", index, "when")
        for one in _or_dropped(level.when, at, bundle):
            changed = level.model_copy(update={"when": one.form})
            levels = (*ladder.levels[:index], changed, *ladder.levels[index + 1 :])
            yield Changed(one.steps, one.what, ladder.model_copy(update={"levels": levels}))


def _or_dropped(when: Written, at: Steps, bundle: Bundle) -> Iterator[Variant]:
    yield from variants(when, at, bundle)
    yield Variant(at, Phrase.of("change.condition-dropped"), form=True)


def of_decision(decision: Decision, bundle: Bundle) -> Iterator[Changed[Decision]]:
    """The condition of a row changed or dropped, or an end of a band moved."""
    rows = decision.rows or ()
    for index, row in enumerate(rows):
        at = ("rows", index, "when")
        for one in _or_dropped(row.when, at, bundle):
            changed = row.model_copy(update={"when": one.form})
            found = (*rows[:index], changed, *rows[index + 1 :])
            yield Changed(one.steps, one.what, decision.model_copy(update={"rows": found}))
    yield from _of_bands(decision, bundle)


def _of_bands(decision: Decision, bundle: Bundle) -> Iterator[Changed[Decision]]:
    bands = decision.bands
    if bands is None:
        return
    low, high = bundle.rubric.scores[bands.score].scale
    for index, band in enumerate(bands.rows):
        for end, what, changed in moved(band, high - low):
            rows = (*bands.rows[:index], changed, *bands.rows[index + 1 :])
            other = bands.model_copy(update={"rows": rows})
            steps = ("bands", "rows", index, end)
            yield Changed(steps, what, decision.model_copy(update={"bands": other}))


def of_check(item: ChecklistItem, bundle: Bundle) -> Iterator[Changed[ChecklistItem]]:
    """One of the three conditions of a checklist item changed."""
    for key in ("applies", "met", "partly"):
        for one in variants(getattr(item, key), (key,), bundle):
            yield Changed(one.steps, one.what, item.model_copy(update={key: one.form}))


def of_flag(flag: Flag, bundle: Bundle) -> Iterator[Changed[Flag]]:
    """The condition of a flag or of its watch changed, or what counts as usual."""
    for key in ("when", "watch"):
        for one in variants(getattr(flag, key) or False, (key,), bundle):
            yield Changed(one.steps, one.what, flag.model_copy(update={key: one.form}))
    if flag.departs is not None:
        for changed in _of_departure(flag.departs, bundle):
            departs = flag.model_copy(update={"departs": changed.rule})
            yield Changed(("departs", *changed.steps), changed.what, departs)


def _of_departure(departs: Departure, bundle: Bundle) -> Iterator[Changed[Departure]]:
    for one in variants(departs.where, ("where",), bundle):
        yield Changed(one.steps, one.what, departs.model_copy(update={"where": one.form}))
    options = bundle.shape(departs.question).options
    for option in options:
        if option in departs.usual:
            rest = tuple(usual for usual in departs.usual if usual != option)
            what = Phrase.of("change.no-longer-usual", option=option)
        elif option not in departs.silent:
            rest = (*departs.usual, option)
            what = Phrase.of("change.taken-for-usual", option=option)
        else:
            continue
        yield Changed(("usual",), what, departs.model_copy(update={"usual": rest}))


def of_advice(advice: Recommendation, bundle: Bundle) -> Iterator[Changed[Recommendation]]:
    """The condition of a recommendation changed."""
    for one in variants(advice.when, ("when",), bundle):
        yield Changed(one.steps, one.what, advice.model_copy(update={"when": one.form}))
