"""The projects that stand out, the most exposed first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.engines.grouping import exposed
from maturity.engines.sets.asking import NAMING, Asking, Values
from maturity.engines.sets.runner import Cell, count, word
from maturity.engines.sql import terms
from maturity.engines.sql.columns import SEPARATOR
from maturity.engines.sql.terms import Term, column, text
from maturity.model.bundle import Bundle
from maturity.model.flat import JUSTIFIED, FlatValue
from maturity.model.portfolio import Exposed
from maturity.model.result import Severity

_SURELY: Final = "rank\tsurely"
_CRITICAL: Final = "rank\tcritical"
"""Columns beside those of the results, none of whose names holds a tab."""


class _Standing(NamedTuple):
    """Projects of one verdict and with equally many critical flags."""

    surely: bool
    critical: int
    verdict: str
    number: int


def count_exposed(asking: Asking, bundle: Bundle, most: int) -> tuple[list[Exposed], int]:
    """The first projects that are exposed or have a critical flag, and how many there are."""
    standing = sorted(_standing(asking, bundle), reverse=True)
    surely = _has_verdict(bundle, [one.verdict for one in standing if one.surely])
    ahead = asking.picked(where=_ahead(asking, bundle, standing, most))
    found = _first(ahead, bundle, surely, most)
    return [_exposed(asking, row) for row in found], sum(one.number for one in standing)


def _first(asking: Asking, bundle: Bundle, surely: Term, most: int) -> list[Values]:
    """What `_exposed` reads of the most exposed projects; `surely`: a condition on such."""
    ranks = {
        _SURELY: terms.as_whole(surely),
        _CRITICAL: _raised(asking, bundle, "critical"),
        "rank\twarnings": _raised(asking, bundle, "warning"),
        "rank\tchecks": _sum([_is(f"check.{name}", "open") for name in bundle.rubric.checklists]),
        "rank\tflags": _sum([_is(f"flag.{name}", "watched") for name in bundle.rubric.flags]),
    }
    told = [*asking.naming(), column("domain"), *verdict_columns(bundle)]
    there = {one.name: one for one in told if isinstance(one, exp.Column)}
    found = [exp.Alias(this=term, alias=terms.name(name)) for name, term in ranks.items()]
    ranked = asking.over(asking.select(*there.values(), *found))
    falling: list[Term] = [exp.Neg(this=column(name)) for name in ranks]
    columns = [*asking.naming(), column("domain"), *map(column, ranks), *verdict_columns(bundle)]
    return ranked.first(columns, most, order=falling)


def _standing(asking: Asking, bundle: Bundle) -> Iterator[_Standing]:
    """The projects that are exposed or have a critical flag."""
    critical = _raised(asking, bundle, "critical")
    for (confirmed, possible, raised), number in asking.groups(*verdict_columns(bundle), critical):
        values = verdict_values(bundle, confirmed, possible)
        surely, possibly = (exposed(bundle, values, surely=one) for one in (True, False))
        if surely or possibly or raised:
            yield _Standing(surely, count(raised), str(possible) if possibly else "", number)


def _ahead(asking: Asking, bundle: Bundle, standing: Sequence[_Standing], most: int) -> Term:
    """What the first projects have in common: all else need not be counted of the others."""
    ahead = accumulate(one.number for one in standing)
    last = next((one for one, seen in zip(standing, ahead, strict=True) if seen >= most), None)
    if last is None or not (last.surely or last.critical):
        every = [one.verdict for one in standing]
        return terms.some([_has_verdict(bundle, every), _has_critical(asking, bundle, 1)])
    is_exposed = _has_verdict(bundle, [one.verdict for one in standing if one.surely])
    both = terms.every if last.surely else terms.some
    return both([is_exposed, _has_critical(asking, bundle, last.critical)])


def _has_verdict(bundle: Bundle, verdicts: Iterable[str]) -> Term:
    """A condition on the verdict: it is one of these."""
    listed = sorted({one for one in verdicts if one})
    if not listed:
        return terms.truth(value=False)
    return exp.In(this=verdict_columns(bundle)[1], expressions=[text(one) for one in listed])


def _has_critical(asking: Asking, bundle: Bundle, least: int) -> Term:
    if least == 0:
        return terms.truth(value=True)
    return terms.compared(exp.GTE, _raised(asking, bundle, "critical"), terms.whole(least))


def _exposed(asking: Asking, row: Values) -> Exposed:
    domain, surely, critical, warnings, open_checks, watched, confirmed, possible = row[NAMING:]
    return Exposed(
        named=asking.named(row[:NAMING]),
        domain=str(domain),
        surely=bool(surely),
        verdict=word(confirmed),
        possible=possible_in(possible),
        critical=count(critical),
        warnings=count(warnings),
        watched=count(watched),
        open_checks=count(open_checks),
    )


def verdict_columns(bundle: Bundle) -> list[Term]:
    """The columns of the two outcomes of the verdict; nothing where the rubric gives none."""
    name = bundle.rubric.summary.verdict
    if name is None:
        return [terms.nothing(), terms.nothing()]
    return [column(f"decision.{name}.{end}") for end in ("confirmed", "possible")]


def verdict_values(bundle: Bundle, confirmed: Cell, possible: Cell) -> dict[str, FlatValue]:
    """The two outcomes of the verdict by their keys."""
    key = f"decision.{bundle.rubric.summary.verdict}"
    return {f"{key}.confirmed": word(confirmed), f"{key}.possible": possible_in(possible)}


def possible_in(cell: Cell) -> tuple[str, ...]:
    """The outcomes that are possible, out of their cell."""
    return tuple(str(cell).split(SEPARATOR)) if cell else ()


def _raised(asking: Asking, bundle: Bundle, severity: Severity) -> Term:
    """How many flags are raised at a severity; one that a reason lowers is at another."""
    return _sum(
        [
            terms.every([_is(f"flag.{name}", "raised"), *told])
            for name in bundle.rubric.flags
            for told in _at(asking, bundle, name, severity)
        ]
    )


def _at(asking: Asking, bundle: Bundle, name: str, severity: Severity) -> list[list[Term]]:
    """What a raised flag has to fulfil to be of a severity; nothing where it never is."""
    declared = bundle.rubric.flags[name].severity
    key = f"flag.{name}.severity"
    if key not in asking.there:
        return [[]] if declared == severity else []
    return [[_is(key, severity)]] if severity in (declared, JUSTIFIED) else []


def _is(key: str, word: str) -> Term:
    return terms.equal(column(key), text(word))


def _sum(conditions: Sequence[Term]) -> Term:
    return exp.Paren(this=terms.added([terms.as_whole(one) for one in conditions]))
