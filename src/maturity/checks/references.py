"""References of rules to other entries of the rubric: unknown names, and names that come later."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Steps
from maturity.checks.hints import instead_of
from maturity.checks.judged import Judged
from maturity.checks.mentions import Mention, Position
from maturity.rules.references import (
    Above,
    CheckIn,
    DecisionIn,
    FlagRaised,
    LadderAt,
    Named,
    ScoreWithin,
)
from maturity.rules.scores import ScoreItem

SINGULAR = {
    "conditions": "condition",
    "scores": "score",
    "ladders": "ladder",
    "decisions": "decision",
    "checklists": "checklist item",
    "flags": "flag",
    "recommendations": "recommendation",
}
EITHER = ("ladders", "decisions")


class Reference(NamedTuple):
    """A name that has to stand in one of the stages, the place of it, and who refers to it.

    `at` is None for references from outside the stages, which may be to anything.
    """

    stages: tuple[str, ...]
    name: str
    steps: Steps
    at: Position | None


def check_references(judged: Judged) -> Iterator[Diagnostic]:
    """Unknown names, and names that do not stand above."""
    for reference in chain(
        references_in_conditions(judged), references_in_stages(judged), references_above(judged)
    ):
        found = [
            judged.positions[stage][reference.name]
            for stage in reference.stages
            if reference.name in judged.positions[stage]
        ]
        if not found:
            yield unknown_name(reference, judged)
        elif reference.at is not None and max(found) >= reference.at:
            yield refers_ahead(reference, judged)


def unknown_name(reference: Reference, judged: Judged) -> Diagnostic:
    """M303: there is no such entry in the stage that is asked for."""
    kinds = " or ".join(SINGULAR[stage] for stage in reference.stages)
    message = f"there is no {kinds} {quoted(reference.name)}"
    others = [stage for stage in SINGULAR if reference.name in judged.positions[stage]]
    known = [name for stage in reference.stages for name in judged.positions[stage]]
    hint = instead_of(reference.name, known, "the names known here are")
    if others:
        hint = f"{quoted(reference.name)} is a {SINGULAR[others[0]]}; {hint}"
    place = judged.places.of(reference.steps)
    return Diagnostic.of(Code.UNKNOWN_NAME, place, message, hint)


def refers_ahead(reference: Reference, judged: Judged) -> Diagnostic:
    """M206: the entry is evaluated later than, or is, the one that refers to it."""
    stage = next(one for one in reference.stages if reference.name in judged.positions[one])
    message = f"the {SINGULAR[stage]} {quoted(reference.name)} is not yet evaluated here"
    hint = "refer to entries above this one or to earlier stages only (conditions, scores, "
    hint += "ladders, decisions, checklists, flags, recommendations), or move it up"
    return Diagnostic.of(Code.REFERS_AHEAD, judged.places.of(reference.steps), message, hint)


def references_in_conditions(judged: Judged) -> Iterator[Reference]:
    """What conditions refer to."""
    for mention in judged.mentions:
        yield from _references_of(mention)


def _references_of(mention: Mention) -> Iterator[Reference]:
    _, steps, at, _ = mention
    match mention.form:
        case Named(condition=name):
            yield Reference(("conditions",), name, (*steps, "condition"), at)
        case ScoreWithin(score=name):
            yield Reference(("scores",), name, (*steps, "score"), at)
        case LadderAt(ladder=name):
            yield Reference(("ladders",), name, (*steps, "ladder"), at)
        case DecisionIn(decision=name):
            yield Reference(("decisions",), name, (*steps, "decision"), at)
        case Above(above=names):
            for index, name in enumerate(names):
                yield Reference(EITHER, name, (*steps, "above", index), at)
        case CheckIn(check=names):
            yield from _one_or_several("checklists", names, (*steps, "check"), at)
        case FlagRaised(flag=names):
            yield from _one_or_several("flags", names, (*steps, "flag"), at)
        case _:
            return


def _one_or_several(
    stage: str, names: str | tuple[str, ...], steps: Steps, at: Position
) -> Iterator[Reference]:
    if isinstance(names, str):
        yield Reference((stage,), names, steps, at)
        return
    for index, name in enumerate(names):
        yield Reference((stage,), name, (*steps, index), at)


def references_in_stages(judged: Judged) -> Iterator[Reference]:
    """Scores in scores and under bands, and scores by whose points a ladder rises."""
    for index, (name, score) in enumerate(judged.rubric.scores.items()):
        for number, item in enumerate(score.items):
            if isinstance(item, ScoreItem):
                steps = ("scores", name, "items", number, "score")
                yield Reference(("scores",), item.score, steps, (1, index))
    for index, (name, ladder) in enumerate(judged.rubric.ladders.items()):
        for number, rising in enumerate(ladder.monotone):
            yield Reference(("scores",), rising, ("ladders", name, "monotone", number), (2, index))
    for index, (name, decision) in enumerate(judged.rubric.decisions.items()):
        if decision.bands is not None:
            bands = ("decisions", name, "bands", "score")
            yield Reference(("scores",), decision.bands.score, bands, (3, index))


def references_above(judged: Judged) -> Iterator[Reference]:
    """What the summary shows first."""
    summary = judged.rubric.summary
    if summary.verdict is not None:
        yield Reference(("decisions",), summary.verdict, ("summary", "verdict"), None)
    for key in ("columns", "also", "spread"):
        for index, name in enumerate(getattr(summary, key)):
            yield Reference(EITHER, name, ("summary", key, index), None)


def unknown_outcomes(judged: Judged) -> Iterator[Diagnostic]:
    """M304: a condition names a level or row that its ladder or decision does not have."""
    for mention in judged.mentions:
        match mention.form:
            case LadderAt(ladder=name, at_least=level, below=below) if (
                name in judged.rubric.ladders
            ):
                key = "at_least" if level is not None else "below"
                wanted = level or below or ""
                yield from _unknown_outcome("level", wanted, name, (*mention.steps, key), judged)
            case DecisionIn(decision=name, rows=rows) if name in judged.rubric.decisions:
                for index, row in enumerate(rows):
                    steps = (*mention.steps, "in", index)
                    yield from _unknown_outcome("row", row, name, steps, judged)
            case _:
                continue


def _unknown_outcome(
    kind: str, outcome: str, name: str, steps: Steps, judged: Judged
) -> Iterator[Diagnostic]:
    known = judged.outcomes(name)
    if outcome not in known:
        message = f"{quoted(name)} has no {kind} {quoted(outcome)}"
        hint = instead_of(outcome, known, f"its {kind}s are")
        yield Diagnostic.of(Code.UNKNOWN_OUTCOME, judged.places.of(steps), message, hint)


def not_comparable(judged: Judged) -> Iterator[Diagnostic]:
    """M305: `above` compares things without an order in common."""
    for mention in judged.mentions:
        if isinstance(mention.form, Above):
            high, low = mention.form.above
            why = _why_not_comparable(high, low, judged)
            if why is not None:
                place = judged.places.of((*mention.steps, "above"))
                message = f"{quoted(high)} and {quoted(low)} cannot be compared: {why}"
                hint = "compare ladders with the same levels, or a ladder with a decision whose "
                hint += "rows carry the ids of its levels"
                yield Diagnostic.of(Code.NOT_COMPARABLE, place, message, hint)


def _why_not_comparable(high: str, low: str, judged: Judged) -> str | None:
    first, second = judged.outcomes(high), judged.outcomes(low)
    ladders = [name for name in (high, low) if name in judged.rubric.ladders]
    if not first or not second:
        return None  # unknown: told elsewhere
    if not ladders:
        return "neither is a ladder, so nothing says which outcome is higher"
    if len(ladders) > 1:
        return None if first == second else "their levels differ"
    return None if set(first) & set(second) else "no row of the decision is a level of the ladder"


def shared_names(judged: Judged) -> Iterator[Diagnostic]:
    """M314: a decision has the id of a ladder, so that references to it are open."""
    for name in judged.rubric.decisions:
        if name in judged.rubric.ladders:
            there = judged.place("ladders", name, key=True)
            message = f"a ladder is called {quoted(name)}, too; it stands at {there}"
            hint = "give one of the two another id: `above` and the summary name either by id"
            place = judged.place("decisions", name, key=True)
            yield Diagnostic.of(Code.SHARED_NAME, place, message, hint)
