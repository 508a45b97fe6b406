"""Syntax errors are told in the words of somebody who wrote the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maturity.base.codes import Code
from maturity.loading.nodes import Document, read

if TYPE_CHECKING:
    from maturity.base.diagnostics import Diagnostic
    from maturity.loading.nodes import Value

both = pytest.mark.usefixtures("either_parser")


def data(text: str) -> Value:
    found = read("c.yaml", text.encode())
    assert isinstance(found, Document), [one.line() for one in found]
    return found.data


def faults(text: str) -> list[Diagnostic]:
    found = read("c.yaml", text.encode())
    assert isinstance(found, list), found
    return found


@both
@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("format\uff1a x\nid: y\n", (1, 7), "full-width colon"),
        ("format: x\nid\uff1a y\nz: 1\n", (2, 3), "full-width colon"),
        ("a:\n  - b\uff1a c\n    d: e\n", (2, 6), "full-width colon"),
        ("format\uff1a x\nid\uff1a y\n", (1, 7), "full-width colon"),
        ("a: 1\nb: 2\n\tc: 3\n", (3, 1), "tab"),
        ("a: @x\n", (1, 4), "cannot begin with @"),
        ("a: 'it's'\n", (1, 8), "does not fit"),
        ("a: [b, c\nd: e\n", (2, 2), "opens at 1:4"),
        ("a: {b: [1, 2}\n", (1, 13), "opens at 1:8"),
        ("a: ]\n", (1, 4), "closing bracket"),
        ("a: - b\n", (1, 4), "list item"),
        ("a:\n  - b\n  c: d\n", (3, 3), "no item"),
        ("a: 1\nb\nc: 2\n", (2, 1), "no colon"),
        ("a: >5 years\n", (1, 7), "after > or |"),
        ('a: "C:\\dir"\n', None, "backslash"),
        ("a: ? b\n", (1, 4), "?"),
        ("%YAML 2.0\n--- a\n", (1, 1), "directive"),
        ("a: 1\n... b\n", (2, 5), "outside"),
    ],
)
def test_syntax_errors_say_what_was_likely_meant(
    text: str, place: tuple[int, int] | None, words: str
) -> None:
    (found,) = faults(text)
    assert found.code is Code.SYNTAX
    assert words in found.message
    assert found.hint
    if place is not None:
        assert (found.place.line, found.place.column) == place


def test_a_full_width_colon_within_a_text_is_no_fault() -> None:
    assert data("a: 說明\uff1a如下\n") == {"a": "說明\uff1a如下"}
    assert data("'說明\uff1a如下'\n") == "說明\uff1a如下"
