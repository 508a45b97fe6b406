"""Thresholds that no answer can decide."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place, Places
from maturity.checks.judged import Judged
from maturity.checks.mentions import Mention
from maturity.checks.questions import Questions
from maturity.checks.reach import Reach
from maturity.checks.readings import named_by
from maturity.rules.answers import AnswerChosen, AnswerNumber, Count, Share
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, Form
from maturity.rules.expr import Bounds
from maturity.rules.references import ScoreWithin

_CHANGE: Final = "set a threshold that some answers reach and others do not, or delete it"
_PER_CENT: Final = 100


class Compared(NamedTuple):
    """A number that is held against bounds: what it is called, and how far it reaches."""

    name: str
    reach: Reach
    bounds: Bounds
    takes_inapplicable: bool = False


def settled_thresholds(judged: Judged) -> Iterator[Diagnostic]:
    """M323: a number that always, or never, lies within the bounds given here; in a rubric."""
    yield from settled(judged.mentions, judged.places, judged.questions, judged.reaches)


def settled(
    mentions: Iterable[Mention], places: Places, questions: Questions, scores: Mapping[str, Reach]
) -> Iterator[Diagnostic]:
    """M323: conditions that are decided beforehand; `scores` tells how far each score reaches."""
    for mention in mentions:
        compared = _compared(mention.form, questions, scores)
        always = compared and _always(compared)
        place = places.of(mention.steps)
        if compared is not None and always is not None:
            least, most = compared.reach.least, compared.reach.most
            why = f"{compared.name} comes out from {least:g} to {most:g}"
            yield _settled(place, why, _hint(mention.form, compared.bounds), always=always)
        match mention.form:
            case AllOf(all=()):
                hint = "list conditions, or write true if that is meant"
                yield _settled(place, "`all` lists no condition", hint, always=True)
            case AnyOf(any=()):
                hint = "list conditions, or write false if that is meant"
                yield _settled(place, "`any` lists no condition", hint, always=False)


def _settled(place: Place, why: str, hint: str, *, always: bool) -> Diagnostic:
    message = f"this {'always' if always else 'never'} holds: {why}"
    return Diagnostic.of(Code.SETTLED_THRESHOLD, place, message, hint)


def _compared(form: Form, questions: Questions, scores: Mapping[str, Reach]) -> Compared | None:
    match form:
        case ScoreWithin(score=name) if name in scores:
            return Compared(name, scores[name], form.bounds(), form.or_not_applicable)
        case AnswerNumber(answer=name) if name in questions.asked:
            asked = questions.asked[name]
            if asked.shape.kind == "number":
                reach = Reach(asked.shape.least, asked.shape.most, asked.may_drop_out)
                return Compared(name, reach, form.bounds(), form.or_not_applicable)
        case AnswerChosen(answer=name) if name in questions.asked:
            asked = questions.asked[name]
            if asked.shape.kind == "multi":
                most = len(set(form.of or asked.shape.options))
                reach = Reach(0, most, asked.may_drop_out)
                bounds = Bounds(at_least=form.chosen)
                return Compared("the number chosen", reach, bounds, form.or_not_applicable)
        case AtLeastOf():
            return Compared("the count", Reach(0, len(form.of)), Bounds(at_least=form.at_least))
        case Count(count=selection) if named := named_by(selection, (), questions):
            reach = Reach(0, len(named))
            return Compared("the count", reach, Bounds(at_least=form.at_least))
        case Share(share=selection) if named := named_by(selection, (), questions):
            asked_of = [questions.asked.get(name) for name, _ in named]
            drops = all(one is None or one.may_drop_out for one in asked_of)
            return Compared("the share", Reach(0, 1, drops), form.bounds(), form.or_not_applicable)
    return None


def _hint(form: Form, bounds: Bounds) -> str:
    """What to write instead; a share given in per cent is the usual slip."""
    given = (bounds.at_least, bounds.above, bounds.at_most, bounds.below)
    per_cent = [number for number in given if number and 1 < number <= _PER_CENT]
    if isinstance(form, Share) and per_cent:
        number = per_cent[0]
        return f"a share is a number from 0 to 1: {number:g} % is {number / _PER_CENT:g}"
    return _CHANGE


def _always(one: Compared) -> bool | None:
    """True where every number is within the bounds, False where none is, else None."""
    ends = [_within(number, one.bounds) for number in (one.reach.least, one.reach.most)]
    if all(ends) and (one.takes_inapplicable or not one.reach.may_drop_out):
        return True
    is_never = _misses(one.reach, one.bounds)
    return False if is_never and not (one.takes_inapplicable and one.reach.may_drop_out) else None


def _within(number: float, bounds: Bounds) -> bool:
    return (
        (bounds.at_least is None or number >= bounds.at_least)
        and (bounds.above is None or number > bounds.above)
        and (bounds.at_most is None or number <= bounds.at_most)
        and (bounds.below is None or number < bounds.below)
    )


def _misses(reach: Reach, bounds: Bounds) -> bool:
    """Whether all that is reached lies on one side of the bounds."""
    return (
        (bounds.at_least is not None and reach.most < bounds.at_least)
        or (bounds.above is not None and reach.most <= bounds.above)
        or (bounds.at_most is not None and reach.least > bounds.at_most)
        or (bounds.below is not None and reach.least >= bounds.below)
    )
