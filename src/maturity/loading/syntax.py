"""What a YAML syntax error most likely means, and what to do about it.

The parser says what it met; people need to hear what they wrote. Each `Cause` ties a phrase
of the parser (the compiled one and the one in Python word it differently) to our own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, cast

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place

if TYPE_CHECKING:
    import yaml


@dataclass(frozen=True, slots=True)
class Cause:
    """One likely cause: how the parser words it (a pattern), and how we do.

    `at_opening` puts the diagnostic where the broken construct opens, not where the parser
    gave up: an unclosed quote is found at the end of the file only. `may_be_wide` says that a
    full-width colon may be behind it.
    """

    phrase: str
    message: str
    hint: str
    code: Code = Code.SYNTAX
    at_opening: bool = False
    may_be_wide: bool = False


class _Mark(Protocol):
    line: int
    column: int


_QUOTE: Final = "put the whole text in quotes"


# Matched in this order against "context | problem | character at the place".
CAUSES: Final = (
    Cause(
        r"tab character|cannot start any token \| \t",
        "a tab stands where blanks indent",
        "Indent with blanks, two a level; tell the editor to turn tabs into blanks.",
    ),
    Cause(
        r"cannot start any token \| [@`%]",
        "an unquoted text cannot begin with @, ` or %",
        f"{_QUOTE.capitalize()}.",
    ),
    Cause(
        r"quoted scalar \| found unexpected (end of stream|document)",
        "the quote opened here is never closed",
        "Close it with the same quote sign; within single quotes write '' for an apostrophe.",
        at_opening=True,
    ),
    Cause(
        r"unknown escape|hexdecimal|hexadecimal|character escape code",
        "a backslash in double quotes begins an escape that does not exist",
        r"Write \\ for a backslash, or put the text in single quotes, where \ is itself;"
        " write an emoji as itself, not as two escapes.",
    ),
    Cause(
        r"an alias|an anchor",
        "a text beginning with * or & is taken for an alias or anchor, which are not used here",
        f"{_QUOTE.capitalize()}.",
        Code.ANCHOR,
        at_opening=True,
    ),
    Cause(
        r"tag handle|a tag \|",
        "a text beginning with ! is taken for a tag, which are not used here",
        f"{_QUOTE.capitalize()}.",
        Code.TAG,
        at_opening=True,
    ),
    Cause(
        r"a block scalar \|",
        "after > or | at the beginning of a value nothing may follow on the line",
        f"Begin the text on the next line, indented, or for a text such as >5: {_QUOTE}.",
    ),
    Cause(
        r"flow (sequence|mapping) \||flow node \|",
        "a bracket list [...] or map {...} is not closed, or lacks a comma",
        "Check the commas, and that each bracket has its partner; quote texts that hold , [ ] { }.",
    ),
    Cause(
        r"node content.* \| [\]},]",
        "a closing bracket or comma stands where a value is expected",
        f"Delete it. If it belongs to a text: {_QUOTE}.",
    ),
    Cause(
        r"mapping values are not allowed",
        "a colon stands where none can",
        f"If a text holds a colon and a blank: {_QUOTE}. Else check the lines around it:"
        " keys of one map begin in the same column, and a value has no map below it.",
        may_be_wide=True,
    ),
    Cause(
        r"could not find expected ':'",
        "this line has no colon after its key",
        "Write key: value, with a blank after the colon; indent a text that goes on from above.",
        at_opening=True,
        may_be_wide=True,
    ),
    Cause(
        r"sequence entries are not allowed",
        "a list item begins in the middle of a line, or out of line with the others",
        "Put each - on a line of its own, all in the same column.",
    ),
    Cause(
        r"a block collection \|",
        "this is no item of the list above",
        "Begin it with - in the column of the others, or move it out to the keys of the map.",
    ),
    Cause(
        r"a block mapping \|",
        "this does not fit in the map above",
        "Keys of one map begin in the same column; nothing may follow a closing quote or"
        " bracket: write '' for an apostrophe within single quotes.",
        may_be_wide=True,
    ),
    Cause(
        r"mapping keys are not allowed",
        "a text beginning with ? is taken for a key",
        f"{_QUOTE.capitalize()}.",
    ),
    Cause(
        r"directive|incompatible YAML",
        "a line beginning with % is a directive, which is not used here",
        "Delete the line; the files are read as YAML 1.2.",
    ),
    Cause(
        r"<document start>",
        "this stands outside the document",
        "Indent it to where it belongs, or delete the line ... above it.",
    ),
)
_OTHERWISE: Final = Cause(
    "", "this is no YAML", "Check colons, quotes, brackets and indentation on and above this line."
)
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_FULL_WIDTH: Final = re.compile("^[ ]*(?:- +)?[^ :#'\"\uff1a]+\uff1a")
_FULL_WIDTH_MESSAGE: Final = "a full-width colon (\uff1a) does not end a key"
_FULL_WIDTH_HINT: Final = "Write a half-width colon and a blank after the key: \u201c: \u201d."


def explain(error: yaml.MarkedYAMLError, shown: str, text: str) -> Diagnostic:
    """Return the diagnostic for what the parser met in this text of the file `shown`."""
    mark = cast("_Mark | None", error.problem_mark) or cast("_Mark | None", error.context_mark)
    lines = _LINE_BREAK.split(text)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    cause = _find(error, _character(lines, line, column))
    if wide := _full_width(lines, line) if cause.may_be_wide else None:
        return full_width(Place(shown, *wide))
    opening = cast("_Mark | None", error.context_mark)
    if cause.at_opening and opening:
        line, column = opening.line, opening.column
    place = Place(shown, line + 1, column + 1)
    return Diagnostic.of(cause.code, place, cause.message + _opened(error, opening), cause.hint)


def full_width(place: Place) -> Diagnostic:
    """Return the diagnostic for a key that ends in a full-width colon."""
    return Diagnostic.of(Code.SYNTAX, place, _FULL_WIDTH_MESSAGE, _FULL_WIDTH_HINT)


def find_full_width(text: str, start: Place) -> list[Diagnostic]:
    """Return the fault of a file that is one text because a full-width colon ends its key."""
    wide = _wide_at(_LINE_BREAK.split(text), start.line - 1)
    return [full_width(Place(start.path, *wide))] if wide else []


def odd_failure(error: Exception, place: Place) -> Diagnostic:
    """Return the diagnostic for a failure inside the parser, which gives no place itself."""
    message = f"this cannot be read: {quoted(str(error) or type(error).__name__)}"
    return Diagnostic.of(Code.SYNTAX, place, message, "Look at or below this place.")


def _find(error: yaml.MarkedYAMLError, character: str) -> Cause:
    words = f"{error.context or ''} | {error.problem or ''} | {character}"
    return next((cause for cause in CAUSES if re.search(cause.phrase, words)), _OTHERWISE)


def _character(lines: list[str], line: int, column: int) -> str:
    there = lines[line][column : column + 1] if line < len(lines) else ""
    return there or " "


def _full_width(lines: list[str], line: int) -> tuple[int, int] | None:
    """Look for a full-width colon on the line and the filled one above it."""
    near = [number for number in range(min(line, len(lines) - 1) + 1) if lines[number].strip()]
    return next((found for n in near[-2:] if (found := _wide_at(lines, n))), None)


def _wide_at(lines: list[str], number: int) -> tuple[int, int] | None:
    found = _FULL_WIDTH.match(lines[number])
    return (number + 1, found.end()) if found else None


def _opened(error: yaml.MarkedYAMLError, opening: _Mark | None) -> str:
    if opening and re.search("a flow (sequence|mapping)$", error.context or ""):
        return f"; it opens at {opening.line + 1}:{opening.column + 1}"
    return ""
