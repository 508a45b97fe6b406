"""The columns of the one relation that is scored, whatever the inputs were called."""

import hashlib
from collections.abc import Mapping
from typing import Final, TypeAlias

from maturity.base.characters import visible
from maturity.base.text import LANGUAGES
from maturity.engines.sql.columns import header_of
from maturity.model.city import Side

Cells: TypeAlias = Mapping[str, str]
"""One project: the texts under these columns."""

PART: Final = "part"
"""The number of the input from which a row comes."""

ROW: Final = "row"
"""The number of the row in its input: as the reader of the table counts."""

_CARRIED: Final = "input."
_MARK: Final = "\t"

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


_NAMES: Final = (fact("city"), fact("project"))


def answered(question: str, side: Side) -> str:
    """The column of the answers of a side on a question."""
    return _told_apart(f"answer.{header_of(question, side)}")


def are_hidden(cells: Cells) -> bool:
    """Whether results show city or project otherwise: so its twins are not found by results."""
    return any(visible(cells[one]) != cells[one] for one in _NAMES)


def carried(name: str) -> str:
    """The column of what is passed on under a name."""
    return _told_apart(f"{_CARRIED}{name}")


def is_carried(label: str) -> bool:
    """Whether a column is passed on."""
    return label.startswith(_CARRIED)


def is_read(label: str) -> bool:
    """Whether a column holds what is read, and not what came."""
    return not is_carried(label) or label in TRANSLATED


def name_of_carried(label: str) -> str:
    """The name of a column that is passed on."""
    return label.removeprefix(_CARRIED).partition(_MARK)[0]


def _told_apart(label: str) -> str:
    """A label that differs from others in more than the case of letters, as databases want it.

    No header holds the mark: headers are written without tabs.
    """
    if label == label.casefold():
        return label
    return f"{label}{_MARK}{hashlib.blake2b(label.encode(), digest_size=6).hexdigest()}"


TRANSLATED: Final = {
    carried(f"{name}.{one}"): fact(name) for name in ("city", "name") for one in LANGUAGES[1:]
}
"""The columns of names in other languages, which are passed on as they are read; the fact of each.
"""


def passed(name: str) -> str:
    """What a column is checked as, that is passed on as it came."""
    return f"passed.{name}"
