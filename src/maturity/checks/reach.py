"""How low and how high a score can come out, over every answer that its questions allow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log
from typing import Final, assert_never

from maturity.checks.questions import Asked, Questions
from maturity.checks.readings import named_by
from maturity.model.rubric import Rubric
from maturity.rules.scores import (
    ConditionItem,
    Item,
    PointsTable,
    QuestionItem,
    QuestionsItem,
    Score,
    ScoreItem,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """From `least` to `most`; `may_drop_out` where the number may not apply at all."""

    least: float
    most: float
    may_drop_out: bool = False


def reaches(rubric: Rubric, questions: Questions) -> dict[str, Reach]:
    """The reach of every score; those that other faults keep from being known are left out."""
    found: dict[str, Reach] = {}
    for name, score in rubric.scores.items():
        weighted = items_reach(score, rubric, questions, found)
        if weighted:
            found[name] = _folded(score, weighted)
    return found


def items_reach(
    score: Score, rubric: Rubric, questions: Questions, known: Mapping[str, Reach]
) -> list[tuple[float, Reach]]:
    """The weight and the reach of every item; empty where one of them is not known."""
    weighted: list[tuple[float, Reach]] = []
    for item in score.items:
        found = _of_item(item, score, rubric, questions, known)
        if found is None:
            return []
        weighted += [(item.weight, one) for one in found]
    return weighted


def _of_item(
    item: Item, score: Score, rubric: Rubric, questions: Questions, known: Mapping[str, Reach]
) -> list[Reach] | None:
    match item:
        case ScoreItem():
            return [known[item.score]] if item.score in known else None
        case ConditionItem():
            return [Reach(min(item.yes, item.no), max(item.yes, item.no))]
        case QuestionItem():
            return _of_questions([item.question], item, score, rubric, questions)
        case QuestionsItem():
            names = [name for name, _ in named_by(item.questions, (), questions)]
            return _of_questions(names, item, score, rubric, questions)
    assert_never(item)


def _of_questions(
    names: Sequence[str],
    item: QuestionItem | QuestionsItem,
    score: Score,
    rubric: Rubric,
    questions: Questions,
) -> list[Reach] | None:
    table = rubric.point_sets.get(item.points) if isinstance(item.points, str) else item.points
    found = [_of_question(questions.asked.get(one), table, score, rubric) for one in names]
    return None if None in found else [one for one in found if one]


def _of_question(
    asked: Asked | None, table: PointsTable | None, score: Score, rubric: Rubric
) -> Reach | None:
    if asked is None or asked.shape.kind == "text":
        return None
    skips = (score.unanswered or rubric.unanswered) == "skip"
    leaves_out = (score.not_applicable or rubric.not_applicable) == "exclude"
    drops = skips or (leaves_out and asked.may_drop_out)
    if asked.shape.kind == "number":
        return Reach(asked.shape.least, asked.shape.most, drops)
    if table is None or not asked.options:
        return None
    points = [table.get(option, 0.0) for option in asked.shape.options]
    if asked.shape.kind == "choice":
        return Reach(min(points), max(points), drops)
    least = sum(point for point in points if point < 0)
    return Reach(least, sum(point for point in points if point > 0), drops)


def _folded(score: Score, weighted: Sequence[tuple[float, Reach]]) -> Reach:
    fold = FOLDS[score.method]
    lows = [(weight, one.least, one.may_drop_out) for weight, one in weighted]
    highs = [(weight, -one.most, one.may_drop_out) for weight, one in weighted]
    most = -_lowest(lambda pairs: -fold([(w, -x) for w, x in pairs]), highs)
    return Reach(_lowest(fold, lows), most, all(one.may_drop_out for _, one in weighted))


Pairs = Sequence[tuple[float, float]]


def _lowest(fold: Callable[[Pairs], float], items: Sequence[tuple[float, float, bool]]) -> float:
    """The lowest fold over all ways to leave out items that may drop out, but never all."""
    kept = [(weight, number) for weight, number, drops in items if not drops]
    optional = sorted((number, weight) for weight, number, drops in items if drops)
    best = fold(kept) if kept else inf
    for number, weight in optional:
        tried = fold([*kept, (weight, number)])
        if tried >= best:
            continue
        kept.append((weight, number))
        best = tried
    return best


def _mean(pairs: Pairs) -> float:
    return sum(weight * number for weight, number in pairs) / sum(weight for weight, _ in pairs)


def _geometric(pairs: Pairs) -> float:
    if any(number <= 0 for _, number in pairs):
        return 0.0
    return exp(_mean([(weight, log(number)) for weight, number in pairs]))


FOLDS: Final[dict[str, Callable[[Pairs], float]]] = {
    "mean": _mean,
    "geometric": _geometric,
    "least": lambda pairs: min(number for _, number in pairs),
    "most": lambda pairs: max(number for _, number in pairs),
    "sum": lambda pairs: sum(weight * number for weight, number in pairs),
}
