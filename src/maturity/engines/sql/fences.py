"""The query as a text that a database can plan, and that means the same there."""

from typing import assert_never

from sqlglot import exp

from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.terms import OF_TRUTH, as_real, as_whole, text, whole


def spoken(tree: exp.Query, dialect: Dialect, *, pretty: bool = False) -> str:
    """The query as a text for people, or for a session of any kind.

    Warehouses take up to a megabyte, of which wider indents would be a third.
    """
    told = _said_in(tree, dialect)
    return told.sql(dialect=dialect.value, pretty=pretty, indent=1, pad=1)


def _said_in(tree: exp.Query, dialect: Dialect) -> exp.Expr:
    match dialect:
        case Dialect.POSTGRES:
            return _fenced(tree).transform(_counted, copy=False)
        case Dialect.SPARK:
            return tree.transform(_anchored)
        case Dialect.SNOWFLAKE | Dialect.BIGQUERY:
            return tree.transform(_counted)
        case Dialect.DUCKDB | Dialect.TRINO:
            return tree
    assert_never(dialect)


def nested(tree: exp.Query) -> exp.Query:
    """The stages inside each other, in place of one after another: a third of Spark's planning.

    Each stage must read the one before it, and nothing else read any.
    """
    tree = tree.copy()
    stages = tree.args.get("with_")
    if stages is None:
        return tree
    tree.set("with_", None)
    first, *others = stages.expressions
    inner = first
    for outer in others:
        _enclose(outer.this, inner)
        inner = outer
    _enclose(tree, inner)
    return tree


def _enclose(outer: exp.Query, inner: exp.CTE) -> None:
    alias = exp.TableAlias(this=exp.Identifier(this=inner.alias, quoted=True))
    outer.set("from_", exp.From(this=exp.Subquery(this=inner.this, alias=alias)))


def _fenced(tree: exp.Query) -> exp.Query:
    """Keep PostgreSQL from putting a term in each place where its name stands.

    Each stage names what the next one reads several times, so that the terms would grow by a power
    of the stages: a rubric of two questions takes all memory. A SELECT with an OFFSET is left
    alone, and still worked out row by row; nothing is stored in between.
    """
    tree = tree.copy()
    for one in tree.args["with_"].expressions:
        one.this.set("offset", exp.Offset(expression=whole(0)))
    return tree


def _anchored(node: exp.Expr) -> exp.Expr:
    """In Java a dollar sign lets a line break stand behind it, where others mean the end."""
    if isinstance(node, exp.RegexpLike) and isinstance(node.expression, exp.Literal):
        pattern = node.expression.name
        if pattern.endswith("$"):
            node.set("expression", text(f"{pattern[:-1]}\\z"))
    return node


def _counted(node: exp.Expr) -> exp.Expr:
    """These databases make no floating point number of a truth, but a whole one.

    What is exchanged is not walked through again, and a truth may count others.
    """
    if not node.meta_get(OF_TRUTH):
        return node
    return as_real(as_whole(node.this.transform(_counted, copy=False)))
