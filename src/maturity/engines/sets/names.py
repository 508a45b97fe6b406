"""The columns of the one relation that is scored, whatever the inputs were called."""

from typing import Final

from maturity.engines.sql.columns import header_of
from maturity.model.city import Side

PART: Final = "part"
"""The number of the input from which a row comes."""

ROW: Final = "row"
"""The number of the row in its input: as the reader of the table counts."""

FACTS: Final = ("city", "project", "name", "domain", "weight")
"""What every project has, in the order of the results."""

ODD: Final = "is.odd"
"""Whether a row has to be read closely."""

READ: Final = "is.read"
"""Filled in rows that have been read closely before."""

JUSTIFIED: Final = "is.justified"
EVIDENCED: Final = "is.evidenced"
"""The questions whose answers carry a justification, or evidence: each with bars around."""


def fact(name: str) -> str:
    """The column of a fact."""
    return f"is.{name}"


def answered(question: str, side: Side) -> str:
    """The column of the answers of a side on a question."""
    return f"answer.{header_of(question, side)}"


def carried(name: str) -> str:
    """The column of what is passed on under a name."""
    return f"input.{name}"


def passed(name: str) -> str:
    """What a column is checked as, that is passed on as it came."""
    return f"passed.{name}"
