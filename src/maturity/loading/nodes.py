"""The only reader of YAML: bytes in, plain data with places out, or every fault found.

YAML is a means here, not the format: what two readers of YAML could take differently, or what
could make a small file huge, is refused with its place. JSON is read as the YAML it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place, Places, Steps
from maturity.loading.composer import Composer
from maturity.loading.decoding import decode
from maturity.loading.limits import DEFAULT_LIMITS, Limits
from maturity.loading.scalars import Scalar

__all__ = ["DEFAULT_LIMITS", "Document", "Limits", "Value", "read", "read_file"]

Value: TypeAlias = "dict[str, Value] | list[Value] | Scalar"
"""Plain data: what a YAML or JSON file can hold."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its name for messages, its data, its places, and what to warn of."""

    path: str
    data: Value
    places: Places
    warnings: tuple[Diagnostic, ...] = ()

    def place(self, steps: Steps = (), *, key: bool = False) -> Place:
        """Return the place of a value, or of its key; where missing, of the nearest parent."""
        return self.places.of(steps, key=key)


def read_file(
    file: Path, shown: str, limits: Limits = DEFAULT_LIMITS
) -> Document | list[Diagnostic]:
    """Read a file from disk as `read` does; never more of it than the largest size."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(limits.size + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"the file cannot be read: {why}"
        hint = "Check the name and the folder, and that you may read it."
        return [Diagnostic.of(Code.UNREADABLE, Place(shown, 1, 1), message, hint)]
    return read(shown, raw, limits)


def read(shown: str, raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Document | list[Diagnostic]:
    """Return the document in these bytes, or all faults found in it, sorted by place.

    Never raises, whatever the bytes. `shown` names the file in places. A list holds at
    least one error; a document may carry warnings.
    """
    text = decode(shown, raw, limits.size)
    if not isinstance(text, str):
        return text
    composer = Composer(shown, text, limits)
    composer.compose()
    found = sorted(composer.found)
    if any(diagnostic.is_error for diagnostic in found):
        return found
    places = Places(shown, composer.values, composer.keys)
    return Document(shown, composer.root, places, tuple(found))
