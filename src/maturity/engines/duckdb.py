"""The set engine run by DuckDB: the query in its dialect, from file to file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, reduce
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from sqlglot import exp

from maturity.engines.sql.columns import Column, Query
from maturity.engines.sql.marks import ByNumber, ByText, is_narrow, listed_by, table_of
from maturity.engines.sql.terms import column, either_bits, opposite, real, text, whole

if TYPE_CHECKING:
    from sqlglot.generators.duckdb import DuckDBGenerator

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
    select = _with_places(query.tree)
    select.args["expressions"] = results
    return _writer()(dialect=DIALECT, comments=False).generate(select, copy=False)


def _with_places(tree: exp.Select) -> exp.Select:
    """The tree, which also reads the place of every cell among those that are looked up."""
    select = _twin(tree)
    keys = dict(_looked_up(tree))
    if keys:
        first, *rest = tree.args["with_"].expressions
        cells, source, tables = _twin(first), _twin(first.this), _twin(tree.args["with_"])
        by_name = {one.alias: one.this for one in source.expressions}
        places = [
            exp.Alias(
                this=called("list_position", _listed(known), by_name[label].copy()),
                alias=_place(label).this,
            )
            for label, known in keys.items()
        ]
        source.args["expressions"] = [*source.expressions, *places]
        cells.args["this"], tables.args["expressions"] = source, [cells, *rest]
        select.args["with_"] = tables
    return select


def _looked_up(tree: exp.Select) -> Iterator[tuple[str, Collection[str | None]]]:
    """The columns of cells by whose text something is looked up, and the texts that are known."""
    for table in tree.args["with_"].expressions:
        for one in table.this.expressions:
            term = one.unalias()
            while isinstance(term, exp.Cast):
                term = term.this
            found = table_of(term)
            if isinstance(found, ByText):
                yield found.column, found.values.keys()


def _place(label: str) -> exp.Column:
    """The column that holds the place of a cell, from 1 on; NULL where it is not known."""
    return column(f"{label} place")


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
            return writer.case_sql(_compared(node))
        case ByNumber(name, values):
            key = exp.Cast(this=column(name), to=_type(exp.DType.INT))
            return writer.sql(_entry(values, exp.Add(this=key, expression=whole(1))))
        case ByText(name, by_text, by_default):
            found = _entry(by_text.values(), _place(name))
            rest = node.args["default"] if by_default else _twin(node)
            kept = exp.Cast(this=rest, to=_narrowest(by_text.values()))
            return writer.sql(exp.Coalesce(this=found, expressions=[kept]))


def _compared(node: exp.Case) -> exp.Case:
    """The same CASE with comparisons for conditions: DuckDB picks rows by these twice as fast."""
    branches = []
    for one in node.args["ifs"]:
        branch = _twin(one)
        if isinstance(one.this, exp.Column | exp.And | exp.Or):
            branch.args["this"] = exp.GT(this=exp.Paren(this=one.this), expression=exp.false())
        elif isinstance(one.this, exp.Not):
            branch.args["this"] = exp.LT(this=exp.Paren(this=one.this.this), expression=exp.true())
        branches.append(branch)
    found = _twin(node)
    found.args["ifs"] = branches
    return found


def _cast(writer: DuckDBGenerator, node: exp.Cast) -> str:
    if is_narrow(node):
        return f"CAST({writer.sql(node, 'this')} AS FLOAT)"
    return writer.cast_sql(node)


def _number(writer: DuckDBGenerator, node: exp.Literal) -> str:
    told = writer.literal_sql(node)
    return f"CAST({told} AS FLOAT)" if is_narrow(node) else told


MOST_LISTED: Final = 7
"""Conditions for which every combination is looked up in a list."""


def _listed_words(writer: DuckDBGenerator, node: exp.Substring) -> str:
    """Words joined where their conditions hold: branches would cost DuckDB more than bits do."""
    told = listed_by(node)
    if told is None or len(told.words) > MOST_LISTED:
        return writer.function_fallback_sql(node)
    places = range(1, 2 ** (len(told.words) + 1) - 1)
    entries = [
        told.separator.join(word for n, word in enumerate(told.words) if place & (2 << n))
        for place in places
    ]
    return writer.sql(called("array_extract", _listed(entries), _combination(told.conditions)))


def _combination(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """A number for each combination of conditions that hold.

    It is 1, or 2 where the first condition holds, and 4, 8, … more for the others.
    """
    small = _type(exp.DType.UTINYINT)

    def number(term: exp.Expr) -> exp.Expr:
        return exp.Cast(this=term, to=small.copy())

    bits: list[exp.Expr] = []
    for n, condition in enumerate(conditions):
        fails = number(opposite(condition.copy()))
        bit: exp.Expr = exp.BitwiseRightShift(this=number(whole(2 << n)), expression=fails)
        if n:
            bit = exp.BitwiseAnd(this=exp.Paren(this=bit), expression=number(whole(2 << n)))
        bits.append(exp.Paren(this=bit))
    found = reduce(either_bits, bits)
    return exp.Cast(this=found, to=_type(exp.DType.BIGINT))


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


@cache
def _writer() -> type[DuckDBGenerator]:
    """DuckDB's dialect, with what terms are marked with: look-ups, and numbers of 32 bits.

    It is made when it is asked for: to import a dialect takes as long as all else of sqlglot.
    """
    from sqlglot.generators.duckdb import DuckDBGenerator  # noqa: PLC0415 - see above

    class Writer(DuckDBGenerator):
        TRANSFORMS: ClassVar = {
            **DuckDBGenerator.TRANSFORMS,
            exp.Case: _case,
            exp.Cast: _cast,
            exp.Literal: _number,
            exp.Substring: _listed_words,
        }

    return Writer
