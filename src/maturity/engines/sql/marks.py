"""What an engine is told about terms, which it may then work out faster; others need not heed it.

Marks stand in `meta` of a sqlglot node.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.engines.sql.terms import (
    Term,
    added,
    cases,
    compared,
    joined,
    real,
    real_of,
    text,
    whole,
)

LOOKED_UP: Final = "looked_up"
"""In `meta` of a CASE that is a function of one column: its table."""


class ByText(NamedTuple):
    """The values of a term by the text in a column; of other texts a CASE's default tells more."""

    column: str
    values: Mapping[str | None, float]
    by_default: bool = False


class ByNumber(NamedTuple):
    """The values of a term by the number in a column, from 0 on."""

    column: str
    values: Sequence[float]


def looked_up(table: ByText | ByNumber, term: Term) -> Term:
    """Tell the engine of which table a CASE gives the values; shorter terms are quick as is."""
    if isinstance(term, exp.Case):
        term.meta[LOOKED_UP] = table
    return term


def table_of(term: exp.Expr) -> ByText | ByNumber | None:
    """The table whose values a term gives, if it is known."""
    found = term.meta_get(LOOKED_UP)
    return found if isinstance(found, ByText | ByNumber) else None


LISTED: Final = "listed"
"""In `meta` of a text that names each of some words where its condition holds."""


class ByTruths(NamedTuple):
    """Words that are joined where their conditions hold; empty where none does."""

    conditions: Sequence[Term]
    words: Sequence[str]
    separator: str


def listing(told: ByTruths) -> Term:
    """The words whose conditions hold, joined."""
    parts = [
        cases([(condition, text(f"{told.separator}{word}"))], text(""))
        for condition, word in zip(told.conditions, told.words, strict=True)
    ]
    start = whole(1 + len(told.separator))
    term = exp.Substring(this=exp.Paren(this=joined(parts)), start=start)
    term.meta[LISTED] = told
    return term


def listed_by(term: exp.Expr) -> ByTruths | None:
    """The words that a text is made of, if it is such a listing."""
    found = term.meta_get(LISTED)
    return found if isinstance(found, ByTruths) else None


NARROW: Final = "narrow"
"""In `meta` of a number and of a cast: floating point numbers of 32 bits hold it exactly."""


def narrowed(term: Term) -> Term:
    """Tell the engine that 32 bits hold a term and every number in it; it may move half as much."""
    for node in term.find_all(exp.Literal, exp.Cast):
        is_number = isinstance(node, exp.Literal) and not node.is_string and "e" in node.this
        if is_number or (isinstance(node, exp.Cast) and node.to.this is exp.DataType.Type.DOUBLE):
            in_32_bits(node)
    return term


def in_32_bits(node: Term) -> Term:
    """Tell the engine that 32 bits hold one literal, or what one cast gives."""
    node.meta[NARROW] = True
    return node


def is_narrow(term: exp.Expr) -> bool:
    """Whether 32 bits hold a number, or what a cast gives."""
    return bool(term.meta_get(NARROW))


def counted(conditions: Iterable[Term], more: int = 0) -> Term:
    """How many of the conditions hold, and some more.

    Floating point numbers are counted with, which no database guards against overflow.
    """
    start = [in_32_bits(real(float(more)))] if more else []
    return added([*start, *(in_32_bits(real_of(one)) for one in conditions)])


def enough(conditions: Iterable[Term], least: int) -> Term:
    """At least so many of the conditions hold."""
    return compared(exp.GTE, counted(conditions), in_32_bits(real(float(least))))
