"""What words mean, in quotes and without."""

import re
from typing import Any, Final

from maturity.loading.quick.plain import ODD, NotPlainError
from maturity.loading.scalars import Unusable, resolve

_FOLD: Final = re.compile(r" *\n((?: *\n)*) *")
_ESCAPE: Final = re.compile(
    r"\\\n *(\n?)|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\(.)| *\n((?: *\n)*) *"
)
NO_TEXTS: Final = frozenset("true True TRUE false False FALSE null Null NULL".split())  # noqa: SIM905
"""Words of letters that are no texts, and so no keys."""

_LINE_END: Final = re.compile(r"(?<=[^\n])\n+")
_GAP: Final = " " * 100
_MEANT: Final = {"n": "\n", '"': '"', "\\": "\\", " ": " "}


def meaning(word: str) -> Any:
    """What an unquoted word means.

    Raises:
        NotPlainError: it is a number that is refused.
    """
    value = resolve(word)
    if value.__class__ is Unusable:
        raise NotPlainError
    return value


def in_single_quotes(body: str) -> str:
    """The text between single quotes; its lines are folded."""
    if "'" in body:
        body = body.replace("''", "'")
    return _fold(body) if "\n" in body else body


def in_double_quotes(body: str) -> str:
    """The text between double quotes: lines folded, escapes undone.

    Raises:
        NotPlainError: there is a rare escape, or one for a character that does not show itself.
    """
    if "\\" in body:
        _refuse_gaps(body)
        return _ESCAPE.sub(_escaped, body)
    return _fold(body) if "\n" in body else body


def text_of_block(lines: list[str], chomp: str, *, is_folded: bool) -> str:
    """The text of a block that begins with `|` or `>`, its lines without their indent.

    `chomp` is the mark behind that. One line break at least is at the end unless it is a minus.

    Raises:
        NotPlainError: all line breaks at the end are kept, or a line to be folded is indented.
    """
    if chomp == "+" or (is_folded and any(line[:1] == " " for line in lines)):
        raise NotPlainError
    text = "\n".join(lines).rstrip("\n")
    if is_folded:
        text = _LINE_END.sub(lambda found: "\n" * (len(found[0]) - 1) or " ", text)
    return text if chomp == "-" else f"{text}\n"


def _fold(body: str) -> str:
    """Lines joined by blanks; an empty line is a line break."""
    _refuse_gaps(body)
    return _FOLD.sub(_folded, body)


def _refuse_gaps(body: str) -> None:
    """Looking for line ends takes a time that grows with the square of blanks in a row."""
    if _GAP in body:
        raise NotPlainError


def _folded(found: re.Match[str]) -> str:
    return "\n" * found[1].count("\n") or " "


def _escaped(found: re.Match[str]) -> str:
    line, *numbers, letter, breaks = found.groups()
    if line is not None:
        if line:
            raise NotPlainError
        return ""
    if letter is not None:
        if letter not in _MEANT:
            raise NotPlainError
        return _MEANT[letter]
    if breaks is not None:
        return "\n" * breaks.count("\n") or " "
    return _character(int(numbers[0] or numbers[1], 16))


def _character(number: int) -> str:
    found = chr(number)
    if found != "\n" and ODD.match(found):
        raise NotPlainError
    return found
