"""Results that were made elsewhere, project by project, as a table like that of the query."""

from collections.abc import Sequence

from sqlglot import exp

from maturity.engines.sets.columns import is_number
from maturity.engines.sets.picking import PLACE, Rows, as_word
from maturity.engines.sets.plainness import seen
from maturity.engines.sql import terms
from maturity.engines.sql.columns import Column
from maturity.engines.sql.terms import Term, column


def results_in(table: str, columns: Sequence[Column]) -> Rows:
    """The results in a table with their places and these columns, in the types of results."""
    place = exp.Cast(this=column(PLACE), to=exp.DataType.build("bigint"))
    found = [exp.Alias(this=place, alias=terms.name(PLACE))]
    found += [exp.Alias(this=_typed(one), alias=terms.name(one.name)) for one in columns]
    select = exp.Select(expressions=found)
    select.set("from_", exp.From(this=exp.Table(this=terms.name(table))))
    return select


def _typed(one: Column) -> Term:
    """A value of a column; what is passed on without what cannot be seen."""
    if is_number(one):
        return terms.as_real(column(one.name))
    as_text = exp.Cast(this=column(one.name), to=exp.DataType(this=exp.DataType.Type.TEXT))
    return seen(as_text) if one.kind == "carried" else as_word(as_text, one)
