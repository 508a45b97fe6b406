"""The decision in the language of zen-engine: one expression, and a decision of GoRules.

Two forms are its own: a decision (JDM, here a node of expressions) that its engine keeps compiled,
and a single compiled expression, which leaves out the graph around it. An answer has the name of
its question; each option of a multi question that a rule reads is a truth of its own.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import zen
from pyarrow import parquet
from tests.bench.rivals.crisp import Teller
from tests.bench.rivals.decision import NONE, Decision

from maturity.base.ids import NOT_APPLICABLE
from maturity.rules.expr import Bounds

Row = dict[str, str]
Evaluate = Callable[[Sequence[Any]], list[str]]


class Expressions:
    """Conditions as texts. `prefix` is how a named value is read."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def constant(self, *, value: bool) -> str:
        """Always so."""
        return "true" if value else "false"

    def among(self, question: str, options: frozenset[str]) -> str:
        """A list of one is a comparison."""
        listed = sorted(options)
        if len(listed) == 1:
            return f"{called(question)} == {json.dumps(listed[0])}"
        return f"{called(question)} in [{', '.join(json.dumps(one) for one in listed)}]"

    def chosen(self, question: str, options: Sequence[str], low: int, high: int) -> str:
        """Truths, one an option."""
        truths = [called(f"{question}__{one}") for one in options]
        if low <= 1 and high == len(truths):
            return self.some(truths) if low else "true"
        held = self._sum(truths)
        return f"({held} >= {low} and {held} <= {high})"

    def within(self, question: str, bounds: Bounds) -> str:
        """Its numbers are decimal: no bound needs a margin."""
        ends = [
            (">=", bounds.at_least),
            (">", bounds.above),
            ("<=", bounds.at_most),
            ("<", bounds.below),
        ]
        name = called(question)
        return self.every([f"{name} {sign} {end!r}" for sign, end in ends if end is not None])

    def every(self, items: Sequence[str]) -> str:
        """All of them."""
        return f"({' and '.join(items)})"

    def some(self, items: Sequence[str]) -> str:
        """Any of them."""
        return f"({' or '.join(items)})"

    def opposite(self, item: str) -> str:
        """Not so."""
        return f"(not ({item}))"

    def at_least(self, count: int, items: Sequence[str]) -> str:
        """So many of these."""
        return f"({self._sum(items)} >= {count})"

    def named(self, key: str) -> str:
        """A value that has been said before."""
        return f"{self.prefix}{called(key)}"

    def _sum(self, items: Sequence[str]) -> str:
        return f"({' + '.join(f'({one} ? 1 : 0)' for one in items)})"


class Inlined(Expressions):
    """Named values stand where they are read, so that only what is needed is worked out."""

    def __init__(self, decision: Decision) -> None:
        super().__init__("")
        self.teller: Teller[str] = Teller(decision, self)

    def named(self, key: str) -> str:
        """The value itself."""
        node: Any = self.teller.decision.models.plan.values[key]
        return f"({self.teller.tell(node)})"


def called(name: str) -> str:
    """A name as its language takes it; no two of a model become one."""
    return "q_" + re.sub(r"[^A-Za-z0-9_]", "_", name.replace("?", "_own_").replace(".", "__"))


def steps(decision: Decision, prefix: str) -> list[tuple[str, str]]:
    """Every named value with its expression, and the outcome last."""
    language = Expressions(prefix)
    teller = Teller(decision, language)
    values: Any = decision.models.plan.values
    told = [(called(key), teller.tell(values[key])) for key in decision.keys]
    return [*told, ("outcome", _first(decision, language))]


def expressions(decision: Decision) -> dict[str, str]:
    """One expression for the whole decision, in either way that its language allows."""
    lines = [f"{name} = {told}" for name, told in steps(decision, "")[:-1]]
    assigned = "; ".join([*lines, _first(decision, Expressions(""))])
    return {"inlined": _first(decision, Inlined(decision)), "assigned": assigned}


