"""What an unquoted word means: the core schema of YAML 1.2, and what of it is refused.

Only `true` and `false` are booleans, only `null`, `~` and nothing are null; numbers
are decimal, `0o17`, `0x1f`, or decimal with point or exponent; all else is text. So
`no`, `2026-11-01`, `1:30` and `1_0` are texts. Refused are numbers that cannot be
kept as written, and those that YAML 1.1 and 1.2 read differently.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from maturity.base.characters import quoted
from maturity.base.codes import Code

Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Unusable:
    """A word that means a number which is refused: the code, why, and what to do."""

    code: Code
    message: str
    hint: str


_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
# With any other first character a word is a text; most are, and need no further look.
_MAYBE_NUMBER: Final = frozenset("+-.0123456789")
_INTEGER: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_DECIMAL: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_BOUNDLESS: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

MOST_DIGITS: Final = 15  # of an integer: every one of them is exact in every engine
MOST_SIGNIFICANT: Final = 17  # of a decimal: more than a double can tell apart
_QUOTE: Final = "If a text is meant, put it in quotes"


def resolve(word: str) -> Scalar | Unusable:
    """Return what an unquoted word means, or why it is refused. Never raises."""
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in _MAYBE_NUMBER:
        return word
    return _number(word)


def _number(word: str) -> Scalar | Unusable:
    if _INTEGER.fullmatch(word):
        return _integer(word)
    if _DECIMAL.fullmatch(word):
        return _decimal(word)
    if _BASED.fullmatch(word):
        return _based(word)
    if _BOUNDLESS.fullmatch(word):
        message = f"{word} is not a finite number"
        return Unusable(Code.NOT_FINITE, message, f"Give a number, or unknown. {_QUOTE}.")
    return word


def _integer(word: str) -> int | Unusable:
    digits = word.lstrip("+-")
    if len(digits) > 1 and digits[0] == "0":
        message = f"{quoted(word)} begins with 0: some programs would read it in base 8"
        hint = f"Leave the zeros out. {_QUOTE}, as for codes and telephone numbers."
        return Unusable(Code.LEADING_ZERO, message, hint)
    if len(digits) > MOST_DIGITS:
        return _too_long(word, f"an integer may have {MOST_DIGITS} digits")
    return int(word)


def _based(word: str) -> int | Unusable:
    # 64 characters are far beyond the bound, and keep the conversion short.
    value = int(word[:64], 8 if word[1] == "o" else 16)
    if value >= 10**MOST_DIGITS:
        return _too_long(word, f"an integer may have {MOST_DIGITS} decimal digits")
    return value


def _decimal(word: str) -> float | Unusable:
    figures = re.split("[eE]", word)[0].lstrip("+-").replace(".", "").lstrip("0")
    if len(figures) > MOST_SIGNIFICANT:
        return _too_long(word, f"a number may have {MOST_SIGNIFICANT} significant digits")
    value = float(word)
    if math.isinf(value):
        return _too_long(word, "its size is beyond the largest number")
    if value == 0 and figures:
        return _too_long(word, "it is too near to 0 to be told from it")
    return value


def _too_long(word: str, why: str) -> Unusable:
    message = f"{quoted(word)} cannot be kept exactly: {why}"
    return Unusable(Code.NOT_FINITE, message, f"Round it. {_QUOTE}.")
