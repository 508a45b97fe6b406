"""In which encoding a table of text is read: as told, else as its first bytes show, else UTF-8."""

import codecs
from pathlib import Path
from typing import Final

MARK: Final = "\ufeff"
"""The byte order mark, which is no part of a text."""

_MARKS: Final = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The longer ones first: one begins with another."""


def encoding_of(path: Path, told: str | None) -> str:
    """The encoding of a file, so that a mark at its beginning is not read as text.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    if told is None:
        return next((name for mark, name in _MARKS.items() if head.startswith(mark)), "utf-8-sig")
    return "utf-8-sig" if codecs.lookup(told).name == "utf-8" else told
