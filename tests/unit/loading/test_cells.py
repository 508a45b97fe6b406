"""What a cell says on a question of each kind."""

import pytest

from maturity.loading.cells import Value, clean, number_of, value_of
from maturity.rules.scope import Kind, Shape

CELLS: list[tuple[Kind, str, Value]] = [
    ("choice", "a", "a"),
    ("choice", "a/b", {"one-of": ["a", "b"]}),
    ("choice", "a / b", {"one-of": ["a", "b"]}),
    ("choice", "unknown", "unknown"),
    ("choice", "n/a", "not-applicable"),
    ("choice", "not-applicable", "not-applicable"),
    ("choice", "-a", "-a"),
    ("multi", "a", ["a"]),
    ("multi", "a|b", ["a", "b"]),
    ("multi", " a | b ", ["a", "b"]),
    ("multi", "+a|-b", {"has": ["a"], "lacks": ["b"]}),
    ("multi", "-a", {"has": [], "lacks": ["a"]}),
    ("multi", "+a|b", ["+a", "b"]),
    ("multi", "n/a", "not-applicable"),
    ("number", "12", 12.0),
    ("number", "-12.96", -12.96),
    ("number", "1e3", 1000.0),
    ("number", "1,234", "1,234"),
    ("number", "012", 12.0),
    ("number", "3..5", {"between": [3.0, 5.0]}),
    ("number", "-5..-3.5", {"between": [-5.0, -3.5]}),
    ("number", "3..", "3.."),
    ("number", "nan", "nan"),
    ("number", "1e400", "1e400"),
    ("number", "٣", "٣"),
    ("text", "a|b / c", "a|b / c"),
    ("text", "n/a", "not-applicable"),
]


@pytest.mark.parametrize(("kind", "text", "value"), CELLS)
def test_a_cell_is_read_as_the_answer_of_a_city_file(kind: Kind, text: str, value: Value) -> None:
    assert value_of(text.strip(), Shape("q", kind, ("a", "b"))) == value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("  public\n", "public"),
        ("Dottoro&#39;ta &amp; co", "Dottoro'ta & co"),
        ("AT&T &copy x", "AT&T &copy x"),
        ("&#x20AC;1", "€1"),
        ("&nosuch;", "&nosuch;"),
        ("&#xFFFFFF;", "\ufffd"),
    ],
)
def test_entities_and_blanks_are_undone(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_number_is_finite() -> None:
    assert number_of("9" * 300 + "e99") is None
    assert number_of("7") == 7
