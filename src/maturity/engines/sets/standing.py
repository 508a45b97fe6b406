"""The projects that stand out, the most exposed first."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from maturity.engines.grouping import exposed
from maturity.engines.sets.asking import NAMING, Asking, Values
from maturity.engines.sets.runner import Cell, count, word
from maturity.engines.sql import terms
from maturity.engines.sql.results import SEPARATOR
from maturity.engines.sql.terms import Term, column, text
from maturity.model.bundle import Bundle
from maturity.model.flat import FlatValue
from maturity.model.portfolio import Exposed
from maturity.model.result import Severity

_SURELY: Final = "rank\tsurely"
_CRITICAL: Final = "rank\tcritical"
_POSSIBLY: Final = "rank\tpossibly"
"""Columns beside those of the results, none of whose names holds a tab."""


def count_exposed(asking: Asking, bundle: Bundle, most: int) -> tuple[list[Exposed], int]:
    """The first projects that are exposed or have a critical flag, and how many there are."""
    surely, possibly = (_is_exposed(asking, bundle, surely=one) for one in (True, False))
    ranks = {
        _SURELY: terms.as_whole(surely),
        _CRITICAL: _raised(asking, bundle, "critical"),
        "rank\twarnings": _raised(asking, bundle, "warning"),
        "rank\tchecks": _sum([_is(f"check.{name}", "open") for name in bundle.rubric.checklists]),
        "rank\tflags": _sum([_is(f"flag.{name}", "watched") for name in bundle.rubric.flags]),
    }
    found = [exp.Alias(this=term, alias=terms.name(name)) for name, term in ranks.items()]
    possible = exp.Alias(this=possibly, alias=terms.name(_POSSIBLY))
    ranked = asking.over(asking.select(exp.Star(), *found, possible))
    is_critical = terms.compared(exp.GT, column(_CRITICAL), terms.whole(0))
    where = terms.some([column(_POSSIBLY), is_critical])
    falling: list[Term] = [exp.Neg(this=column(name)) for name in ranks]
    columns = [*asking.naming(), column("domain"), *map(column, ranks), *_verdicts(bundle)]
    ahead = terms.every([where.copy(), *_ahead(ranked, where, most)])
    first = ranked.first(columns, most, where=ahead, order=falling)
    ((_, number),) = ranked.groups(where=where.copy())
    return [_exposed(asking, row) for row in first], number


def _ahead(ranked: Asking, where: Term, most: int) -> list[Term]:
    """What the first projects have in common: all else need not be counted of the others."""
    leading = [column(_SURELY), column(_CRITICAL)]
    falling: list[Term] = [exp.Neg(this=one.copy()) for one in leading]
    first = ranked.first(leading, most, where=where.copy(), order=falling)
    if len(first) < most:
        return []
    surely, critical = (terms.whole(count(cell)) for cell in first[-1])
    level = terms.equal(column(_SURELY), surely)
    not_less = terms.compared(exp.GTE, column(_CRITICAL), critical)
    more = terms.compared(exp.GT, column(_SURELY), surely.copy())
    return [terms.some([more, terms.every([level, not_less])])]


def _exposed(asking: Asking, row: Values) -> Exposed:
    domain, surely, critical, warnings, open_checks, watched, confirmed, possible = row[NAMING:]
    return Exposed(
        named=asking.named(row[:NAMING]),
        domain=str(domain),
        surely=bool(surely),
        verdict=word(confirmed),
        possible=tuple(str(possible).split(SEPARATOR)) if possible else (),
        critical=count(critical),
        warnings=count(warnings),
        watched=count(watched),
        open_checks=count(open_checks),
    )


def _verdicts(bundle: Bundle) -> list[Term]:
    name = bundle.rubric.summary.verdict
    if name is None:
        return [terms.nothing(), terms.nothing()]
    return [column(f"decision.{name}.{end}") for end in ("confirmed", "possible")]


def _is_exposed(asking: Asking, bundle: Bundle, *, surely: bool) -> Term:
    """A condition on the verdict: one of the pairs of outcomes that stand and expose."""
    if bundle.rubric.summary.verdict is None:
        return terms.truth(value=False)
    found = []
    for (confirmed, possible), _ in asking.groups(*_verdicts(bundle)):
        values = verdict_values(bundle, confirmed, possible)
        if exposed(bundle, values, surely=surely):
            found.append(str(possible))
    listed = [text(one) for one in sorted(set(found))]
    if not listed:
        return terms.truth(value=False)
    return exp.In(this=_verdicts(bundle)[1], expressions=listed)


def verdict_values(bundle: Bundle, confirmed: Cell, possible: Cell) -> dict[str, FlatValue]:
    """The two outcomes of the verdict by their keys."""
    key = f"decision.{bundle.rubric.summary.verdict}"
    rows = tuple(str(possible).split(SEPARATOR)) if possible else ()
    return {f"{key}.confirmed": word(confirmed), f"{key}.possible": rows}


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
    key = f"flag.{name}.severity"
    if key in asking.there:
        return [[_is(key, severity)]]
    return [[]] if bundle.rubric.flags[name].severity == severity else []


def _is(key: str, word: str) -> Term:
    return terms.equal(column(key), text(word))


def _sum(conditions: Sequence[Term]) -> Term:
    return exp.Paren(this=terms.added([terms.as_whole(one) for one in conditions]))
