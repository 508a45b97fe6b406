"""Bits -> possible answers: both sides joined, then narrowed by which questions apply."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.sql import terms
from maturity.engines.sql.bits import Words, nth, words_needed
from maturity.engines.sql.cells import NOT_ASKED, SAID, SILENT, Cell
from maturity.engines.sql.sheet import Sheet, Stage
from maturity.engines.sql.terms import Term, column, whole
from maturity.engines.sql.truths import Truth, all_of, keep, settled
from maturity.model.city import Side
from maturity.rules.scope import Shape


@dataclass(frozen=True, slots=True)
class State:
    """The columns that hold the possible answers to one question.

    `options`: of a choice question those possible, "not applicable" among them; `told`: as far
    as the answers say, whether it is asked or not. `chosen` and
    `refused`: of a multi question those surely so. `ends`: of a number. `known`: the bits of
    what is said, 0 where nobody could tell; `answered`: somebody could. `asked`: the question's
    own condition; `applies`: that and what was declared.
    """

    shape: Shape
    told: Words
    options: Words
    chosen: Words
    refused: Words
    ends: tuple[str, ...]
    known: tuple[str, ...]
    answered: Term
    asked: Truth
    applies: Truth


class Sides(NamedTuple):
    """The cells that answer one question, as far as the table has them."""

    joint: Cell | None
    government: Cell | None
    private: Cell | None

    def given(self) -> list[Cell]:
        """Those there are, the joint one first."""
        return [cell for cell in self if cell is not None]


def sides_of(cells: Mapping[Side, Cell]) -> Sides:
    """The cells by their side."""
    return Sides(cells.get("answers"), cells.get("government"), cells.get("private"))


def possible(sheet: Sheet, shape: Shape, sides: Sides, declarable: bool) -> State:
    """What both sides together leave possible, as far as the answers alone say."""
    known = _known(sheet, shape, sides)
    answered = terms.some(terms.differs(column(word), whole(SILENT)) for word in known)
    none = Words(shape.options, ())
    state = State(
        shape, none, none, none, none, (), known, answered, settled(value=True), settled(value=True)
    )
    if shape.kind == "choice":
        return _options(sheet, state, known, declarable)
    state = replace(state, applies=_declared(sheet, shape, known, declarable))
    if shape.kind == "multi":
        return _chosen(sheet, state, sides)
    return _ends(sheet, state, sides) if shape.kind == "number" else state


def narrowed(sheet: Sheet, state: State, asked: Truth) -> State:
    """What remains possible once it is known whether the question applies."""
    if terms.is_constant(asked.sure, value=True):
        return state
    shape = state.shape
    named = keep(sheet, Stage.APPLICABILITY, f"{shape.id} asked", asked.again())
    if shape.kind != "choice":
        applies = keep(
            sheet,
            Stage.APPLICABILITY,
            f"{shape.id} applies",
            all_of([state.applies.again(), asked]),
        )
        return replace(state, asked=named, applies=applies)
    masks = state.options.masks([NOT_APPLICABLE])
    left = [
        sheet.define(
            Stage.APPLICABILITY,
            nth(f"{shape.id} remains", number),
            _remains(word, mask, asked.again()),
        )
        for number, (word, mask) in enumerate(zip(state.options.columns, masks, strict=True))
    ]
    options = Words(shape.options, tuple(left))
    declared = not terms.is_constant(state.applies.sure, value=True)
    applies = _among(sheet, options, shape) if declared else named
    return replace(state, options=options, asked=named, applies=applies)


def _remains(word: str, mask: int, asked: Truth) -> Term:
    widened = terms.either_bits(column(word), whole(mask)) if mask else column(word)
    pairs = [(asked.sure, column(word)), (asked.maybe, widened)]
    return terms.cases(pairs, whole(mask))


def _among(sheet: Sheet, options: Words, shape: Shape) -> Truth:
    """A choice question applies where "not applicable" is not among the possible answers."""
    truth = Truth(options.has_none([NOT_APPLICABLE]), options.has_any(shape.options))
    return keep(sheet, Stage.READINGS, f"{shape.id} applies", truth)


def _known(sheet: Sheet, shape: Shape, sides: Sides) -> tuple[str, ...]:
    """The joint answer where it tells, else what either side allows; no column without a cell."""
    given = sides.given()
    if not given or given == given[:1]:
        return given[0].said if given else ()
    words = range(len(given[0].said))
    return tuple(
        sheet.define(Stage.POSSIBLE, nth(f"{shape.id} known", number), _joined(sides, number))
        for number in words
    )


def _joined(sides: Sides, number: int) -> Term:
    ours = [column(one.said[number]) for one in (sides.government, sides.private) if one]
    union = ours[0] if ours == ours[:1] else terms.either_bits(*ours)
    if sides.joint is None:
        return union
    return terms.cases([(_tells(sides.joint), column(sides.joint.said[number]))], union)


def _tells(cell: Cell | None) -> Term:
    """Somebody could tell, be it that the question does not apply."""
    said = cell.said if cell else ()
    return terms.some(terms.differs(column(word), whole(SILENT)) for word in said)


def _options(sheet: Sheet, state: State, known: tuple[str, ...], declarable: bool) -> State:
    shape = state.shape
    absent = [NOT_APPLICABLE] if declarable else []
    blank = Words(shape.options, ("",) * words_needed(shape.options))
    masks = blank.masks([*shape.options, *absent])
    found = []
    for number, mask in enumerate(masks):
        kept = terms.bits(column(known[number]), whole(mask)) if known else whole(mask)
        term = terms.cases([(state.answered.copy(), kept)], whole(mask))
        if len(known) == 1:
            sheet.follow(known[0], partial(_any_if_silent, mask), term)
        found.append(sheet.define(Stage.POSSIBLE, nth(f"{shape.id} may be", number), term))
    options = Words(shape.options, tuple(found))
    applies = _among(sheet, options, shape) if declarable else settled(value=True)
    return replace(state, told=options, options=options, applies=applies)


def _any_if_silent(mask: int, said: int) -> int:
    """The bits that are possible; an unreadable cell has them all."""
    return mask if said == SILENT else said & mask


def _declared(sheet: Sheet, shape: Shape, known: tuple[str, ...], declarable: bool) -> Truth:
    """Whether a question applies as far as what was declared says; silence leaves that open."""
    if not declarable:
        return settled(value=True)
    if not known:
        return Truth(terms.truth(value=False), terms.truth(value=True))
    truth = Truth(
        terms.equal(column(known[0]), whole(SAID)),
        terms.differs(column(known[0]), whole(NOT_ASKED)),
    )
    return keep(sheet, Stage.POSSIBLE, f"{shape.id} applies", truth)


def _chosen(sheet: Sheet, state: State, sides: Sides) -> State:
    """What both sides choose, and what both refuse; one that does not apply decides nothing."""
    shape = state.shape
    found: dict[str, Words] = {}
    for field, wanted in (("chosen", "surely"), ("refused", "surely not")):
        every = [
            [getattr(cell, field)[number] if cell else None for cell in sides]
            for number in range(words_needed(shape.options))
        ]
        names = [
            sheet.define(Stage.POSSIBLE, nth(f"{shape.id} {wanted}", n), _agreed(sides, one))
            for n, one in enumerate(every)
        ]
        found[field] = Words(shape.options, tuple(names))
    return replace(state, chosen=found["chosen"], refused=found["refused"])


def _agreed(sides: Sides, words: list[str | None]) -> Term:
    """One word of a multi question: the joint one, what both have in common, or that of one."""
    joint, ours, theirs = (column(word) if word else whole(0) for word in words)
    both = terms.bits(ours.copy(), theirs.copy())
    pairs = [
        (_says(sides.joint), joint),
        (_tells(sides.joint), whole(0)),
        (_both_say(sides), both),
        (_says(sides.government), ours),
        (_says(sides.private), theirs),
    ]
    return terms.cases(pairs, whole(0))


def _says(cell: Cell | None) -> Term:
    if cell is None:
        return terms.truth(value=False)
    return terms.equal(column(cell.said[0]), whole(SAID))


def _both_say(sides: Sides) -> Term:
    return terms.every([_says(sides.government), _says(sides.private)])


def _ends(sheet: Sheet, state: State, sides: Sides) -> State:
    """The hull of both sides' numbers; the whole range where nobody tells one."""
    shape = state.shape
    limits = (terms.real(shape.least), terms.real(shape.most))
    ends = tuple(
        sheet.define(Stage.POSSIBLE, f"{shape.id} {wanted}", _hull(sides, number, limits[number]))
        for number, wanted in enumerate(("least", "most"))
    )
    return replace(state, ends=ends)


def _hull(sides: Sides, number: int, limit: Term) -> Term:
    outer = terms.lowest if number == 0 else terms.highest
    pairs: list[tuple[Term, Term]] = []
    if sides.joint:
        pairs.append((_says(sides.joint), column(sides.joint.ends[number])))
        pairs.append((_tells(sides.joint), limit.copy()))
    if sides.government and sides.private:
        ends = [column(one.ends[number]) for one in (sides.government, sides.private)]
        pairs.append((_both_say(sides), outer(ends)))
    each = [one for one in (sides.government, sides.private) if one]
    pairs += [(_says(one), column(one.ends[number])) for one in each]
    return terms.cases(pairs, limit)
