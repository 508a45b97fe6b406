"""Points: which answers get how many, and which questions can have any."""

from collections.abc import Iterator
from typing import NamedTuple

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Steps
from maturity.checks.answered import unknown_criteria, unknown_option
from maturity.checks.hints import instead_of, listed
from maturity.checks.judged import Judged
from maturity.checks.questions import Asked
from maturity.checks.readings import named_by
from maturity.rules.scores import PointsTable, QuestionItem, QuestionsItem
from maturity.rules.selection import Selector


class Pointed(NamedTuple):
    """An item of a score that reads questions: those known, and their points, if any.

    `table` is None without points, and where a point set is unknown.
    """

    item: QuestionItem | QuestionsItem
    steps: Steps
    asked: tuple[tuple[Asked, Steps], ...]
    table: PointsTable | None


def check_points(judged: Judged) -> Iterator[Diagnostic]:
    """All checks of the points in scores."""
    yield from unknown_questions(judged)
    for pointed in pointed_items(judged):
        yield from misplaced_points(pointed, judged)
        yield from unknown_point_set(pointed, judged)
        yield from unknown_options(pointed, judged)
        yield from options_without_points(pointed, judged)


def pointed_items(judged: Judged) -> Iterator[Pointed]:
    """Every item of a score that reads questions, with those of them that there are."""
    for steps, item in _items(judged):
        names = _names(item, steps, judged)
        known = judged.questions.asked
        asked = tuple((known[name], at) for name, at in names if name in known)
        points = item.points
        table = judged.rubric.point_sets.get(points) if isinstance(points, str) else points
        yield Pointed(item, steps, asked, table)


def unknown_questions(judged: Judged) -> Iterator[Diagnostic]:
    """M104 and its like: an item names a question, tag or theme that there is not."""
    for steps, item in _items(judged):
        if isinstance(item, QuestionsItem) and isinstance(item.questions, Selector):
            at = (*steps, "questions")
            yield from unknown_criteria(item.questions, at, judged.places, judged.questions)
        for name, at in _names(item, steps, judged):
            if name not in judged.questions.asked:
                yield judged.questions.unknown(name, judged.places.of(at))


def misplaced_points(pointed: Pointed, judged: Judged) -> Iterator[Diagnostic]:
    """M306: points for a number or a text, or none for options."""
    for asked, at in pointed.asked:
        shape, has_points = asked.shape, pointed.item.points is not None
        match shape.kind, has_points:
            case "text", _:
                message = f"the text question {quoted(shape.id)} cannot be scored"
                hint = "score a choice, multi or number question"
            case "number", True:
                message = f"the number question {quoted(shape.id)} cannot have points by option"
                hint = "leave `points` out to score the number, or use `when` with its bounds"
            case (("choice" | "multi"), False):
                message = f"the options of {quoted(shape.id)} have no points"
                hint = "add `points:` with a number for every option"
            case _:
                continue
        yield Diagnostic.of(Code.MISPLACED_POINTS, judged.places.of(at), message, hint)


def unknown_point_set(pointed: Pointed, judged: Judged) -> Iterator[Diagnostic]:
    """M303: the points are those of a set that there is not."""
    name = pointed.item.points
    if isinstance(name, str) and pointed.table is None:
        message = f"there is no point set {quoted(name)}"
        hint = instead_of(name, judged.rubric.point_sets, "the names known here are")
        place = judged.places.of((*pointed.steps, "points"))
        yield Diagnostic.of(Code.UNKNOWN_NAME, place, message, hint)


def unknown_options(pointed: Pointed, judged: Judged) -> Iterator[Diagnostic]:
    """M107: points for an option that none of the item's questions has.

    A point set may know more options than one question has.
    """
    if isinstance(pointed.item.points, str) or not pointed.asked:
        return
    known = frozenset[str]().union(*(asked.options for asked, _ in pointed.asked))
    for option in pointed.table or ():
        if known and option not in known:
            place = judged.places.of((*pointed.steps, "points", option), key=True)
            names = listed(quoted(asked.shape.id) for asked, _ in pointed.asked)
            yield unknown_option(option, known, place, names)


def options_without_points(pointed: Pointed, judged: Judged) -> Iterator[Diagnostic]:
    """M307: an option that can be chosen has no points, and would count as 0 silently."""
    if pointed.table is None:
        return
    for asked, _ in pointed.asked:
        missing = [one for one in asked.shape.options if one not in pointed.table]
        if missing:
            message = f"no points for {listed(missing)}, of {quoted(asked.shape.id)}"
            hint = "give points to every option; 0 is a number of points, too"
            place = judged.places.of((*pointed.steps, "points"))
            yield Diagnostic.of(Code.OPTION_WITHOUT_POINTS, place, message, hint)


def _items(judged: Judged) -> Iterator[tuple[Steps, QuestionItem | QuestionsItem]]:
    for name, score in judged.rubric.scores.items():
        for index, item in enumerate(score.items):
            if isinstance(item, QuestionItem | QuestionsItem):
                yield ("scores", name, "items", index), item


def _names(
    item: QuestionItem | QuestionsItem, steps: Steps, judged: Judged
) -> tuple[tuple[str, Steps], ...]:
    if isinstance(item, QuestionItem):
        return ((item.question, (*steps, "question")),)
    return named_by(item.questions, (*steps, "questions"), judged.questions)
