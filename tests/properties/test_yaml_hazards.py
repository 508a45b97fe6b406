"""Hostile YAML: bombs, tags, deep nesting and broken bytes. It is refused, quickly, never fatal.

HAZARD_SIZE sets how many mutants are tried (3,000 unless told).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.loading import composer
from maturity.loading.nodes import Document, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maturity.base.diagnostics import Diagnostic

SIZE = int(os.environ.get("HAZARD_SIZE", "3000"))
SLOWEST = 0.5  # seconds for one hostile file
MOST_MEMORY = 100_000  # KiB that all bombs together may add to an idle interpreter


def alias_bomb(levels: int, width: int, *, flow: bool) -> str:
    """Each level repeats the one below: width to the power of levels values in few bytes."""
    lines = ["l0: &l0 [lol]" if flow else "l0: &l0\n  - lol"]
    for level in range(1, levels + 1):
        below = [f"*l{level - 1}"] * width
        items = f" [{', '.join(below)}]" if flow else "".join(f"\n  - {one}" for one in below)
        lines.append(f"l{level}: &l{level}{items}")
    return "\n".join(lines) + "\n"


def merge_bomb(levels: int, width: int) -> str:
    """Each level merges the one below several times."""
    lines = ["l0: &l0 {a: 1}"]
    for level in range(1, levels + 1):
        merged = ", ".join([f"*l{level - 1}"] * width)
        lines.append(f"l{level}: &l{level} {{<<: [{merged}], k{level}: 1}}")
    return "\n".join(lines) + "\n"


def bombs() -> Iterator[tuple[str, str]]:
    """Sixty hostile files, by name."""
    for levels in (9, 12, 20, 30, 100):
        for width in (2, 9):
            yield f"alias-flow-{levels}-{width}", alias_bomb(levels, width, flow=True)
            yield f"alias-block-{levels}-{width}", alias_bomb(levels, width, flow=False)
            yield f"merge-{levels}-{width}", merge_bomb(levels, width)
    yield "self-list", "&a [*a]\n"
    yield "self-map", "&a {b: *a}\n"
    yield "self-key", "&a {? *a : b}\n"
    yield "self-merge", "&a {<<: *a}\n"
    yield "self-block", "a: &a\n  - *a\n  - b\n"
    yield "self-each-other", "a: &a [&b [*a, *b]]\n"
    for count in (50_000, 500_000):
        yield f"flow-list-{count}", "[" * count
        yield f"flow-list-lines-{count}", "[\n" * count
        yield f"flow-map-{count}", "{a: " * (count // 2)
        yield f"flow-keys-{count}", "{? " * (count // 2)
        yield f"block-list-{count}", "- " * count
        yield f"block-keys-{count}", "? " * count
    yield "block-map", "\n".join(" " * level + "a:" for level in range(1_400))
    yield "flow-closed", "[" * 50_000 + "]" * 50_000
    yield "many-values", "[" + "1," * 500_000 + "1]"
    yield "many-empty-lists", "[" + "[]," * 300_000 + "1]"
    yield "many-maps", "- {a: 1}\n" * 110_000
    yield "same-keys", "a: 1\n" * 49_000
    yield "anchors", "- &a 1\n" * 99_000
    yield "tags", "- !a 1\n" * 99_000
    yield "many-keys", "".join(f"k{number}: 1\n" for number in range(90_000))
    yield "long-plain", "a: " + "x " * 500_000
    yield "long-plain-lines", "a:\n" + " x\n" * 300_000
    yield "long-quoted", '"' + "\\n" * 500_000 + '"'
    yield "open-quote", "a: 'b\n" * 149_000
    yield "long-block", "a: |\n" + " x\n" * 300_000
    yield "long-number", "a: " + "9" * 1_000_000
    yield "long-hex", "a: 0x" + "f" * 1_000_000
    yield "long-decimal", "a: 0." + "1" * 1_000_000
    yield "long-exponent", "a: 1e" + "9" * 1_000_000
    yield "long-key", "k" * 1_000_000 + ": 1"
    yield "long-tag", "!" + "t" * 1_000_000 + " a"
    yield "long-anchor", "&" + "t" * 1_000_000 + " a"
    yield "directives", "%TAG !e! tag:x,2000:\n" * 40_000 + "--- a"
    yield "documents", "---\n" * 260_000
    yield "comments", "#\n" * 500_000
    yield "blank-lines", "\n" * 1_000_000
    yield "control-characters", "\x01" * 1_000_000
    yield "indicators", "-?:,[]{}#&*!|>'\"%@`" * 50_000


BOMBS = dict(bombs())
HARMLESS = {"long-plain", "long-plain-lines", "long-quoted", "long-block", "many-keys"}


def test_there_are_sixty_bombs_at_least() -> None:
    assert len(BOMBS) >= 60


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_half_a_second(name: str) -> None:
    start = time.perf_counter()
    found = read(name, BOMBS[name].encode())
    taken = time.perf_counter() - start
    assert isinstance(found, Document) == (name in HARMLESS)
    assert taken < SLOWEST


CHILD = """
import json, resource, sys
from maturity.loading.nodes import read
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for text in json.load(sys.stdin):
    found = read("bomb", text.encode())
    assert isinstance(found, list) and all(one.line() for one in found), found
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle)
"""


def in_child(texts: list[str]) -> int:
    """Read texts in another process, which must live; return the memory it took, in KiB."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", CHILD],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


