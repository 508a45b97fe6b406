"""The one base of every model that reads text from outside, and the collections it is made of."""

from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field
from pydantic_core import PydanticCustomError

Item = TypeVar("Item")

Many = Annotated[tuple[Item, ...], Field(strict=False)]
"""A YAML list, kept as a tuple; its items stay strict."""

Some = Annotated[tuple[Item, ...], Field(strict=False, min_length=1)]
"""A YAML list with at least one item."""


def _form(value: object) -> str | None:
    match value:
        case dict():
            return "is-map"
        case str():
            return "is-name"
    return None


def map_or_name(kind: str, expected: str) -> Discriminator:
    """Tells a map that is written out (tag `is-map`) from the name of a shared one (`is-name`).

    `kind` is the type of the error for anything else, `expected` what it says.
    """
    return Discriminator(_form, custom_error_type=kind, custom_error_message=expected)


MISSING_ONE: Final = "missing_one"
"""The type of error for an entry that lacks a key of which one is needed; it carries a `hint`."""

AT_ODDS: Final = "at_odds"
"""The type of error for keys of an entry that do not go together; it carries a `hint`.

Its `at`, where it has one, is the key of the entry at which it is told.
"""


def at_odds(said: str, hint: str, at: str = "") -> PydanticCustomError:
    """An error of keys that do not go together, to be raised by the entry that has them."""
    return PydanticCustomError(AT_ODDS, "{said}", {"said": said, "hint": hint, "at": at})


class Strict(BaseModel):
    """Frozen; no conversion of scalars, no unknown key, no NaN and no infinity."""

    model_config = ConfigDict(
        strict=True,
        defer_build=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )
