"""The reader of YAML: what it takes, what it refuses, and where it says that stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from maturity.base.codes import Code, Severity
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.loading.nodes import DEFAULT_LIMITS, Document, Limits, read, read_file

if TYPE_CHECKING:
    from maturity.loading.nodes import Value


def document(text: str) -> Document:
    found = read("c.yaml", text.encode())
    assert isinstance(found, Document), [one.line() for one in found]
    return found


def data(text: str) -> Value:
    return document(text).data


def faults(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> list[Diagnostic]:
    found = read("c.yaml", text if isinstance(text, bytes) else text.encode(), limits)
    assert isinstance(found, list), found
    return found


def told(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> list[tuple[str, int, int]]:
    found = faults(text, limits)
    return [(one.code.number, one.place.line, one.place.column) for one in found]


both = pytest.mark.usefixtures("either_parser")


@both
def test_block_texts_keep_and_fold_lines() -> None:
    assert data("a: |\n  1\n  2\nb: >-\n  1\n  2\n") == {"a": "1\n2\n", "b": "1 2"}


@both
def test_json_is_read_as_it_is() -> None:
    assert data('{"a": [1, 2.5, true, null, "\\u00e9\\/"], "b": {}}') == {
        "a": [1, 2.5, True, None, "é/"],
        "b": {},
    }


@both
def test_all_nesting_comes_out_as_plain_data() -> None:
    text = "- a\n- - b\n  - c: d\n    e: []\n- {f: [g, {h: i}], j: }\n-\n"
    expected = ["a", ["b", {"c": "d", "e": []}], {"f": ["g", {"h": "i"}], "j": None}, None]
    assert data(text) == expected


def test_a_byte_order_mark_and_other_line_ends_change_nothing() -> None:
    found = read("c.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\rc: 3\r\n")
    assert isinstance(found, Document)
    assert found.data == {"a": 1, "b": 2, "c": 3}
    assert found.place(("a",), key=True) == Place("c.yaml", 1, 1)
    assert found.place(("c",)) == Place("c.yaml", 3, 4)


CITY = """\
# a comment
city: {name: {zh-Hant: 望加錫, en: Makassar}}
projects:
  - id: a
    answers:
      x: 1
      "y": [p, q]
