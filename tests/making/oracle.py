"""A second reading of the models, for settled answers only, written apart from the engine.

It reads the models as people write them, not the algebra that they are lowered to, and knows
neither intervals nor unknowns: what it says of every settled world, the engine must allow.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from math import fsum, prod
from typing import TypeAlias, assert_never

from tests.making.shipped import Models

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.trials import trials
from maturity.model.state import ChoiceState, MultiState, NumberState, State, TextState
from maturity.plan import Plan
from maturity.rules.answers import (
    AnswerChosen,
    AnswerHas,
    AnswerHasAll,
    AnswerIn,
    AnswerLacks,
    AnswerNumber,
    Count,
    Every,
    Share,
)
from maturity.rules.bounded import Bounded
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, Form, NotThat
from maturity.rules.decisions import Decision
from maturity.rules.flags import Flag
from maturity.rules.ladders import Ladder
from maturity.rules.references import (
    Above,
    CheckIn,
    DecisionIn,
    FlagRaised,
    LadderAt,
    Named,
    ScoreWithin,
)
from maturity.rules.scores import (
    ConditionItem,
    PointsTable,
    QuestionItem,
    QuestionsItem,
    Score,
    ScoreItem,
)

Settled: TypeAlias = str | frozenset[str] | float
"""An option or `not-applicable`; the options chosen; a number. A text is `not-applicable` here."""

Outcomes: TypeAlias = dict[str, str | float | bool | None]
"""By key: a level or none, a row or none, a status, a number or none, a truth."""


def worlds(models: Models, raw: Mapping[str, State]) -> Iterator[dict[str, Settled]]:
    """Every way in which the questions may be settled, once it is known which apply."""
    names = list(raw)
    for picks in product(*(list(_ways(models.plan, name, raw[name])) for name in names)):
        yield applicable(models, dict(zip(names, picks, strict=True)))


def ways_count(models: Models, raw: Mapping[str, State]) -> int:
    """How many worlds there are."""
    return prod(len(list(_ways(models.plan, name, state))) for name, state in raw.items())


def _ways(plan: Plan, question: str, state: State) -> Iterator[Settled]:
    shape = plan.shapes[question]
    match state:
        case ChoiceState(possible):
            yield from sorted(possible)
        case TextState():
            yield NOT_APPLICABLE
        case MultiState(chosen, refused, applies):
            rest = sorted(frozenset(shape.options) - chosen - refused)
            picks = chain.from_iterable(combinations(rest, n) for n in range(len(rest) + 1))
            yield from (chosen | frozenset(pick) for pick in picks if applies is not False)
            yield from [NOT_APPLICABLE] * (applies is not True)
        case NumberState(applies=applies):
            tried = (one for one in trials(plan, question, state) if isinstance(one, NumberState))
            yield from (one.least for one in tried if applies is not False)
            yield from [NOT_APPLICABLE] * (applies is not True)
        case _:
            assert_never(state)


def applicable(models: Models, picks: Mapping[str, Settled]) -> dict[str, Settled]:
    """A world in which the questions that do not apply are not answered."""
    world: dict[str, Settled] = {}
    for name, question in models.bundle.questions.items():
        holds = Oracle(models, world).holds(question.applies_when)
        world[name] = picks[name] if holds else NOT_APPLICABLE
    return world


@dataclass
class Oracle:
    """The outcomes of one world. `silent`: the questions that scores read by their policy."""

    models: Models
    world: Mapping[str, Settled]
    silent: frozenset[str] = frozenset()
    found: Outcomes = field(default_factory=dict)

    def outcomes(self) -> Outcomes:
        """Every output of the rubric."""
        rubric = self.models.bundle.rubric
        for name, named in rubric.conditions.items():
            self.found[f"condition.{name}"] = self.holds(named.when)
        for name, score in rubric.scores.items():
            self.found[f"score.{name}"] = self.score(score)
        for name, ladder in rubric.ladders.items():
            self.found[f"ladder.{name}"] = self.level(ladder)
        for name, decision in rubric.decisions.items():
            self.found[f"decision.{name}"] = self.row(decision)
        for name, item in rubric.checklists.items():
            statuses = {"not-applicable": not self.holds(item.applies), "met": self.holds(item.met)}
            statuses |= {"partly": self.holds(item.partly), "open": True}
            self.found[f"check.{name}"] = next(one for one, holds in statuses.items() if holds)
        for name, flag in rubric.flags.items():
            self.found[f"flag.{name}"] = self.raised(flag)
        for name, advice in rubric.recommendations.items():
            self.found[f"recommendation.{name}"] = self.holds(advice.when)
        return self.found

    def holds(self, form: bool | Form) -> bool:  # noqa: C901, PLR0912 - one arm a form
        """Whether a condition holds."""
        match form:
            case bool():
                return form
            case AllOf():
                return all(map(self.holds, form.all))
            case AnyOf():
                return any(map(self.holds, form.any))
            case NotThat():
                return not self.holds(form.item)
            case AtLeastOf():
                return sum(map(self.holds, form.of)) >= form.at_least
            case AnswerIn():
                return self.world[form.answer] in form.options
            case AnswerHas() | AnswerHasAll() | AnswerLacks() | AnswerChosen():
                return self.chosen(form)
            case AnswerNumber():
                return self.within(self.world[form.answer], form, form.or_not_applicable)
            case Every():
                asked = self.selected(form.every)
                return (
                    all(self.world[one] in form.options for one in asked)
                    if asked
                    else form.if_empty
                )
            case Count():
                listed = [self.world[one] in form.options for one in self.selected(form.count)]
                return sum(listed) >= form.at_least
            case Share():
                return self.share(form)
            case Named():
                return self.found[f"condition.{form.condition}"] is True
            case ScoreWithin():
                value = self.found[f"score.{form.score}"]
                return self.within(
                    NOT_APPLICABLE if value is None else value, form, form.or_not_applicable
                )
            case LadderAt():
                levels = self.models.bundle.steps(form.ladder).ids
                there = self.rank(form.ladder, levels) >= levels.index(
                    form.at_least or form.below or ""
                )
                return there if form.at_least else not there
            case DecisionIn():
                return self.found[f"decision.{form.decision}"] in form.rows
            case Above():
                high, low = form.above
                ladders = self.models.bundle.rubric.ladders
                levels = self.models.bundle.steps(high if high in ladders else low).ids
                return self.rank(high, levels) > self.rank(low, levels)
            case CheckIn():
                names = (form.check,) if isinstance(form.check, str) else form.check
                return any(self.found[f"check.{name}"] in form.statuses for name in names)
            case FlagRaised():
                flags = (form.flag,) if isinstance(form.flag, str) else form.flag
                return any(self.found[f"flag.{name}"] is True for name in flags)
        assert_never(form)

    def chosen(self, form: AnswerHas | AnswerHasAll | AnswerLacks | AnswerChosen) -> bool:
        """Whether a multi question holds what is asked."""
        answer = self.world[form.answer]
        if not isinstance(answer, frozenset):
            return form.or_not_applicable
        match form:
            case AnswerHas():
                return not answer.isdisjoint(form.has)
            case AnswerHasAll():
                return answer.issuperset(form.has_all)
            case AnswerLacks():
                return answer.isdisjoint(form.lacks)
            case AnswerChosen():
                return len(answer if form.of is None else answer & set(form.of)) >= form.chosen

    def share(self, form: Share) -> bool:
        """Whether enough of the applicable questions are answered as listed."""
        asked = [self.world[one] for one in self.selected(form.share)]
        listed = [one in form.options for one in asked if one != NOT_APPLICABLE]
        share = sum(listed) / len(listed) if listed else NOT_APPLICABLE
        return self.within(share, form, form.or_not_applicable)

    def within(self, value: object, form: Bounded, if_not_applicable: bool) -> bool:
        """Whether a number lies within bounds."""
        if not isinstance(value, float | int):
            return if_not_applicable
        return (
            (form.at_least is None or value >= form.at_least)
            and (form.above is None or value > form.above)
            and (form.at_most is None or value <= form.at_most)
            and (form.below is None or value < form.below)
        )

    def selected(self, selection: object) -> list[str]:
        """The questions of a list; the made models use no selector in conditions."""
        assert isinstance(selection, tuple)
        return list(selection)

    def rank(self, name: str, levels: tuple[str, ...]) -> int:
        """How high a ladder or decision stands; -1 below the first level."""
        stage = "ladder" if name in self.models.bundle.rubric.ladders else "decision"
        outcome = self.found[f"{stage}.{name}"]
        return levels.index(outcome) if isinstance(outcome, str) and outcome in levels else -1

    def level(self, ladder: Ladder) -> str | None:
        """The level reached."""
        reached: str | None = None
        for level in ladder.levels:
            if self.holds(level.when):
                reached = level.id
            elif ladder.cumulative:
                break
        return reached

    def row(self, decision: Decision) -> str | None:
        """The row that wins."""
        if decision.bands is not None:
            value = self.found[f"score.{decision.bands.score}"]
            bands = decision.bands.rows
            return next(
                (one.id for one in bands if self.within(value, one, if_not_applicable=False)), None
            )
        return next((one.id for one in decision.rows or () if self.holds(one.when)), None)

    def raised(self, flag: Flag) -> bool:
        """Whether a flag is raised."""
        if flag.departs is None:
            return self.holds(flag.when or False)
        excused = {*flag.departs.usual, *flag.departs.silent, NOT_APPLICABLE}
        return self.holds(flag.departs.where) and self.world[flag.departs.question] not in excused

    def score(self, score: Score) -> float | None:
        """The number that comes out; None where nothing applies."""
        pairs = [pair for item in score.items for pair in self._pairs(item, score)]
        kept = [(weight, value) for weight, value in pairs if value is not None]
        if not kept:
            return None
        values = [value for _, value in kept]
        match score.method:
            case "mean":
                return fsum(weight * value for weight, value in kept) / fsum(w for w, _ in kept)
            case "sum":
                return fsum(weight * value for weight, value in kept)
            case "least":
                return min(values)
            case "most":
                return max(values)
            case "geometric":
                total = fsum(weight for weight, _ in kept)
                return prod(math.pow(max(value, 0.0), weight / total) for weight, value in kept)

    def _pairs(self, item: object, score: Score) -> list[tuple[float, float | None]]:
        match item:
            case QuestionItem(question=question, points=points):
                return [(item.weight, self._points(question, points, score))]
            case QuestionsItem(questions=questions, points=points):
                asked = self.selected(questions)
                return [(item.weight, self._points(one, points, score)) for one in asked]
            case ScoreItem(score=name):
                value = self.found[f"score.{name}"]
                return [(item.weight, value if isinstance(value, float | int) else None)]
            case ConditionItem(when=when, yes=yes, no=no):
                return [(item.weight, yes if self.holds(when) else no)]
        raise TypeError(item)

    def _points(
        self, question: str, points: PointsTable | str | None, score: Score
    ) -> float | None:
        rubric, shape = self.models.bundle.rubric, self.models.plan.shapes[question]
        table = rubric.point_sets[points] if isinstance(points, str) else points
        offered = [(table or {}).get(option, 0.0) for option in shape.options]
        least, most = _ends(shape.kind, offered, (shape.least, shape.most))
        if question in self.silent:
            policy = score.unanswered or rubric.unanswered
            if policy != "range":
                return least if policy == "least" else None
        match self.world[question]:
            case float() as number:
                return number
            case frozenset() as chosen:
                return fsum((table or {}).get(option, 0.0) for option in chosen)
            case str() as option if option != NOT_APPLICABLE:
                return (table or {}).get(option, 0.0)
        absent = score.not_applicable or rubric.not_applicable
        return {"exclude": None, "least": least, "most": most}[absent]


def _ends(kind: str, offered: list[float], limits: tuple[float, float]) -> tuple[float, float]:
    """The least and the most that any answer can bring."""
    match kind:
        case "choice":
            return min(offered), max(offered)
        case "multi":
            return fsum(one for one in offered if one < 0), fsum(one for one in offered if one > 0)
    return limits
