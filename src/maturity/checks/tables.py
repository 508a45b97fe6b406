"""Ladders and decisions: ids that stand twice, rows that are never reached."""

from collections.abc import Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Steps
from maturity.checks.judged import Judged


def duplicate_outcomes(judged: Judged) -> Iterator[Diagnostic]:
    """M313: two levels of a ladder, or two rows of a decision, have one id."""
    for ids, steps in _outcomes(judged):
        first: dict[str, int] = {}
        for index, name in enumerate(ids):
            if first.setdefault(name, index) != index:
                there = judged.place(*steps, first[name], "id")
                message = f"the id {quoted(name)} stands twice; first at {there}"
                place = judged.place(*steps, index, "id")
                hint = "give one of the two another id"
                yield Diagnostic.of(Code.DUPLICATE_OUTCOME, place, message, hint)


def _outcomes(judged: Judged) -> Iterator[tuple[tuple[str, ...], Steps]]:
    for name, ladder in judged.rubric.ladders.items():
        yield tuple(level.id for level in ladder.levels), ("ladders", name, "levels")
    for name, decision in judged.rubric.decisions.items():
        below = ("rows",) if decision.bands is None else ("bands", "rows")
        yield tuple(row.id for row in decision.outcomes()), ("decisions", name, *below)


def unreachable_rows(judged: Judged) -> Iterator[Diagnostic]:
    """M315: a row stands below one that always holds."""
    for name, decision in judged.rubric.decisions.items():
        always: str | None = None
        for index, row in enumerate(decision.rows or ()):
            if always is not None:
                message = f"this row is never reached: {quoted(always)} above it always holds"
                hint = "move the row with `when: true` to the end"
                place = judged.place("decisions", name, "rows", index)
                yield Diagnostic.of(Code.UNREACHABLE_ROW, place, message, hint)
            always = always or (row.id if row.when is True else None)


def missing_last_rows(judged: Judged) -> Iterator[Diagnostic]:
    """M316: no row holds whatever the answers are."""
    for name, decision in judged.rubric.decisions.items():
        if decision.rows and all(row.when is not True for row in decision.rows):
            last = len(decision.rows) - 1
            message = f"the decision {quoted(name)} has no row for all other cases"
            hint = "let the last row say `when: true`"
            place = judged.place("decisions", name, "rows", last)
            yield Diagnostic.of(Code.MISSING_LAST_ROW, place, message, hint)
