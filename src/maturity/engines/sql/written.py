"""The query as a text to read and to run in a warehouse."""

from typing import Final

from sqlglot import exp

from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.engines.sql.columns import Table, header_of
from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.fences import spoken
from maturity.engines.sql.query import query_for
from maturity.engines.sql.sheet import plain
from maturity.engines.sql.terms import name
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES
from maturity.plan import Plan

CARRIED: Final = ("city", "project", "domain", "weight")
"""What a table of projects holds beside answers."""


PLAIN: Final = frozenset({Dialect.BIGQUERY})
"""Those that refuse most signs in the names of columns."""


def written(plan: Plan, bundle: Bundle, dialect: Dialect, relation: str, *, sides: bool) -> str:
    """The query over a relation that has a text column for every question.

    `sides`: it has `government.<question>` and `private.<question>` columns, too.
    """
    is_plain = dialect in PLAIN
    answers = {
        (question, side): _header(header_of(question, side), is_plain=is_plain)
        for side in (SIDES if sides else SIDES[:1])
        for question in plan.shapes
    }
    table = Table(exp.Table(this=name(relation)), answers, CARRIED)
    tree = query_for(plan, bundle, table, staged=True, plain=is_plain).tree
    tree.args["with_"].add_comments(_head(bundle, relation))
    return spoken(tree, dialect, pretty=True)


def _header(header: str, *, is_plain: bool) -> str:
    return plain(header) if is_plain else header


def _head(bundle: Bundle, relation: str) -> list[str]:
    rubric, instrument = bundle.rubric, bundle.questionnaire
    forms = (
        "an option; a|b; a/b (one of); +a|-b (has, lacks); a number, or 1..2; "
        f"{UNKNOWN}; n/a or {NOT_APPLICABLE}; or nothing"
    )
    return [
        f"{rubric.id} {rubric.version} over {instrument.id} {instrument.version}",
        f"One row a project of {plain(relation)}, a text a cell: {forms}",
    ]
