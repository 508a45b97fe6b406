"""What is told by theme: the scores as bars, and the checklists of both parties."""

from collections import Counter
from collections.abc import Iterator

from maturity.model.result import CheckResult, ScoreResult
from maturity.render.terminal.canvas import (
    Line,
    Piece,
    Row,
    bar,
    bullet,
    heading,
    paragraph,
    table,
)
from maturity.render.terminal.cells import cells, shown
from maturity.render.terminal.view import CHECK_INKS, CHECK_SIGNS, View

_LEAST_BAR, _LONGEST_BAR = 8, 40
_NARROW = 60
_HUNDRED = 100.0
_BOX = 13
"""The cells that the edges of a box of four columns take."""


def scores(view: View) -> Iterator[Line]:
    """A bar for every score, in the order of the rubric, equal themes together.

    On a narrow terminal the numbers stand alone.
    """
    found = _by_theme(view)
    if not found:
        return
    yield from heading(view.say("scores"), view.width)
    titles = tuple(Piece(view.say(key)) for key in ("theme", "party", "score"))
    told = [(_theme(view, one), _party(view, one), _number(view, one)) for one in found]
    beside = sum(
        max(cells(shown(piece.text)) for piece in column)
        for column in zip(titles, *told, strict=True)
    )
    length = max(_LEAST_BAR, min(view.width - beside - _BOX, _LONGEST_BAR))
    rows: list[Row] = []
    for one, (theme, party, number) in zip(found, told, strict=True):
        repeated = rows and told[len(rows) - 1][0] == theme
        row = (Piece("") if repeated else theme, party, number)
        rows.append(row if _is_narrow(view) else (*row, _bar(view, one, length)))
    head = [title.text for title in titles]
    yield from table(head if _is_narrow(view) else [*head, view.say("interval")], rows, view.width)
    if not _is_narrow(view):
        yield from paragraph(view.say("bars"), view.width, "faint", margin=1)


def checklists(view: View) -> Iterator[Line]:
    """A box for each party: the items by theme with status and id."""
    for party in ("government", "private"):
        items = [
            item
            for item in view.result.checklists
            if view.bundle.rubric.checklists[item.id].party == party
        ]
        if items:
            yield from _checklist(view, party, items)


def _by_theme(view: View) -> list[ScoreResult]:
    declared = view.bundle.rubric.scores
    order = list(dict.fromkeys(declared[one.id].theme for one in view.result.scores))
    return sorted(view.result.scores, key=lambda one: order.index(declared[one.id].theme))


def _theme(view: View, one: ScoreResult) -> Piece:
    """The theme where that and the party tell the score from all others; else its own name."""
    scores = view.bundle.rubric.scores
    theme = scores[one.id].theme
    alike = [s for s in scores.values() if s.theme == theme and s.party == scores[one.id].party]
    if theme is None or len(alike) > 1:
        return Piece(view.words.output(f"score.{one.id}"), "strong")
    return Piece(view.words.theme(theme), "strong")


def _party(view: View, one: ScoreResult) -> Piece:
    return Piece(view.words.say(f"party.{view.bundle.rubric.scores[one.id].party or 'both'}"))


def _number(view: View, one: ScoreResult) -> Piece:
    score, number = view.bundle.rubric.scores[one.id], view.words.score(one)
    if one.least is None:
        return Piece(number, "faint")
    low, high = sorted(score.scale)
    if low:
        number = view.say("on-scale", number=number, low=f"{low:g}", high=f"{high:g}")
    elif high != _HUNDRED:
        number = view.say("of-scale", number=number, most=f"{high:g}")
    return Piece(view.say("if-it-applies", number=number) if one.may_not_apply else number)


def _bar(view: View, one: ScoreResult, length: int) -> Piece:
    if one.least is None or one.most is None:
        return Piece("")
    return Piece(
        bar(one.least, one.most, view.bundle.rubric.scores[one.id].scale, length),
        "neutral",
        "whole",
    )


def _checklist(view: View, party: str, items: list[CheckResult]) -> Iterator[Line]:
    counted = Counter(item.status for item in items)
    counts = view.words.several(
        view.say("counted", count=count, what=view.words.say(f"status.{status}"))
        for status, count in counted.items()
    )
    name = view.words.say(f"party.{party}")
    yield from heading(view.say("checklist", party=name, counts=counts), view.width)
    if _is_narrow(view):
        for item in items:
            sign, said = CHECK_SIGNS[item.status], _told(view, item)
            yield from bullet(sign, said, view.width, CHECK_INKS[item.status])
        return
    declared = view.bundle.rubric.checklists
    rows: list[Row] = []
    for theme in dict.fromkeys(declared[item.id].theme for item in items):
        rows.append((Piece(""), Piece(""), Piece(view.words.theme(theme), "title")))
        rows += [_check_row(view, item) for item in items if declared[item.id].theme == theme]
    yield from table((view.say("id"), view.say("status"), view.say("item")), rows, view.width)


def _is_narrow(view: View) -> bool:
    return view.width < _NARROW


def _told(view: View, item: CheckResult) -> str:
    asked = view.say("question", question=view.item(item), id=item.id)
    return view.say("is", name=view.status_word(item), value=asked)


def _check_row(view: View, item: CheckResult) -> Row:
    return (
        Piece(item.id, "strong"),
        Piece(view.status(item), CHECK_INKS[item.status]),
        Piece(view.item(item)),
    )
