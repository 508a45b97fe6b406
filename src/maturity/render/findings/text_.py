"""Findings for people: grouped by file, each with its line and a mark under the fault."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from maturity.base.characters import one_line
from maturity.base.diagnostics import Diagnostic
from maturity.base.text import FALLBACK
from maturity.model.checked import Checked
from maturity.render.findings.told import all_told

_WIDEST: Final = 96  # characters of a line that are shown
_BEFORE: Final = 60  # at most so many of them before the mark
_CUT: Final = "\N{HORIZONTAL ELLIPSIS}"


def text_findings(checked: Checked, language: str = FALLBACK) -> str:
    """An entry a finding, a blank line between files; empty where nothing was found."""
    said = all_told(checked.findings, language)
    entries = zip(checked.findings, said, strict=True)
    files = groupby(entries, key=lambda one: one[0].place.path)
    return "\n\n".join(
        "\n".join(_entry(one, told, checked) for one, told in of_file) for _, of_file in files
    )


def _entry(finding: Diagnostic, told: str, checked: Checked) -> str:
    """`path:line:column: CODE severity: message [word]`, the hint, the line and the mark."""
    line = checked.lines.get((finding.place.path, finding.place.line))
    shown = _excerpt(line, finding.place.line, finding.place.column) if line else ()
    return "\n".join([told, *shown])


def _excerpt(line: str, number: int, column: int) -> Iterator[str]:
    start = max(0, column - 1 - _BEFORE) if len(line) > _WIDEST else 0
    end = start + _WIDEST
    before = (_CUT if start else "") + one_line(line[start : column - 1])
    after = one_line(line[column - 1 : end]).rstrip() + (_CUT if end < len(line) else "")
    margin = f"{number:>6}"
    yield f"{margin} | {before}{after}"
    yield f"{'':>{len(margin)}} | {' ' * _cells(before)}^"


def _cells(text: str) -> int:
    """The width of a text in cells: Chinese characters take two, marks on letters none."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
