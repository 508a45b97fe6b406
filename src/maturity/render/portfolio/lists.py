"""Lists of what came out most often: flags and checklist items."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from maturity.model.portfolio import CheckCount, FlagCount, Portfolio
from maturity.render.portfolio.sections import Cell, Ink, Section, Table, count
from maturity.render.words import Words


class Size(NamedTuple):
    """How long lists may become: of projects, domains, cities, flags, items, and of examples."""

    projects: int
    domains: int
    cities: int
    flags: int
    few: int


_SEVERITY_INKS: Final[dict[str, Ink]] = {"critical": "bad", "warning": "warn", "info": "plain"}


def flags(portfolio: Portfolio, words: Words, size: Size) -> Section:
    """The flags that are raised or watched, the most frequent first."""
    title = words.say("portfolio.flags")
    if not portfolio.flags:
        return Section(title, (words.say("portfolio.no-flags"),))
    keys = ("flag", "severity", "raised", "watched", "merely-possible")
    head = tuple(words.say(f"portfolio.{key}") for key in keys)
    rows = []
    for one in portfolio.flags[: size.flags]:
        severity = Cell(words.say(f"severity.{one.declared}"), _SEVERITY_INKS[one.declared])
        open_ = count(one.watched), count(one.possible)
        rows.append((Cell(words.output(f"flag.{one.id}")), severity, raised(one, words), *open_))
    rest = len(portfolio.flags) - len(rows)
    after = (words.say("portfolio.and-more", count=f"{rest:,}"),) if rest else ()
    before = [words.say("portfolio.flags-mean")]
    if any(one.lowered for one in portfolio.flags):
        before.append(words.say("portfolio.lowered-means"))
    return Section(title, tuple(before), (Table(head, tuple(rows)),), after)


def raised(flag: FlagCount, words: Words) -> Cell:
    """In how many projects a flag is raised, and in how many of these it weighs less."""
    if not flag.lowered:
        return count(flag.raised)
    told = {"count": f"{flag.raised:,}", "lowered": f"{flag.lowered:,}"}
    return Cell(words.say("portfolio.lowered", **told), is_number=True)


def checks(portfolio: Portfolio, words: Words, size: Size) -> Iterator[Section]:
    """The checklist items that are open or partly met, the most frequent first."""
    found = sorted(
        (one for one in portfolio.checks if one.statuses.get("open") or one.statuses.get("partly")),
        key=lambda one: (-one.statuses.get("open", 0), -one.statuses.get("partly", 0)),
    )
    if not found:
        return
    statuses = ("open", "partly", "unknown", "met")
    keys = ("item", "party", *(f"status-{status}" for status in statuses))
    rows = tuple(_check_row(one, words, statuses) for one in found[: size.flags])
    rest = len(found) - len(rows)
    after = (words.say("portfolio.and-more", count=f"{rest:,}"),) if rest else ()
    head = tuple(words.say(f"portfolio.{key}") for key in keys)
    yield Section(words.say("portfolio.checks"), (), (Table(head, rows),), after)


def _check_row(one: CheckCount, words: Words, statuses: tuple[str, ...]) -> tuple[Cell, ...]:
    item = words.bundle.rubric.checklists[one.id]
    asked = f"{one.id} {words.output(f'check.{one.id}')}"
    counts = (count(one.statuses.get(status, 0)) for status in statuses)
    return (Cell(asked), Cell(words.say(f"party.{item.party}")), *counts)
