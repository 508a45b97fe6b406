"""Maps and lists in brackets, on one line: `{en: …, zh-Hant: …}`, `[a, b]`, one in another."""

import re
from typing import Any, Final

from maturity.loading.quick.plain import NotPlainError
from maturity.loading.quick.words import NO_TEXTS, meaning

DEEPEST: Final = 6

_KEY: Final = "[A-Za-z][A-Za-z0-9.-]{0,199}"
# A word ends at a comma or bracket. What could begin something else inside it is left out.
_WORD: Final = (
    r"(?:[A-Za-z0-9(/$_.+\u00a1-\U0010ffff]|-(?=[0-9.]))"
    r"(?:[^,\[\]{}?:#]|:(?=[A-Za-z0-9/]))*"
)
_SINGLE: Final = "[^']*(?:''[^']*)*"
_DOUBLE: Final = r"[^\"\\]*"
_BARE: Final = rf"{_KEY}: +(?:{_WORD}|'{_SINGLE}' *|\"{_DOUBLE}\" *)"
_SCALAR: Final = rf"(?:({_WORD})|'({_SINGLE})' *|\"({_DOUBLE})\" *)"
_FLAT_MAP: Final = re.compile(rf"\{{ *(?:{_BARE})(?:, *{_BARE})*\}}")
_PAIR: Final = re.compile(rf" *({_KEY}): +{_SCALAR}(?:, *|\}})")
_FLAT_LIST: Final = re.compile(rf"\[ *({_WORD}(?:, *{_WORD})*)\]")
_ONE_KEY: Final = re.compile(rf" *({_KEY}): +")
_ONE_SCALAR: Final = re.compile(_SCALAR)
_NEXT: Final = re.compile(r" *(, *|[\]}])")
_REST: Final = re.compile(r" *(?: #.*)?")


def flow(text: str) -> Any:
    """The map or list that a text holds; a comment may stand behind it.

    Raises:
        NotPlainError: it is not written plainly.
    """
    value, end = _collection(text, 0, 0)
    if end != len(text) and not _REST.fullmatch(text, end):
        raise NotPlainError
    return value


def _collection(text: str, at: int, depth: int) -> tuple[Any, int]:
    """What begins there, and where it ends."""
    if depth > DEEPEST:
        raise NotPlainError
    if text[at] == "{":
        found = _FLAT_MAP.match(text, at)
        return (_flat_map(text, found), found.end()) if found else _map(text, at + 1, depth)
    found = _FLAT_LIST.match(text, at)
    if found:
        return [meaning(word.strip(" ")) for word in found[1].split(",")], found.end()
    return _list(text, at + 1, depth)


def _flat_map(text: str, found: re.Match[str]) -> dict[str, Any]:
    pairs = _PAIR.findall(text, found.start() + 1, found.end())
    items = {key: _scalar(word, single, double) for key, word, single, double in pairs}
    if len(items) != len(pairs) or not NO_TEXTS.isdisjoint(items):
        raise NotPlainError
    return items


def _scalar(word: str, single: str, double: str) -> Any:
    if word:
        return meaning(word.rstrip(" "))
    return single.replace("''", "'") if single else double


def _map(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    items: dict[str, Any] = {}
    if text[at : at + 1] == "}":
        return items, at + 1
    while True:
        key = _ONE_KEY.match(text, at)
        if key is None or key[1] in items or key[1] in NO_TEXTS:
            raise NotPlainError
        items[key[1]], at = _item(text, key.end(), depth)
        mark, at = _mark(text, at)
        if mark == "}":
            return items, at
        if mark != ",":
            raise NotPlainError


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    if text[at : at + 1] == "]":
        return items, at + 1
    while True:
        value, at = _item(text, at, depth)
        items.append(value)
        mark, at = _mark(text, at)
        if mark == "]":
            return items, at
        if mark != ",":
            raise NotPlainError


def _item(text: str, at: int, depth: int) -> tuple[Any, int]:
    while text[at : at + 1] == " ":
        at += 1
    if text[at : at + 1] in ("[", "{"):
        return _collection(text, at, depth + 1)
    found = _ONE_SCALAR.match(text, at)
    if found is None:
        raise NotPlainError
    return _scalar(found[1] or "", found[2] or "", found[3] or ""), found.end()


def _mark(text: str, at: int) -> tuple[str, int]:
    """What stands behind an item: a comma or a closing bracket; and where the next begins."""
    found = _NEXT.match(text, at)
    if found is None:
        raise NotPlainError
    return found[1][0], found.end()
