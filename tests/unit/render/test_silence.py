"""Rubrics whose scores judge a question that nobody answered say so, and promise no more."""

from typing import Final

import pytest
from tests.making.reports import example_report, words_of
from tests.making.shipped import ROOT

from maturity.api.assessing import assess
from maturity.i18n.catalog import LANGUAGES, catalog
from maturity.loading.models import Source
from maturity.model.report import Report
from maturity.render.explain import explanation
from maturity.render.markdown import markdown
from maturity.render.terminal import terminal

MODELS: Final = ROOT / "tests" / "models"
CITY: Final = b"""
format: maturity/city@1
questionnaire: averages
city: {name: Lakeside}
assessed: 2026-11-01
projects:
  - {id: library, name: Library, domain: water, answers: {open-late: mostly, repair: unknown}}
"""
DEFAULT: Final = {
    "en": ("surely", "settle none of the results", "Surely", "is sure,"),
    "zh-Hant": ("確定高於", "可以確定的事", "已可確定的事項", "為確定部分"),
}


def averages(rubric: str = "averages.yaml") -> Report:
    path = MODELS / rubric
    questionnaire = MODELS / "averages.questionnaire.yaml"
    return assess(Source("city.yaml", CITY), str(path), str(questionnaire))


def explained(output: str, language: str = "en") -> str:
    report = averages()
    text = explanation(report, report.projects[0], output, words_of(report, language), 200)
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_called_sure_that_an_answer_could_change(language: str) -> None:
    report = averages()
    words = words_of(report, language)
    for text in (markdown(report, words), terminal(report, words, 100, color=False)):
        told = " ".join(text.split())
        assert not [said for said in DEFAULT[language] if said in told]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policies_are_told_with_the_scores_that_follow_them(language: str) -> None:
    report = averages()
    words = words_of(report, language)
    least, skip, means = words.silences()
    assert "Care, strictly; Weighed" in least.replace("；", "; ")
    assert "Balance" not in least
    assert "Care as told" in skip
    assert means == words.say("common.silence-means")
    page = markdown(report, words)
    assert all(f"- {sentence}" in page for sentence in (least, skip, means))
    shown = "".join(terminal(report, words, 100, color=False).split())
    assert "".join(skip.split()) in shown


def test_one_policy_for_all_scores_is_told_without_their_names() -> None:
    report = averages()
    scores = {name: one for name, one in report.bundle.rubric.scores.items() if name == "opening"}
    words = words_of(report)
    only = words.bundle.rubric.model_copy(update={"scores": scores})
    alone = type(words)(words.catalog, type(words.bundle)(words.bundle.questionnaire, only))
    assert alone.silences()[0] == catalog("en").say("common.silence-least-every")


def test_a_rubric_that_keeps_silence_open_says_nothing_of_it() -> None:
    report = example_report("linknyc.yaml")
    assert words_of(report).silences() == ()
    assert "surely" in terminal(report, words_of(report), 80, color=False)


@pytest.mark.parametrize(
    ("language", "least", "skip"),
    [
        ("en", "counts the least): 1 (weight 2)", "nobody answered, so this score leaves it out"),
        ("zh-Hant", "本分數以最低分計入）：1（權重 2）", "無人作答，本分數不列入計算"),
    ],
)
def test_an_explanation_tells_at_each_question_what_its_silence_counts(
    language: str, least: str, skip: str
) -> None:
    assert least in explained("score.opening", language)
    assert explained("score.care-told", language).count(skip) == 3
    assert skip not in explained("score.care-open", language)


def test_every_sentence_that_stands_in_for_another_has_one_and_takes_the_same_parameters() -> None:
    for language in LANGUAGES:
        said = catalog(language).sentences
        special = {key.removeprefix("as-it-stands."): key for key in said if "as-it-" in key}
        assert special.keys() <= said.keys()
        assert len(special) > 10
