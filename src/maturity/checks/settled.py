"""Thresholds that no answer can decide."""

from collections.abc import Iterator
from typing import NamedTuple

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.checks.judged import Judged
from maturity.checks.mentions import Mention
from maturity.checks.reach import Reach
from maturity.rules.answers import AnswerNumber
from maturity.rules.expr import Bounds
from maturity.rules.references import ScoreWithin


class Compared(NamedTuple):
    """A number that is held against bounds: what it is called, and how far it reaches."""

    name: str
    reach: Reach
    bounds: Bounds
    takes_inapplicable: bool


def settled_thresholds(judged: Judged) -> Iterator[Diagnostic]:
    """M323: a score or number that always, or never, lies within the bounds given here."""
    for mention in judged.mentions:
        compared = _compared(mention, judged)
        always = compared and _always(compared)
        if compared is None or always is None:
            continue
        least, most = compared.reach.least, compared.reach.most
        message = f"this {'always' if always else 'never'} holds: {compared.name} "
        message += f"comes out from {least:g} to {most:g}"
        hint = "set a threshold that some answers reach and others do not, or delete it"
        place = judged.places.of(mention.steps)
        yield Diagnostic.of(Code.SETTLED_THRESHOLD, place, message, hint)


def _compared(mention: Mention, judged: Judged) -> Compared | None:
    match mention.form:
        case ScoreWithin(score=name) as form if name in judged.reaches:
            reach = judged.reaches[name]
            return Compared(name, reach, form.bounds(), form.or_not_applicable)
        case AnswerNumber(answer=name) as form if name in judged.questions.asked:
            asked = judged.questions.asked[name]
            if asked.shape.kind == "number":
                reach = Reach(asked.shape.least, asked.shape.most, asked.may_drop_out)
                return Compared(name, reach, form.bounds(), form.or_not_applicable)
    return None


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
