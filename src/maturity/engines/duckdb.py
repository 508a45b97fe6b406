"""The set engine run by DuckDB: the query in its dialect, from file to file."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from sqlglot import exp

from maturity.engines.sql.columns import Column, Query
from maturity.engines.sql.terms import (
    LOOKED_UP,
    ByNumber,
    ByText,
    column,
    real,
    table_of,
    text,
    whole,
)

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
    kind = exp.DataType(this=exp.DType.ENUM, expressions=words)
    for literal in list(_outcomes(alias.this)):
        literal.replace(exp.Cast(this=literal.copy(), to=kind.copy()))


def _outcomes(term: exp.Expr) -> Iterator[exp.Literal]:
    """The words that a term can give."""
    match term:
        case exp.Case():
            for branch in term.args["ifs"]:
                yield from _outcomes(branch.args["true"])
            yield from _outcomes(term.args["default"])
        case exp.Literal():
            yield term


def _looked_up(node: exp.Expr) -> exp.Expr:
    match table_of(node):
        case None:
            return node
        case ByNumber(name, values):
            key = exp.Cast(this=column(name), to=_type(exp.DType.INT))
            return _entry(values, exp.Add(this=key, expression=whole(1)))
        case ByText(name, by_text, by_default):
            found = _entry(
                by_text.values(), called("list_position", _listed(by_text), column(name))
            )
            rest = node.args["default"] if by_default else _unmarked(node)
            kind = _narrowest(by_text.values())
            return exp.Coalesce(this=found, expressions=[exp.Cast(this=rest, to=kind)])


def _unmarked(node: exp.Expr) -> exp.Expr:
    node.meta.pop(LOOKED_UP)
    return node


def _entry(values: Collection[float], place: exp.Expr) -> exp.Expr:
    """The value at a place, from 1 on. DuckDB does this once an entry of a dictionary."""
    kind = exp.DataType(this=exp.DType.ARRAY, expressions=[_narrowest(values)], nested=True)
    return called("array_extract", exp.Cast(this=_listed(values), to=kind), place)


NARROW: Final = (
    (7, exp.DType.TINYINT),
    (15, exp.DType.SMALLINT),
    (31, exp.DType.INT),
    (63, exp.DType.BIGINT),
)
"""Whole numbers by how many bits they have beside the sign."""


def _narrowest(values: Iterable[float]) -> exp.DataType:
    """The smallest type that holds the values: DuckDB works through small ones fastest."""
    every = list(values)
    if not all(isinstance(one, int) for one in every):
        return _type(exp.DType.DOUBLE)
    needed = max(int(abs(one)).bit_length() for one in every)
    return _type(next(kind for bits, kind in NARROW if needed <= bits))


def _type(kind: exp.DType) -> exp.DataType:
    return exp.DataType(this=kind)


def called(function: str, *arguments: exp.Expr) -> exp.Anonymous:
    """A call of one of DuckDB's own functions."""
    return exp.Anonymous(this=function, expressions=list(arguments))


def _listed(values: Iterable[str | float | None]) -> exp.Array:
    return exp.Array(expressions=[_literal(one) for one in values])


def _literal(value: str | float | None) -> exp.Expr:
    match value:
        case None:
            return exp.Null()
        case str():
            return text(value)
        case int():
            return whole(value)
        case float():
            return real(value)
