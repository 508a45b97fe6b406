"""The catalogue of diagnostics: a text for each code of the reader, and true examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maturity.base import codes
from maturity.base.codes import Code
from maturity.loading.nodes import Document, read

RULES = Path(codes.__file__).parents[1] / "i18n" / "rules.yaml"


def rules() -> dict[str, Any]:
    found = read("rules.yaml", RULES.read_bytes())
    assert isinstance(found, Document)
    assert isinstance(found.data, dict)
    return found.data


READERS_CODES = [code for code in Code if code.number.startswith("M0")]
NOT_SHOWN_AS_TEXT = {"M001", "M002", "M003", "M006", "M016", "M020", "M021"}  # of files, tables


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
