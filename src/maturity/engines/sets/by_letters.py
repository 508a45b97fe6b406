"""What is counted of results whose flags and checklist items stand as letters: in few, held rows.

A letter's place is the same in every row, so that all texts behind each other hold a column in
steps of their length: it is cut out and counted without looking at the rows one by one.
"""

import re
from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice
from typing import Final

from maturity.engines.grouping import exposed
from maturity.engines.sets.asking import NAMING, Asking, Values
from maturity.engines.sets.letters import LETTERS, Letters
from maturity.engines.sets.runner import Cell, word
from maturity.engines.sets.standing import possible_in, verdict_columns, verdict_values
from maturity.engines.sql.terms import column
from maturity.engines.tally import FEW, SHOWN, Tally
from maturity.model.bundle import Bundle
from maturity.model.flat import LISTS
from maturity.model.portfolio import Exposed

Rank = tuple[int, int, int, int, int]
"""Of an exposed project, the larger the more exposed: whether it surely is, critical flags,
warnings, open checklist items, watched flags."""

_RAISED: Final = re.compile("[rR]")


def count_letters(tally: Tally, asking: Asking, letters: Letters) -> None:
    """Count flags and checklist items, and find the projects that stand out, as `Tally.add`."""
    told = [*asking.naming(), column("domain"), *verdict_columns(tally.bundle), column(LETTERS)]
    rows = asking.sorted(told)
    every = "".join(str(row[-1]) for row in rows)
    _count_flags(tally, asking, rows, every, letters)
    for name, found in tally.checks.items():
        standing = every[letters.place(f"check.{name}") :: len(letters)]
        for status in LISTS["checks"][1]:
            found.update({status: times} if (times := standing.count(status[0])) else {})
    ranked = list(_ranked(tally.bundle, rows, letters))
    first = nsmallest(SHOWN, ranked, key=lambda one: ([-part for part in one[0]], one[1]))
    shown = [_exposed(asking, rank, rows[number]) for rank, number in first]
    tally.exposed.take(shown, len(ranked))


def _count_flags(
    tally: Tally, asking: Asking, rows: list[Values], every: str, letters: Letters
) -> None:
    for name, found in tally.flags.items():
        standing = every[letters.place(f"flag.{name}") :: len(letters)]
        for status in LISTS["flags"][1]:
            times = standing.count(status[0]) + standing.count(status[0].upper())
            found.update({status: times} if times else {})
        lowered = standing.count("R")
        found.update({"lowered": lowered} if lowered else {})
        places = (one.start() for one in _RAISED.finditer(standing))
        first = [asking.named(rows[place][:NAMING]) for place in islice(places, FEW)]
        tally.raised_in[name].take(first, found["raised"])


def _ranked(bundle: Bundle, rows: list[Values], letters: Letters) -> Iterator[tuple[Rank, int]]:
    """The projects that are exposed or have a critical flag, by the number of their row."""
    critical, warnings = letters.flags_of("critical"), letters.flags_of("warning")
    flags, checks = letters.of_stage("flag"), letters.of_stage("check")
    known: dict[tuple[Cell, Cell], tuple[bool, bool]] = {}
    for number, row in enumerate(rows):
        ends, text = (row[-3], row[-2]), str(row[-1])
        if ends not in known:
            values = verdict_values(bundle, *ends)
            known[ends] = (
                exposed(bundle, values, surely=True),
                exposed(bundle, values, surely=False),
            )
        surely, possibly = known[ends]
        grave = text.count("r", critical.start, critical.stop)
        if surely or possibly or grave:
            watched = text.count("w", flags.start, flags.stop)
            watched += text.count("W", flags.start, flags.stop)
            warned = text.count("r", warnings.start, warnings.stop)
            yield (
                (int(surely), grave, warned, text.count("o", checks.start, checks.stop), watched),
                number,
            )


def _exposed(asking: Asking, rank: Rank, row: Values) -> Exposed:
    surely, critical, warnings, open_checks, watched = rank
    return Exposed(
        named=asking.named(row[:NAMING]),
        domain=str(row[NAMING]),
        surely=bool(surely),
        verdict=word(row[-3]),
        possible=possible_in(row[-2]),
        critical=critical,
        warnings=warnings,
        watched=watched,
        open_checks=open_checks,
    )
