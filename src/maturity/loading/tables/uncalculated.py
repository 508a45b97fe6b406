"""What stands in cells of an XLSX sheet that its reader takes for empty: errors, and formulas.

A cell `#N/A`, and a formula that no program has calculated since it was written, have no value.
Read as empty they would be answers that nobody gave; so they are read as they show themselves.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

Cell = tuple[int, int]
"""Row and column, the first of each 0."""

_BOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_PART: Final = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship)\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MARKS: Final = tuple(sign + rest for sign in (b"<f", b":f") for rest in (b">", b" ", b"/"))
_FAR: Final = 200_000  # bytes that no cell is longer than


def uncalculated(path: Path, sheet: str) -> dict[Cell, str]:
    """The errors and the formulas without a value of a sheet; nothing of other formats."""
    try:
        with zipfile.ZipFile(path) as packed:
            part = _part(packed, sheet)
            raw = packed.read(part) if part else b""
    except (OSError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return {}
    told = (_told(*match.groups()) for match in _suspects(raw))
    return dict(one for one in told if one is not None)


def _suspects(raw: bytes) -> Iterator[re.Match[bytes]]:
    """The cells that hold an error or a formula: few, so that the others are not looked at."""
    begin = b"<c " if b"<c " in raw else b":c "
    after = 0
    for found in sorted(place for mark in (b't="e"', *_MARKS) for place in _places(raw, mark)):
        near = max(after, found - _FAR)
        start = raw.rfind(b"<", near, raw.rfind(begin, near, found) + 1)
        cell = _CELL.match(raw, start, start + _FAR) if start >= near else None
        if cell is not None:
            after = cell.end()
            yield cell


def _places(raw: bytes, mark: bytes) -> Iterator[int]:
    """Where a mark stands; looked for one by one, as this is much quicker than all at once."""
    place = raw.find(mark)
    while place >= 0:
        yield place
        place = raw.find(mark, place + 1)


def _part(packed: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the file in which a sheet stands."""
    if _BOOK not in packed.namelist():
        return None
    sheets = [_attributes(match[1]) for match in _PART.finditer(packed.read(_BOOK))]
    links = [_attributes(match[1]) for match in _PART.finditer(packed.read(_LINKS))]
    targets = {one.get("Id", ""): one.get("Target", "") for one in links}
    for one in sheets:
        if one.get("name") == sheet:
            link = next((value for key, value in one.items() if key.endswith(":id")), "")
            target = targets.get(link, "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return None


def _told(attributes: bytes, inner: bytes) -> tuple[Cell, str] | None:
    """Where such a cell is, and what it shows; None of any other."""
    told = _attributes(attributes)
    place = _PLACE.fullmatch(told.get("r", ""))
    if place is None:
        return None
    value, formula = _VALUE.search(inner), _FORMULA.search(inner)
    here = int(place[2]) - 1, _number(place[1]) - 1
    if told.get("t") == "e":
        return here, _text(value[1] if value else b"#ERROR!")
    if formula is not None and value is None and told.get("t", "n") == "n":
        return here, f"={_text(formula[1] or b'')}"
    return None


def _number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _attributes(raw: bytes) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in _ATTRIBUTE.findall(raw)}


def _text(raw: bytes) -> str:
    return unescape(raw.decode(errors="replace"))
