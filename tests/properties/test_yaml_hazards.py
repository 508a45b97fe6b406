"""Hostile YAML: bombs, deep nesting and tags. It is refused, quickly, and never fatal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from maturity.loading.nodes import Document, read

if TYPE_CHECKING:
    from collections.abc import Iterator

# How much one hostile file may cost, in units of `_unit`; eight are half a second where a unit
# takes 60 ms. Both are measured in one moment, so that a busy machine slows both.
SLOWEST = 12.0
LARGE_AS_ALLOWED = 2 * SLOWEST  # no bombs, but files with as many values as may be
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
HARMLESS = {"long-plain", "long-plain-lines", "long-quoted", "long-block", "indicators"}


def test_there_are_sixty_bombs_at_least() -> None:
    assert len(BOMBS) >= 60


def _unit() -> float:
    """Seconds of processor time for a fixed amount of work."""
    start = time.process_time()
    sum(number * number for number in range(1_000_000))
    return time.process_time() - start


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name: str) -> None:
    raw, before = BOMBS[name].encode(), _unit()
    start = time.process_time()
    found = read(name, raw)
    taken = (time.process_time() - start) / max(before, _unit())
    assert isinstance(found, Document) == (name in HARMLESS)
    assert taken < (LARGE_AS_ALLOWED if name.startswith("many-") else SLOWEST)


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
    done = subprocess.run(
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
