"""A condition -> the conditions that differ from it in one small thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from maturity.base.ids import NOT_APPLICABLE
from maturity.base.places import Steps
from maturity.model.bundle import Bundle
from maturity.rules.answers import (
    AnswerChosen,
    AnswerHas,
    AnswerHasAll,
    AnswerIn,
    AnswerLacks,
    AnswerNumber,
    Count,
    Every,
    Share,
)
from maturity.rules.bounded import Bounded
from maturity.rules.checklists import STATUSES
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, Form, NotThat
from maturity.rules.references import (
    CheckIn,
    DecisionIn,
    FlagRaised,
    LadderAt,
    ScoreWithin,
    as_ids,
)
from maturity.rules.selection import Selector, selected

Written: TypeAlias = bool | Form

STEP: Final = 0.05
"""A threshold moves by this share of what its number can span."""

_ENDS: Final = ("at_least", "above", "at_most", "below")


@dataclass(frozen=True, slots=True)
class Variant:
    """A condition changed at one place; `what` says how, in the words of the file."""

    steps: Steps
    what: str
    form: Written


def variants(form: Written, steps: Steps, bundle: Bundle) -> Iterator[Variant]:
    """Every small change to a condition: negated, an operator swapped, an end or option moved."""
    if isinstance(form, bool):
        return
    match form:
        case NotThat(item=item):
            yield Variant(steps, "not left out", item)
            if not isinstance(item, bool):
                for one in _within(item, (*steps, "not"), bundle):
                    yield Variant(one.steps, one.what, NotThat(item=one.form))
        case _:
            yield Variant(steps, "negated", NotThat(item=form))
            yield from _within(form, steps, bundle)


def moved(bounded: Bounded, span: float) -> Iterator[tuple[str, str, Bounded]]:
    """Every end moved up and down, as (key, words, changed)."""
    for end in _ENDS:
        level: float | None = getattr(bounded, end)
        if level is not None:
            for to in (level - STEP * span, level + STEP * span):
                words = f"{end}: {level:g} moved to {to:g}"
                yield end, words, bounded.model_copy(update={end: to})


def _within(form: Form, steps: Steps, bundle: Bundle) -> Iterator[Variant]:
    """The changes to a condition but its negation."""
    match form:
        case AllOf(all=items):
            yield from _swapped(items, AnyOf(any=items), "all read as any", steps)
            yield from _of_items(form, "all", items, steps, bundle)
        case AnyOf(any=items):
            yield from _swapped(items, AllOf(all=items), "any read as all", steps)
            yield from _of_items(form, "any", items, steps, bundle)
        case AtLeastOf(of=items):
            yield from _counted(form, "at_least", len(items), steps)
            yield from _of_items(form, "of", items, steps, bundle)
        case NotThat():
            yield from variants(form, steps, bundle)
        case AnswerNumber(answer=question):
            shape = bundle.shape(question)
            yield from _ends(form, shape.most - shape.least, steps)
        case ScoreWithin(score=score):
            low, high = bundle.rubric.scores[score].scale
            yield from _ends(form, high - low, steps)
        case Share():
            yield from _ends(form, 1.0, steps)
            yield from _listed(form, "options", _options_of(form.share, bundle), steps)
        case LadderAt():
            yield from _levels(form, bundle, steps)
        case _:
            yield from _of_lists(form, steps, bundle)


def _of_lists(form: Form, steps: Steps, bundle: Bundle) -> Iterator[Variant]:
    """The changes to conditions that list options, rows, statuses or names."""
    match form:
        case AnswerIn(answer=question):
            known = (*bundle.shape(question).options, *_declared(question, bundle))
            yield from _listed(form, "options", known, steps)
        case AnswerHas(answer=question):
            yield from _listed(form, "has", bundle.shape(question).options, steps)
        case AnswerHasAll(answer=question):
            yield from _listed(form, "has_all", bundle.shape(question).options, steps)
        case AnswerLacks(answer=question):
            yield from _listed(form, "lacks", bundle.shape(question).options, steps)
        case AnswerChosen(answer=question):
            known = bundle.shape(question).options
            yield from _counted(form, "chosen", len(form.of or known), steps)
            yield from _listed(form, "of", known, steps)
        case Every():
            yield from _listed(form, "options", _options_of(form.every, bundle), steps)
        case Count():
            yield from _counted(form, "at_least", len(selected(form.count, bundle)), steps)
            yield from _listed(form, "options", _options_of(form.count, bundle), steps)
        case DecisionIn(decision=name):
            yield from _listed(form, "rows", bundle.steps(name).ids, steps)
        case CheckIn():
            yield from _listed(form, "statuses", _statuses_of(form, bundle), steps)
            yield from _listed(form, "check", (), steps)
        case FlagRaised():
            yield from _listed(form, "flag", (), steps)


def _swapped(items: Sequence[Written], other: Form, what: str, steps: Steps) -> Iterator[Variant]:
    if len(items) > 1:
        yield Variant(steps, what, other)


def _of_items(
    form: AllOf | AnyOf | AtLeastOf,
    key: str,
    items: tuple[Written, ...],
    steps: Steps,
    bundle: Bundle,
) -> Iterator[Variant]:
    """Each item left out, and each changed."""
    for index, item in enumerate(items):
        at = (*steps, key, index)
        if len(items) > 1:
            rest = items[:index] + items[index + 1 :]
            yield Variant(at, "left out", form.model_copy(update={key: rest}))
        inner = variants(item, at, bundle)
        for one in inner if len(items) > 1 else _but_negated(inner, at):
            changed = (*items[:index], one.form, *items[index + 1 :])
            yield Variant(one.steps, one.what, form.model_copy(update={key: changed}))


def _but_negated(found: Iterator[Variant], at: Steps) -> Iterator[Variant]:
    """Of a sole item the negation is that of the whole, which is tried already."""
    return (one for one in found if (one.steps, one.what) != (at, "negated"))


def _ends(form: AnswerNumber | ScoreWithin | Share, span: float, steps: Steps) -> Iterator[Variant]:
    for end, words, changed in moved(form, span):
        assert isinstance(changed, AnswerNumber | ScoreWithin | Share)
        yield Variant((*steps, end), words, changed)


def _counted(
    form: AtLeastOf | AnswerChosen | Count, key: str, most: int, steps: Steps
) -> Iterator[Variant]:
    count: int = getattr(form, key)
    for to in (count - 1, count + 1):
        if 0 <= to <= most:
            words = f"{key}: {count} moved to {to}"
            yield Variant((*steps, key), words, form.model_copy(update={key: to}))


def _levels(form: LadderAt, bundle: Bundle, steps: Steps) -> Iterator[Variant]:
    key, level = ("at_least", form.at_least) if form.at_least else ("below", form.below)
    levels = bundle.steps(form.ladder).ids
    start = levels.index(level or "")
    for index in (start - 1, start + 1):
        if 0 <= index < len(levels):
            words = f"{key}: {level} moved to {levels[index]}"
            yield Variant((*steps, key), words, form.model_copy(update={key: levels[index]}))


def _listed(form: Form, key: str, known: Sequence[str], steps: Steps) -> Iterator[Variant]:
    """Each name on a list taken off it, and each other known name put on it."""
    listed = getattr(form, key)
    names: tuple[str, ...] = (listed,) if isinstance(listed, str) else listed or ()
    alias = type(form).model_fields[key].alias or key
    for index, name in enumerate(names if len(names) > 1 else ()):
        rest = names[:index] + names[index + 1 :]
        at = (*steps, alias, index)
        yield Variant(at, f"{name} taken off", form.model_copy(update={key: rest}))
    for name in known if names else ():
        if name not in names:
            changed = form.model_copy(update={key: (*names, name)})
            yield Variant((*steps, alias), f"{name} put on", changed)


def _options_of(selection: tuple[str, ...] | Selector, bundle: Bundle) -> tuple[str, ...]:
    names = selected(selection, bundle)
    return tuple(dict.fromkeys(option for name in names for option in bundle.shape(name).options))


def _statuses_of(form: CheckIn, bundle: Bundle) -> tuple[str, ...]:
    """The statuses that one of the items can have."""
    items = [bundle.rubric.checklists[name] for name in as_ids(form.check)]
    never = {
        "not-applicable": all(item.applies is True for item in items),
        "partly": all(item.partly is False for item in items),
    }
    return tuple(status for status in STATUSES if not never.get(status, False))


def _declared(question: str, bundle: Bundle) -> tuple[str, ...]:
    asked = bundle.questions[question]
    may_be = asked.may_be_inapplicable or asked.applies_when is not True
    return (NOT_APPLICABLE,) if may_be else ()
