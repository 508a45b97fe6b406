"""The sheet on which the query is written: named columns, one after another, stage by stage."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby, islice
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.engines.sql.marks import ByText, looked_up, table_of
from maturity.engines.sql.terms import Term, column

LONGEST_NAME: Final = 60
"""PostgreSQL cuts names after 63 bytes."""


class Stage(IntEnum):
    """What a common table expression holds, in the order in which they stand."""

    CELLS = 0
    ANSWERS = 1
    POSSIBLE = 2
    APPLICABILITY = 3
    READINGS = 4
    CONDITIONS = 5
    SCORES = 6
    LADDERS = 7
    DECISIONS = 8
    CHECKLISTS = 9
    FLAGS = 10
    RECOMMENDATIONS = 11
    RESULTS = 12


@dataclass(frozen=True, slots=True)
class Defined:
    """One column and the term that gives it.

    `depth`: how many columns of its stage it rests on, one after another; `step`: how many of
    any stage. `reads`: the columns of the term.
    """

    stage: Stage
    depth: int
    step: int
    name: str
    term: Term
    reads: frozenset[str]


class Place(NamedTuple):
    """Where the columns of one value stand, and what their names begin with."""

    sheet: "Sheet"
    stage: Stage
    key: str


class Level(NamedTuple):
    """Columns that stand in one common table expression, of one stage or of several."""

    label: str
    stage: Stage | None
    columns: list[Defined]


@dataclass(slots=True)
class Sheet:
    """Columns by name; each reads only those that stand before it.

    A column stands in its stage as deep as what it reads there demands, so that every common
    table expression reads only the one before it. `plain`: names hold letters, digits, `-`
    and `_` alone.
    """

    plain: bool = False
    short: int = 0
    defined: dict[str, Defined] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def reserve(self, wanted: str) -> str:
        """A name that nothing else has, in any case of letters and in any database."""
        stem = (plain(wanted) if self.plain else wanted)[:LONGEST_NAME]
        found, number = stem, 1
        while found.lower() in self._taken:
            number += 1
            mark = f"_{number}" if self.plain else f"~{number}"
            found = f"{stem[: LONGEST_NAME - len(mark)]}{mark}"
        self._taken.add(found.lower())
        return found

    def define(self, stage: Stage, wanted: str, term: Term) -> str:
        """Name a term; the name given may differ from the one wanted.

        A mere column keeps the name that it has.
        """
        if isinstance(term, exp.Column):
            return term.name
        found = self.reserve(wanted)
        reads = columns_read(term)
        known = [self.defined[one] for one in reads if one in self.defined]
        depth = max((one.depth + 1 for one in known if one.stage is stage), default=0)
        step = max((one.step + 1 for one in known), default=0)
        self.defined[found] = Defined(stage, depth, step, found, term, reads)
        return found

    def follow(self, source: str, values: Callable[[int], float], term: Term) -> Term:
        """Tell the engine that a term is a function of one column of whole numbers.

        Where that column itself tells what a text means, so does the term.
        """
        known = self.defined.get(source)
        table = table_of(known.term) if known else None
        if isinstance(table, ByText):
            found = {key: values(int(value)) for key, value in table.values.items()}
            return looked_up(ByText(table.column, found), term)
        return term

    def by_stage(self, results: Sequence[Term]) -> Iterator[Level]:
        """The columns that the results rest on, each level of each stage by itself."""
        ordered = sorted(self._read_by(results), key=_stage_and_depth)
        for (stage, depth), group in groupby(ordered, key=_stage_and_depth):
            label = stage.name.lower() if depth == 0 else f"{stage.name.lower()}_{depth + 1}"
            yield Level(self.reserve(label), stage, list(group))

    def by_step(self, results: Sequence[Term]) -> Iterator[Level]:
        """The columns that the results rest on in as few levels as can be, whatever their stage.

        The time in which databases plan a query rises with the square of its levels.
        """
        ordered = sorted(self._read_by(results), key=_step)
        for step, group in groupby(ordered, key=_step):
            yield Level(self.reserve(f"step_{step + 1}"), None, list(group))

    def _read_by(self, results: Sequence[Term]) -> list[Defined]:
        """Everything that the results rest on, in the order of definition."""
        wanted = {one for term in results for one in columns_read(term)}
        found: dict[str, Defined] = {}
        while wanted:
            label = wanted.pop()
            if label in self.defined and label not in found:
                found[label] = self.defined[label]
                wanted |= found[label].reads
        return [one for label, one in self.defined.items() if label in found]


def _stage_and_depth(one: Defined) -> tuple[Stage, int]:
    return one.stage, one.depth


def _step(one: Defined) -> int:
    return one.step


def plain(wanted: str) -> str:
    """The name with an underscore for whatever some databases refuse in names."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", wanted)


def columns_read(term: Term) -> frozenset[str]:
    """The names of the columns that a term reads."""
    return frozenset(one.name for one in term.find_all(exp.Column))


def named(sheet: Sheet, stage: Stage, wanted: str, term: Term) -> Term:
    """A truth that may be used often: by its name, unless it is as short as one."""
    parts = list(islice(term.find_all(exp.Case, exp.Column), sheet.short + 1))
    if len(parts) <= sheet.short and not any(isinstance(one, exp.Case) for one in parts):
        return term
    return column(sheet.define(stage, wanted, term))
