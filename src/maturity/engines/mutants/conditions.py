"""A condition -> the conditions that differ from it in one small thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from maturity.base.ids import NOT_APPLICABLE
from maturity.base.phrase import Phrase
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

NEGATED: Final = Phrase.of("change.negated")
LEFT_OUT: Final = Phrase.of("change.left-out")
NOT_LEFT_OUT: Final = Phrase.of("change.not-left-out")
ALL_AS_ANY: Final = Phrase.of("change.all-as-any")
ANY_AS_ALL: Final = Phrase.of("change.any-as-all")

_ENDS: Final = ("at_least", "above", "at_most", "below")


@dataclass(frozen=True, slots=True)
class Variant:
    """A condition changed at one place; `what` says how."""

    steps: Steps
    what: Phrase
    form: Written


def variants(form: Written, steps: Steps, bundle: Bundle) -> Iterator[Variant]:
    """Every small change to a condition: negated, an operator swapped, an end or option moved."""
    if isinstance(form, bool):
        return
    match form:
        case NotThat(item=item):
            yield Variant(steps, NOT_LEFT_OUT, item)
            if not isinstance(item, bool):
                for one in _within(item, (*steps, "not"), bundle):
                    yield Variant(one.steps, one.what, NotThat(item=one.form))
        case _:
            yield Variant(steps, NEGATED, NotThat(item=form))
            yield from _within(form, steps, bundle)


def moved(bounded: Bounded, span: float) -> Iterator[tuple[str, Phrase, Bounded]]:
    """Every end moved up and down, as (key, what, changed)."""
    for end in _ENDS:
        level: float | None = getattr(bounded, end)
        if level is not None:
            for to in (level - STEP * span, level + STEP * span):
                what = to_another(end, f"{level:g}", f"{to:g}")
                yield end, what, bounded.model_copy(update={end: to})


def to_another(name: str, old: str, new: str) -> Phrase:
    """A number, or a level, moved to another one."""
    return Phrase.of("change.moved", name=name, old=old, new=new)


def _within(form: Form, steps: Steps, bundle: Bundle) -> Iterator[Variant]:
    """The changes to a condition but its negation."""
    match form:
        case AllOf(all=items):
            yield from _swapped(items, AnyOf(any=items), ALL_AS_ANY, steps)
            yield from _of_items(form, "all", items, steps, bundle)
        case AnyOf(any=items):
            yield from _swapped(items, AllOf(all=items), ANY_AS_ALL, steps)
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


def _swapped(
    items: Sequence[Written], other: Form, what: Phrase, steps: Steps
) -> Iterator[Variant]:
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
            yield Variant(at, LEFT_OUT, form.model_copy(update={key: rest}))
        inner = variants(item, at, bundle)
        for one in inner if len(items) > 1 else _but_negated(inner, at):
            changed = (*items[:index], one.form, *items[index + 1 :])
            yield Variant(one.steps, one.what, form.model_copy(update={key: changed}))


def _but_negated(found: Iterator[Variant], at: Steps) -> Iterator[Variant]:
    """Of a sole item the negation is that of the whole, which is tried already."""
    return (one for one in found if (one.steps, one.what) != (at, NEGATED))


def _ends(form: AnswerNumber | ScoreWithin | Share, span: float, steps: Steps) -> Iterator[Variant]:
    for end, what, changed in moved(form, span):
        assert isinstance(changed, AnswerNumber | ScoreWithin | Share)
        yield Variant((*steps, end), what, changed)


def _counted(
    form: AtLeastOf | AnswerChosen | Count, key: str, most: int, steps: Steps
) -> Iterator[Variant]:
    count: int = getattr(form, key)
    for to in (count - 1, count + 1):
        if 0 <= to <= most:
            what = to_another(key, str(count), str(to))
            yield Variant((*steps, key), what, form.model_copy(update={key: to}))


def _levels(form: LadderAt, bundle: Bundle, steps: Steps) -> Iterator[Variant]:
    key, level = ("at_least", form.at_least) if form.at_least else ("below", form.below)
    levels = bundle.steps(form.ladder).ids
    start = levels.index(level or "")
    for index in (start - 1, start + 1):
        if 0 <= index < len(levels):
            what = to_another(key, level or "", levels[index])
            yield Variant((*steps, key), what, form.model_copy(update={key: levels[index]}))


def _listed(form: Form, key: str, known: Sequence[str], steps: Steps) -> Iterator[Variant]:
    """Each name on a list taken off it, and each other known name put on it."""
    listed = getattr(form, key)
    names: tuple[str, ...] = (listed,) if isinstance(listed, str) else listed or ()
    alias = type(form).model_fields[key].alias or key
    for index, name in enumerate(names if len(names) > 1 else ()):
        rest = names[:index] + names[index + 1 :]
        at = (*steps, alias, index)
        what = Phrase.of("change.taken-off", name=name)
        yield Variant(at, what, form.model_copy(update={key: rest}))
    for name in known if names else ():
        if name not in names:
            changed = form.model_copy(update={key: (*names, name)})
            yield Variant((*steps, alias), Phrase.of("change.put-on", name=name), changed)


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
