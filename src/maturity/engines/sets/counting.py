"""Results -> what is counted of them: a few queries, whatever the number of projects."""

from collections import Counter
from typing import Final

from sqlglot import exp

from maturity.engines.grouping import Counting, verdicts
from maturity.engines.sets import names
from maturity.engines.sets.asking import Asking, text_in
from maturity.engines.sets.runner import number, word
from maturity.engines.sets.standing import count_exposed, verdict_values
from maturity.engines.sql import terms
from maturity.engines.sql.terms import Term, column, text
from maturity.engines.tally import FEW, FINER, SHOWN, Tally
from maturity.model.flat import COUNTS
from maturity.rules.checklists import STATUSES

MANY: Final = 1_000
"""Projects, first by name, among which most flags are raised often enough to be shown."""

_STATUSES: Final = ("raised", "watched", "possible")


def count_into(tally: Tally, asking: Asking) -> None:
    """Count every project of some results, as `Tally.add` does one by one."""
    _count_groups(tally, asking)
    _count_verdicts(tally, asking)
    _count_scores(tally, asking)
    _count_words(tally, asking)
    _name_raised(tally, asking)
    found, number = count_exposed(asking, tally.bundle, SHOWN)
    tally.exposed.take(found, number)


def _count_groups(tally: Tally, asking: Asking) -> None:
    """All projects, those of each domain, of each city that is shown, and of the others."""
    top = [(str(city), number) for (city,), number in asking.groups("city")]
    top.sort(key=lambda one: (-one[1], one[0]))
    shown, rest = [city for city, _ in top[:SHOWN]], len(top) - SHOWN
    is_shown = exp.In(this=column("city"), expressions=[text(one) for one in shown])
    city = terms.cases([(is_shown, column("city"))], terms.nothing())
    domains: dict[str | None, Counting] = {}
    cities: dict[str | None, Counting] = {}
    for place, groups in (("domain", domains), (city, cities)):
        _group(tally, asking, place, groups)
    tally.domains = {str(name): one for name, one in domains.items()}
    others = cities.pop(None, None)
    tally.cities = {str(name): one for name, one in cities.items()}
    tally.others, tally.other_cities = others, max(rest, 0)
    for one in domains.values():
        tally.whole.merge(one)
    for (name, *translated), _ in asking.groups(*_city(asking), where=is_shown.copy()):
        tally.name(text_in(name, translated))


def _city(asking: Asking) -> list[Term]:
    """The name of the city in every language."""
    found = asking.naming()
    more = (len(found) - 3) // 2
    return [found[0], *found[3 : 3 + more]]


def _group(
    tally: Tally, asking: Asking, place: Term | str, groups: dict[str | None, Counting]
) -> None:
    bundle = tally.bundle
    for name in bundle.rubric.summary.spread:
        stage = "ladder" if name in bundle.rubric.ladders else "decision"
        keys = [f"{stage}.{name}.confirmed", f"{stage}.{name}.possible"]
        for (where, weight, *ends), times in asking.groups(_again(place), "weight", *keys):
            values = dict(zip(keys, map(word, ends), strict=True))
            group = groups.setdefault(word(where), Counting(bundle))
            group.add_outcomes(name, values, number(weight), times)
    for (where, weight, *ends), times in asking.groups(_again(place), "weight", *_verdict(tally)):
        verdict = verdict_values(bundle, *ends)
        group = groups.setdefault(word(where), Counting(bundle))
        group.add_verdicts(verdict, number(weight), times)


def _again(place: Term | str) -> Term | str:
    return place if isinstance(place, str) else place.copy()


def _verdict(tally: Tally) -> list[Term]:
    name = tally.bundle.rubric.summary.verdict
    ends = ("confirmed", "possible")
    return [column(f"decision.{name}.{end}") if name else _no_text() for end in ends]


def _no_text() -> Term:
    return exp.Cast(this=terms.nothing(), to=exp.DataType(this=exp.DataType.Type.TEXT))


def _count_verdicts(tally: Tally, asking: Asking) -> None:
    for ends, times in asking.groups(*_verdict(tally)):
        sure, rows = verdicts(tally.bundle, verdict_values(tally.bundle, *ends))
        tally.surely.update({sure: times} if sure else {})
        tally.possibly.update(dict.fromkeys(rows, times))


def _count_scores(tally: Tally, asking: Asking) -> None:
    for end, counts in (("least", tally.least), ("most", tally.most)):
        for name, found in counts.items():
            digits = tally.bundle.rubric.scores[name].digits + FINER
            for (value,), times in asking.groups(f"score.{name}.{end}"):
                if value is not None:
                    found[round(number(value), digits)] += times


def _count_words(tally: Tally, asking: Asking) -> None:
    """Flags and checklist items by status, and the sums of coverage, in one query."""
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


def _is(key: str, word: str) -> Term:
    return terms.equal(column(key), text(word))


def _name_raised(tally: Tally, asking: Asking) -> None:
    """Some projects in which each flag is raised, by city and project."""
    flags = list(tally.flags)
    naming = asking.naming()
    rows = asking.first([*naming, *(f"flag.{name}" for name in flags)], MANY)
    for place, name in enumerate(flags, len(naming)):
        raised, top = tally.flags[name]["raised"], tally.raised_in[name]
        found = [row for row in rows if row[place] == "raised"][:FEW]
        if len(found) < min(raised, FEW):
            found = asking.first(asking.naming(), FEW, where=_is(f"flag.{name}", "raised"))
        top.take([asking.named(row[: len(naming)]) for row in found], raised)
