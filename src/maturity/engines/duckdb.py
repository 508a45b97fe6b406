"""The set engine run by DuckDB: the query in its dialect, from file to file."""

from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar, Final, TypeVar

from sqlglot import exp
from sqlglot.generators.duckdb import DuckDBGenerator

from maturity.engines.sql.columns import Column, Query
from maturity.engines.sql.terms import (
    ByNumber,
    ByText,
    column,
    is_narrow,
    real,
    table_of,
    text,
    whole,
)

DIALECT: Final = "duckdb"

Node = TypeVar("Node", bound=exp.Expr)


def text_of(query: Query) -> str:
    """The query as DuckDB runs it quickest; it gives the same as in any other dialect.

    What is a function of one column's few values is looked up, which DuckDB does once for each
    entry of a dictionary of the file; words become values of an enumeration.
    """
    results = [
        _enumerated(one, alias) if one.vocabulary else alias
        for one, alias in zip(query.columns, query.tree.expressions, strict=True)
    ]
    select = _twin(query.tree)
    select.args["expressions"] = results
    return _Writer(dialect=DIALECT, comments=False).generate(select, copy=False)


def _twin(node: Node) -> Node:
    """The same node without its marks. A copy of all below it would take longer than writing it."""
    twin = type(node)()
    twin.args.update(node.args)
    return twin


def _enumerated(one: Column, alias: exp.Expr) -> exp.Expr:
    """The words of a result as values of an enumeration."""
    words = [exp.Literal.string(word) for word in one.vocabulary]
    kind = exp.DataType(this=exp.DType.ENUM, expressions=words)
    found = alias.copy()
    for literal in list(_outcomes(found.this)):
        literal.replace(exp.Cast(this=literal.copy(), to=kind.copy()))
    return found


def _outcomes(term: exp.Expr) -> Iterator[exp.Literal]:
    """The words that a term can give."""
    match term:
        case exp.Case():
            for branch in term.args["ifs"]:
                yield from _outcomes(branch.args["true"])
            yield from _outcomes(term.args["default"])
        case exp.Literal():
            yield term


def _case(writer: DuckDBGenerator, node: exp.Case) -> str:
    """A CASE, or the look-up that it is marked with."""
    match table_of(node):
        case None:
            return writer.case_sql(node)
        case ByNumber(name, values):
            key = exp.Cast(this=column(name), to=_type(exp.DType.INT))
            return writer.sql(_entry(values, exp.Add(this=key, expression=whole(1))))
        case ByText(name, by_text, by_default):
            place = called("list_position", _listed(by_text), column(name))
            found = _entry(by_text.values(), place)
            rest = node.args["default"] if by_default else _twin(node)
            kept = exp.Cast(this=rest, to=_narrowest(by_text.values()))
            return writer.sql(exp.Coalesce(this=found, expressions=[kept]))


def _cast(writer: DuckDBGenerator, node: exp.Cast) -> str:
    if is_narrow(node):
        return f"CAST({writer.sql(node, 'this')} AS FLOAT)"
    return writer.cast_sql(node)


def _number(writer: DuckDBGenerator, node: exp.Literal) -> str:
    told = writer.literal_sql(node)
    return f"CAST({told} AS FLOAT)" if is_narrow(node) else told


class _Writer(DuckDBGenerator):
    """DuckDB's dialect, with what terms are marked with: look-ups, and numbers of 32 bits."""

    TRANSFORMS: ClassVar = {
        **DuckDBGenerator.TRANSFORMS,
        exp.Case: _case,
        exp.Cast: _cast,
        exp.Literal: _number,
    }


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
    if not all(float(one).is_integer() for one in every):
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
