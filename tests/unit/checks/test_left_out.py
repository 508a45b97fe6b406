"""One faulty entry hides nothing that can be said of the rest, and brings up nothing untrue."""

import json
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from maturity.api.assessing import assess
from maturity.api.checking import validate
from maturity.api.judging import check
from maturity.api.models import Models
from maturity.base.errors import RefusedError
from maturity.loading.models import Source
from maturity.loading.nodes import Document, read
from maturity.model.checked import Checked
from maturity.render.findings import summary

BASE = Path(__file__).parents[2] / "broken" / "base"
STRUCTURAL = {"M102", "M103", "M105"}

CITY = """\
format: maturity/city@1
questionnaire: base
city: {name: Example, country: TW}
assessed: 2026-11-01
sources: {m1: Minutes}
projects:
  - id: bus
    name: Bus
    domain: helth
    answers:
      stgae: plan
      stage: servce
      years: {answer: ten, evidence: [{grade: signed, source: m2}]}
  - id: tram
    name: {en: Tram, zh-Hnat: 電車}
    domian: trnsport
    wieght: 2
    answers: {years: 99, stage: {answer: halted, nott: x}}
  - {name: Metro, domain: [x], answers: {exit-pln: written}}
"""
CASES = """\
format: maturity/cases@1
rubric: base
cases:
  - {name: A, answers: {stage: running}, expect: {score.terms.least: {near: 40, margn: 1}}}
  - {name: B, base: A, answers: {stge: plan}, expect: {ladder.tier.confirmed: T3}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the valid models that files in it can name."""
    for kind in ("questionnaire", "rubric"):
        (tmp_path / f"{kind}s").mkdir()
        shutil.copy(BASE / f"{kind}.yaml", tmp_path / f"{kind}s" / "base.yaml")
    return tmp_path


def checked(folder: Path, text: str) -> Checked:
    path = folder / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return validate([path])


def codes(found: Checked) -> list[tuple[str, int]]:
    return [(one.code.number, one.place.line) for one in found.told()]


def test_faulty_entries_of_a_city_file_hide_no_answer(folder: Path) -> None:
    found = checked(folder, CITY)
    assert codes(found) == [
        ("M114", 9),
        ("M104", 11),
        ("M107", 12),
        ("M108", 13),
        ("M105", 13),
        ("M116", 13),
        ("M103", 14),
        ("M102", 15),
        ("M102", 16),
        ("M114", 16),
        ("M102", 17),
        ("M110", 18),
        ("M107", 18),
        ("M102", 18),
        ("M103", 19),
        ("M105", 19),
        ("M104", 19),
    ]
    assert not any("not-given-here" in one.line() for one in found.told())


def test_a_misspelt_key_hides_nothing_in_cases_and_rubrics(folder: Path) -> None:
    assert codes(checked(folder, CASES)) == [("M102", 4), ("M104", 5), ("M404", 5)]
    text = (BASE / "rubric.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("rests_on:", "rest_on:"),
        ("severity: warning", "severity: wraning"),
        ("{question: stage, points", "{question: stge, wieght: 2, points"),
        ("{score: terms, at_least: 50}", "{any: [{conditoin: long}, {score: trems, above: 5}]}"),
        ("below: T1", "below: T4"),
    ):
        assert old in text
        text = text.replace(old, new)
    assert [code for code, _ in codes(checked(folder, text))] == [
        "M104",
        "M102",
        "M102",
        "M303",
        "M303",
        "M304",
        "M102",
        "M105",
    ]


def test_a_rubric_without_its_questionnaire_is_checked_by_itself(folder: Path) -> None:
    text = (BASE / "rubric.yaml").read_text(encoding="utf-8")
    text = text.replace("{id: base,", "{id: nowhere,").replace("{score: terms,", "{score: trems,")
    found = checked(folder, text)
    assert [code for code, _ in codes(found)] == ["M106", "M303"]
    assert found.may_hide


@pytest.mark.parametrize(
    ("old", "new", "may_hide"),
    [
        ("years: 7", "years: 99", False),
        ("years: 7", "yaers: 7", False),
        ("grade: none", "grade: nine", False),
        ("weight: 1", "wieght: 1", False),
        ("weight: 1", "weight: heavy", False),
        ("{id: bus,", "[", True),
        ("questionnaire: base", "", True),
        ("questionnaire: base", "questionnaire: nowhere", True),
        ("format: maturity/city@1", "format: maturity/ctiy@1", True),
        ("{grade: none}", "{grade: none, place: Page 3, source: {}}", False),
        ("{answer: plan,", "{answer: {one-of: [plan]},", True),
    ],
)
def test_it_is_said_whether_more_may_show(old: str, new: str, may_hide: bool, folder: Path) -> None:
    text = """\
format: maturity/city@1
questionnaire: base
city: {name: Example, country: TW}
assessed: 2026-11-01
projects:
  - {id: bus, name: Bus, domain: health, weight: 1, answers: {years: 7, stage: {answer: plan,
     evidence: [{grade: none}]}}}
"""
    assert checked(folder, text).told() == ()
    assert old in text
    found = checked(folder, text.replace(old, new))
    assert found.told()
    assert found.may_hide == may_hide


def steps_in(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield steps
    below = value.items() if isinstance(value, dict) else ()
    for key, one in below or enumerate(value if isinstance(value, list) else ()):
        yield from steps_in(one, (*steps, key))


def spoilt(data: Any, steps: tuple[str | int, ...]) -> Iterator[Any]:
    """The data with a value of another type there, and without what stands there."""
    for is_gone in (False, True):
        copy = deepcopy(data)
        entry = copy
        for part in steps[:-1]:
            entry = entry[part]
        if not is_gone:
            entry[steps[-1]] = True
        elif isinstance(entry, dict):
            del entry[steps[-1]]
        yield copy


@pytest.mark.untraced
@pytest.mark.parametrize("kind", ["questionnaire", "rubric"])
def test_what_is_left_out_is_neither_unknown_nor_missed(kind: str, folder: Path) -> None:
    path = folder / f"{kind}s" / "base.yaml"
    document = read(path.as_posix(), path.read_bytes())
    assert isinstance(document, Document)
    models, spoils = Models(), 0
    for steps in steps_in(document.data):
        for data in spoilt(document.data, steps) if len(steps) > 1 else ():
            source = Source(path.as_posix(), json.dumps(data).encode(), path)
            found = {one.code.number for one in check(source, models)}
            if found & STRUCTURAL:
                spoils += 1
                assert found <= STRUCTURAL, (steps, found)
    assert spoils > 100


def test_what_is_left_is_told_of_and_never_scored(folder: Path) -> None:
    path = folder / "one.yaml"
    with pytest.raises(RefusedError) as refused:
        assess(Source(path.as_posix(), CITY.encode(), path))
    told = [one.line() for one in refused.value.diagnostics]
    assert told == [one.line() for one in checked(folder, CITY).told()]


def test_that_more_may_show_is_said_in_both_languages(folder: Path) -> None:
    found = checked(folder, "format: maturity/city@1\nprojects: [")
    assert summary(found, "en").endswith("more may show once they are mended.")
    assert summary(found, "zh-Hant").endswith("修正後可能還會發現其他問題。")
    assert "\n" not in summary(checked(folder, CITY.replace("[x]", "x")), "en")
