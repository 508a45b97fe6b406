"""The rules of a bundle as people wrote them: every condition and part of one, with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from maturity.base.ids import NOT_APPLICABLE
from maturity.base.places import At
from maturity.model.bundle import Bundle
from maturity.rules import conditions
from maturity.rules.answers import AnswerIn
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, Form, NotThat
from maturity.rules.decisions import Band, Decision
from maturity.rules.expr import Condition
from maturity.rules.flags import Departure
from maturity.rules.references import ScoreWithin
from maturity.rules.scores import ConditionItem

Written: TypeAlias = bool | Form
"""A condition as the models hold it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A condition, or a part of one, as it stands in a file; `key` is what the plan calls it."""

    key: str
    at: At
    form: Written

    def below(self, form: Written, *steps: str | int) -> "Part":
        """A part of this one."""
        return Part(self.key, At(self.at.document, (*self.at.steps, *steps)), form)

    def lowered(self, bundle: Bundle) -> Condition:
        """The condition in the closed algebra."""
        return conditions.lower(self.form, bundle)


def items(part: Part) -> tuple[Part, ...]:
    """The parts directly below a part, in order."""
    match part.form:
        case AllOf(all=(where, unusual)) if part.at.steps[-1] == "departs":
            return (part.below(where, "where"), part.below(unusual, "usual"))
        case AllOf(all=forms):
            return tuple(part.below(form, "all", n) for n, form in enumerate(forms))
        case AnyOf(any=forms):
            return tuple(part.below(form, "any", n) for n, form in enumerate(forms))
        case AtLeastOf(of=forms):
            return tuple(part.below(form, "of", n) for n, form in enumerate(forms))
        case NotThat(item=form):
            return (part.below(form, "not"),)
    return ()


def walk(part: Part) -> Iterator[Part]:
    """A part and all below it, from the top down."""
    yield part
    for item in items(part):
        yield from walk(item)


def rules(bundle: Bundle) -> dict[str, Part]:
    """Every condition of both files by the key of the plan, in the order of the stages.

    Conditions within scores have keys of their own: `score.<id>#<item>`. A departure is told as
    two parts of one rule; a band, as the bounds that it stands for.
    """
    found = [
        *_of_questions(bundle),
        *_of_scores(bundle),
        *_of_outcomes(bundle),
        *_of_advice(bundle),
    ]
    named = bundle.rubric.conditions.items()
    first = [_rule(f"condition.{n}", one.when, "conditions", n, "when") for n, one in named]
    return {part.key: part for part in (*first, *found)}


def _rule(key: str, form: Written, *steps: str | int) -> Part:
    return Part(key, At("rubric", steps), form)


def _of_questions(bundle: Bundle) -> Iterator[Part]:
    for index, question in enumerate(bundle.questionnaire.questions):
        at = At("questionnaire", ("questions", index, "applies_when"))
        for name in question.answerable():
            yield Part(f"applies.{name}", at, question.applies_when)


def _of_scores(bundle: Bundle) -> Iterator[Part]:
    for name, score in bundle.rubric.scores.items():
        for index, item in enumerate(score.items):
            if isinstance(item, ConditionItem):
                steps = ("scores", name, "items", index, "when")
                yield _rule(f"score.{name}#{index}", item.when, *steps)


def _of_outcomes(bundle: Bundle) -> Iterator[Part]:
    for name, ladder in bundle.rubric.ladders.items():
        for index, level in enumerate(ladder.levels):
            steps = ("ladders", name, "levels", index, "when")
            yield _rule(f"ladder.{name}.{level.id}", level.when, *steps)
    for name, decision in bundle.rubric.decisions.items():
        yield from _of_decision(name, decision)


def _of_decision(name: str, decision: Decision) -> Iterator[Part]:
    for index, row in enumerate(decision.rows or ()):
        yield _rule(f"decision.{name}?{row.id}", row.when, "decisions", name, "rows", index, "when")
    if decision.bands is not None:
        for index, band in enumerate(decision.bands.rows):
            form = _as_bounds(decision.bands.score, band)
            steps = ("decisions", name, "bands", "rows", index)
            yield _rule(f"decision.{name}?{band.id}", form, *steps)


def _as_bounds(score: str, band: Band) -> ScoreWithin:
    return ScoreWithin(
        score=score,
        at_least=band.at_least,
        above=band.above,
        at_most=band.at_most,
        below=band.below,
    )


def _of_advice(bundle: Bundle) -> Iterator[Part]:
    for name, item in bundle.rubric.checklists.items():
        steps = ("checklists", name)
        yield _rule(f"check.{name}!", item.applies, *steps, "applies")
        yield _rule(f"check.{name}?met", item.met, *steps, "met")
        yield _rule(f"check.{name}?partly", item.partly, *steps, "partly")
    for name, flag in bundle.rubric.flags.items():
        steps = ("flags", name)
        if flag.departs is None:
            yield _rule(f"flag.{name}", flag.when or False, *steps, "when")
        else:
            yield _rule(f"flag.{name}", _as_form(flag.departs, bundle), *steps, "departs")
        yield _rule(f"watch.{name}", flag.watch, *steps, "watch")
    for name, advice in bundle.rubric.recommendations.items():
        yield _rule(f"recommendation.{name}", advice.when, "recommendations", name, "when")


def _as_form(departs: Departure, bundle: Bundle) -> AllOf:
    """A departure as a condition; its parts stand at the same place."""
    excused = {*departs.usual, *departs.silent, NOT_APPLICABLE}
    options = bundle.shape(departs.question).options
    unusual = tuple(option for option in options if option not in excused)
    answered = AnswerIn(answer=departs.question, options=unusual) if unusual else False
    return AllOf(all=(departs.where, answered))
