"""The decision as a tax and benefit system of OpenFisca: a variable each named value.

Answers are arrays, one a question: a choice an EnumArray, whose members are the options and
`not-applicable`; each option of a multi question that a rule reads a truth; a number a float. A
formula reads each array as plain integers and asks for members one by one, which numpy compares
eight or more at once: quicker than looking them up, and than OpenFisca's own comparison.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core import (
    entities,
    indexed_enums,
    periods,
    simulations,
    taxbenefitsystems,
    variables,
)
from pyarrow import parquet
from tests.bench.rivals.crisp import Teller
from tests.bench.rivals.decision import NONE, Decision

from maturity.base.ids import NOT_APPLICABLE
from maturity.rules.expr import Bounds, noise

DAY = "2026-11"
"""Answers hold for ever, but a formula is asked for a period."""

Read = Callable[[str], Any]
"""A variable by name -> its array."""

Formula = Callable[[Read], Any]
"""The arrays that it asks for -> an array of truths."""


class Formulas:
    """Conditions as functions over arrays."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision

    def constant(self, *, value: bool) -> Formula:
        """Always so: one truth stands for all."""
        return lambda _: np.bool_(value)

    def among(self, question: str, options: frozenset[str]) -> Formula:
        """Members one by one; where most are meant, the others."""
        members = members_of(self.decision, question)
        held = [number for number, one in enumerate(members) if one in options]
        rest = [number for number, one in enumerate(members) if one not in options]
        name = called(question)
        if len(rest) < len(held):
            return lambda read: ~_is_one_of(_plain(read(name)), rest)
        return lambda read: _is_one_of(_plain(read(name)), held)

    def chosen(self, question: str, options: Sequence[str], low: int, high: int) -> Formula:
        """Truths, one an option."""
        names = [called(f"{question}__{one}") for one in options]
        if low <= 1 and high == len(names):
            return self.some([_reading(name) for name in names])
        counted = self._count([_reading(name) for name in names])
        return lambda read: _between(counted(read), low, high)

    def within(self, question: str, bounds: Bounds) -> Formula:
        """With the margin that our own engines leave."""
        name = called(f"{question}__number")
        asked = [
            (np.greater_equal, bounds.at_least, -1),
            (np.greater, bounds.above, 1),
            (np.less_equal, bounds.at_most, 1),
            (np.less, bounds.below, -1),
        ]
        ends = [(one, end + sign * noise(end)) for one, end, sign in asked if end is not None]
        return lambda read: reduce(np.logical_and, [one(read(name), end) for one, end in ends])

    def every(self, items: Sequence[Formula]) -> Formula:
        """All of them."""
        return lambda read: reduce(np.logical_and, (one(read) for one in items))

    def some(self, items: Sequence[Formula]) -> Formula:
        """Any of them."""
        return lambda read: reduce(np.logical_or, (one(read) for one in items))

    def opposite(self, item: Formula) -> Formula:
        """Not so."""
        return lambda read: np.logical_not(item(read))

    def at_least(self, count: int, items: Sequence[Formula]) -> Formula:
        """So many of these."""
        counted = self._count(items)
        return lambda read: counted(read) >= count

    def named(self, key: str) -> Formula:
        """A variable of its own, which OpenFisca keeps once it is worked out."""
        return _reading(called(key))

    def _count(self, items: Sequence[Formula]) -> Formula:
        return lambda read: reduce(
            np.add, (np.asarray(one(read)).astype(np.int8, copy=False) for one in items)
        )


