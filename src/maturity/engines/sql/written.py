"""The query as a text to read and to run in a warehouse."""

from typing import Final

from sqlglot import exp

from maturity.base.characters import visible
from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.base.text import FALLBACK
from maturity.engines.sql.columns import UNREADABLE, Table, header_of
from maturity.engines.sql.dialect import Dialect
from maturity.engines.sql.fences import spoken
from maturity.engines.sql.query import query_for
from maturity.engines.sql.relation import relation_named
from maturity.engines.sql.sheet import Stage, plain
from maturity.i18n.catalog import Catalog, catalog
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES
from maturity.plan import Plan

CARRIED: Final = ("city", "project", "domain", "weight")
"""What a table of projects holds beside answers."""


PLAIN: Final = frozenset({Dialect.BIGQUERY})
"""Those that refuse most signs in the names of columns."""


def written(
    plan: Plan,
    bundle: Bundle,
    dialect: Dialect,
    relation: str,
    *,
    sides: bool,
    language: str = FALLBACK,
) -> str:
    """The query over a relation that has a text column for every question.

    `relation`: its name as `relation_named` reads it. `sides`: it has `government.<question>` and
    `private.<question>` columns, too. `language`: of the comments.

    Raises:
        UsageError: `relation` is no name of a table.
    """
    is_plain = dialect in PLAIN
    answers = {
        (question, side): _header(header_of(question, side), is_plain=is_plain)
        for side in (SIDES if sides else SIDES[:1])
        for question in plan.shapes
    }
    named, words = relation_named(relation), catalog(language)
    told = {stage: words.say(f"query.{stage.name.lower()}") for stage in Stage}
    table = Table(named, answers, CARRIED)
    tree = query_for(plan, bundle, table, told=told, plain=is_plain).tree
    tree.args["with_"].add_comments(_head(bundle, named, words))
    return spoken(tree, dialect, pretty=True)


def _header(header: str, *, is_plain: bool) -> str:
    return plain(header) if is_plain else header


def _head(bundle: Bundle, relation: exp.Table, words: Catalog) -> list[str]:
    models = {
        "rubric": f"{bundle.rubric.id} {bundle.rubric.version}",
        "questionnaire": f"{bundle.questionnaire.id} {bundle.questionnaire.version}",
    }
    table = ".".join(visible(part.name).replace("*/", "* /") for part in relation.parts)
    forms = {"unknown": UNKNOWN, "inapplicable": NOT_APPLICABLE}
    return [
        words.say("query.models", **models),
        words.say("query.forms", table=table, **forms),
        words.say("query.rows", unreadable=UNREADABLE),
    ]
