"""How a foreign table is read: its headers and values in the words of a questionnaire."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from maturity.base.characters import trimmed, visible
from maturity.base.ids import NOT_APPLICABLE, UNKNOWN, Id
from maturity.base.strict import Many, Strict
from maturity.base.text import Text

EVERYWHERE = "*"
"""Under this key of `values` stand values that are the same in every column that is read."""


def header_text(name: str) -> str:
    """A header on one line, without blanks around, and with all its characters visible."""
    return visible(" ".join(trimmed(name).split()))


def _as_met(columns: dict[str, str]) -> dict[str, str]:
    """A map by headers as readers of tables give them."""
    return {header_text(header): target for header, target in columns.items()}


Target = Annotated[str, StringConstraints(min_length=1, max_length=200)]


SHARED_BY_NONE: Final = frozenset({"", *"-–—", UNKNOWN, "n/a", NOT_APPLICABLE})
"""What a cell says, in any case of letters, that names nothing which projects could share."""


class Conflict(Strict):
    """Projects clash that share a value of a column, and whose result under a key is listed.

    Without `where` sharing the value is enough. What names nothing (`SHARED_BY_NONE`) is
    not shared.
    """

    name: Text
    same: Annotated[Target, AfterValidator(header_text)]
    where: str | None = None
    results: Many[str] = Field(default=(), alias="in")


class Columns(Strict):
    """`columns`: header -> `city`, a question, …; `values`: question -> value -> cell."""

    format: Literal["maturity/columns@1"]
    questionnaire: Id | None = None
    columns: Annotated[dict[str, Target], AfterValidator(_as_met)] = {}
    values: dict[str, dict[str, str]] = {}
    conflicts: Many[Conflict] = ()
