"""The catalogue of diagnostics: texts in both languages for every code, and examples that read."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from maturity.base import codes
from maturity.base.codes import Code
from maturity.base.text import LANGUAGES
from maturity.loading.nodes import Document, read

RULES = Path(codes.__file__).parents[1] / "i18n" / "rules.yaml"


@cache
def catalogue() -> dict[str, Any]:
    found = read("rules.yaml", RULES.read_bytes())
    assert isinstance(found, Document), [one.line() for one in found]
    assert isinstance(found.data, dict)
    return found.data


def test_the_catalogue_holds_the_codes_in_the_order_of_the_table() -> None:
    assert list(catalogue()) == [code.number for code in Code]


@pytest.mark.parametrize("code", list(Code), ids=str)
def test_every_code_has_its_texts_in_both_languages(code: Code) -> None:
    entry = catalogue()[code.number]
    assert list(entry) == ["title", "meaning", "why", "bad", "good"]
    for text in ("title", "meaning", "why"):
        assert set(entry[text]) == set(LANGUAGES)
        assert all(entry[text].values())
    assert entry["bad"] != entry["good"]


@pytest.mark.parametrize(
    "code",
    [code for code in Code if code.number.startswith(("M1", "M2", "M3", "M4", "M8"))],
    ids=str,
)
def test_the_examples_are_yaml_that_reads_without_fault(code: Code) -> None:
    for example in ("bad", "good"):
        found = read(example, catalogue()[code.number][example].encode())
        assert isinstance(found, Document), [one.line() for one in found]
        assert found.warnings == ()
