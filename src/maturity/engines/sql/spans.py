"""Numbers: an interval of what can come out, and whether it applies at all.

Both ends are never NULL: where a number does not apply they mean nothing.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, NamedTuple, assert_never

from sqlglot import exp

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.sql import marks, terms
from maturity.engines.sql.sheet import Sheet, Stage
from maturity.engines.sql.states import State
from maturity.engines.sql.terms import Term, column, opposite, real
from maturity.engines.sql.truths import Truth, all_of, any_of, keep, negated, settled
from maturity.rules.expr import Amount, Indicator, NotApplicable, Points, Unanswered


class Span(NamedTuple):
    """The least and the most that can come out."""

    least: Term
    most: Term
    applies: Truth

    def again(self) -> "Span":
        """The same span, for another place in the tree."""
        return Span(self.least.copy(), self.most.copy(), self.applies.again())


NOWHERE = Span(real(0.0), real(0.0), settled(value=False))
"""The number that does not apply."""


def keep_span(sheet: Sheet, stage: Stage, wanted: str, span: Span, *, narrow: bool = False) -> Span:
    """Name both ends, as binary floating point numbers, and whether the number applies.

    `narrow`: all that the number can be are short binary fractions.
    """
    ends = [
        column(sheet.define(stage, f"{wanted} {end}", _floating(term, narrow=narrow)))
        for end, term in (("least", span.least), ("most", span.most))
    ]
    return Span(ends[0], ends[1], keep(sheet, stage, f"{wanted} applies", span.applies))


def _floating(term: Term, *, narrow: bool) -> Term:
    if isinstance(term, exp.Column):
        return term
    return marks.narrowed(terms.as_real(term)) if narrow else terms.as_real(term)


def points(sheet: Sheet, node: Points, state: State) -> Span:
    """The points of the possible answers."""
    table = dict(node.table)
    if state.shape.kind == "choice":
        return _of_choice(sheet, node, state, table)
    low, high = (_reach(table.values(), highest=highest) for highest in (False, True))
    least, most = (_summed(state, table, highest=highest) for highest in (False, True))
    return _by_policy(node, state, Span(least, most, state.applies.again()), (low, low, high))


def _of_choice(sheet: Sheet, node: Points, state: State, table: Mapping[str, float]) -> Span:
    """Where "not applicable" has points of its own it is an option like any other."""
    low, high = min(table.values()), max(table.values())
    known = {option: table.get(option, 0.0) for option in state.shape.options}
    stand_in = _stand_in(node.not_applicable, (low, high))
    applies = state.applies.again()
    if stand_in is not None and node.unanswered is Unanswered.RANGE:
        known |= {} if _is_always(applies) else {NOT_APPLICABLE: stand_in}
        applies = settled(value=True)
    least, most = (_first(sheet, state, known, highest=highest) for highest in (False, True))
    return _by_policy(node, state, Span(least, most, applies), (min(known.values()), low, high))


def _is_always(truth: Truth) -> bool:
    return terms.is_constant(truth.sure, value=True)


def amount(node: Amount, state: State) -> Span:
    """The number answered."""
    least, most = (column(end) for end in state.ends)
    span = Span(least, most, state.applies.again())
    return _by_policy(node, state, span, (state.shape.least, node.least, node.most))


def indicator(node: Indicator, truth: Truth) -> Span:
    """One number or the other."""
    rises = node.yes >= node.no
    low, high = (truth.sure, truth.maybe) if rises else (truth.maybe, truth.sure)
    least, most = (terms.cases([(one, real(node.yes))], real(node.no)) for one in (low, high))
    return Span(least, most, settled(value=True))


def _first(sheet: Sheet, state: State, table: Mapping[str, float], *, highest: bool) -> Term:
    """The points of that possible answer which has the least, or the most.

    Where the question may be inapplicable without points for that, it is enough what was told.
    """
    options = state.options if NOT_APPLICABLE in table else state.told
    ranked = sorted(set(table.values()), reverse=highest)
    masks = {value: [one for one in table if table[one] == value] for value in ranked}
    pairs = [(options.has_any(masks[value]), real(value)) for value in ranked[:-1]]
    found = terms.cases(pairs, real(ranked[-1]))
    if len(options.columns) > 1:
        return found
    bits = {value: options.masks(having)[0] for value, having in masks.items()}
    reached = partial(_reached, bits)
    sheet.follow(options.columns[0], reached, found)
    if marks.table_of(found) is None and len(table) <= LONGEST_TABLE:
        every = [reached(mask) for mask in range(2 ** (len(state.shape.options) + 1))]
        marks.looked_up(marks.ByNumber(options.columns[0], every), found)
    return found


LONGEST_TABLE: Final = 6
"""The options of which a table of every set may be made."""


def _reached(bits: Mapping[float, int], mask: int) -> float:
    """The first of the points that an option in the set has; the last of them of none."""
    return next((value for value, having in bits.items() if having & mask), [*bits][-1])


def _reach(every: Iterable[float], *, highest: bool) -> float:
    """The least or the most to which some of the points can add up."""
    return sum((max(one, 0.0) if highest else min(one, 0.0) for one in every), 0.0)


def _summed(state: State, table: Mapping[str, float], *, highest: bool) -> Term:
    """The points of what is surely chosen, and of what is open where they move the sum."""
    sure = [terms.real_if(state.chosen.has_any([one]), real(value)) for one, value in table.items()]
    rest = [
        terms.real_if(_is_open(state, one), real(value))
        for one, value in table.items()
        if (value > 0.0 if highest else value < 0.0)
    ]
    total = terms.added([real(0.0), *sure])  # what begins with 0 never is a negative 0
    return terms.added([total, terms.added(rest)]) if rest else total


def _is_open(state: State, option: str) -> Term:
    return terms.every([state.chosen.has_none([option]), state.refused.has_none([option])])


def _stand_in(policy: NotApplicable, ends: tuple[float, float]) -> float | None:
    match policy:
        case NotApplicable.EXCLUDE:
            return None
        case NotApplicable.LEAST:
            return ends[0]
        case NotApplicable.MOST:
            return ends[1]
    assert_never(policy)


def _by_policy(
    node: Points | Amount, state: State, span: Span, ends: tuple[float, float, float]
) -> Span:
    """What remains where nobody answered, or where the question does not apply.

    `ends`: the least of an open answer, then the least and the most that the score can give it.
    """
    stand_in = _stand_in(node.not_applicable, ends[1:])
    match node.unanswered:
        case Unanswered.RANGE:
            return span if stand_in is None else _standing_in(span, stand_in)
        case Unanswered.LEAST:
            least = [(opposite(state.answered.copy()), real(ends[0]))]
            span = Span(span.least, terms.cases(least, span.most), _not_declared(state))
            return span if stand_in is None else _standing_in(span, stand_in)
        case Unanswered.SKIP:
            return _skipped(state, span, stand_in)
    assert_never(node.unanswered)


def _not_declared(state: State) -> Truth:
    """Nobody is taken to have declared an unanswered question inapplicable."""
    silent = opposite(state.answered.copy())
    asked = terms.every([silent, state.asked.sure.copy()])
    sure = terms.some([state.applies.sure.copy(), asked])
    return Truth(sure, state.applies.maybe.copy())


def _standing_in(span: Span, points: float) -> Span:
    """These points where the number does not apply."""
    applies = span.applies
    if _is_always(applies):
        return span
    return Span(
        _or_points(span.least, applies, points, highest=False),
        _or_points(span.most, applies, points, highest=True),
        settled(value=True),
    )


def _or_points(end: Term, applies: Truth, points: float, *, highest: bool) -> Term:
    outer = terms.highest if highest else terms.lowest
    either = outer([end.copy(), real(points)])
    pairs = [(applies.sure.copy(), end), (applies.maybe.copy(), either)]
    return terms.cases(pairs, real(points))


def _skipped(state: State, span: Span, stand_in: float | None) -> Span:
    """Nothing where nobody answered; but where it does not apply, what stands in for that."""
    answered, asked = state.answered, negated(state.asked.again())
    told = Truth(answered.copy(), answered.copy())
    if stand_in is None:
        return span._replace(applies=all_of([told, span.applies]))
    left = _standing_in(span, stand_in)
    silent = opposite(answered.copy())
    ends = [terms.cases([(silent.copy(), real(stand_in))], end) for end in (left.least, left.most)]
    return Span(ends[0], ends[1], any_of([told, asked]))
