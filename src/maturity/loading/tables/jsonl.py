"""JSON Lines: one object a line; each row has its own headers."""

import json
from collections.abc import Iterator
from itertools import chain, starmap
from pathlib import Path
from typing import Any, Final, NoReturn

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.base.text import FALLBACK, LANGUAGES
from maturity.loading.sources import shown_as
from maturity.loading.tables.encodings import MARK, encoding_of
from maturity.loading.tables.table import (
    ENCODING,
    Row,
    Table,
    checked,
    has_surrogate,
    said,
    unreadable,
)
from maturity.model.columns import header_text


class _Pairs(list[tuple[str, Any]]):
    """An object with its keys in order, twins too."""


def open_jsonl(path: Path, encoding: str | None) -> Table | list[Diagnostic]:
    """The table in a file of JSON Lines."""
    shown = shown_as(path)
    try:
        told = encoding_of(path, encoding)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return [unreadable(shown, f"the table cannot be read: {why}", "check the name")]

    def rows() -> Iterator[Row]:
        with path.open(encoding=told, errors="surrogateescape") as stream:
            for number, line in enumerate(stream, 1):
                text = line.removeprefix(MARK) if number == 1 else line
                if text.strip():
                    yield _row(shown, number, text)

    return Table(shown, (), rows)


def _row(shown: str, number: int, line: str) -> Row:
    try:
        found = json.loads(line, object_pairs_hook=_Pairs, parse_constant=_no_number)
        pairs = [(key, _plainly(value, DEEPEST)) for key, value in _pairs(found)]
    except (ValueError, RecursionError) as error:
        why = getattr(error, "msg", None) or str(error) or "too deep"
        column = int(getattr(error, "colno", 1))
        return _wrong(Code.SYNTAX, Place(shown, number, column), f"the line is no JSON: {why}")
    if not isinstance(found, _Pairs):
        return _wrong(Code.RAGGED_ROW, Place(shown, number, 1), "the line is no JSON object")
    hint = ENCODING if has_surrogate(line) else "write each character itself, or both its halves"
    keys = checked(shown, Row(number, tuple((key, key) for key, _ in pairs)), hint)
    cells = tuple((header_text(key), said(one)) for key, one in chain(*starmap(_texts, pairs)))
    return keys if keys.fault else checked(shown, Row(number, cells), hint)


DEEPEST: Final = 32
"""Lists and objects within each other."""


def _pairs(found: object) -> list[tuple[str, Any]]:
    """What an object holds; nothing of anything else."""
    return found if isinstance(found, _Pairs) else []


def _texts(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A value under its key; a text by language as a column for each, as in other tables."""
    if isinstance(value, dict) and value and value.keys() <= set(LANGUAGES):
        for language, text in value.items():
            yield key if language == FALLBACK else f"{key}.{language}", text
    else:
        yield key, value


def _plainly(value: Any, deepest: int) -> Any:
    """Objects inside as dictionaries."""
    if not isinstance(value, list):
        return value
    if not deepest:
        raise ValueError(f"more than {DEEPEST} lists and objects stand within each other")
    if isinstance(value, _Pairs):
        return {key: _plainly(one, deepest - 1) for key, one in value}
    return [_plainly(one, deepest - 1) for one in value]


def _wrong(code: Code, place: Place, message: str) -> Row:
    hint = 'write one object a line: {"city": "…", "project": "…", …}'
    return Row(place.line, (), Diagnostic.of(code, place, message, hint))


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")
