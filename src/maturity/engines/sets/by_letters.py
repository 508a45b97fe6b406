"""What is counted of results whose flags and checklist items stand as letters: in few, held rows.

A letter's place is the same in every row, so that all texts behind each other hold a column in
steps of their length: it is cut out and counted without looking at the rows one by one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest
from itertools import accumulate, islice
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
    first, number = _most_exposed(tally.bundle, rows, letters)
    tally.exposed.take([_exposed(asking, rank, rows[place]) for rank, place in first], number)


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


def _most_exposed(
    bundle: Bundle, rows: list[Values], letters: Letters
) -> tuple[list[tuple[Rank, int]], int]:
    """The first projects by rank, each with the number of its row, and how many stand out.

    What ranks them last is counted only of those that may be among the first.
    """
    standing = list(_standing(bundle, rows, letters))
    times = sorted(Counter((surely, grave) for surely, grave, _ in standing).items(), reverse=True)
    ahead = zip(times, accumulate(number for _, number in times), strict=True)
    last = next((one for (one, _), seen in ahead if seen >= SHOWN), (False, 0))
    warnings, flags = letters.flags_of("warning"), letters.of_stage("flag")
    checks = letters.of_stage("check")
    ranked = []
    for surely, grave, place in standing:
        if (surely, grave) >= last:
            text = str(rows[place][-1])
            warned, is_open = _in(text, "r", warnings), _in(text, "o", checks)
            watched = _in(text, "w", flags) + _in(text, "W", flags)
            ranked.append(((int(surely), grave, warned, is_open, watched), place))
    first = nsmallest(SHOWN, ranked, key=lambda one: ([-part for part in one[0]], one[1]))
    return first, len(standing)


def _standing(
    bundle: Bundle, rows: list[Values], letters: Letters
) -> Iterator[tuple[bool, int, int]]:
    """The projects that are exposed or have a critical flag, by the number of their row.

    Each with whether it surely is exposed, and its critical flags.
    """
    critical = letters.flags_of("critical")
    known: dict[tuple[Cell, Cell], tuple[bool, bool]] = {}
    for place, row in enumerate(rows):
        ends = row[-3], row[-2]
        if ends not in known:
            values = verdict_values(bundle, *ends)
            sure, possible = (exposed(bundle, values, surely=one) for one in (True, False))
            known[ends] = sure, possible
        surely, possibly = known[ends]
        grave = _in(str(row[-1]), "r", critical)
        if surely or possibly or grave:
            yield surely, grave, place


def _in(text: str, letter: str, part: slice) -> int:
    """How often a letter stands in a part of a text."""
    return text.count(letter, part.start, part.stop)


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
