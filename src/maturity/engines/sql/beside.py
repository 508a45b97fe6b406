"""What stands beside answers: lists of the questions whose answers carry something."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from sqlglot import exp

from maturity.engines.sql import terms
from maturity.engines.sql.sheet import Sheet, Stage
from maturity.engines.sql.terms import Term, column, text


@dataclass(frozen=True, slots=True)
class Listing:
    """A column that lists questions, each between bars; never NULL."""

    sheet: Sheet
    listed: str

    @classmethod
    def of(cls, sheet: Sheet, raw: str) -> Self:
        """The list that a column of the table holds."""
        filled = exp.Coalesce(this=column(raw), expressions=[text("")])
        return cls(sheet, sheet.define(Stage.ANSWERS, f"{raw} listed", filled))

    def holds(self, question: str) -> Term:
        """The question is listed. Ids hold no character that LIKE reads otherwise."""
        return exp.Like(this=column(self.listed), expression=text(f"%|{question}|%"))

    def holds_any(self, questions: Collection[str]) -> Term:
        """At least one of the questions is listed."""
        return terms.some(self.holds(one) for one in questions)
