"""The reader of YAML: what it takes, what it refuses, and where it says that stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from maturity.base.codes import Code, Severity
from maturity.base.diagnostics import Diagnostic
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.loading import composer
from maturity.loading.nodes import DEFAULT_LIMITS, Document, Limits, read, read_file

if TYPE_CHECKING:
    from maturity.loading.nodes import Value

RULES = Path(composer.__file__).parents[1] / "i18n" / "rules.yaml"


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


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(composer, "LOADER", loader)


both = pytest.mark.usefixtures("_either_parser")

CORE: list[tuple[str, Any]] = [
    *[(word, True) for word in ("true", "True", "TRUE")],
    *[(word, False) for word in ("false", "False", "FALSE")],
    *[(word, None) for word in ("null", "Null", "NULL", "~", "")],
    *[(str(number), number) for number in (0, 1, -1, 12, 100, 999_999_999_999_999)],
    ("+7", 7),
    ("-0", 0),
    ("0o17", 15),
    ("0x1F", 31),
    ("0xdeadbeef", 0xDEADBEEF),
    ("1.5", 1.5),
    ("-12.96", -12.96),
    ("1.", 1.0),
    (".5", 0.5),
    ("+.5", 0.5),
    ("1e3", 1000.0),
    ("1E-2", 0.01),
    ("12.25e+2", 1225.0),
    ("0.0", 0.0),
    ("0e5", 0.0),
    ("00.5", 0.5),
    ("3.141592653589793", 3.141592653589793),
]
TEXTS = """
no No NO yes Yes YES on On ON off Off OFF y Y n N tRUE nULL none None nil
2026-11-01 2024-02-30 2001-12-14t21:59:43.10-05:00 1:30 12:30:45 190:20:30 1_0 1_000.5 0b101 0b2
0o8 0xg +0x1 -0o7 1.2.3 1,5 1e 1e+ e5 . .. - -- + .e5 .5. 1..2 +.nan .iNF inf nan Infinity NaN
１２ ١٢ ½ 1٣ <<< = == ~~ null~ 12a a12 0- 0x 0o 望加錫 a#b a:b http://x.y/z :a -a ?a
""".split()  # noqa: SIM905


@both
@pytest.mark.parametrize(("word", "value"), CORE)
def test_unquoted_words_mean_what_the_core_schema_of_yaml_1_2_says(word: str, value: Any) -> None:
    assert data(f"a: {word}\n") == {"a": value}
    assert type(data(f"a: {word}\n")["a"]) is type(value)  # type: ignore[call-overload,index]


@both
@pytest.mark.parametrize("word", TEXTS)
def test_all_other_unquoted_words_are_texts(word: str) -> None:
    assert data(f"a: {word}\n") == {"a": word}


@both
@pytest.mark.parametrize("word", [word for word, _ in CORE] + TEXTS + [".inf", "012", "<<"])
def test_quoted_words_are_texts_as_they_stand(word: str) -> None:
    assert data(f"'a': '{word}'\n") == data(f'"a": "{word}"\n') == {"a": word}
    assert data(f"- '{word}'\n") == [word]


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
        (("city", "name", "en"), (2, 35), (2, 31)),
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
    ("%YAML 1.1\n---\na: b\n", [("M004", 2, 1)]),
    ("%TAG !e! tag:x,2000:\n---\na: b\n", [("M004", 2, 1)]),
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
    (": a\n", [("M010", 1, 1)]),
    ("a: 1\n---\nb: 2\n", [("M011", 2, 1)]),
    ("a: 1\n---\n", [("M011", 2, 1)]),
    ("", [("M012", 1, 1)]),
    ("# only this\n", [("M012", 1, 1)]),
    ("---\n...\n", [("M012", 1, None)]),
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
    text: str | bytes, expected: list[tuple[str, int, int | None]]
) -> None:
    found = told(text)
    assert [(code, line) for code, line, _ in found] == [(code, line) for code, line, _ in expected]
    for (_, _, column), (_, _, wanted) in zip(found, expected, strict=True):
        assert wanted in (None, column)


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


def test_the_place_of_a_wide_text_counts_characters() -> None:
    assert told("望加錫: [智慧停車, 012]\n") == [("M014", 1, 13)]
    assert told("望加錫: 😀: 停車\n") == [("M004", 1, 7)]


@both
@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("format： x\nid: y\n", (1, 7), "full-width colon"),
        ("format: x\nid： y\nz: 1\n", (2, 3), "full-width colon"),
        ("a:\n  - b： c\n    d: e\n", (2, 6), "full-width colon"),
        ("format： x\nid： y\n", (1, 7), "full-width colon"),
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
    assert data("a: 說明：如下\n") == {"a": "說明：如下"}
    assert data("'說明：如下'\n") == "說明：如下"


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
        raise OverflowError("too big")

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


def test_a_diagnostic_reads_as_documented() -> None:
    place = Place("cities/a.yaml", 3, 7)
    plain = Diagnostic.of(Code.EMPTY, place, "nothing\nhere \x1b[0m")
    assert plain.line() == "cities/a.yaml:3:7: M012 error: nothing here \ufffd[0m [empty]"
    hinted = Diagnostic.of(Code.EMPTY, place, "nothing", "write something")
    assert hinted.line().splitlines()[1] == "  hint: write something"


def test_diagnostics_sort_by_file_line_column_and_code() -> None:
    right = [
        Diagnostic.of(code, Place(path, line, column), "")
        for path in ("a", "b")
        for line in (2, 10)
        for column in (9, 11)
        for code in (Code.SYNTAX, Code.EMPTY)
    ]
    assert sorted(reversed(right)) == right


def test_codes_are_found_by_number_or_word_and_are_unique() -> None:
    assert Code.find("m009") is Code.find(" duplicate-key ") is Code.DUPLICATE_KEY
    assert Code.find("M999") is None
    assert len({code.number for code in Code}) == len({code.word for code in Code}) == len(Code)
    assert [code.number for code in Code] == sorted(code.number for code in Code)


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("wieght", "weight"),
        ("Data_Owner", "data-owner"),
        ("dataowner", "data-owner"),
        ("zzz", None),
        ("", None),
        ("w" * 100_000, None),
    ],
)
def test_nearest_finds_what_was_meant(word: str, choice: str | None) -> None:
    assert nearest(word, ["weight", "data-owner", "domain", "id"]) == choice
    assert nearest(word, ["id", "domain", "data-owner", "weight"]) == choice


def rules() -> dict[str, Any]:
    found = read("rules.yaml", RULES.read_bytes())
    assert isinstance(found, Document)
    assert isinstance(found.data, dict)
    return found.data


READERS_CODES = [code for code in Code if code.number.startswith("M0")]
NOT_SHOWN_AS_TEXT = {"M001", "M002", "M003", "M006", "M016"}  # their examples tell of files


@pytest.mark.parametrize("code", READERS_CODES, ids=str)
def test_each_code_of_the_reader_has_its_texts_in_both_languages(code: Code) -> None:
    entry = rules()[code.number]
    assert list(entry) == ["title", "meaning", "why", "bad", "good"]
    for text in ("title", "meaning", "why"):
        assert set(entry[text]) == {"en", "zh-Hant"}
        assert all(entry[text].values())


@pytest.mark.parametrize(
    "code", [code for code in READERS_CODES if code.number not in NOT_SHOWN_AS_TEXT], ids=str
)
def test_the_examples_of_the_catalogue_are_true(code: Code) -> None:
    entry = rules()[code.number]
    bad = read("bad", entry["bad"].encode())
    found = list(bad.warnings) if isinstance(bad, Document) else bad
    assert {one.code for one in found} == {code} or code is Code.ANCHOR
    assert code in {one.code for one in found}
    good = read("good", entry["good"].encode())
    assert isinstance(good, Document)
    assert good.warnings == ()
