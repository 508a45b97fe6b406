"""The spread of a ladder or decision by domain and city: a table that reads as a heat map."""

from collections.abc import Iterator
from typing import Final

from maturity.model.portfolio import Group, Portfolio, SpreadCount
from maturity.render.portfolio.sections import Cell, Section, Table, count
from maturity.render.words import Words, rounded

SHADES: Final = "░▒▓█"
_EMPTY: Final = "·"


def spread(portfolio: Portfolio, words: Words, index: int, *, domains: int, cities: int) -> Section:
    """One ladder or decision: all, then the domains, then the cities; those with most projects."""
    one = portfolio.whole.spreads[index]
    stage = "ladder" if one.id in words.bundle.rubric.ladders else "decision"
    title = words.say("portfolio.spread", name=words.output(f"{stage}.{one.id}"))
    head = _head(one, words, "by-domain")
    cities += portfolio.totals.cities == cities + 1  # one more city is no longer than "1 more"
    by_domain = [_row(portfolio.whole, index, words.say("portfolio.all"))]
    by_domain += _of_domains(portfolio, words, index, domains)
    by_city = [_row(group, index, words.text(group.city)) for group in portfolio.cities[:cities]]
    by_city += _others(portfolio, words, index, cities)
    tables = (Table(head, tuple(by_domain)), Table(_head(one, words, "by-city"), tuple(by_city)))
    legend = words.say("portfolio.list").join(_legend(one, words))
    before = (words.say("portfolio.spread-means"), *_unknown(portfolio, words)) if not index else ()
    return Section(title, before, tables, (legend,) if legend else ())


def weight_of(weight: float) -> str:
    """A weight with at most two digits; thousands are parted."""
    whole, _, rest = rounded(weight, 2).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def _head(one: SpreadCount, words: Words, key: str) -> tuple[str, ...]:
    outcomes = (words.say("portfolio.no-level") if out is None else out for out in one.settled)
    rest = (words.say(f"portfolio.{name}") for name in ("open", "exposed-column"))
    return (words.say(f"portfolio.{key}"), words.say("portfolio.projects"), *outcomes, *rest)


def _row(group: Group, index: int, name: str) -> tuple[Cell, ...]:
    one = group.spreads[index]
    shares = (*one.settled.values(), one.open)
    exposed = weight_of(group.exposed)
    return (
        Cell(name, "strong"),
        count(group.projects),
        *(_heat(weight, group.weight) for weight in shares),
        Cell(exposed, "bad" if group.exposed else "faint", is_number=True),
    )


def _heat(weight: float, whole: float) -> Cell:
    if not weight:
        return Cell(_EMPTY, "faint", is_number=True)
    shade = SHADES[min(int(4 * weight / whole - 1e-9), 3)]
    return Cell(f"{shade} {weight_of(weight)}", is_number=True)


def _of_domains(
    portfolio: Portfolio, words: Words, index: int, most: int
) -> Iterator[tuple[Cell, ...]]:
    """A row a domain, by its id; of many domains those with most projects, the rest together."""
    groups = sorted(portfolio.domains, key=_by_projects)
    most += len(groups) == most + 1
    for group in sorted(groups[:most], key=_by_id):
        yield _row(group, index, words.domain(group.domain or ""))
    if rest := groups[most:]:
        name = words.say("portfolio.other-domains", count=f"{len(rest):,}")
        yield _row(_together(rest, index), 0, name)


def _by_id(group: Group) -> str:
    return group.domain or ""


def _by_projects(group: Group) -> tuple[int, str]:
    return -group.projects, _by_id(group)


NAMED: Final = 5
"""The domains named of those that the questionnaire does not have."""


def _unknown(portfolio: Portfolio, words: Words) -> Iterator[str]:
    """The domains that the questionnaire does not have, those with most projects first."""
    known = words.bundle.questionnaire.domains
    unknown = sorted(
        (one for one in portfolio.domains if one.domain not in known), key=_by_projects
    )
    if not known or not unknown:
        return
    names = words.say("portfolio.list").join(map(_by_id, unknown[:NAMED]))
    if rest := len(unknown[NAMED:]):
        names = words.say("portfolio.rest", names=names, count=f"{rest:,}")
    projects = sum(one.projects for one in unknown)
    yield words.say("portfolio.unknown-domains", names=names, count=f"{projects:,}")


def _others(
    portfolio: Portfolio, words: Words, index: int, cities: int
) -> Iterator[tuple[Cell, ...]]:
    """One row for all cities that are not shown."""
    hidden = portfolio.cities[cities:]
    rest = [*hidden, *([portfolio.other_cities] if portfolio.other_cities else [])]
    if not rest:
        return
    number = portfolio.totals.cities - min(len(portfolio.cities), cities)
    name = words.say("portfolio.other-cities", count=f"{number:,}")
    yield _row(_together(rest, index), 0, name)


def _together(groups: list[Group], index: int) -> Group:
    spreads = [group.spreads[index] for group in groups]
    settled = {
        outcome: sum(one.settled[outcome] for one in spreads) for outcome in spreads[0].settled
    }
    return Group(
        domain=None,
        city=None,
        projects=sum(one.projects for one in groups),
        weight=sum(one.weight for one in groups),
        spreads=(SpreadCount(spreads[0].id, settled, sum(one.open for one in spreads)),),
        exposed=sum(one.exposed for one in groups),
        exposed_possible=sum(one.exposed_possible for one in groups),
    )


def _legend(one: SpreadCount, words: Words) -> Iterator[str]:
    for outcome in one.settled:
        if outcome is not None:
            name = words.outcome(one.id, outcome)
            yield words.say("portfolio.legend", id=outcome, name=name)
