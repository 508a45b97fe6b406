"""Results as other programs read them: values of plain types; texts that no spreadsheet runs."""

import re
from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from maturity.base.characters import RUN, harmless
from maturity.engines.sets.asking import Asking
from maturity.engines.sets.columns import is_number
from maturity.engines.sets.plainness import matches
from maturity.engines.sql import terms
from maturity.engines.sql.columns import Column
from maturity.engines.sql.terms import Term, cases, column, text

_ACTIVE: Final = f"^'*[{re.escape(RUN)}]"
_NUMBER: Final = r"^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$"
_EXACT: Final = 1e15


def harmless_texts(asking: Asking, columns: Sequence[Column]) -> exp.Select:
    """The results, every value as the text of its cell."""
    return asking.select(*(_named(one) for one in columns))


def plain_values(asking: Asking, columns: Sequence[Column]) -> exp.Select:
    """The results as they are, words of a list as texts."""
    return asking.select(*(_plain(one) for one in columns))


def _plain(one: Column) -> Term:
    term = column(one.name)
    return exp.Alias(this=_as_text(term), alias=terms.name(one.name)) if one.vocabulary else term


def _named(one: Column) -> exp.Alias:
    return exp.Alias(this=_cell(one), alias=terms.name(harmless(one.name)))


def _cell(one: Column) -> Term:
    cell = column(one.name)
    if is_number(one):
        return _number(cell)
    return _harmless(cell) if one.kind == "carried" else cell


def _harmless(cell: Term) -> Term:
    active = terms.every([matches(cell, _ACTIVE), terms.opposite(matches(cell.copy(), _NUMBER))])
    marked = terms.joined([text("'"), cell.copy()])
    return cases([(active, marked)], cell.copy())


def _number(cell: Term) -> Term:
    """A whole number without a fraction."""
    small = terms.compared(exp.LT, exp.Abs(this=cell), terms.real(_EXACT))
    is_whole = terms.every([small, terms.equal(cell.copy(), exp.Floor(this=cell.copy()))])
    whole = exp.Cast(this=cell.copy(), to=exp.DataType.build("bigint"))
    return cases([(is_whole, _as_text(whole))], _as_text(cell.copy()))


def _as_text(term: Term) -> Term:
    return exp.Cast(this=term, to=exp.DataType(this=exp.DataType.Type.TEXT))
