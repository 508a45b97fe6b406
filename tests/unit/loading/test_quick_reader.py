"""What of YAML is read quickly, as the other reader has it; and what is left to that one."""

import pytest
from tests.making.quick import is_data_alike

from maturity.base.characters import HIDDEN
from maturity.loading.decoding import decode
from maturity.loading.quick import reader
from maturity.loading.quick.plain import MOST_BYTES, ODD

READ = {
    "words": "a: b\nc: d e, f\nzh-Hant: 望加錫：一\n",
    "numbers": "a: 1\nb: -2.50\nc: 1e3\nd: 0x1f\ne: 0o17\nf: +7\ng: .5\n",
    "texts that look like others": "a: no\nb: 2026-11-01\nc: 1:30\nd: 1_0\ne: off\nf: =\ng: <<\n",
    "no value": "a:\nb: ~\nc: null\nd:   # said\ne: ''\n",
    "truth": "a: true\nb: False\n",
    "comments": "# a\n\n  # b\na: b # c\nd: e#f\n# g\nh: {a: b} # c\ni: 'j' # k\n",
    "nested": "a:\n  b:\n    c: d\n  e: f\ng: h\n",
    "list": "a:\n  - b\n  - c: d\n    e: f\n  -\n    g: h\n  - {i: j}\n",
    "list below its key": "a:\n- b\n-   c: d\n    e:\n    - f\ng: h\n",
    "a key and a comment, then a list": "a:  # said\n- b\nc: d\n",
    "long text": "a: b c\n  d 'e' [f]\n  g - h\n",
    "quoted": "a: 'it''s'\nb: \"c d\"\ne: 'f: # g'\nh: ''\n",
    "quoted on lines": "a: 'b\n\n  c  \n  d'\ne: \"f\n  g\"\nh: 'i\n\n\n  j'\n",
    "escapes": 'a: "b\\n\\"c\\" \\\\ \\u671b\\x41"\nd: "e \\\n   f\\\n   \\ g"\n',
    "blocks": (
        "a: |\n  b\n   c\n\n  d\ne: >-\n  f\n  g\n\n  h\ni: >\n  j\nk: |-  # l\n\n  m\n\n\nn: o\n"
    ),
    "flow": (
        "a: [b, 'c', \"d\", 1, {e: f}, []]\n"
        "g: {h: [i, j], k: {l: m}, n: 'o, p'}\nq: [ r, s ]\nt: { u: v }\n"
    ),
    "flow on lines": "a: {b: c\n    d, e: [f,\n  g]}\nh:\n- [i,\n   j]\n",
    "flow with colons": "a: {b: http://c/d, e: '12:30', f: 12:30}\n",
    "head": "# said\n---\na: b\n",
    "windows": "a: b\r\nc: >-\r\n  d\r\n  e\r\n",
    "mark": "\ufeffa: b\n",
    "no end of line": "a: b",
    "blanks in brackets": "a: [ {b: c}, [d]]\n",
    "escapes and line ends": 'a: "b \\"c\\"\n\n  d\n  e"\n',
    "rare blanks": "a: b\u3000c\u00a0d\n",
}

