"""How a foreign table is read: its headers and values in the words of a questionnaire."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maturity.base.ids import Id
from maturity.base.strict import Many, Strict
from maturity.base.text import Text

EVERYWHERE = "*"
"""Under this key of `values` stand values that are the same in every column that is read."""

Target = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Conflict(Strict):
    """Projects clash that share a value of a column, and whose result under a key is listed.

    Without `where` sharing the value is enough.
    """

    name: Text
    same: Target
    where: str | None = None
    results: Many[str] = Field(default=(), alias="in")


class Columns(Strict):
    """`columns`: header -> `city`, a question, …; `values`: question -> value -> cell."""

    format: Literal["maturity/columns@1"]
    questionnaire: Id | None = None
    columns: dict[str, Target] = {}
    values: dict[str, dict[str, str]] = {}
    conflicts: Many[Conflict] = ()
