"""The text of a cell -> an answer as a city file would hold it."""

import math
import re
from html import unescape
from typing import Final, TypeAlias

from maturity.base.characters import trimmed
from maturity.base.ids import NONE_OF_THEM, NOT_APPLICABLE, NOTHING_KNOWN, UNKNOWN
from maturity.rules.scope import Shape

Value: TypeAlias = str | float | list[str] | dict[str, list[str]] | dict[str, list[float]]

ABSENT: Final = "n/a"
BETWEEN: Final = ".."
_NUMBER: Final = re.compile(r"-?[0-9]{1,300}(\.[0-9]{1,300})?([eE][-+]?[0-9]{1,2})?", re.ASCII)
_ENTITY: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def clean(text: str) -> str:
    """A cell as it is read: HTML entities undone, without blanks around."""
    return trimmed(_ENTITY.sub(lambda found: unescape(found[0]), text)) if text else text


def value_of(text: str, shape: Shape) -> Value:
    """What a cleaned, filled cell says on a question.

    What has not the form of an answer stays a text, which the checks then refuse with its place;
    so do the errors of spreadsheets, such as `#N/A`.
    """
    if text in (ABSENT, NOT_APPLICABLE):
        return NOT_APPLICABLE
    if text == UNKNOWN:
        return text
    match shape.kind:
        case "choice":
            return {"one-of": _parts(text, "/")} if "/" in text and text[0] != "#" else text
        case "multi":
            return _multi(text)
        case "number":
            return _number(text)
        case "text":
            return text


def number_of(text: str) -> float | None:
    """The number that a text is; None where it is none."""
    number = float(text) if _NUMBER.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def _parts(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign)]


def _multi(text: str) -> Value:
    """Options with `|` between: these and no others, or all of them signed.

    `+`: none is known; `[]`: none is chosen.
    """
    if text == NOTHING_KNOWN:
        return {"has": list[str](), "lacks": []}
    if text == NONE_OF_THEM:
        return []
    parts = _parts(text, "|")
    if not all(part.startswith(("+", "-")) for part in parts):
        return parts
    chosen = [part[1:] for part in parts if part.startswith("+")]
    return {"has": chosen, "lacks": [part[1:] for part in parts if part.startswith("-")]}


def _number(text: str) -> Value:
    number = number_of(text)
    if number is not None:
        return number
    ends = [number_of(part) for part in _parts(text, BETWEEN)]
    known = [end for end in ends if end is not None]
    return {"between": known} if len(known) == len(ends) == 2 else text  # noqa: PLR2004 - two ends