LEFT = {
    "nothing": "",
    "comment alone": "# a\n",
    "list": "- a\n",
    "word": "a\n",
    "quoted key": '"a": b\n',
    "anchor": "a: &b c\n",
    "alias": "a: *b\n",
    "merge": "<<: {a: b}\n",
    "tag": "a: !!str b\n",
    "twice": "a: b\na: c\n",
    "twice in brackets": "x: {a: b, a: c}\n",
    "key of no text": "true: a\n",
    "key of no text in brackets": "x: {null: a}\n",
    "tab": "a:\tb\n",
    "tab in text": "a: b\tc\n",
    "two documents": "a: b\n---\nc: d\n",
    "end of document": "a: b\n...\n",
    "directive": "%YAML 1.2\n---\na: b\n",
    "leading zero": "a: 012\n",
    "endless": "a: .inf\n",
    "no number": "a: [.nan]\n",
    "long": f"a: {'9' * 16}\n",
    "key in value": "a: b: c\n",
    "colon at the end": "a: b:\n",
    "odd indent": "a: b\n  c: d\n",
    "less indent": "a:\n   b: c\n  d: e\n",
    "list item less far": "a:\n   - b\n  - c\n",
    "indented": " a: b\n",
    "text after quotes": "a: 'b' c\n",
    "open quote": "a: 'b\n",
    "quote at the margin": "a: 'b\nc'\n",
    "rare escape": 'a: "\\e"\n',
    "half a character": 'a: "\\ud800"\n',
    "hidden character": 'a: "\\u202e"\n',
    "open bracket": "a: [b\n",
    "comma at the end": "a: [b,]\n",
    "pair in a list": "a: [b: c]\n",
    "key without value": "a: {b}\n",
    "value without blank": "a: {b:c}\n",
    "text after a bracket": "a: [b] c\n",
    "comment in brackets": "a: [b, # c\n  d]\n",
    "too deep": "a: [[[[[[[[b]]]]]]]]\n",
    "question": "? a\n: b\n",
    "keep": "a: |+\n  b\n\n",
    "indent said": "a: |2\n   b\n",
    "uneven block": "a: |\n    b\n  c\n",
    "block without text": "a: |\nb: c\n",
    "folded with an indent": "a: >\n  b\n   c\n",
    "block at the end": "a: |\n  b",
    "blank line beyond": "a: |\n     \n  b\n",
    "dash alone": "a: - b\n",
    "control": "a: \x07\n",
    "bidi": "a: \u202e\n",
    "carriage return": "a: b\rc\n",
    "line separator": "a: b\u2028c\n",
    "second mark": "\ufeff\ufeffa: b\n",
    "comment in a text": "a: b\n  c # d\n  e\n",
    "deep blocks": "".join(f"{' ' * n}a:\n" for n in range(40)),
    "long line of keys": "a: {b: {c: {d: {e: {f: {g: {h: {i: j}}}}}}}}\n",
    "large": "a: b\n#" + "x" * MOST_BYTES,
    "gap in quotes": f"a: 'b{' ' * 200}\n  c'\n",
    "many lines": "a: 'b\n" + "  ''\n" * 500 + "  '\n",
    "many lines without quotes": "a: b\n" + "  c\n" * 500,
    "list for a map": "a: {b: c]\nd: {e: {}]\n",
    "map for a list": "a: [b, {c: d}}\n",
    "list for a map, further in": "a: {b: [c], d: e]\n",
    "item moved": "a:\n  - b\n     - c\n",
    "item of an item": "a:\n  - b: c\n   - d\n",
    "line end and nothing": 'a: "b\\\n\n  c"\n',
    "nothing in brackets": "a: [b, ]\n",
    "many lines in brackets": "a: [b\n" + "  , c\n" * 500,
}


@pytest.mark.parametrize("name", READ)
def test_is_read_as_the_other_reader_has_it(name: str) -> None:
    assert is_data_alike(READ[name].encode())


@pytest.mark.parametrize("name", LEFT)
def test_is_left_to_the_other_reader(name: str) -> None:
    assert not is_data_alike(LEFT[name].encode())


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_KNOWN", 1)
    for text in READ.values():
        assert is_data_alike(text.encode())
    assert len(reader._KNOWN) <= 1  # noqa: SLF001 - what is remembered shows nowhere else


def test_what_is_no_utf8_is_left() -> None:
    assert not is_data_alike("a: é\n".encode("latin-1"))
    assert not is_data_alike("a: b\n".encode("utf-16"))


def test_no_odd_character_is_printable() -> None:
    """So that what is printable needs no further look."""
    every = "".join(map(chr, range(0x110000)))
    odd = set(ODD.findall(every))
    assert not [one for one in odd if one.isprintable()]
    assert odd >= set(HIDDEN.findall(every)) | {"\t", "\r"}
    rest = ODD.sub("", every)
    assert decode("rest.yaml", rest.encode(), len(rest.encode())) == rest
