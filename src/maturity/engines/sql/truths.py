"""Kleene's three values as two plain booleans, and what they make of each other.

`sure` is TRUE where a condition surely holds, `maybe` where it is not ruled out; neither is ever
NULL. DuckDB joins plain booleans more than ten times as fast as those that may be NULL.
"""

from collections.abc import Sequence
from typing import NamedTuple

from maturity.engines.sql import marks, terms
from maturity.engines.sql.sheet import Sheet, Stage, named
from maturity.engines.sql.terms import Term, every, opposite, some


class Truth(NamedTuple):
    """True: both; unknown: `maybe` alone; false: neither."""

    sure: Term
    maybe: Term

    def again(self) -> "Truth":
        """The same truth, for another place in the tree."""
        return Truth(self.sure.copy(), self.maybe.copy())


def settled(value: bool) -> Truth:
    """A truth that no answer changes."""
    return Truth(terms.truth(value), terms.truth(value))


def all_of(items: Sequence[Truth]) -> Truth:
    """Every item is true."""
    return Truth(every(one.sure for one in items), every(one.maybe for one in items))


def any_of(items: Sequence[Truth]) -> Truth:
    """At least one item is true."""
    return Truth(some(one.sure for one in items), some(one.maybe for one in items))


def negated(item: Truth) -> Truth:
    """The item is false."""
    return Truth(opposite(item.maybe), opposite(item.sure))


def at_least(count: int, items: Sequence[Truth]) -> Truth:
    """At least so many items are true."""
    if count <= 0 or count > len(items):
        return settled(count <= 0)
    ends = ([one.sure for one in items], [one.maybe for one in items])
    return Truth(*(marks.enough(end, count) for end in ends))


def where_applicable(truth: Truth, applies: Truth, if_not_applicable: bool) -> Truth:
    """The truth where something applies, a constant where it does not."""
    if if_not_applicable:
        return any_of([truth, negated(applies)])
    return all_of([truth, applies])


def keep(sheet: Sheet, stage: Stage, wanted: str, truth: Truth) -> Truth:
    """Name both booleans, so that they can be read often."""
    return Truth(
        named(sheet, stage, f"{wanted} sure", truth.sure),
        named(sheet, stage, f"{wanted} maybe", truth.maybe),
    )
