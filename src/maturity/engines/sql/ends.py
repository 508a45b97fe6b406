"""Ends of scores: the least or the most that weighted items can come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.engines.sql import marks, terms
from maturity.engines.sql.sheet import Place, named
from maturity.engines.sql.terms import Term, column, real
from maturity.engines.sql.truths import Truth

FAR: Final = 1e30
"""Beyond every sum of points."""


class Side(NamedTuple):
    """One item as one end of the score sees it: its value is the name of a column."""

    weight: float
    value: str
    applies: Truth

    @property
    def is_sure(self) -> bool:
        """The item applies in every row."""
        return terms.is_constant(self.applies.sure, value=True)


@dataclass(frozen=True, slots=True)
class End:
    """One end of a score: what it is made of, and where its columns are named.

    `exact`: its weights add up without rounding. `narrow`: so does all else, within 32 bits.
    """

    place: Place
    sides: tuple[Side, ...]
    highest: bool
    exact: bool
    narrow: bool
    shared: dict[Term, Term]

    def define(self, wanted: str, term: Term) -> Term:
        """A column that belongs to this end."""
        side = "most" if self.highest else "least"
        sheet, stage, key = self.place
        return named(sheet, stage, f"{key} {side} {wanted}", self.fitted(term))

    def once(self, wanted: str, term: Term) -> Term:
        """A column that both ends may share: the same term is named once."""
        if term not in self.shared:
            sheet, stage, key = self.place
            name = sheet.define(stage, f"{key} {wanted}", self.fitted(term.copy()))
            self.shared[term] = column(name)
        return self.shared[term].copy()

    def fitted(self, term: Term) -> Term:
        """A term as narrow as what the end is made of."""
        return marks.narrowed(term) if self.narrow else term

    def further(self, one: Term, other: Term) -> Term:
        """The one lies beyond the other, the way this end looks."""
        return terms.compared(exp.GT if self.highest else exp.LT, one, other)

    def furthest(self, pairs: Sequence[tuple[Term, Term]]) -> Term:
        """Of the values whose condition holds, that which lies furthest."""
        return self.fitted(extreme(pairs, highest=self.highest))

    def any_sure(self) -> Term:
        """At least one item surely applies."""
        every = dict.fromkeys(side.applies.sure for side in self.sides)
        return terms.some(sure.copy() for sure in every)


def extreme(pairs: Sequence[tuple[Term, Term]], *, highest: bool) -> Term:
    """The highest or lowest of the values whose condition holds."""
    outer, out = (terms.highest, -FAR) if highest else (terms.lowest, FAR)
    return outer([terms.cases([pair], real(out)) for pair in pairs])


def values_of(end: End, *, sure: bool) -> list[tuple[Term, Term]]:
    """Each item's value, and where it surely applies, or may."""
    return [
        ((side.applies.sure if sure else side.applies.maybe).copy(), column(side.value))
        for side in end.sides
    ]


def weighted(side: Side) -> Term:
    """The item's value times its weight."""
    return terms.compared(exp.Mul, real(side.weight), column(side.value))


def part(condition: Term, value: Term) -> Term:
    """A value where the condition holds, else 0."""
    return terms.real_if(condition.copy(), value)
