"""Text -> plain data, where it keeps to the part of YAML in which city files are written.

Blocks of maps and lists; words, texts in quotes, folded and literal blocks; maps and lists in
brackets; comments. The data is what `loading.nodes.read` gives. Anything else is left to it.
"""

import re
from typing import Any, Final, TypeAlias

from maturity.loading.quick.flow import flow
from maturity.loading.quick.plain import NotPlainError
from maturity.loading.quick.words import (
    NO_TEXTS,
    in_double_quotes,
    in_single_quotes,
    meaning,
    text_of_block,
)

Row: TypeAlias = tuple[str, str, str, str]
"""A line: its indent, a dash with the blanks behind it, a key, and the rest."""

_ROWS: Final = re.compile(
    r"^( *)(-(?: +|$))?(?:([A-Za-z][A-Za-z0-9.-]{0,199}):(?: +|$))?(.*)$", re.MULTILINE
)
_SINGLE: Final = re.compile(r"'([^']*(?:''[^']*)*)'(?: *| +#[^\n]*)")
_DOUBLE: Final = re.compile(r"\"([^\"\\]*(?:\\[\s\S][^\"\\]*)*)\"(?: *| +#[^\n]*)")
_BLOCK: Final = re.compile(r"([|>])([-+]?)(?: *| +#.*)")
_INDICATORS: Final = frozenset(",[]{}#&*!|>'\"%@`?:")
_DEEPEST: Final = 16
_MOST_LINES: Final = 200  # of a text or collection
_SHORT: Final = 100
_MOST_KNOWN: Final = 20_000
_KNOWN: Final[dict[str, Any]] = {}
"""Values of one short line that were read before: options and evidence come again and again."""

_END: Final[Row] = ("", "", "", "")


def data_in(text: str) -> dict[str, Any]:
    """The map that a text holds. What it holds is shared with other files: it is not changed.

    Raises:
        NotPlainError: it is not written plainly.
    """
    reader = _Reader(text)
    found = reader.mapping(0)
    if reader.skip() is not None or not found:
        raise NotPlainError
    return found


