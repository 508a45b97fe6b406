"""Conflicts across projects, as far as a column map says what is one."""

from collections import defaultdict
from functools import partial

from maturity.base.characters import trimmed, visible
from maturity.engines.ranking import Top
from maturity.model.columns import SHARED_BY_NONE, Conflict
from maturity.model.portfolio import Clash, Clashes, Named, Scored


class ClashCount:
    """Projects by the value that they share, of those whose result makes it a conflict."""

    def __init__(self, conflict: Conflict, few: int, shown: int) -> None:
        self.conflict = conflict
        self.shown = shown
        self.by_value: dict[str, Top[Named]] = defaultdict(partial(Top, few, _name))

    def add(self, one: Scored, named: Named) -> None:
        """Count a project; one whose cell names nothing shares nothing."""
        value = trimmed(visible(one.carried.get(self.conflict.same, "")))
        if value.lower() not in SHARED_BY_NONE and self._holds(one):
            self.by_value[value].add(named)

    def clashes(self) -> Clashes:
        """The values that several projects share, those of most projects first."""
        shared = [(value, top) for value, top in self.by_value.items() if top.count > 1]
        shared.sort(key=lambda one: (-one[1].count, one[0]))
        top = tuple(Clash(value, one.count, one.first()) for value, one in shared[: self.shown])
        return Clashes(self.conflict.name, self.conflict.same, len(shared), top)

    def _holds(self, one: Scored) -> bool:
        where = self.conflict.where
        if where is None:
            return True
        found = one.values.get(where)
        told = found if isinstance(found, tuple) else (found,)
        return any(str(value) in self.conflict.results for value in told)


def _name(one: Named) -> tuple[str, ...]:
    return one.city.in_language("en"), one.project
