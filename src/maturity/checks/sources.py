"""Where statements come from: keys of the bibliography, and statements without a source."""

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Places, Steps
from maturity.checks.hints import instead_of
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric
from maturity.rules.source import Source, SourcePlaces, as_sources

Sourced: TypeAlias = tuple[Steps, Source | None, bool]
"""The steps of an entry, its source, and whether it has to give one."""

PROPOSED = "proposed"


def check_sources(
    entries: Iterable[Sourced], places: Places, known: Collection[str]
) -> Iterator[Diagnostic]:
    """Both checks over the entries of a file."""
    for entry in entries:
        if entry[1] is None:
            yield from missing_source(entry, places)
        else:
            yield from unknown_sources(entry, places, known)


def missing_source(entry: Sourced, places: Places) -> Iterator[Diagnostic]:
    """M210: a statement does not say where it comes from."""
    steps, _, is_wanted = entry
    if is_wanted:
        message = f"{quoted(str(steps[-1]))} does not say where it comes from"
        if isinstance(steps[-1], int):
            message = "this entry does not say where it comes from"
        hint = f"add `source:` with `key:place`, or `{PROPOSED}` where it is this model's judgement"
        yield Diagnostic.of(Code.MISSING_SOURCE, places.of(steps, key=True), message, hint)


def unknown_sources(entry: Sourced, places: Places, known: Collection[str]) -> Iterator[Diagnostic]:
    """M209: a source names a key that the bibliography does not have."""
    steps, source, _ = entry
    for index, reference in enumerate(as_sources(source)):
        key = reference.split(":", 1)[0]
        if reference != PROPOSED and key not in known:
            at = (*steps, "source") if isinstance(source, str) else (*steps, "source", index)
            message = f"the bibliography has no source {quoted(key)}"
            hint = instead_of(key, sorted(known), "under `sources` stand")
            yield Diagnostic.of(Code.UNKNOWN_SOURCE, places.of(at), message, hint)


def unknown_places(
    named: SourcePlaces, places: Places, known: Collection[str]
) -> Iterator[Diagnostic]:
    """M209: a place is named in a work that the bibliography does not have."""
    for reference in named:
        key = reference.split(":", 1)[0]
        if key not in known:
            message = f"the bibliography has no source {quoted(key)}"
            hint = instead_of(key, sorted(known), "under `sources` stand")
            place = places.of(("places", reference), key=True)
            yield Diagnostic.of(Code.UNKNOWN_SOURCE, place, message, hint)


def sources_in_questionnaire(questionnaire: Questionnaire) -> Iterator[Sourced]:
    """The questions."""
    for index, question in enumerate(questionnaire.questions):
        yield ("questions", index), question.source, True


def sources_in_rubric(rubric: Rubric) -> Iterator[Sourced]:
    """The rules; an outcome needs no source of its own where its ladder or decision gives one."""
    for name, condition in rubric.conditions.items():
        yield ("conditions", name), condition.source, True
    for name, score in rubric.scores.items():
        yield ("scores", name), score.source, True
    for name, ladder in rubric.ladders.items():
        yield ("ladders", name), ladder.source, False
        for index, level in enumerate(ladder.levels):
            yield ("ladders", name, "levels", index), level.source, ladder.source is None
    for name, decision in rubric.decisions.items():
        yield ("decisions", name), decision.source, False
        rows = ("rows",) if decision.bands is None else ("bands", "rows")
        for index, row in enumerate(decision.outcomes()):
            yield ("decisions", name, *rows, index), row.source, decision.source is None
    for name, item in rubric.checklists.items():
        yield ("checklists", name), item.source, True
    for name, flag in rubric.flags.items():
        yield ("flags", name), flag.source, True
    for name, advice in rubric.recommendations.items():
        yield ("recommendations", name), advice.source, True