def graph(told: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A decision of GoRules: in, named expressions, out."""
    listed = [{"id": name, "key": name, "value": one} for name, one in told]
    content = {"expressions": listed, "passThrough": False, "executionMode": "single"}
    nodes = [
        {"id": "in", "type": "inputNode", "content": {}},
        {"id": "rules", "type": "expressionNode", "content": content},
        {"id": "out", "type": "outputNode", "content": {}},
    ]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "rules"), ("rules", "out"))
    ]
    placed = [{**node, "name": node["id"], "position": {"x": 0, "y": 0}} for node in nodes]
    return {"nodes": placed, "edges": edges}


def contexts(decision: Decision, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as it takes them."""
    told = _told(decision)
    asked = [{name: row[name] for name in decision.questions} for row in rows]
    return [_context(told, row) for row in asked]


def from_file_to_file(
    decision: Decision, evaluate: Evaluate, source: Path, target: Path
) -> list[str]:
    """From a Parquet file to a Parquet file; the outcomes are given, too."""
    found = evaluate(list(_texts(decision, source)))
    parquet.write_table(pa.table({"outcome": found}), target)
    return found


def _texts(decision: Decision, source: Path) -> Iterator[str]:
    """The rows of a file as JSON texts, put together of a piece for each cell that differs."""
    questions, told = list(decision.questions), _told(decision)
    table = parquet.read_table(source, columns=questions, read_dictionary=questions)
    columns = []
    for question in questions:
        column = table.column(question).unify_dictionaries().combine_chunks()
        column = column.chunk(0) if hasattr(column, "chunk") else column
        given = [told(question, cell) for cell in column.dictionary.to_pylist()]
        pieces = np.array([json.dumps(one)[1:-1] for one in given], object)
        columns.append(pieces[column.indices.to_numpy()].tolist())
    for pieces in zip(*columns, strict=True):
        yield f"{{{','.join(pieces)}}}"


def evaluators(decision: Decision) -> dict[str, Evaluate]:
    """Every way to have it evaluate a list of contexts (dictionaries, or JSON texts of them)."""
    inlined = expressions(decision)["inlined"]
    graphs = {"steps": graph(steps(decision, "$.")), "inlined": graph([("outcome", inlined)])}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": graphs}})

    def one_by_one(key: str) -> Evaluate:
        return lambda given: [engine.evaluate(key, one)["result"]["outcome"] for one in given]

    def in_a_batch(key: str) -> Evaluate:
        return lambda given: [
            one["data"]["result"]["outcome"]
            for one in engine.evaluate_batch([{"key": key, "context": one} for one in given])
        ]

    found: dict[str, Evaluate] = {}
    for key in graphs:
        found[f"decision, {key}"] = one_by_one(key)
        found[f"decision, {key}, batch"] = in_a_batch(key)
    for name, told in expressions(decision).items():
        found[f"expression, {name}"] = _evaluate(zen.compile_expression(told))
    return found


def _evaluate(compiled: Any) -> Evaluate:
    return lambda given: [compiled.evaluate(one) for one in given]


def _first(decision: Decision, language: Expressions) -> str:
    told = json.dumps(NONE)
    for outcome, key in reversed(decision.outcomes.items()):
        told = f"({language.named(key)} ? {json.dumps(outcome)} : {told})"
    return told


def _context(told: Callable[[str, str], dict[str, Any]], row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question, cell in row.items():
        found.update(told(question, cell))
    return found


def _told(decision: Decision) -> Callable[[str, str], dict[str, Any]]:
    """What a cell of a question becomes; worked out once for each that differs."""

    @cache
    def told(question: str, cell: str) -> dict[str, Any]:
        shape = decision.models.plan.shapes[question]
        match shape.kind:
            case "multi":
                chosen = cell.split("|")
                options = decision.read_options[question]
                truths = {called(f"{question}__{one}"): one in chosen for one in options}
                given = (
                    {called(question): cell} if question in decision.models.plan.declarable else {}
                )
                return truths | given
            case "number" if cell != NOT_APPLICABLE:
                return {called(question): float(cell)}
        return {called(question): cell}

    return told
