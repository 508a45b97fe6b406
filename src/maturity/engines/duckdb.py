"""The set engine run by DuckDB: the query in its dialect, from file to file."""

from collections.abc import Iterable
from typing import Final

from sqlglot import exp

from maturity.engines.sql.columns import Column, Query
from maturity.engines.sql.terms import LOOKED_UP, column, real, text, whole

DIALECT: Final = "duckdb"


def text_of(query: Query) -> str:
    """The query as DuckDB runs it quickest; it gives the same as in any other dialect.

    What is a function of one column's few values is looked up, which DuckDB does once for each
    entry of a dictionary of the file; words become values of an enumeration.
    """
    tree = query.tree.copy()
    for one, alias in zip(query.columns, tree.expressions, strict=True):
        if one.vocabulary:
            _enumerate(one, alias)
    return tree.transform(_looked_up, copy=False).sql(dialect=DIALECT, copy=False, comments=False)


def _enumerate(one: Column, alias: exp.Expression) -> None:
    words = [exp.Literal.string(word) for word in one.vocabulary]
    kind = exp.DataType(this=exp.DataType.Type.ENUM, expressions=words)
    for literal in list(alias.this.find_all(exp.Literal)):
        if literal.is_string:
            literal.replace(exp.Cast(this=literal.copy(), to=kind.copy()))


def _looked_up(node: exp.Expr) -> exp.Expr:
    table = node.meta_get(LOOKED_UP)
    if not isinstance(node, exp.Case) or table is None:
        return node
    name, values = table
    key = column(name)
    if None in values:
        place = _call("list_position", _listed(values), key)
        found = _call("list_extract", _listed(values.values()), place)
        return exp.Coalesce(this=found, expressions=[node.args["default"]])
    place = exp.Add(this=key, expression=whole(1))
    return _call("list_extract", _listed(values.values()), place)


def _call(function: str, *arguments: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this=function, expressions=list(arguments))


def _listed(values: Iterable[str | float | None]) -> exp.Array:
    return exp.Array(expressions=[_literal(one) for one in values])


def _literal(value: str | float | None) -> exp.Expression:
    match value:
        case None:
            return exp.Null()
        case str():
            return text(value)
        case int():
            return whole(value)
        case float():
            return real(value)
