"""Explanations: every value, down to answers that stand in the file."""

import re
from collections.abc import Iterable, Iterator

import pytest
import wcwidth
from tests.making.reports import example_report, renamed, small_report, words_of
from tests.making.shipped import EXAMPLES
from tests.making.size import some

from maturity.base.characters import HIDDEN
from maturity.i18n.catalog import catalog
from maturity.model.report import ProjectReport, Report
from maturity.render.explain import explanation


def outputs(report: Report) -> Iterator[str]:
    rubric = report.bundle.rubric
    stages: dict[str, Iterable[str]] = {
        "condition": rubric.conditions,
        "score": rubric.scores,
        "ladder": rubric.ladders,
        "decision": rubric.decisions,
        "check": rubric.checklists,
        "flag": rubric.flags,
        "recommendation": rubric.recommendations,
    }
    return (f"{stage}.{name}" for stage, found in stages.items() for name in found)


def project(report: Report, name: str) -> ProjectReport:
    return next(one for one in report.projects if one.project.id == name)


def explained(output: str, of: str = "dam", language: str = "en") -> str:
    report = small_report()
    return explanation(report, project(report, of), output, words_of(report, language))


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("language", "missing", "change"),
    [
        ("en", "not answered in the file", "What would change it"),
        ("zh-Hant", "檔案中未作答", catalog("zh-Hant").say("explain.changes")),
    ],
)
@pytest.mark.parametrize("name", some(EXAMPLES, ("linknyc.yaml",)))
def test_every_explanation_ends_in_the_file(
    name: str, language: str, missing: str, change: str
) -> None:
    """In every project: places of the file, or that nothing is answered there."""
    report = example_report(name)
    words = words_of(report, language)
    place = re.compile(rf"examples/{re.escape(name)}:\d+")
    for one in some(report.projects, report.projects[:1]):
        for output in outputs(report):
            text = explanation(report, one, output, words)
            flat = "".join(text.split())  # lines break anywhere in Chinese
            assert place.search(flat) or missing.replace(" ", "") in flat, output
            assert change in text


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_leaf_is_told_with_its_place_or_as_missing(language: str) -> None:
    report = small_report()
    words = words_of(report, language)
    for output in outputs(report):
        for one in report.projects:
            text = explanation(report, one, output, words)
            told = " ".join(text.split())
            for question in set(re.findall(r"\[([a-z.]+)\]", told)) & report.bundle.shapes.keys():
                assert report.bundle.questions[question].ask.plain in told


@pytest.mark.parametrize("width", [40, 60, 88, 120])
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_lines_fit(language: str, width: int) -> None:
    report = example_report("linknyc.yaml")
    words = words_of(report, language)
    for output in ("decision.verdict", "ladder.supported", "score.risk-gov"):
        text = explanation(report, report.projects[0], output, words, width)
        assert max(map(wcwidth.wcswidth, text.splitlines())) <= width


def test_a_ladder_level_by_level() -> None:
    text = explained("ladder.depth")
    assert "Result: confirmed D1 Wet; possible up to D2 Deep" in text
    assert "✓ Depth reaches D1 Wet: yes" in text
    assert "? at least 2 of these 3 must hold: yes 0, open 2, no 1" in text


def test_an_answer_with_side_place_evidence_and_note() -> None:
    text = explained("flag.shallow")
    assert "answer (joint): 5 years – lakeside.yaml:14" in text
    assert "evidence: signed clause: Contract of 2024, clause 2\n" in text
    assert "justification: Meant so.\n" in text
    assert "note: As agreed.\n" in text
    assert "raised, information; lowered from warning: justified (years)" in text


def test_both_sides_with_their_own_places() -> None:
    text = explained("score.care")
    assert "answer (government): Fully – lakeside.yaml:17" in text
    assert "answer (private partner): Not at all – lakeside.yaml:18" in text


def test_what_does_not_apply_says_why() -> None:
    text = explained("score.rare", "well")
    assert "does not apply, so it drops out" in text
    assert "not used: answer (government): Fully" in text
    assert "does not apply, because of this:" in text
    assert "✗ What kind is it? [kind]: no" in text
    assert "reason: There is nothing to rehearse." in explained("score.care")