class _Reader:
    """The lines of a text, and how many of them have been read."""

    __slots__ = ("at", "depth", "lines", "rows")

    def __init__(self, text: str) -> None:
        self.lines = [*text.split("\n"), ""]
        self.rows: list[Row] = _ROWS.findall(text)
        self.rows.append(_END)
        self.at = 0
        self.depth = 0

    def skip(self) -> Row | None:
        """The next row that is neither empty nor a comment; None at the end."""
        rows, at = self.rows, self.at
        while True:
            row = rows[at]
            if row[2] or row[1] or (row[3] and row[3][0] != "#"):  # as `_holds`, for speed
                self.at = at
                return row
            if row is _END:
                self.at = at
                return None
            at += 1

    def mapping(self, column: int) -> dict[str, Any]:
        """The map whose keys stand in a column, with its first key next."""
        found: dict[str, Any] = {}
        rows, known, at = self.rows, _KNOWN, self.at
        while True:
            indent, dash, key, rest = rows[at]
            if not key or dash or len(indent) != column:
                self.at = at
                row = self.skip()
                if row is None or len(row[0]) < column:
                    return found
                (indent, dash, key, rest), at = row, self.at
            if dash or not key or len(indent) != column or key in found or key in NO_TEXTS:
                raise NotPlainError
            at += 1
            value = known.get(rest)
            if value is None or len(rows[at][0]) > column:
                self.at = at
                value = self.value(rest, column) if rest else self.below(column, is_key=True)
                at = self.at
            found[key] = value

    def sequence(self, column: int) -> list[Any]:
        """The list whose dashes stand in a column, with its first one next."""
        found: list[Any] = []
        while True:
            row = self.skip()
            if row is None or len(row[0]) < column:
                return found
            indent, dash, key, rest = row
            if len(indent) != column:
                raise NotPlainError
            if not dash:
                return found
            if key:
                found.append(self.compact(dash, key, rest, column))
                continue
            self.at += 1
            value = _KNOWN.get(rest)
            if value is None or len(self.rows[self.at][0]) > column:
                value = self.value(rest, column) if rest else self.below(column, is_key=False)
            found.append(value)

    def compact(self, dash: str, key: str, rest: str, column: int) -> Any:
        """A map that begins behind a dash."""
        inner = column + len(dash)
        self.rows[self.at] = (" " * inner, "", key, rest)
        return self.deeper(inner, is_list=False)

    def below(self, column: int, *, is_key: bool) -> Any:
        """What stands on the lines below a key or dash; None where nothing does."""
        row = self.skip()
        if row is None:
            return None
        inner = len(row[0])
        if inner > column or (inner == column and row[1] and is_key):
            return self.deeper(inner, is_list=bool(row[1]))
        return None

    def deeper(self, column: int, *, is_list: bool) -> Any:
        """A map or list within another."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotPlainError
        found = self.sequence(column) if is_list else self.mapping(column)
        self.depth -= 1
        return found

    def value(self, rest: str, column: int) -> Any:
        """What begins on the line of a key or dash in this column."""
        first, at = rest[0], self.at
        if first not in _INDICATORS:
            found = self.plain(rest, column)
        elif first in "{[":
            found = self.flow(rest, column)
        else:
            return self.marked(first, rest, column)
        if at == self.at and len(rest) <= _SHORT:
            if len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.clear()
            _KNOWN[rest] = found
        return found

    def marked(self, first: str, rest: str, column: int) -> Any:
        """What begins with a mark: a text in quotes, a block, a comment."""
        if first in "'\"":
            return self.quoted(rest, column)
        if first in "|>":
            return self.block(rest, column)
        if first == "#":
            return self.below(column, is_key=not self.rows[self.at - 1][1])
        raise NotPlainError

    def plain(self, rest: str, column: int) -> Any:
        """A word, or a text without quotes."""
        if " #" in rest:
            return meaning(_word(rest[: rest.index(" #")]))
        row = self.rows[self.at]
        if len(row[0]) > column and _holds(row):
            return self.continued(_word(rest), column)
        return meaning(_word(rest))

    def continued(self, text: str, column: int) -> str:
        """A text without quotes on several lines."""
        parts = [text]
        for _ in range(_MOST_LINES):
            row, line = self.rows[self.at], self.lines[self.at].strip(" ")
            if not line or len(row[0]) <= column:
                return " ".join(parts)
            if line[0] == "#" or " #" in line:
                raise NotPlainError
            parts.append(_word(line))
            self.at += 1
        raise NotPlainError

    def quoted(self, rest: str, column: int) -> str:
        """A text in quotes, on one line or several."""
        quote = rest[0]
        pattern = _SINGLE if quote == "'" else _DOUBLE
        found = pattern.fullmatch(rest)
        whole = [rest]
        while found is None:
            line = self.more(column, len(whole))
            whole.append(line)
            found = pattern.fullmatch("\n".join(whole)) if quote in line else None
        return in_single_quotes(found[1]) if quote == "'" else in_double_quotes(found[1])

    def more(self, column: int, count: int) -> str:
        """A further line of a text in quotes."""
        at = self.at
        if count > _MOST_LINES or self.rows[at] is _END:
            raise NotPlainError
        line = self.lines[at]
        if len(self.rows[at][0]) <= column and line.strip(" "):
            raise NotPlainError
        self.at += 1
        return line

    def flow(self, rest: str, column: int) -> Any:
        """A map or list in brackets, on one line or several."""
        row = self.rows[self.at]
        if len(row[0]) <= column or not _holds(row):
            return flow(rest)
        parts = [rest.rstrip(" ")]
        for _ in range(_MOST_LINES):
            row, line = self.rows[self.at], self.lines[self.at].strip(" ")
            if " #" in parts[-1] or line[:1] == "#":
                raise NotPlainError
            if not line or len(row[0]) <= column:
                return flow(" ".join(parts))
            parts.append(line)
            self.at += 1
        raise NotPlainError

    def block(self, rest: str, column: int) -> str:
        """A text that stands on the lines below, folded or as it is."""
        head = _BLOCK.fullmatch(rest)
        first = self.at
        while self.rows[self.at] is not _END and not self.lines[self.at].strip(" "):
            self.at += 1
        inner = len(self.rows[self.at][0])
        if head is None or inner <= column or self.rows[self.at] is _END:
            raise NotPlainError
        self.at = first
        lines = self.content(column, inner)
        return text_of_block(lines, head[2], is_folded=head[1] == ">")

    def content(self, column: int, inner: int) -> list[str]:
        """The lines of a block without their indent; empty where they hold nothing."""
        found: list[str] = []
        while self.rows[self.at] is not _END:
            line = self.lines[self.at]
            if line.strip(" "):
                width = len(self.rows[self.at][0])
                if width <= column:
                    return found
                if width < inner:
                    raise NotPlainError
            elif len(line) > inner:
                raise NotPlainError
            found.append(line[inner:])
            self.at += 1
        if found[-1]:
            raise NotPlainError  # the last line of the file lacks its end
        found.pop()
        return found


def _holds(row: Row) -> bool:
    """Whether a line holds more than blanks and a comment."""
    return bool(row[1] or row[2] or (row[3] and row[3][0] != "#"))


def _word(text: str) -> str:
    """A text without quotes, or a line of one, without the blanks around it."""
    text = text.rstrip(" ")
    if ": " in text or text[-1] == ":" or (text[0] in "-?:" and text[1:2] in ("", " ")):
        raise NotPlainError
    return text
