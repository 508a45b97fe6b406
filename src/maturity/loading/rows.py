"""A row of a table -> a city file in memory with one project, each value at its cell's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import COLUMN_BITS, Place, Places, Steps
from maturity.loading.cells import clean, number_of, value_of
from maturity.loading.models import Loaded, build
from maturity.loading.nodes import Document
from maturity.loading.sources import Source
from maturity.loading.tables.table import Row, unreadable
from maturity.model.city import SIDES, City
from maturity.model.columns import EVERYWHERE, Columns
from maturity.rules.scope import Shape

NEEDED: Final = ("city", "project", "domain")
"""The columns without which a row is no project."""

_FACTS: Final[dict[str, Steps]] = {
    "city": ("city", "name"),
    "project": ("projects", 0, "id"),
    "domain": ("projects", 0, "domain"),
    "weight": ("projects", 0, "weight"),
}
_MORE_FACTS: Final[dict[str, Steps]] = {
    "name": ("projects", 0, "name"),
    "country": ("city", "country"),
    "assessed": ("assessed",),
    "city.zh-Hant": ("city", "name", "zh-Hant"),
    "name.zh-Hant": ("projects", 0, "name", "zh-Hant"),
}
FACTS: Final = (*_FACTS, *_MORE_FACTS)
"""The columns that are read and are no questions."""

_PASSED_ON: Final = frozenset(_MORE_FACTS) - {"name"}
"""Facts that stand in the results as they came, like columns that are not read."""

TRANSLATED: Final = {steps: name for name, steps in _MORE_FACTS.items() if "." in name}
"""Facts that stand in the results as they are read, whatever their column is called."""

_STAND_IN: Final = "none"
"""What is taken for a fact that a row lacks."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row that has the form of a project: its city file in memory, and what is passed on.

    With `faults` it is not scored. It is there for its other faults to be found beside them.
    """

    loaded: Loaded[City]
    carried: Mapping[str, str]
    faults: Sequence[Diagnostic] = ()


@dataclass(slots=True)
class Layout:
    """Tells where the cells under a header belong; remembers the headers that it has met.

    `assessed` stands where a table does not say when its projects were assessed.
    """

    questionnaire: str
    shapes: Mapping[str, Shape]
    columns: Columns
    assessed: date
    _known: dict[str, Steps | None] = field(default_factory=dict)

    def steps(self, header: str) -> Steps | None:
        """The steps to the value that a column holds; None where it is carried."""
        if header not in self._known:
            self._known[header] = self._steps(self.columns.columns.get(header, header))
        return self._known[header]

    def _steps(self, name: str) -> Steps | None:
        if name in _FACTS:
            return _FACTS[name]
        if name in self.shapes:
            return ("projects", 0, "answers", name)
        for side in SIDES[1:]:
            question = name.removeprefix(f"{side}.")
            if question != name and question in self.shapes:
                return ("projects", 0, side, question)
        return _MORE_FACTS.get(name)

    def carries(self, header: str) -> bool:
        """Whether a column is passed on to the results as it came."""
        if header in TRANSLATED.values():
            return False
        name = self.columns.columns.get(header, header)
        return self.steps(header) is None or name in _PASSED_ON

    def replaced(self, steps: Steps) -> Mapping[str, str]:
        """The values of a column that stand for others, with what they stand for.

        What is said of one side's answers to a question comes before what is said of the question.
        """
        values = self.columns.values
        keys = (EVERYWHERE, *_named(steps))
        return {text: said for key in keys for text, said in values.get(key, {}).items()}

    def mapped(self, steps: Steps, text: str) -> str:
        """The text of a cell, or what it stands for."""
        return self.replaced(steps).get(text, text) if self.columns.values else text

    def faults(self, shown: str, headers: tuple[str, ...]) -> list[Diagnostic]:
        """Why no row of a table with these headers can be read; nothing where it can."""
        found = [self.steps(header) for header in headers]
        missing = [name for name in NEEDED if _FACTS[name] not in found]
        hint = "map the headers with --columns; --suggest-columns writes a start of such a map"
        if missing:
            lacking = ", ".join(f"`{name}`" for name in missing)
            return [unreadable(shown, f"the table has no column for {lacking}", hint)]
        if not any(steps and is_question(steps) for steps in found):
            message = f"no column of the table is a question of {self.questionnaire}"
            return [unreadable(shown, message, hint)]
        return []

    def read(self, shown: str, row: Row) -> RowRead | list[Diagnostic]:
        """The project in a row, or every fault that keeps it from having the form of one."""
        if row.fault is not None:
            return [row.fault]
        filled = _Filled(self, shown, row)
        filled.fill()
        filled.complete()
        document = Document(shown, filled.data, Places(shown, filled.places, {}))
        raw = repr(row.cells).encode(errors="backslashreplace")
        loaded = build(document, City, Source(shown, raw))
        if isinstance(loaded, Loaded):
            return RowRead(loaded, filled.carried, filled.found)
        return sorted([*filled.found, *loaded])

    def passed_on(self, row: Row) -> tuple[str, ...]:
        """The columns that a row passes on, whether it is a project or not."""
        filled = _Filled(self, "", row)
        filled.fill()
        return tuple(filled.carried)


class _Filled:
    """A row as the data of a city file, filled cell by cell."""

    def __init__(self, layout: Layout, shown: str, row: Row) -> None:
        self.layout = layout
        self.shown = shown
        self.row = row
        self.data: dict[str, Any] = {
            "format": "maturity/city@1",
            "questionnaire": layout.questionnaire,
            "city": {},
            "assessed": layout.assessed,
            "projects": [{"answers": {}, "government": {}, "private": {}}],
        }
        here = (row.number - 1) << COLUMN_BITS
        self.places: dict[Steps, int] = {(): here, ("projects", 0): here, ("city",): here}
        self.texts: dict[Steps, str] = {}
        self.carried: dict[str, str] = {}
        self.found: list[Diagnostic] = []

    def fill(self) -> None:
        """Put every cell where it belongs."""
        for column, (header, text) in enumerate(self.row.cells):
            steps = self.layout.steps(header)
            if self.layout.carries(header):
                self._carry(header, text, column)
            if steps is not None:
                said = self.layout.mapped(steps, clean(text))
                self._pass_on(steps, said)
                self._put(steps, said, column)

    def complete(self) -> None:
        """M103 for what every project needs; a word stands in, so that the rest can be judged."""
        for name in NEEDED:
            if _FACTS[name] not in self.texts:
                place = Place(self.shown, self.row.number, 1)
                hint = "fill it in, or map another column to it (--columns)"
                message = f"the row has no `{name}`"
                self.found.append(Diagnostic.of(Code.MISSING_KEY, place, message, hint))
                _set(self.data, _FACTS[name], _STAND_IN)
        name = self.texts.get(_FACTS["project"], _STAND_IN)
        self.data["projects"][0].setdefault("name", name)

    def _carry(self, header: str, text: str, column: int) -> None:
        """A column that is passed on; its twin gets a number behind the name."""
        if not header and not text:
            return
        first = name = header or f"column-{column + 1}"
        twin = 1
        while name in self.carried:
            twin += 1
            name = f"{first}.{twin}"
        self.carried[name] = text

    def _pass_on(self, steps: Steps, said: str) -> None:
        """A translation; of two columns that hold it, the one that is filled."""
        name = TRANSLATED.get(steps)
        if name is not None and not self.carried.get(name):
            self.carried[name] = said

    def _put(self, steps: Steps, text: str, column: int) -> None:
        if not text:
            return
        if self.texts.setdefault(steps, text) != text:
            place = Place(self.shown, self.row.number, column + 1)
            message = f"two columns say {steps[-1]!r}, and differ"
            hint = "leave one of the two cells empty"
            self.found.append(Diagnostic.of(Code.TWO_ANSWERS, place, message, hint))
            return
        self.places[steps] = (self.row.number - 1) << COLUMN_BITS | column
        _set(self.data, steps, self._value(steps, text))

    def _value(self, steps: Steps, text: str) -> Any:
        if is_question(steps):
            return value_of(text, self.layout.shapes[str(steps[-1])])
        if steps == _FACTS["weight"]:
            number = number_of(text)
            return text if number is None else number
        return text


def _set(data: Any, steps: Steps, value: Any) -> None:
    """Set a value below dictionaries that are there; a text gets a language beside it."""
    *way, last = steps
    for step in way:
        below = data.get(step) if isinstance(data, dict) else data[step]
        if isinstance(below, str) or below is None:
            data[step] = below = {"en": below} if below else {}
        data = below
    if isinstance(data.get(last), dict) and isinstance(value, str) and last == "name":
        data[last]["en"] = value
    else:
        data[last] = value


def _named(steps: Steps) -> tuple[str, ...]:
    """What a column map calls the column that holds a value; the closest name is last."""
    if not is_question(steps):
        return (fact_named(steps),)
    side, question = steps[2:]
    return (str(question), f"{side}.{question}")


def is_question(steps: Steps) -> bool:
    """Whether these are the steps to an answer."""
    return len(steps) > 2 and steps[2] in SIDES  # noqa: PLR2004 - projects, 0, side


def fact_named(steps: Steps) -> str:
    """The name of the column that holds a fact."""
    return next((name for name, one in (_FACTS | _MORE_FACTS).items() if one == steps), "")
