"""One bad character anywhere in a shipped file: a diagnostic with its place, or none; no traceback.

A character can be bad without breaking the file (a misspelt word in a text); what is promised is
that nothing fails in another way, and that what is refused names the file, a line and a column.
"""

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from maturity.api.assessing import assess
from maturity.api.judging import check
from maturity.api.models import Models
from maturity.base.errors import RefusedError
from maturity.loading.models import Source

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = (
    "questionnaires/ppp-three-tier.yaml",
    "rubrics/ppp-three-tier.yaml",
    "rubrics/ppp-three-tier.cases.yaml",
    "examples/makassar.yaml",
    "examples/illustration.yaml",
)
BAD = "\x00\x07\x1b\x85\u2028\u202e\ufeff\t:{}[]&*!|>'\"%@`#-?,~0=<\\：，é\U0001f600"
RARE = "\x00\x07\x1b\x85\u2028"
MUTANTS = max(12, int(os.environ.get("HAZARD_SIZE", "0")) // 10_000)


def _mutant(text: str, chance: random.Random) -> tuple[str, str]:
    """The text with one character put in, put in place of another, or taken away."""
    at, bad = chance.randrange(len(text)), chance.choice(BAD)
    kind = chance.choice(("in", "over", "out"))
    if kind == "out":
        return text[:at] + text[at + 1 :], ""
    return text[:at] + bad + text[at + (kind == "over") :], bad


@pytest.mark.parametrize("name", SHIPPED)
def test_one_bad_character(name: str) -> None:
    raw = (ROOT / name).read_text(encoding="utf-8")
    chance = random.Random(name)
    models = Models()
    for _ in range(MUTANTS):
        text, bad = _mutant(raw, chance)
        found = check(Source(name, text.encode()), models)
        assert all(one.place.line >= 1 and one.place.column >= 1 for one in found)
        assert all(one.place.path and one.message for one in found)
        if bad and bad in RARE:
            assert any(one.is_error and one.place.path == name for one in found)


def test_a_mutated_city_is_scored_or_refused() -> None:
    raw = (ROOT / "examples/makassar.yaml").read_text(encoding="utf-8")
    chance = random.Random(7)
    models = Models()
    for _ in range(MUTANTS):
        text, _ = _mutant(raw, chance)
        with suppress(RefusedError):
            assess(Source("makassar.yaml", text.encode()), models=models)
