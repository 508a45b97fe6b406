"""A report speaks one language: no English sentence of ours in Chinese, nor the other way."""

import re
from functools import cache
from pathlib import Path

import pytest

from maturity.api.assessing import assess
from maturity.api.models import Models
from maturity.api.telling import Look, explanation, known_outputs, markdown_report, render
from maturity.loading.models import Source, fetch
from maturity.model.report import Report

pytestmark = pytest.mark.untraced  # what these reach is counted elsewhere

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’]+(?:[ ,;]+[A-Za-z][A-Za-z'’]+){3,}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
APART = re.compile(r"[，。：；、（] (?![ |│·→*\[]).{,20}")
"""A blank after full-width punctuation, but before what sets columns, items and answers apart."""
HALF = re.compile(r".{,20}[\u3400-\u9fff）」』][,:;] ")
NAMES = {"Open Contracting for PPPs", "Chicago Parking Meters LLC"}
"""Proper names of four words and more, which stand in both languages."""

MODELS = Models()


@cache
def _report(path: Path) -> Report:
    source = fetch(path)
    assert isinstance(source, Source)
    return assess(source, models=MODELS)


@cache
def _said(path: Path, language: str) -> str:
    report = _report(path)
    project = report.projects[0].project.id
    some = [
        f"{one.bundle.rubric.id}:{stage}.{name}"
        for one in report.every
        for stage, name in known_outputs(one)[::9]
    ]
    explained = [explanation(report, key, project, language) for key in some]
    told = [markdown_report(report, language), render([report], "text", Look(language, 100))]
    return "\n".join([*told, *explained])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_chinese_report_has_no_english_sentence(path: Path) -> None:
    said = _said(path, "zh-Hant")
    assert set(ENGLISH.findall(said)) <= NAMES
    assert "proposed" not in said


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_punctuation_is_full_width_in_chinese_and_stands_without_blanks(path: Path) -> None:
    said = _said(path, "zh-Hant")
    assert APART.findall(said) == []
    assert HALF.findall(said) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_english_report_has_no_chinese(path: Path) -> None:
    assert not CHINESE.search(_said(path, "en"))
