"""What keeps a database from writing the stages of a query into each other."""

from typing import Final

from sqlglot import exp

from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.terms import whole

FENCED: Final = frozenset({Dialect.POSTGRES})
"""Those that put a term in each place where its name stands, however often that is.

Each stage names what the next one reads several times, so that the terms would grow by a power
of the stages: PostgreSQL takes all memory over a rubric of two questions. It leaves a SELECT with
an OFFSET alone, and works it out row by row; nothing is stored in between.
"""


def spoken(tree: exp.Select, dialect: Dialect, *, pretty: bool = False) -> str:
    """The query as a text that the database can plan."""
    if dialect in FENCED:
        tree = tree.copy()
        for one in tree.args["with_"].expressions:
            one.this.set("offset", exp.Offset(expression=whole(0)))
    return tree.sql(dialect=dialect.value, pretty=pretty)
