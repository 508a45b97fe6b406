"""Ordered tables, which decisions and checklist items have in common."""

from collections.abc import Mapping

from maturity.rules import expr
from maturity.rules.lowered import Lowered


def lower_rows(key: str, rows: Mapping[str, expr.Condition]) -> Lowered:
    """Name each row's own condition, then "this row wins": it holds and none above it does.

    The possible rows of a table, those not false down to the first that is true, are exactly
    those whose "wins" is not false.
    """
    lowered: Lowered = {f"{key}?{row}": condition for row, condition in rows.items()}
    above: list[expr.Condition] = []
    for row in rows:
        own = expr.Ref(f"{key}?{row}")
        lowered[f"{key}.{row}"] = expr.All((own, *(expr.Not(one) for one in above)))
        above.append(own)
    return lowered
