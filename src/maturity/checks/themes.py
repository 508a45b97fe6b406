"""Themes that rules and sections name."""

from collections.abc import Iterator

from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Steps
from maturity.checks.judged import Judged


def unknown_themes(judged: Judged) -> Iterator[Diagnostic]:
    """M202: a rule or a section names a theme that the questionnaire does not have."""
    for theme, steps in _themes(judged):
        if theme not in judged.questions.themes:
            yield judged.questions.unknown_theme(theme, judged.places.of(steps))


def _themes(judged: Judged) -> Iterator[tuple[str, Steps]]:
    rubric = judged.rubric
    for name, score in rubric.scores.items():
        if score.theme is not None:
            yield score.theme, ("scores", name, "theme")
    for name, item in rubric.checklists.items():
        yield item.theme, ("checklists", name, "theme")
    for name, flag in rubric.flags.items():
        yield flag.theme, ("flags", name, "theme")
    for name, advice in rubric.recommendations.items():
        yield advice.theme, ("recommendations", name, "theme")
    for index, section in enumerate(rubric.summary.sections):
        yield section.theme, ("summary", "sections", index, "theme")
        for number, theme in enumerate(section.also):
            yield theme, ("summary", "sections", index, "with", number)
