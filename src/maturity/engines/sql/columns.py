"""What goes into the query and what comes out of it: the columns of both tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from sqlglot import exp

from maturity.model.city import SIDES, Side
from maturity.plan import Plan

Kind = Literal["carried", "text", "number", "count", "truth", "word", "words"]

SEPARATOR: Final = "|"
"""What stands between several words in one cell."""

UNREADABLE: Final = "unreadable"
"""The result column that lists the cells which are no answers."""


@dataclass(frozen=True, slots=True)
class Table:
    """A relation of texts, one row a project.

    `relation` is what stands after FROM. `answers` gives, by question and side, the name of the
    column whose cells answer it; a question without a column is not answered. `carried` are the
    columns that are passed on as they are.

    `marks` and `evidence` name columns that list questions, each between bars: `|q1|q2|`; nothing
    or NULL is no question. A question stands in `marks` where an answer that is used on it has a
    justification, in `evidence` where one has evidence of any grade but `none`. Which answers are
    used is a matter of the answers alone, and the caller's: the joint one unless it is `unknown`,
    else those of the sides that are not (`model.states.Said.used`). Questions may be listed that
    do not apply. With `marks` the result has severities of flags, with `evidence` the number of
    evidenced questions.
    """

    relation: exp.Expression
    answers: Mapping[tuple[str, Side], str]
    carried: tuple[str, ...] = ()
    marks: str | None = None
    evidence: str | None = None

    @property
    def listings(self) -> tuple[str, ...]:
        """The columns that list questions."""
        return tuple(one for one in (self.marks, self.evidence) if one is not None)


class Column(NamedTuple):
    """One column of the result.

    `key` is the key of the flat form, or the name of a carried column. `vocabulary` holds the
    words that can stand in it, where `kind` is word. `words` are joined with a bar.
    """

    name: str
    key: str
    kind: Kind
    vocabulary: tuple[str, ...] = ()


class Query(NamedTuple):
    """The query, and what its columns mean, in their order."""

    tree: exp.Select
    columns: tuple[Column, ...]


def table_of(plan: Plan, relation: exp.Expression, headers: Iterable[str]) -> Table:
    """Tell the columns of a table apart by their names.

    `<question>` holds what both sides agree on, `government.<question>` and `private.<question>`
    what one of them says; every other column is carried.
    """
    read: dict[tuple[str, Side], str] = {}
    carried: list[str] = []
    for header in headers:
        place = place_of(plan, header)
        if place is None or place in read:
            carried.append(header)
        else:
            read[place] = header
    return Table(relation, read, tuple(carried))


def place_of(plan: Plan, header: str) -> tuple[str, Side] | None:
    """The question and side whose answers stand under a header, if it is one of answers.

    A question may have the name of a row of another, such as `private.demand`: it comes first.
    """
    if header in plan.shapes:
        return header, "answers"
    for side in SIDES[1:]:
        question = header.removeprefix(f"{side}.")
        if question != header and question in plan.shapes:
            return question, side
    return None


def header_of(question: str, side: Side) -> str:
    """The header under which the answers of a side on a question stand."""
    return question if side == "answers" else f"{side}.{question}"
