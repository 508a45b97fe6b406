"""Quick reading and the explained path never differ: a city file is read alike, or left.

HAZARD_SIZE sets how many spoilt files are tried; few are in every run.
"""

import os
from collections import Counter
from random import Random

import pytest
from tests.making.folder import city_files
from tests.making.hostile import SNIPPETS, city_by_chance, spoilt
from tests.making.quick import EVERY_KIND, explained, is_read_alike, network, usual
from tests.making.shipped import EXAMPLES, ROOT, read_model
from tests.making.size import FULL

from maturity.loading.quick.form import Form
from maturity.model.questionnaire import Questionnaire

SIZE = max(600, int(os.environ.get("HAZARD_SIZE", "0")) // 2)
BROKEN = sorted((ROOT / "tests" / "broken").rglob("*.yaml"))
MADE = Form.of(EVERY_KIND)


@pytest.mark.untraced
def test_files_by_chance() -> None:
    """Nearly all that are valid are read; the rest holds texts with line breaks in brackets."""
    chance, found = Random(1), Counter[bool]()
    for _ in range(SIZE // 10):
        raw = city_by_chance(chance)
        if is_read_alike(raw, EVERY_KIND, MADE):
            found[True] += 1
        else:
            found[False] += explained(raw, EVERY_KIND) is not None
    assert found[True] > 10 * found[False]


@pytest.mark.untraced
def test_spoilt_files_by_chance() -> None:
    chance = Random(2)
    read = sum(
        is_read_alike(spoilt(city_by_chance(chance), chance), EVERY_KIND, MADE) for _ in range(SIZE)
    )
    assert SIZE // 20 < read < SIZE


@pytest.mark.untraced
def test_spoilt_files_as_people_write_them() -> None:
    chance, form = Random(3), Form.of(usual())
    every = [text.encode() for _, text in city_files(56)]
    every += [(ROOT / "examples" / name).read_bytes() for name in EXAMPLES]
    for _ in range(SIZE // 10):
        is_read_alike(spoilt(chance.choice(every), chance), usual(), form)


@pytest.mark.untraced
@pytest.mark.parametrize("line", ["one: a", "- id: p0", "note: A text", "city: {name: Lund}"])
def test_hostile_snippets_planted_everywhere(line: str) -> None:
    """In every position of one line, and in place of each word of it."""
    text = (
        "format: maturity/city@1\nquestionnaire: made\ncity: {name: Lund}\nassessed: 2026-11-01\n"
        "projects:\n- id: p0\n  name: P\n  domain: d1\n  answers:\n    one: a\n"
        "    rows.r:\n      answer: b\n      note: A text\n"
    )
    start = text.index(line)
    for snippet in SNIPPETS if FULL else SNIPPETS[::3]:
        for at in range(start, start + len(line) + 1):
            planted = f"{text[:at]}{snippet}{text[at:]}"
            is_read_alike(planted.encode(), EVERY_KIND, MADE)
        head, mark, _ = line.partition(": ")
        is_read_alike(text.replace(line, head + mark + snippet).encode(), EVERY_KIND, MADE)


def test_broken_files() -> None:
    base = read_model(ROOT / "tests" / "broken" / "base" / "questionnaire.yaml", Questionnaire)
    for asked in (usual(), network(), base):
        form = Form.of(asked)
        for path in BROKEN:
            is_read_alike(path.read_bytes(), asked, form)
