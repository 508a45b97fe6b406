"""What a rubric must keep beside its questionnaire."""

from collections.abc import Callable, Iterator

from maturity.base.diagnostics import Diagnostic
from maturity.base.nearest import few_guesses
from maturity.base.places import Places
from maturity.base.text import Text
from maturity.checks import advice, references, scales, tables
from maturity.checks.answered import check_readings, crossed_bounds
from maturity.checks.bands import bands
from maturity.checks.fit import other_questionnaire, other_version
from maturity.checks.judged import Judged
from maturity.checks.negations import negated_inapplicable
from maturity.checks.points import check_points
from maturity.checks.settled import settled_thresholds
from maturity.checks.sources import check_sources, sources_in_rubric, unknown_places
from maturity.checks.texts import missing_translations
from maturity.checks.themes import unknown_themes
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric


@few_guesses()
def check_bundle(rubric: Rubric, places: Places, questionnaire: Questionnaire) -> list[Diagnostic]:
    """Every fault of a rubric, sorted by place.

    Beside another questionnaire than its own every name would be unknown: only that is told.
    """
    judged = Judged(rubric, places, questionnaire)
    stranger = list(other_questionnaire(judged))
    return stranger or sorted(fault for check in CHECKS for fault in check(judged))


def check_alone(rubric: Rubric, places: Places) -> list[Diagnostic]:
    """Every fault of a rubric that shows without its questionnaire, sorted by place."""
    named, unread = rubric.questionnaire.id, Text()
    none = Questionnaire.model_construct(
        format="maturity/questionnaire@1",
        id=named,
        version="",
        name=unread,
        themes={},
        questions=(),
    )
    judged = Judged(rubric, places, none)
    return sorted(fault for check in ALONE for fault in check(judged))


def _conditions(judged: Judged) -> Iterator[Diagnostic]:
    return check_readings(judged.mentions, judged.readings, judged.places, judged.questions)


def _bounds(judged: Judged) -> Iterator[Diagnostic]:
    return crossed_bounds(judged.mentions, judged.places)


def _sources(judged: Judged) -> Iterator[Diagnostic]:
    known = {*judged.rubric.sources, *judged.questionnaire.sources}
    yield from check_sources(sources_in_rubric(judged.rubric), judged.places, known)
    yield from unknown_places(judged.rubric.places, judged.places, known)


def _translations(judged: Judged) -> Iterator[Diagnostic]:
    return missing_translations(judged.rubric, judged.places)


CHECKS: tuple[Callable[[Judged], Iterator[Diagnostic]], ...] = (
    other_version,
    _conditions,
    references.check_references,
    references.unknown_outcomes,
    references.not_comparable,
    references.shared_names,
    negated_inapplicable,
    check_points,
    scales.scales_not_rising,
    scales.scales_left,
    scales.negative_points,
    bands,
    tables.duplicate_outcomes,
    tables.unreachable_rows,
    tables.missing_last_rows,
    advice.unknown_questions,
    advice.rests_on_nothing,
    advice.departures,
    advice.unknown_horizons,
    advice.answers_aimed_at,
    advice.flags_without_advice,
    advice.checks_without_advice,
    advice.unused_conditions,
    settled_thresholds,
    unknown_themes,
    _sources,
    _translations,
)
"""The checks of a rubric; each function says which codes it gives."""

ALONE: tuple[Callable[[Judged], Iterator[Diagnostic]], ...] = (
    _bounds,
    references.check_references,
    references.unknown_outcomes,
    references.not_comparable,
    references.shared_names,
    scales.scales_not_rising,
    tables.duplicate_outcomes,
    tables.unreachable_rows,
    tables.missing_last_rows,
    advice.rests_on_nothing,
    advice.unknown_horizons,
    advice.flags_without_advice,
    advice.checks_without_advice,
    advice.unused_conditions,
    _translations,
)
"""Those that look at no question."""
