"""Checklist items: what one party has to have settled."""

from typing import Final, Literal

from maturity.base.ids import Id, QuestionId
from maturity.base.strict import Many, Strict
from maturity.base.text import FilledText
from maturity.rules import expr
from maturity.rules.conditions import Condition, lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope
from maturity.rules.source import Source
from maturity.rules.table import lower_rows

Status = Literal["not-applicable", "met", "partly", "open"]

STATUSES: Final[tuple[Status, ...]] = ("not-applicable", "met", "partly", "open")
"""The rows of an item's table, in the order in which they are tried."""


class ChecklistItem(Strict):
    """One question a party must be able to answer."""

    party: Literal["government", "private"]
    theme: Id
    name: FilledText
    applies: Condition = True
    met: Condition
    partly: Condition = False
    rests_on: Many[QuestionId] = ()
    advice: FilledText
    source: Source | None = None

    def lower(self, name: str, scope: Scope) -> Lowered:
        """Two named conditions a status: its own, and that it is the item's status."""
        rows: dict[str, expr.Condition] = {
            "not-applicable": expr.Not(lower(self.applies, scope)),
            "met": lower(self.met, scope),
            "partly": lower(self.partly, scope),
            "open": expr.Const(value=True),
        }
        return lower_rows(f"check.{name}", rows)
