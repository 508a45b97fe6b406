"""What a file has to keep to so that it is read quickly: its text, and how reading is given up."""

import re
from typing import Final

MOST_BYTES: Final = 1 << 17
"""A larger file is not read quickly; one of this size has fewer nodes than are allowed."""

# Controls (with tab and carriage return), characters that nobody sees, half characters.
ODD: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_HEAD: Final = re.compile(r"(?: *(?:#[^\n]*)?\n)*---(?: +#[^\n]*| *)\n")


class NotPlainError(Exception):
    """Something is not written plainly, or not right."""


def text_of(raw: bytes) -> str:
    """The text of a file, without byte order mark and first `---`; its lines end in a line feed.

    Raises:
        NotPlainError: it is large, no UTF-8, or holds characters that do not show themselves.
    """
    if len(raw) > MOST_BYTES:
        raise NotPlainError
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotPlainError from None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    # No odd character is printable: nearly all files are passed by the first test, which is quick.
    if not text.replace("\n", "").isprintable() and ODD.search(text):
        raise NotPlainError
    head = _HEAD.match(text) if "---" in text else None
    return text[head.end() :] if head else text
