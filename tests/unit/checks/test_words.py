"""What findings say, where a word of them could be untrue."""

import shutil
from pathlib import Path

import pytest

from maturity.api.checking import validate

BROKEN = Path(__file__).parents[2] / "broken"


def models_in(folder: Path) -> None:
    """The models that broken files refer to, in this folder."""
    for kind in ("questionnaire", "rubric"):
        (folder / f"{kind}s").mkdir(exist_ok=True)
        shutil.copy(BROKEN / "base" / f"{kind}.yaml", folder / f"{kind}s" / "base.yaml")


def told(name: str, folder: Path, old: str = "", new: str = "") -> tuple[str, str | None]:
    """Message and hint of the only finding in a broken file, something in it replaced."""
    models_in(folder)
    text = (BROKEN / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "broken.yaml").write_text(text.replace(old, new), encoding="utf-8")
    [found] = validate([folder / "broken.yaml"]).findings
    return found.message, found.hint


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("{en: Bus}", "this text is missing in zh-Hant; readers get it in en"),
        ('{en: "", zh-Hant: 公車}', "this text is missing in en; readers get it in zh-Hant"),
    ],
)
def test_a_missing_translation_tells_what_readers_get(
    name: str, expected: str, tmp_path: Path
) -> None:
    message, _ = told("M115-missing-translation", tmp_path, "{en: Bus}", name)
    assert message == expected


def test_a_text_that_is_empty_in_every_language_is_read_by_nobody(tmp_path: Path) -> None:
    new = '{en: Bus, zh-Hant: 公車}, subject: {en: "", zh-Hant: ""}'
    message, _ = told("M115-missing-translation", tmp_path, "{en: Bus}", new)
    assert message == "this text is missing in en, zh-Hant; readers get nothing"


@pytest.mark.parametrize(
    ("condition", "message", "hint"),
    [
        (
            "{share: [stage], in: [running], at_least: 80}",
            "this never holds: the share comes out from 0 to 1",
            "a share is a number from 0 to 1: 80 % is 0.8",
        ),
        (
            "{share: [stage], in: [running], below: 12.5}",
            "this always holds: the share comes out from 0 to 1",
            "a share is a number from 0 to 1: 12.5 % is 0.125",
        ),
        (
            "{share: [stage], in: [running], at_least: 0}",
            "this always holds: the share comes out from 0 to 1",
            "set a threshold that some answers reach and others do not, or delete it",
        ),
        (
            "{count: {rows_of: bearers}, in: [public], at_least: 3}",
            "this never holds: the count comes out from 0 to 2",
            "set a threshold that some answers reach and others do not, or delete it",
        ),
        (
            "{answer: safeguards, chosen: 2, of: [named]}",
            "this never holds: the number chosen comes out from 0 to 1",
            "set a threshold that some answers reach and others do not, or delete it",
        ),
        (
            "{not: {all: []}}",
            "this always holds: `all` lists no condition",
            "list conditions, or write true if that is meant",
        ),
        (
            "{not: {any: []}}",
            "this never holds: `any` lists no condition",
            "list conditions, or write false if that is meant",
        ),
    ],
)
def test_a_threshold_that_nothing_decides_tells_what_comes_out(
    condition: str, message: str, hint: str, tmp_path: Path
) -> None:
    old = "{answer: years, above: 50}"
    found = told("M323-settled-threshold-never", tmp_path, old, condition)
    assert found == (message, hint)


@pytest.mark.parametrize(
    "condition",
    [
        "{share: [stage], in: [running], at_least: 0.8}",
        "{share: [stage], in: [running], above: 0}",
        "{share: [renewal], in: [free], at_least: 0}",
        "{count: {rows_of: bearers}, in: [public], at_least: 2}",
        "{at_least: 1, of: [{answer: stage, in: [running]}]}",
        "{answer: safeguards, chosen: 2}",
    ],
)
def test_a_threshold_that_answers_decide_passes(condition: str, tmp_path: Path) -> None:
    text = (BROKEN / "M323-settled-threshold-never.yaml").read_text(encoding="utf-8")
    models_in(tmp_path)
    path = tmp_path / "broken.yaml"
    path.write_text(text.replace("{answer: years, above: 50}", condition), encoding="utf-8")
    assert validate([path]).findings == ()


def test_null_is_named_among_what_a_level_can_be(tmp_path: Path) -> None:
    name = "M404-impossible-expectation-level"
    assert told(name, tmp_path)[1] == "it can be T1, T2, or null"
    assert told(name, tmp_path, "T3", "T1T")[1] == 'did you mean "T1"?'