class System:
    """The tax and benefit system of a decision; it is built once."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        entity = entities.Entity("project", "projects", "A project", "")
        self.system = taxbenefitsystems.TaxBenefitSystem([entity])
        self.entity = entity
        self.kinds: dict[str, Any] = {}
        for question in decision.questions:
            self._add_question(question)
        teller: Teller[Formula] = Teller(decision, Formulas(decision))
        values: Any = decision.models.plan.values
        for key in decision.keys:
            self._add(called(key), bool, formula=_formula(teller.tell(values[key])))
        self.outcome = _enum("outcome", [*decision.outcomes, NONE])
        self._add("outcome", self.outcome, formula=_outcome(decision, self.outcome))

    def calculate(self, inputs: dict[str, Any]) -> Any:
        """The outcomes as an EnumArray, of arrays by variable."""
        populations = self.system.instantiate_entities()
        populations["project"].count = len(next(iter(inputs.values())))
        simulation = simulations.Simulation(self.system, populations)
        for name, array in inputs.items():
            simulation.set_input(name, periods.ETERNITY, array)
        return simulation.calculate("outcome", DAY)

    def read(self, source: Path) -> dict[str, Any]:
        """The arrays of a Parquet file, by way of the dictionaries in which it keeps its texts."""
        questions = list(self.decision.questions)
        table = parquet.read_table(source, columns=questions, read_dictionary=questions)
        found: dict[str, Any] = {}
        for question in questions:
            column = table.column(question).unify_dictionaries().combine_chunks()
            column = column.chunk(0) if hasattr(column, "chunk") else column
            words, places = column.dictionary.to_pylist(), column.indices.to_numpy()
            for name, told in self._columns(question, words).items():
                array = told[places]
                kind = self.kinds[name]
                plain = kind in {bool, float}
                found[name] = array if plain else indexed_enums.EnumArray(array, kind)
        return found

    def write(self, found: Any, target: Path) -> None:
        """The outcomes as a Parquet file, a dictionary of words."""
        words = pa.array([*self.decision.outcomes, NONE])
        array = pa.DictionaryArray.from_arrays(pa.array(_plain(found)), words)
        parquet.write_table(pa.table({"outcome": array}), target)

    def words(self, found: Any) -> list[str]:
        """The outcomes in words."""
        words = [*self.decision.outcomes, NONE]
        return [words[number] for number in _plain(found).tolist()]

    def _columns(self, question: str, words: Sequence[str]) -> dict[str, Any]:
        """For each different cell of a question what its variables hold."""
        kind = self.decision.models.plan.shapes[question].kind
        members = members_of(self.decision, question)
        place = {word: number for number, word in enumerate(members)}
        found: dict[str, Any] = {}
        if called(question) in self.kinds:
            given = [place.get(word, 0) for word in words]
            found[called(question)] = np.array(given, np.int16)
        if kind == "multi":
            for option in self.decision.read_options[question]:
                truths = np.array([option in word.split("|") for word in words])
                found[called(f"{question}__{option}")] = truths
        if kind == "number":
            numbers = [0.0 if word == NOT_APPLICABLE else float(word) for word in words]
            found[called(f"{question}__number")] = np.array(numbers, np.float32)
        return found

    def _add_question(self, question: str) -> None:
        plan = self.decision.models.plan
        kind = plan.shapes[question].kind
        if kind == "choice" or question in plan.declarable:
            self._add(
                called(question), _enum(called(question), members_of(self.decision, question))
            )
        if kind == "multi":
            for option in self.decision.read_options[question]:
                self._add(called(f"{question}__{option}"), bool)
        if kind == "number":
            self._add(called(f"{question}__number"), float)

    def _add(self, name: str, kind: Any, formula: Any = None) -> None:
        told: dict[str, Any] = {
            "value_type": kind,
            "entity": self.entity,
            "definition_period": periods.DateUnit.ETERNITY,
        }
        if kind not in {bool, float}:
            first = next(iter(kind))
            told |= {"value_type": indexed_enums.Enum, "possible_values": kind}
            told["default_value"] = first
        if formula is not None:
            told["formula"] = formula
        self.kinds[name] = kind
        self.system.add_variable(type(name, (variables.Variable,), told))


def members_of(decision: Decision, question: str) -> list[str]:
    """The answers that an array of a question may hold, in their order."""
    shape = decision.models.plan.shapes[question]
    given = shape.options if shape.kind == "choice" else ("given",)
    return [*given, NOT_APPLICABLE]


def called(name: str) -> str:
    """A name as Python takes it."""
    return "q_" + name.replace("?", "_own_").replace(".", "__").replace("-", "_")


def _enum(name: str, members: Sequence[str]) -> Any:
    return indexed_enums.Enum(name, [(called(one), one) for one in members])


def _plain(array: Any) -> Any:
    return array.view(np.ndarray)


def _reading(name: str) -> Formula:
    return lambda read: read(name)


def _is_one_of(array: Any, members: Sequence[int]) -> Any:
    if not members:
        return np.zeros(len(array), bool)
    return reduce(np.logical_or, (array == one for one in members))


def _between(counted: Any, low: int, high: int) -> Any:
    return np.logical_and(counted >= low, counted <= high)


def _formula(told: Formula) -> Callable[[Any, Any], Any]:
    return lambda project, period: told(lambda name: project(name, period))


def _outcome(decision: Decision, kind: Any) -> Callable[[Any, Any], Any]:
    """The first that holds: later ones are written first, and written over."""
    held = list(enumerate(decision.outcomes.values()))

    def formula(project: Any, period: Any) -> Any:
        found = np.full(project.count, len(held), np.int16)
        for number, key in reversed(held):
            found[project(called(key), period)] = number
        return indexed_enums.EnumArray(found, kind)

    return formula
