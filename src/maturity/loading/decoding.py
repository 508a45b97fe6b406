"""From the bytes of a file to its text: size, encoding, and characters that no text holds."""

from __future__ import annotations

import re
from typing import Final

from maturity.base.characters import code_point
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place

# What YAML does not allow in a file, and three line breaks that only some programs see.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_FOREIGN_BREAKS: Final = "\x85\u2028\u2029"
_MOST_TOLD: Final = 20
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HEAD: Final = 64  # bytes looked at for an encoding without a byte order mark
_ZEROS: Final = (0.3, 0.8)  # the share of zero bytes that tells of such an encoding
_SAVE: Final = "Save the file with the encoding UTF-8"


def decode(shown: str, raw: bytes, most: int) -> str | list[Diagnostic]:
    """Return the text of a file without its byte order mark, or why it is no text.

    `shown` names the file in messages, `most` is its largest size in bytes.
    """
    if len(raw) > most:
        return [_too_large(shown, most)]
    if _is_wide(raw):
        message = "the file looks like UTF-16 or UTF-32, not UTF-8"
        return [Diagnostic.of(Code.NOT_UTF8, Place(shown, 1, 1), message, f"{_SAVE}.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [_not_utf8(shown, error)]
    return _controls(shown, text) or text


def _too_large(shown: str, most: int) -> Diagnostic:
    message = f"the file is larger than {most:,} bytes"
    hint = "Split it, or give a portfolio as a table or as one file a city."
    return Diagnostic.of(Code.TOO_LARGE, Place(shown, 1, 1), message, hint)


def _is_wide(raw: bytes) -> bool:
    if raw.startswith(_WIDE_MARKS):
        return True
    # Two or four bytes a letter leave one or three zeros beside each letter of the first keys.
    head = raw[:_HEAD]
    least, most = _ZEROS
    return least <= head.count(0) / max(len(head), 1) <= most


def _not_utf8(shown: str, error: UnicodeDecodeError) -> Diagnostic:
    # A byte order mark is gone from here already: columns are counted from behind it.
    raw, start = bytes(error.object), error.start
    before = raw[:start].decode()
    place = Place.at(shown, before, len(before))
    message = f"the byte 0x{raw[start]:02X} does not belong to UTF-8 text"
    hint = f"{_SAVE}; it may have been saved as Big5, Windows-1252 or Latin-1."
    return Diagnostic.of(Code.NOT_UTF8, place, message, hint)


def _controls(shown: str, text: str) -> list[Diagnostic]:
    found = [match.start() for match in _CONTROL.finditer(text)]
    told = [_control(shown, text, offset) for offset in found[:_MOST_TOLD]]
    if len(found) > _MOST_TOLD:
        place = Place.at(shown, text, found[_MOST_TOLD])
        message = f"and {len(found) - _MOST_TOLD} more control characters from here on"
        told.append(Diagnostic.of(Code.CONTROL_CHARACTER, place, message))
    return told


def _control(shown: str, text: str, offset: int) -> Diagnostic:
    name = code_point(text[offset])
    if text[offset] in _FOREIGN_BREAKS:
        message = f"the character {name} is a line break to some programs only"
        hint = "Put a usual line break, or a blank."
    else:
        message = f"the control character {name} cannot stand in a text file"
        hint = "Delete it."
    return Diagnostic.of(Code.CONTROL_CHARACTER, Place.at(shown, text, offset), message, hint)