"""


@both
@pytest.mark.parametrize(
    ("steps", "value_at", "key_at"),
    [
        ((), (2, 1), (2, 1)),
        (("city",), (2, 7), (2, 1)),
        (("city", "name", "en"), (2, 33), (2, 29)),
        (("projects",), (4, 3), (3, 1)),
        (("projects", 0), (4, 5), (4, 5)),
        (("projects", 0, "answers"), (6, 7), (5, 5)),
        (("projects", 0, "answers", "x"), (6, 10), (6, 7)),
        (("projects", 0, "answers", "y", 1), (7, 16), (7, 16)),
        (("projects", 0, "answers", "gone", "deeper"), (6, 7), (5, 5)),
        (("projects", 7, "id"), (4, 3), (3, 1)),
        (("nothing",), (2, 1), (2, 1)),
    ],
)
def test_places_of_values_and_keys(
    steps: tuple[str | int, ...], value_at: tuple[int, int], key_at: tuple[int, int]
) -> None:
    found = document(CITY)
    assert found.place(steps) == Place("c.yaml", *value_at)
    assert found.place(steps, key=True) == Place("c.yaml", *key_at)


REFUSED = [
    ("a: \xe9\n".encode("latin-1"), [("M003", 1, 4)]),
    ("\ufeffa: 1\n名: ".encode() + b"\xff", [("M003", 2, 4)]),
    ("a: 1\n".encode("utf-16"), [("M003", 1, 1)]),
    ("a: 1\nb: 2\n".encode("utf-16-le"), [("M003", 1, 1)]),
    ("a: 1\nb: 2\n".encode("utf-16-be"), [("M003", 1, 1)]),
    ("a: 1\nb: 2\n".encode("utf-32"), [("M003", 1, 1)]),
    (b"a: \xed\xa0\x80\n", [("M003", 1, 4)]),
    ("a: b: c\n", [("M004", 1, 5)]),
    ("a:\n\tb: c\n", [("M004", 2, 1)]),
    ("a: 1\nb: 'x\nc: 2\n", [("M004", 2, 4)]),
    ('a: "\\ud83d"\n', [("M004", 1, None)]),
    ("%YAML 1.1\n---\na: b\n", [("M004", 1, 1)]),
    ("%TAG !e! tag:x,2000:\n---\na: b\n", [("M004", 1, 1)]),
    ("a: &x 1\n", [("M007", 1, 4)]),
    ("a: *x\n", [("M007", 1, 4)]),
    ("*x : 1\n", [("M007", 1, 1)]),
    ("*x\n", [("M007", 1, 1)]),
    ("a: * b\n", [("M007", 1, 4)]),
    ("a: & b\n", [("M007", 1, 4)]),
    ("a: &x [1]\nb: &y {c: *x}\n", [("M007", 1, 4), ("M007", 2, 4), ("M007", 2, 11)]),
    ("a:\n  <<: {b: 1}\n", [("M007", 2, 3)]),
    ("a: !!str 1\n", [("M008", 1, 4)]),
    ("a: ! 1\n", [("M008", 1, 4)]),
    ("a: !e!x 1\n", [("M008", 1, 4)]),
    ("!!map\na: !x {b: !y [1]}\n", [("M008", 1, 1), ("M008", 2, 4), ("M008", 2, 11)]),
    ("a: 1\na: 2\na: 3\n", [("M009", 2, 1), ("M009", 3, 1)]),
    ("1: a\n", [("M010", 1, 1)]),
    (
        "a: {true: 1, ~: 2, 1.5: 3, .nan: 4, 012: 5}\n",
        [("M010", 1, c) for c in (5, 14, 20, 28, 37)],
    ),
    ("? [a]\n: b\n", [("M010", 1, 3)]),
    ("{{a: 1}: b}\n", [("M010", 1, 2)]),
    ("? ~\n: a\n", [("M010", 1, 3)]),
    ("a: 1\n---\nb: 2\n", [("M011", 2, 1)]),
    ("a: 1\n---\n", [("M011", 2, 1)]),
    ("", [("M012", 1, 1)]),
    ("# only this\n", [("M012", 1, 1)]),
    ("---\n...\n", [("M012", None, None)]),
    ("~\n", [("M012", 1, 1)]),
    ("- .inf\n- -.INF\n- .NaN\n", [("M013", 1, 3), ("M013", 2, 3), ("M013", 3, 3)]),
    ("- 1000000000000000\n- 1e999\n- 1e-999\n", [("M013", n, 3) for n in (1, 2, 3)]),
    ("- 1.23456789012345678\n- 0xfffffffffffff\n", [("M013", 1, 3), ("M013", 2, 3)]),
    (
        f"a: {'9' * 5000}\nb: 0x{'9' * 5000}\nc: {'9' * 5000}.5\n",
        [("M013", n, 4) for n in (1, 2, 3)],
    ),
    ("a: 012\nb: -08\nc: 00\n", [("M014", 1, 4), ("M014", 2, 4), ("M014", 3, 4)]),
    ("a: \x00\n", [("M016", 1, 4)]),
    ("a: 1\nb: \x1b[31m\n# \x7f\n", [("M016", 2, 4), ("M016", 3, 3)]),
    ("a: b\u2028c: d\u0085\n", [("M016", 1, 5), ("M016", 1, 10)]),
]


@both
@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_each_fault_is_told_with_its_code_and_place(
    text: str | bytes, expected: list[tuple[str, int | None, int | None]]
) -> None:
    found = told(text)
    assert [code for code, _, _ in found] == [code for code, _, _ in expected]
    for (_, *place), (_, *wanted) in zip(found, expected, strict=True):
        assert all(want in (None, got) for got, want in zip(place, wanted, strict=True))


@pytest.mark.parametrize(("text", "_expected"), REFUSED)
def test_each_diagnostic_takes_two_lines_at_most_and_shows_nothing_raw(
    text: str | bytes, _expected: object
) -> None:
    for one in faults(text):
        assert one.is_error
        assert len(one.line().splitlines()) == (2 if one.hint else 1)
        assert all(char.isprintable() or char == "\n" for char in one.line())
        assert len(one.line()) < 500


def test_faults_of_all_kinds_are_told_together_and_sorted() -> None:
    text = "a: &x 1\na: !!int 2\n3: 012\nb: .inf\nb: *x\nc: ]\n"
    numbers = [(code, line) for code, line, _ in told(text)]
    assert numbers == [
        ("M007", 1),
        ("M009", 2),
        ("M008", 2),
        ("M010", 3),
        ("M014", 3),
        ("M013", 4),
        ("M009", 5),
        ("M007", 5),
        ("M004", 6),
    ]


def test_a_duplicate_names_both_places_whatever_stands_between() -> None:
    (lost, twice) = faults("x: 1\n1: {x: 2}\nx: {x: 3}\n")
    assert lost.code is Code.KEY_NOT_TEXT
    assert twice.place == Place("c.yaml", 3, 1)
    assert "first at c.yaml:1:1" in twice.message


def test_many_control_characters_are_counted_not_listed() -> None:
    found = faults("ab" + "c\x01" * 50)
    assert len(found) == 21
    assert "30 more" in found[-1].message


def test_size_depth_and_nodes_have_limits() -> None:
    assert told(b"a: 123456", Limits(size=8)) == [("M002", 1, 1)]
    assert data("[" * 32 + "]" * 32)
    assert told("a: " + "[" * 32 + "]" * 32) == [("M005", 1, 35)]
    assert told("- - - 1", Limits(depth=2)) == [("M005", 1, 5)]
    assert isinstance(read("c", b"{a: 1, b: 2}", Limits(nodes=5)), Document)
    assert told("{a: 1, b: 2}", Limits(nodes=4)) == [("M006", 1, 11)]


def test_after_many_faults_the_rest_is_not_looked_at_and_this_is_said() -> None:
    found = faults("- 012\n" * 20, Limits(faults=5))
    assert [one.severity for one in found] == [Severity.ERROR] * 5 + [Severity.INFO]
    assert "not been looked at" in found[-1].message


def test_many_warnings_do_not_stop_the_reading() -> None:
    found = read("c.yaml", b'- "\\e"\n' * 20 + b"- 1\n", Limits(faults=5))
    assert isinstance(found, Document)
    assert found.data == ["\x1b"] * 20 + [1]
    assert len(found.warnings) == 5
    (*_, last) = faults('- "\\e"\n' * 20 + "- 012\n- 1\n", Limits(faults=5))
    assert last.severity is Severity.INFO


def test_the_place_of_a_wide_text_counts_characters() -> None:
    assert told("望加錫: [智慧停車, 012]\n") == [("M014", 1, 13)]
    assert told("望加錫: 😀: 停車\n") == [("M004", 1, 7)]


def test_hidden_characters_are_kept_and_warned_of() -> None:
    found = document('a: "\\e[31m"\nb: x\u202ey\n"\\a": c\nd: "two\\nlines\\t"\n')
    assert found.data == {"a": "\x1b[31m", "b": "x\u202ey", "\x07": "c", "d": "two\nlines\t"}
    assert [(one.code, one.place.line) for one in found.warnings] == [
        (Code.HIDDEN_CHARACTER, line) for line in (1, 2, 3)
    ]
    assert found.warnings[0].severity is Severity.WARNING
    assert "U+001B" in found.warnings[0].line()


def test_warnings_come_along_with_errors() -> None:
    assert told('a: "\\e"\nb: 012\n') == [("M015", 1, 4), ("M014", 2, 4)]


def test_a_failure_inside_the_parser_becomes_a_diagnostic(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise OverflowError

    monkeypatch.setattr(yaml, "parse", fail)
    assert told("a: 1\n") == [("M004", 1, 1)]


def test_files_are_read_from_disk_or_the_reason_is_told(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_bytes(b"a: 1\n")
    found = read_file(file, "c.yaml")
    assert isinstance(found, Document)
    assert found.data == {"a": 1}
    for missing in (tmp_path, tmp_path / "none.yaml", Path("a\0b"), file / "below"):
        refused = read_file(missing, "shown")
        assert isinstance(refused, list)
        assert [one.code for one in refused] == [Code.UNREADABLE]
        assert refused[0].place == Place("shown", 1, 1)
    big = read_file(file, "c.yaml", Limits(size=3))
    assert isinstance(big, list)
    assert big[0].code is Code.TOO_LARGE
