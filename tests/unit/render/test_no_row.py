"""A decision of which surely no row holds is settled, and every renderer says so."""

from dataclasses import replace

import pytest
from tests.making.reports import example_report, words_of

from maturity.model.report import Report
from maturity.model.result import DecisionResult
from maturity.render.explain import explanation
from maturity.render.markdown import markdown
from maturity.render.markdown.view import report_view
from maturity.render.terminal import terminal

SAID = {"en": "none of its rows holds", "zh-Hant": "各列皆不成立"}


def without_rows(name: str = "linknyc.yaml") -> Report:
    """The example as if no row of any decision held."""
    report = example_report(name)
    projects = tuple(
        replace(
            one,
            result=one.result._replace(
                decisions=tuple(DecisionResult(d.id, None, ()) for d in one.result.decisions)
            ),
        )
        for one in report.projects
    )
    return replace(report, projects=projects)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_it_is_told_as_settled(language: str) -> None:
    report, said = without_rows(), SAID[language]
    words = words_of(report, language)
    [project] = report_view(report, words).projects
    assert project.verdict is not None
    assert (project.verdict.settled, project.verdict.outcomes[0].name) == (True, said)
    decided = [row for row in project.tiers if said in (row.confirmed, row.possible)]
    assert len(decided) == 4
    assert all(row.confirmed == row.possible == said for row in decided)
    assert said in [fact.says for fact in project.sure]
    assert f"{said}{'.' if language == 'en' else '。'}**" in markdown(report, words)
    shown = terminal(report, words, 100, color=False)
    assert shown.count(said) >= 5
    assert words.say("terminal.verdict-open", count=0, every=9)[:14] not in shown


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_it_is_explained(language: str) -> None:
    report = without_rows()
    words = words_of(report, language)
    verdict = report.bundle.rubric.summary.verdict
    told = explanation(report, report.projects[0], f"decision.{verdict}", words)
    assert SAID[language] in told


def test_a_city_of_several_tells_it_in_its_table() -> None:
    report = without_rows("street-lights.yaml")
    overview = report_view(report, words_of(report)).overview
    assert overview is not None
    assert {row.verdict for row in overview.projects} <= {SAID["en"]}
    assert {row.reason for row in overview.projects} == {"–"}


def test_without_a_verdict_what_is_sure_still_tells_it() -> None:
    report = without_rows()
    rubric = report.bundle.rubric
    summary = rubric.summary.model_copy(update={"verdict": None})
    bundle = replace(report.bundle, rubric=rubric.model_copy(update={"summary": summary}))
    report = replace(report, bundle=bundle)
    shown = terminal(report, words_of(report), 100, color=False)
    assert f"= {words_of(report).output('decision.suitable')}: {SAID['en']}" in shown
