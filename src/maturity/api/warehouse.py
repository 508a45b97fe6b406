"""A rubric as a query, for those who score inside their own warehouse."""

from maturity.api.assessing import scoring_for
from maturity.base.errors import UsageError
from maturity.base.text import FALLBACK
from maturity.engines.sql.dialect import Dialect
from maturity.loading import shipped


def sql(
    rubric: str | None,
    questionnaire: str | None,
    dialect: Dialect,
    relation: str,
    *,
    sides: bool,
    language: str = FALLBACK,
) -> str:
    """The rubric as one SQL query over a table of answers; `sides`: with those of each side.

    Raises:
        RefusedError: the rubric cannot be used.
        UsageError: the library that writes SQL is not installed, or `relation` names no table.
    """
    try:
        from maturity.engines.sql.written import written
    except ModuleNotFoundError:
        raise UsageError("no-sqlglot") from None
    scoring = scoring_for(rubric or shipped.usual(), questionnaire)
    return written(scoring.plan, scoring.bundle, dialect, relation, sides=sides, language=language)
