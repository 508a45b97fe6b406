"""Comments that suppress findings: `# maturity: ignore M305 reason`, and `ignore-file` on top.

A comment after a value speaks of its own line; one that has its line to itself, of the next line
that is none. What looks like such a comment within a text is part of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from maturity.base.characters import quoted
from maturity.base.codes import Code, Severity
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.loading.composer import LOADER
from maturity.model.checked import Suppression

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#[ \t]*maturity:[ \t]*(ignore[^\s,]*)(.*)$")
_CODE: Final = re.compile(r"[\s,]*\b([A-Za-z]\d{3})\b[\s,:]*")
_HINT: Final = "write `# maturity: ignore M305 reason`, with the codes before the reason"

Said = list[Suppression | Diagnostic]


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment by its line (from 0), its column, its directive, and the rest after it."""

    line: int
    column: int
    directive: str
    rest: str
    rest_at: int


def suppressions(shown: str, raw: bytes) -> Said:
    """Every code that the comments of a file suppress, and what is wrong with the comments.

    The bytes are those of a file that could be read.
    """
    if b"maturity:" not in raw:
        return []
    text = raw.decode("utf-8-sig")
    lines = _BREAK.split(text)
    comments = list(_comments(lines))
    within = _texts(text) if comments else []
    real = [one for one in comments if not _is_within(one, within)]
    return [said for one in real for said in _said(one, shown, lines)]


def _comments(lines: list[str]) -> Iterator[_Comment]:
    for number, line in enumerate(lines):
        found = _COMMENT.search(line)
        if found:
            yield _Comment(number, found.start(), found[1], found[2], found.start(2))


def _texts(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the texts of a file begin and end."""
    tokens: Any = yaml.scan(text, Loader=LOADER)
    return [
        ((one.start_mark.line, one.start_mark.column), (one.end_mark.line, one.end_mark.column))
        for one in tokens
        if isinstance(one, yaml.ScalarToken)
    ]


def _is_within(comment: _Comment, texts: list[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    at = (comment.line, comment.column)
    return any(begin < at < end for begin, end in texts)


def _said(comment: _Comment, shown: str, lines: list[str]) -> Iterator[Suppression | Diagnostic]:
    place = Place(shown, comment.line + 1, comment.column + 1)
    if comment.directive not in {"ignore", "ignore-file"}:
        message = f"{quoted(comment.directive)} is neither `ignore` nor `ignore-file`"
        yield Diagnostic.of(Code.WRONG_SUPPRESSION, place, message, _HINT)
        return
    is_of_file = comment.directive == "ignore-file"
    if is_of_file and any(_holds(line) for line in lines[: comment.line + 1]):
        message = "`ignore-file` stands below the first line of the file's content"
        hint = "move it to the top of the file, or write `ignore` for one line"
        yield Diagnostic.of(Code.WRONG_SUPPRESSION, place, message, hint)
        return
    yield from _codes(comment, place, None if is_of_file else _line_meant(comment, lines))


def _codes(comment: _Comment, place: Place, line: int | None) -> Iterator[Suppression | Diagnostic]:
    at, named = 0, []
    while found := _CODE.match(comment.rest, at):
        named.append((found[1], comment.rest_at + found.start(1) + 1))
        at = found.end()
    reason = comment.rest[at:].strip()
    if not named:
        message = "the comment names no code, and suppresses nothing"
        yield Diagnostic.of(Code.WRONG_SUPPRESSION, place, message, _HINT)
    elif not reason:
        message = "a finding is suppressed without a reason"
        hint = "add why it is no fault here: `# maturity: ignore M305 reason`"
        yield Diagnostic.of(Code.MISSING_GROUND, place, message, hint)
    for name, column in named:
        yield _suppression(name, Place(place.path, place.line, column), reason, line)


def _suppression(
    name: str, place: Place, reason: str, line: int | None
) -> Suppression | Diagnostic:
    code = Code.find(name)
    if code is None:
        hint = "`maturity rules` lists the codes"
        return Diagnostic.of(Code.WRONG_SUPPRESSION, place, f"no code {quoted(name)}", hint)
    if not may_be_suppressed(code):
        hint = "delete the comment, and put the fault right"
        message = f"{code} cannot be suppressed"
        return Diagnostic.of(Code.WRONG_SUPPRESSION, place, message, hint)
    return Suppression(place, code, reason, line)


def may_be_suppressed(code: Code) -> bool:
    """Not what keeps a file from being read, nor what is said of suppressions themselves."""
    is_of_reading = code.number.startswith("M0") and code.severity is Severity.ERROR
    return not is_of_reading and not code.number.startswith("M7")


def _line_meant(comment: _Comment, lines: list[str]) -> int:
    """The line (from 1) that a comment speaks of."""
    if lines[comment.line][: comment.column].strip():
        return comment.line + 1
    below = range(comment.line + 1, len(lines))
    return next((number for number in below if _holds(lines[number])), comment.line) + 1


def _holds(line: str) -> bool:
    """Whether a line holds more than blanks and a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
