"""Identifiers: the names by which model files refer to their parts."""

import re
from typing import Annotated, Final

from pydantic import Discriminator, StringConstraints, Tag

from maturity.base.strict import Some

NOT_APPLICABLE: Final = "not-applicable"
"""The pseudo-option every question has beside its own: it does not apply."""

UNKNOWN: Final = "unknown"
"""The answer word for "nobody could tell"."""

NOTHING_KNOWN: Final = "+"
"""The cell of a multi question of which no option is surely chosen and none surely refused."""

NONE_OF_THEM: Final = "[]"
"""The cell of a multi question of which no option is chosen."""

RESERVED: Final = frozenset({NOT_APPLICABLE, UNKNOWN})
"""Words no option may use as its id."""

STAND_IN: Final = "not-given-here"
"""The id that stands, for checks alone, where a file lacks one; no finding may tell of it."""

ID_PATTERN: Final = r"^[A-Za-z][A-Za-z0-9-]{0,63}$"
QUESTION_PATTERN: Final = r"^[A-Za-z][A-Za-z0-9-]{0,63}(\.[A-Za-z][A-Za-z0-9-]{0,63})?$"
REFERENCE_PATTERN: Final = r"^[A-Za-z][A-Za-z0-9-]{0,63}/[A-Za-z][A-Za-z0-9-]{0,63}$"
"""An id within another file: `registry/entry`."""
SHARED_PATTERN: Final = (
    r"^[A-Za-z][A-Za-z0-9-]{0,63}/"
    r"[A-Za-z][A-Za-z0-9-]{0,63}(\.[A-Za-z][A-Za-z0-9-]{0,63})?$"
)
"""A question, or a row of one, of another questionnaire: `questionnaire/question`."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""One word of letters, digits and hyphens, at most 64 characters."""

QuestionId = Annotated[str, StringConstraints(pattern=QUESTION_PATTERN)]
"""An id, or `question.row` for one row of a question with rows."""


def _is_of(value: object) -> str:
    return "is-several" if isinstance(value, list | tuple) else "is-one"


OneOrSeveral = Annotated[
    Annotated[Id, Tag("is-one")] | Annotated[Some[Id], Tag("is-several")], Discriminator(_is_of)
]
"""An id, or a list of at least one."""

Version = Annotated[str, StringConstraints(pattern=r"^\d{1,6}\.\d{1,6}\.\d{1,6}$")]
"""major.minor.patch, quoted in YAML."""


def version_parts(version: str) -> tuple[int, ...]:
    """The numbers of a version, for comparing: `"1.10.0"` is above `"1.9.0"`."""
    return tuple(int(part) for part in re.findall(r"\d+", version))
