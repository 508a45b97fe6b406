"""Results -> what is counted of them: a few queries, whatever the number of projects."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.engines.grouping import Counting, verdicts
from maturity.engines.sets import names
from maturity.engines.sets.asking import NAMING, Asking, Values, text_in
from maturity.engines.sets.by_letters import count_letters
from maturity.engines.sets.runner import number, word
from maturity.engines.sets.standing import count_exposed, verdict_values
from maturity.engines.sql import terms
from maturity.engines.sql.terms import Term, column, text
from maturity.engines.tally import FEW, FINER, SHOWN, Tally
from maturity.model.bundle import Bundle
from maturity.model.flat import COUNTS, FlatValue
from maturity.rules.checklists import STATUSES

MANY: Final = 1_000
"""Projects, first by name, among which most flags are raised often enough to be shown."""

_STATUSES: Final = ("raised", "watched", "possible")


def count_into(tally: Tally, asking: Asking) -> None:
    """Count every project of some results, as `Tally.add` does one by one."""
    _count_domains(tally, asking)
    _count_cities(tally, asking)
    _count_scores(tally, asking)
    _count_words(tally, asking)
    if asking.letters is not None:
        count_letters(tally, asking, asking.letters)
        return
    _name_raised(tally, asking)
    found, number = count_exposed(asking, tally.bundle, SHOWN)
    tally.exposed.take(found, number)


def _count_domains(tally: Tally, asking: Asking) -> None:
    """All projects, and those of each domain, with their verdicts."""
    bundle = tally.bundle
    for one in _outcomes(bundle, asking, "domain"):
        if one.place not in tally.domains:
            tally.domains[one.place] = Counting(bundle)
        one.count_into(tally.domains[one.place])
        if one.of == bundle.rubric.summary.verdict:
            sure, rows = verdicts(bundle, one.values)
            tally.surely.update({sure: one.times} if sure else {})
            tally.possibly.update(dict.fromkeys(rows, one.times))
    for domain in tally.domains.values():
        tally.whole.merge(domain)


def _count_cities(tally: Tally, asking: Asking) -> None:
    """The projects of each city that is shown, and of the others."""
    top = [(str(city), number) for (city,), number in asking.groups("city")]
    top.sort(key=lambda one: (-one[1], one[0]))
    shown = [city for city, _ in top[:SHOWN]]
    tally.cities = {city: Counting(tally.bundle) for city in shown}
    is_shown = exp.In(this=column("city"), expressions=[text(one) for one in shown])
    for one in _outcomes(tally.bundle, asking, "city", is_shown):
        one.count_into(tally.cities[one.place])
    if len(top) > SHOWN:
        tally.others = tally.whole.without(tally.cities.values())
        tally.other_cities = len(top) - SHOWN
    for (city, *translated), _ in asking.groups(*_city(asking), where=is_shown.copy()):
        tally.name(text_in(city, translated))


def _city(asking: Asking) -> list[Term]:
    """The name of the city in every language."""
    found = asking.naming()
    more = (len(found) - 3) // 2
    return [found[0], *found[3 : 3 + more]]


class _Outcomes(NamedTuple):
    """What a ladder or decision gives in several projects of one place and weight.

    `of` is None where all projects are counted, whatever they give.
    """

    place: str
    weight: float
    of: str | None
    values: Mapping[str, FlatValue]
    times: int

    def count_into(self, group: Counting) -> None:
        """Count them."""
        summary = group.bundle.rubric.summary
        if self.of in group.settled:
            group.add_outcomes(self.of, self.values, self.weight, self.times)
        if self.of == summary.verdict:
            group.add_verdicts(self.values, self.weight, self.times)


def _outcomes(
    bundle: Bundle, asking: Asking, place: str, where: Term | None = None
) -> Iterator[_Outcomes]:
    """The outcomes of every ladder and decision that is summed up, by place."""
    verdict = bundle.rubric.summary.verdict
    of = [*bundle.rubric.summary.spread, *([verdict] if verdict else ())]
    keys = {one: _ends(bundle, one) for one in of}
    if verdict is None:
        for (found, weight), times in asking.groups(place, "weight", where=where):
            yield _Outcomes(str(found), number(weight), None, {}, times)
    for key, (found, weight, *ends), times in asking.each(keys, place, "weight", where=where):
        told = dict(zip(keys[key], map(word, ends), strict=True))
        values = verdict_values(bundle, *ends) if key == verdict else told
        yield _Outcomes(str(found), number(weight), key, values, times)


def _ends(bundle: Bundle, name: str) -> list[str]:
    stage = "ladder" if name in bundle.rubric.ladders else "decision"
    return [f"{stage}.{name}.{end}" for end in ("confirmed", "possible")]


def _count_scores(tally: Tally, asking: Asking) -> None:
    """Each end of each score by value."""
    places = {
        f"score.{name}.{end}": (counts[name], tally.bundle.rubric.scores[name].digits + FINER)
        for end, counts in (("least", tally.least), ("most", tally.most))
        for name in counts
    }
    for key, (value,), times in asking.each({one: [one] for one in places}):
        if value is not None:
            found, digits = places[key]
            found[round(number(value), digits)] += times


def _count_words(tally: Tally, asking: Asking) -> None:
    """Flags and checklist items by status, and the sums of coverage, in one query."""
    places, conditions = ([], []) if asking.letters else _statuses(tally, asking)
    places.append((tally.coverage, "silent"))
    conditions.append(terms.equal(column("coverage.answered"), terms.real(0.0)))
    illustration = asking.passed.get(names.carried("illustration"))
    if illustration:
        places.append((tally.coverage, "illustrations"))
        conditions.append(_is(illustration, "true"))
    sums = [column(f"coverage.{name}") for name in COUNTS]
    places += [(tally.coverage, name) for name in COUNTS]
    for (found, status), times in zip(places, asking.totals(conditions, *sums), strict=True):
        if times:
            found[status] += times


def _statuses(tally: Tally, asking: Asking) -> tuple[list[tuple[Counter[str], str]], list[Term]]:
    """Where statuses of flags and checklist items are counted, and the conditions on them."""
    rubric = tally.bundle.rubric
    places: list[tuple[Counter[str], str]] = []
    conditions: list[Term] = []
    for name, found in tally.flags.items():
        for status in _STATUSES:
            places.append((found, status))
            conditions.append(_is(f"flag.{name}", status))
        if f"flag.{name}.severity" in asking.there:
            places.append((found, "lowered"))
            lowered = terms.differs(
                column(f"flag.{name}.severity"), text(rubric.flags[name].severity)
            )
            conditions.append(terms.every([_is(f"flag.{name}", "raised"), lowered]))
    for name, found in tally.checks.items():
        for status in (*STATUSES, "unknown"):
            places.append((found, status))
            conditions.append(_is(f"check.{name}", status))
    return places, conditions


def _is(key: str, word: str) -> Term:
    return terms.equal(column(key), text(word))


def _name_raised(tally: Tally, asking: Asking) -> None:
    """Some projects in which each flag is raised, by city and project."""
    waiting = [name for name in tally.flags if tally.flags[name]["raised"]]
    where = None
    while waiting:
        flags = [f"flag.{name}" for name in waiting]
        rows = _first_rows(asking, flags, where)
        for place, name in enumerate(waiting, NAMING):
            found = [row for row in rows if row[place] == "raised"][:FEW]
            raised, top = tally.flags[name]["raised"], tally.raised_in[name]
            if len(found) == min(raised, FEW):
                top.take([asking.named(row[:NAMING]) for row in found], raised)
        left = [name for name in waiting if not tally.raised_in[name].count]
        assert where is None or len(left) < len(waiting)  # so many rows hold a flag's first ones
        waiting = left
        where = terms.some([_is(f"flag.{name}", "raised") for name in waiting])


def _first_rows(asking: Asking, columns: Sequence[str], where: Term | None) -> list[Values]:
    """What names a project and some columns of the first rows, by city and project."""
    most = max(MANY, FEW * len(columns))
    picked = asking.picked(where=where, order=[column("city"), column("project")], most=most)
    return picked.first([*asking.naming(), *columns], most)
