"""Where a statement comes from."""

from typing import Annotated

from pydantic import Discriminator, StringConstraints, Tag

from maturity.base.strict import Some
from maturity.base.text import Text

SOURCE_PATTERN = r"^(proposed|[A-Za-z][A-Za-z0-9-]*:[^\s].*)$"

SourceRef = Annotated[str, StringConstraints(pattern=SOURCE_PATTERN, max_length=200)]

PLACE_PATTERN = r"^[A-Za-z][A-Za-z0-9-]*:[^\s].*$"

SourcePlaces = dict[Annotated[str, StringConstraints(pattern=PLACE_PATTERN, max_length=200)], Text]
"""What a place in a work is called where `key:place` would not tell readers: by `key:place`."""


def _form(value: object) -> str:
    return "is-sources" if isinstance(value, list | tuple) else "is-source"


Source = Annotated[
    Annotated[SourceRef, Tag("is-source")] | Annotated[Some[SourceRef], Tag("is-sources")],
    Discriminator(_form),
]
"""`key:place` with a key of the bibliography, or `proposed`; one or a list."""


def as_sources(source: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """No, one or several sources, as several."""
    if source is None:
        return ()
    return (source,) if isinstance(source, str) else source
