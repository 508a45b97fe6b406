"""Characters that do not show themselves: which they are, and how they are made visible."""

from __future__ import annotations

import re
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# Controls (but not tab and line feed), the line breaks that only some programs see, all
# characters with the Unicode property Bidi_Control, the byte order mark, the invisible tag
# characters, and lone surrogates, which no encoder takes.
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
SURROGATE: Final = re.compile("[\ud800-\udfff]")

RUN: Final = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""With these a text begins that some spreadsheet takes for a formula; the last are full-width."""

_BLANKS: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_NO_WIDTH: Final = "\xad\u180e\u200b\u200c\u200d\u2060\ufeff"
AROUND: Final = _BLANKS + _NO_WIDTH
"""What is no part of a text where it stands around it."""

_ACTIVE: Final = re.compile(f"'*[{re.escape(RUN)}]")
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", re.ASCII)

_SHORT: Final = 60


def visible(text: str) -> str:
    """Return the text with every hidden character as U+FFFD; tabs and line feeds stay."""
    return HIDDEN.sub(REPLACEMENT, text)


def harmless(text: str) -> str:
    """Return the text visible, with an apostrophe before what a spreadsheet takes for a formula.

    Numbers stay as they are.
    """
    shown = visible(text)
    is_active = _ACTIVE.match(shown) and not _NUMBER.fullmatch(shown)
    return f"'{shown}" if is_active else shown


def unharmed(text: str) -> str:
    """Return what `harmless` was given, as far as it was visible."""
    return text[1:] if text.startswith("'") and _ACTIVE.match(text) else text


def trimmed(text: str) -> str:
    """Return the text without blanks around, those of no width neither."""
    return text.strip() if text.isascii() else text.strip(AROUND)


def one_line(text: str) -> str:
    """Return the text made visible, with tabs and line feeds as blanks."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def quoted(text: str) -> str:
    """Return the text for a message: on one line, in quotes, cut after 60 characters."""
    shown = text if len(text) <= _SHORT else text[: _SHORT - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return f'"{one_line(shown)}"'


def code_point(character: str) -> str:
    """Return how a character is named by number: `U+202E`."""
    return f"U+{ord(character):04X}"
