"""Decisions: ordered tables, and bands over a score."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from maturity.base.ids import Id
from maturity.base.strict import Some, Strict
from maturity.base.text import FilledText, Text
from maturity.rules import expr
from maturity.rules.bounded import Bounded
from maturity.rules.conditions import Condition, lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope
from maturity.rules.source import Source
from maturity.rules.table import lower_rows

Tone = Literal["good", "neutral", "warn", "bad"]


class Row(Strict):
    """One outcome of a decision. `exposed` counts a project as exposed in a city's profile."""

    id: Id
    name: FilledText
    means: Text | None = None
    when: Condition
    tone: Tone = "neutral"
    exposed: bool = False
    source: Source | None = None


class Band(Bounded):
    """One outcome of a decision by bands: the score lies within the bounds."""

    id: Id
    name: FilledText
    means: Text | None = None
    tone: Tone = "neutral"
    exposed: bool = False
    source: Source | None = None


class Bands(Strict):
    """Bands over one score, without gap or overlap."""

    score: Id
    rows: Some[Band]


class Decision(Strict):
    """A table of rows, or bands over a score; the first row that holds wins."""

    name: FilledText
    means: Text | None = None
    rows: Some[Row] | None = None
    bands: Bands | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _has_one_form(self) -> "Decision":
        if (self.rows is None) == (self.bands is None):
            raise PydanticCustomError("decision", "needs either rows or bands")
        return self

    def outcomes(self) -> tuple[Row | Band, ...]:
        """The rows or bands, in order."""
        return self.rows or (self.bands.rows if self.bands else ())

    def lower(self, name: str, scope: Scope) -> Lowered:
        """Two named conditions a row: its own, and that it wins."""
        if self.bands is None:
            rows = {row.id: lower(row.when, scope) for row in self.rows or ()}
            return lower_rows(f"decision.{name}", rows)
        number = expr.ScoreRef(f"score.{self.bands.score}")
        within: dict[str, expr.Condition] = {
            band.id: expr.Within(number, band.bounds(), if_not_applicable=False)
            for band in self.bands.rows
        }
        return lower_rows(f"decision.{name}", within)