DEEP = 50_000


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize(
    "text",
    [
        "[" * DEEP,
        "[" * DEEP + "]" * DEEP,
        "{a: " * DEEP + "1" + "}" * DEEP,
        "- " * DEEP + "1",
        "? " * DEEP + "1",
        "- ? " * DEEP,
        "\n".join(" " * level + "- " for level in range(1_400)),
    ],
    ids=["open", "lists", "maps", "block-lists", "block-keys", "mixed", "lines"],
)
def test_nesting_50_000_deep_does_not_kill_the_process(text: str) -> None:
    in_child([text])


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_alias_and_merge_bombs_take_little_memory() -> None:
    small = [text for name, text in BOMBS.items() if name.startswith(("alias", "merge", "self"))]
    assert in_child(small) < MOST_MEMORY


TAGS = """
!!python/none !!python/bool !!python/bytes !!python/str !!python/unicode !!python/int !!python/long
!!python/float !!python/complex !!python/list !!python/tuple !!python/dict !!python/name:os.system
!!python/module:os !!python/object:os.system !!python/object/new:os.system
!!python/object/apply:os.system !!python/object/apply:subprocess.Popen
!!python/object/apply:builtins.eval !!python/object/new:type !!str !!int !!float !!bool !!null
!!timestamp !!binary !!set !!omap !!pairs ! !local !<tag:yaml.org,2002:python/name:os.system>
!<tag:yaml.org,2002:str> !ruby/object:Gem !!javax.script.ScriptEngineManager
""".split()  # noqa: SIM905
SHAPES = ["{} x\n", "a: {} x\n", "a: {} [touch, x]\n", "a: {} {{b: c}}\n", "{} a: 1\n", "- {}\n"]


@pytest.mark.parametrize("tag", TAGS)
def test_tags_are_refused_wherever_they_stand(tag: str) -> None:
    for shape in SHAPES:
        found = read("tag", shape.format(tag).encode())
        assert isinstance(found, list)
        assert "M008" in {one.code.number for one in found}


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
    *(bytes([number]) for number in range(256)),
    *(
        text.encode()
        for text in ": |- |>|? |&a |*a |!!int |<<: |---\n|...\n|%YAML 1.1\n".split("|")
    ),
    *(
        text.encode()
        for text in "\u2028|\ufeff|\u202e|：|😀|\\ud800|\\U00110000|0x|1e999".split("|")
    ),
    *(text.encode() for text in "!!timestamp 2024-02-30|9".split("|")),
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
                raw[at : at + 1] = bytes([chance.randrange(256)])
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
    chance = random.Random(1)  # noqa: S311
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
