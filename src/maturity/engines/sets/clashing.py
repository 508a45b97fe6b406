"""Conflicts across projects, as far as a column map says what is one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlglot import exp

from maturity.engines.sets import names
from maturity.engines.sets.asking import Asking
from maturity.engines.sets.plainness import bare
from maturity.engines.sql import terms
from maturity.engines.sql.columns import SEPARATOR
from maturity.engines.sql.terms import Term, column, text
from maturity.model.columns import SHARED_BY_NONE, Conflict
from maturity.model.portfolio import Clash, Clashes, Named


class Counted(NamedTuple):
    """Clashes that have been counted."""

    found: Clashes

    def clashes(self) -> Clashes:
        """The clashes."""
        return self.found


def clashes_in(asking: Asking, conflicts: Sequence[Conflict], few: int, most: int) -> list[Clashes]:
    """For each conflict the values that several projects share, those of most projects first."""
    return [_clashes(asking, one, few, most) for one in conflicts]


def _clashes(asking: Asking, conflict: Conflict, few: int, most: int) -> Clashes:
    same = asking.passed.get(names.carried(conflict.same))
    if same is None:
        return Clashes(conflict.name, conflict.same, 0, ())
    value = bare(column(same))
    nothing = exp.In(
        this=exp.Lower(this=value.copy()), expressions=[text(one) for one in sorted(SHARED_BY_NONE)]
    )
    filled = exp.Not(this=exp.Coalesce(this=nothing, expressions=[terms.truth(value=True)]))
    where = terms.every([filled, _holds(asking, conflict)])
    found = asking.groups(value.copy(), where=where.copy())
    counted = [(str(one), number) for (one,), number in found if number > 1]
    counted.sort(key=lambda one: (-one[1], one[0]))
    first = _first(asking, value, where, [one for one, _ in counted[:most]], few)
    top = tuple(Clash(one, count, tuple(first[one])) for one, count in counted[:most])
    return Clashes(conflict.name, conflict.same, len(counted), top)


def _first(
    asking: Asking, value: Term, where: Term, wanted: Sequence[str], few: int
) -> dict[str, list[Named]]:
    """Some projects for each value, by city and project."""
    found: dict[str, list[Named]] = defaultdict(list)
    for one in wanted:
        only = terms.every([where.copy(), terms.equal(value.copy(), text(one))])
        for row in asking.first(asking.naming(), few, where=only):
            found[one].append(asking.named(row))
    return found


def _holds(asking: Asking, conflict: Conflict) -> Term:
    """The result under the conflict's key is one of those listed; any where it names no key."""
    if conflict.where is None:
        return terms.truth(value=True)
    if conflict.where not in asking.there or not conflict.results:
        return terms.truth(value=False)
    cell = exp.Cast(this=asking.cell(conflict.where), to=exp.DataType(this=exp.DataType.Type.TEXT))
    padded = exp.Paren(this=terms.joined([text(SEPARATOR), cell, text(SEPARATOR)]))
    return terms.some(
        exp.Coalesce(
            this=exp.Like(this=padded.copy(), expression=text(f"%{SEPARATOR}{one}{SEPARATOR}%")),
            expressions=[terms.truth(value=False)],
        )
        for one in conflict.results
    )
