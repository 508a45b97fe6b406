"""Broken YAML by the thousand: reading never raises, and what it gives back is sound.

HAZARD_SIZE sets how many mutants are tried with each parser (3,000 unless told).
"""

from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.loading import composer
from maturity.loading.nodes import Document, read

if TYPE_CHECKING:
    from maturity.base.diagnostics import Diagnostic

SIZE = int(os.environ.get("HAZARD_SIZE", "3000"))

SEEDS = [
    "format: maturity/city@1\ncity: {name: {en: A, zh-Hant: 望加錫}}\nassessed: 2026-11-01\n",
    "projects:\n  - id: a\n    weight: 1.5\n    answers:\n      x: [p, q]\n      y: {answer: no}\n",
    "a: |\n  block\n  text\nb: >-\n  folded\n\n  text\n# comment\nc: 'it''s'\n",
    '{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {"c": ""}}\n',
    "- 1\n- 012\n- .inf\n- 2024-02-30\n- !!int ''\n- &a x\n- *a\n- ? k\n  : v\n",
    "%YAML 1.2\n---\n<<: {a: b}\n...\n",
    'a: "\\x41\\U0001F600 \\\n  more"\n',
]
BITS = [
    *(bytes([number]) for number in range(32, 127)),
    *(bytes([number]) for number in (0, 9, 10, 13, 27, 127, 133, 160, 194, 224, 255)),
    *(
        text.encode()
        for text in (": ", "|2-\n", ">\n", "&a ", "*a ", "!!int ", "<<: ", "\n", "\n ")
    ),
    *(
        text.encode()
        for text in ("---\n", "...\n", "%YAML 1.1\n", "%TAG ! !x\n", "? ", "- ", "{", "[")
    ),
    *(
        text.encode()
        for text in ("\u2028", "\ufeff", "\u202e", "\uff1a", "\U0001f600", "0x", "1e999")
    ),
    *(
        text.encode()
        for text in ("\\ud800", "\\U00110000", "\\xZ", "!!timestamp 2024-02-30 ", "%20")
    ),
    b"9" * 5000,
    b"\xed\xa0\x80",
]


def mutant(chance: random.Random) -> bytes:
    """Return a small valid file with one to four bytes changed, put in, or taken out."""
    raw = bytearray(chance.choice(SEEDS).encode())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(raw) + 1)
        match chance.randrange(4):
            case 0:
                raw[at : at + 1] = chance.choice(BITS)
            case 1:
                raw[at:at] = chance.choice(BITS)
            case 2:
                del raw[at : at + chance.randint(1, 5)]
            case _:
                start = chance.randrange(len(raw) + 1)
                raw[at:at] = raw[start : start + chance.randint(1, 20)]
    return bytes(raw)


def assert_sound(found: Document | list[Diagnostic]) -> None:
    """Whatever was read: data, or faults in order, each with a place."""
    told = list(found.warnings) if isinstance(found, Document) else found
    assert isinstance(found, Document) != any(one.is_error for one in told)
    assert told == sorted(told)
    for one in told:
        assert one.place.line >= 1
        assert one.place.column >= 1
        one.line().encode()
    if isinstance(found, Document):
        json.dumps(found.data, allow_nan=False, ensure_ascii=False).encode()


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_no_mutant_raises(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(yaml, loader):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(composer, "LOADER", getattr(yaml, loader))
    chance = random.Random(SIZE)
    for _ in range(SIZE):
        raw = mutant(chance)
        try:
            assert_sound(read("mutant", raw))
        except Exception as error:
            raise AssertionError(raw) from error


@settings(max_examples=max(100, SIZE // 10), deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_raise(raw: bytes) -> None:
    assert_sound(read("bytes", raw))


@given(st.lists(st.sampled_from(["list", "map"]), max_size=20), st.integers(1, 3))
def test_duplicate_keys_are_found_at_any_depth(around: list[str], spare: int) -> None:
    text = "{" + "".join(f"s{n}: 1, " for n in range(spare)) + "twice: 1, twice: {twice: 2}}"
    for kind in around:
        text = f"[0, {text}]" if kind == "list" else f"{{twice: 0, b: {text}}}"
    found = read("twins", text.encode())
    assert isinstance(found, list)
    assert [one.code.number for one in found] == ["M009"]
    second = text.index("twice: {twice") + 1
    first = text.index("twice: 1") + 1
    assert found[0].place.column == second
    assert f"twins:1:{first}" in found[0].message


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(categories=("L", "N"))), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(PLAIN.filter(lambda value: value is not None))
def test_what_json_writes_is_read_back_equal(value: object) -> None:
    found = read("back", json.dumps(value, ensure_ascii=False).encode())
    assert isinstance(found, Document)
    assert found.data == value
    assert repr(found.data) == repr(value)