def test_in_chinese_what_decides_and_the_evidence_stand_without_blanks() -> None:
    assert "佐證：已簽署條款：Contract of 2024，clause 2\n" in explained(
        "flag.shallow", language="zh-Hant"
    )


def test_a_named_value_is_opened_once() -> None:
    text = explained("score.lowest")
    assert text.count("sum by weight") == 1
    assert "How long? [years] (see above): 5 (weight 0.1)" in text


def test_a_decision_stops_at_the_first_row_that_holds() -> None:
    assert "“High” fits" not in explained("decision.mood")
    assert "“High” fits" in explained("decision.mood", "well")


def test_a_score_with_weights_methods_and_moves() -> None:
    text = explained("score.lowest")
    assert "= Lowest [lowest], the least of these: 1–2" in text
    assert "= 4 points where the following holds, else 1: 1 (weight 1)" in text
    assert "These answers would lift it most:\n    How long? [years] = 10 years: 1–5" in text
    assert "These answers would lower it most:" in text


@pytest.mark.parametrize("output", ["score.openness", "score.data-rights-gov"])
def test_what_moves_a_score_most_comes_first(output: str) -> None:
    """Of each question the answer that moves it most, those that move it further before others."""
    report = example_report("all-unknown.yaml")
    text = explanation(report, report.projects[0], output, words_of(report, "en"), width=400)
    lifting, lowering = re.findall(r"would (?:lift|lower) it most:\n((?:    .+\n?)+)", text)
    for lines, sign in ((lifting, -1), (lowering, 1)):
        moves = re.findall(r"= .*: ([\d.]+)–([\d.]+)$", lines, re.MULTILINE)
        middles = [sign * (float(least) + float(most)) for least, most in moves]
        assert len(middles) > 1
        assert middles == sorted(middles)


def test_a_checklist_item_status_by_status() -> None:
    text = explained("check.C1")
    assert "✗ Checklist item C1 has the status “met”: no" in text
    assert "Where none of these is so, the item is open." in text
    assert "the status “met”" not in explained("check.C1", "well")


def test_a_flag_with_its_watch() -> None:
    text = explained("flag.shallow", "well")
    assert "✗ Worth watching, even while the flag is open [shallow]: no" in text


def test_what_would_change_it() -> None:
    text = explained("flag.odd")
    assert "Result: not raised" in text
    assert "It would be “raised”, if one of these answers were so:" in text
    assert "Who bears it? – Flood [risk.flood] = “Partly, or so”" in text
    assert "None of the single answers that were tried would settle or change it." in explained(
        "condition.never"
    )
    assert "It would be “not given”" in explained("recommendation.dig", "well")


def test_many_changes_are_counted() -> None:
    report = example_report("linknyc.yaml")
    text = explanation(report, report.projects[0], "score.risk-gov", words_of(report))
    assert re.search(r"and answers to \d+ more questions", text)


def test_open_answers_of_other_outputs_are_told_in_short() -> None:
    report = example_report("all-unknown.yaml")
    text = explanation(report, report.projects[0], "decision.verdict", words_of(report))
    assert re.search(r"Supported tier reaches T1 [^:]+: open\n\s+not answered in the file: ", text)
    assert text.count("\n") < 300


def test_in_chinese() -> None:
    text = explained("ladder.depth", language="zh-Hant")
    assert "理由" in text
    assert "答案（共同答案）：5 years – lakeside.yaml:14" in text
    assert "什麼會改變結果" in text


def test_there_is_no_such_output() -> None:
    with pytest.raises(KeyError):
        explained("ladder.nothing")


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "\u202e", "\ud800", "a\nb\tc", "[/]", "\x9b", "e\u0301"]
)
def test_no_text_harms(text: str) -> None:
    report = renamed(small_report(), text)
    for output in outputs(report):
        for one in report.projects:
            found = explanation(report, one, output, words_of(report))
            assert not HIDDEN.search(found)
            assert "\t" not in found
            found.encode("utf-8")
