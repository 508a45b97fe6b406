"""Which outcomes of a rubric, options of its questions and sides of its thresholds cases reach."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from maturity.base.phrase import Phrase
from maturity.base.places import Steps
from maturity.engines.cases import Ran
from maturity.engines.parts import Part, rules, walk
from maturity.engines.python import Valuation, number_of, truth_of
from maturity.model.bundle import Bundle
from maturity.model.flat import flat
from maturity.model.state import ChoiceState, MultiState
from maturity.rules import expr
from maturity.rules.answers import AnswerChosen, AnswerNumber, Count, Share
from maturity.rules.checklists import STATUSES
from maturity.rules.conditions import AtLeastOf
from maturity.rules.references import ScoreWithin

Document = Literal["rubric", "questionnaire"]
Kind = Literal["level", "row", "status", "flag", "recommendation"]
Side = Literal["kept", "missed"]


class Goal(NamedTuple):
    """One thing that a case can reach; `steps` lead to it in its document."""

    what: Phrase
    document: Document
    steps: Steps


@dataclass(frozen=True, slots=True)
class Reached:
    """All there is to reach in the order of the files, and what no case reaches."""

    goals: tuple[Goal, ...]
    missing: tuple[Goal, ...]


def coverage(bundle: Bundle, ran: Sequence[Ran]) -> Reached:
    """What cases reach of a rubric and of its questionnaire."""
    goals: dict[Goal, bool] = {}
    for goal, is_reached in (
        *_outcomes(bundle, ran),
        *_options(bundle, ran),
        *_thresholds(bundle, ran),
    ):
        goals[goal] = goals.get(goal, False) or is_reached
    return Reached(tuple(goals), tuple(goal for goal, reached in goals.items() if not reached))


def _outcomes(bundle: Bundle, ran: Sequence[Ran]) -> Iterator[tuple[Goal, bool]]:
    """Levels and rows confirmed, statuses sure, flags raised, recommendations given."""
    rows = [flat(one.assessed.result, bundle) for one in ran]
    seen = {(key, value) for row in rows for key, value in row.items()}
    rubric = bundle.rubric
    for name, ladder in rubric.ladders.items():
        for index, level in enumerate(ladder.levels):
            goal = _goal("level", f"{name} {level.id}", "ladders", name, "levels", index)
            yield goal, (f"ladder.{name}.confirmed", level.id) in seen
    for name, decision in rubric.decisions.items():
        where = ("rows",) if decision.rows else ("bands", "rows")
        for index, row in enumerate(decision.outcomes()):
            goal = _goal("row", f"{name} {row.id}", "decisions", name, *where, index)
            yield goal, (f"decision.{name}.confirmed", row.id) in seen
    for name, item in rubric.checklists.items():
        never = {"not-applicable": item.applies is True, "partly": item.partly is False}
        for status in (one for one in STATUSES if not never.get(one, False)):
            yield (
                _goal("status", f"{name} {status}", "checklists", name),
                (
                    f"check.{name}",
                    status,
                )
                in seen,
            )
    for name in rubric.flags:
        yield _goal("flag", name, "flags", name), (f"flag.{name}", "raised") in seen
    for name in rubric.recommendations:
        goal = _goal("recommendation", name, "recommendations", name)
        yield goal, (f"recommendation.{name}", "given") in seen


def _goal(kind: Kind, name: str, *steps: str | int) -> Goal:
    return Goal(Phrase.of(f"cases.{kind}", name=name), "rubric", steps)


def _options(bundle: Bundle, ran: Sequence[Ran]) -> Iterator[tuple[Goal, bool]]:
    """Every option answered where its question applies; of rows, in any of them."""
    for index, question in enumerate(bundle.questionnaire.questions):
        answered: set[str] = set()
        for one in ran:
            for name in question.answerable():
                answered |= _answered(one.assessed.valuation, name)
        for option in bundle.questionnaire.labels(question):
            steps: Steps = ("questions", index, "options", option)
            what = Phrase.of("cases.option", name=f"{question.id} {option}")
            yield Goal(what, "questionnaire", steps), option in answered


def _answered(at: Valuation, question: str) -> frozenset[str]:
    match at.states[question]:
        case ChoiceState(possible, answered=True) if len(possible) == 1:
            return possible
        case MultiState(chosen, applies=True):
            return chosen
    return frozenset()


def _thresholds(bundle: Bundle, ran: Sequence[Ran]) -> Iterator[tuple[Goal, bool]]:
    """Both sides of every end of a number, and of every count."""
    valuations = [one.assessed.valuation for one in ran]
    # The rows of a question share their condition: it stands at one place.
    for rule in {part.at: part for part in rules(bundle).values()}.values():
        for part in walk(rule):
            for end, number, side, is_reached in _sides(part, bundle, valuations):
                document: Document = "rubric" if part.at.document == "rubric" else "questionnaire"
                name = f"{part.key} {end}"
                what = Phrase.of(f"cases.{side}", name=name, number=f"{number:g}")
                yield Goal(what, document, (*part.at.steps, end)), is_reached


def _sides(
    part: Part, bundle: Bundle, valuations: list[Valuation]
) -> Iterator[tuple[str, float, Side, bool]]:
    """Each end of a threshold with either side, and whether an answer surely lies there."""
    match part.form:
        case AtLeastOf(at_least=count) | Count(at_least=count):
            yield from _counted("at_least", count, part.lowered(bundle), valuations)
        case AnswerChosen(chosen=count):
            yield from _counted("chosen", count, part.lowered(bundle), valuations)
        case AnswerNumber() | ScoreWithin() | Share():
            node = part.lowered(bundle)
            assert isinstance(node, expr.Within)
            found = [number_of(node.number, at) for at in valuations]
            sure = [one for one in found if one.applies is True]
            for end, level in asdict(node.bounds).items():
                if level is not None and not _closes_the_scale(part, end, level, bundle):
                    bounds = expr.Bounds(**{end: level})
                    ends = [(_is_in(bounds, one.least), _is_in(bounds, one.most)) for one in sure]
                    yield end, level, "kept", (True, True) in ends
                    yield end, level, "missed", (False, False) in ends


def _counted(
    end: str, count: int, node: expr.Condition, valuations: list[Valuation]
) -> Iterator[tuple[str, float, Side, bool]]:
    truths = {truth_of(node, at) for at in valuations}
    yield end, count, "kept", True in truths
    yield end, count, "missed", False in truths


def _is_in(bounds: expr.Bounds, number: float) -> bool:
    return bounds.reaches(number) and bounds.keeps(number)


def _closes_the_scale(part: Part, end: str, level: float, bundle: Bundle) -> bool:
    """The outer ends of bands, beyond which nothing lies."""
    if "bands" not in part.at.steps or not isinstance(part.form, ScoreWithin):
        return False
    low, high = bundle.rubric.scores[part.form.score].scale
    return level <= low if end in ("at_least", "above") else level >= high
