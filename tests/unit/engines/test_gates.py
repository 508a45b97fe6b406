"""What a gate demands of an assessment."""

from types import SimpleNamespace
from typing import cast

from tests.making.shipped import Models
from tests.making.small import choice, city, small

from maturity.engines.assessment import assess_project
from maturity.engines.gates import closed_gates, gate_names
from maturity.model.result import Result

FLAG = {"name": "F", "theme": "t1", "means": "M", "action": "Do."}
IS_A = {"answer": "one", "in": ["a"]}
TABLE = {
    "name": "T",
    "rows": [
        {"id": "bad", "name": "Bad", "when": IS_A},
        {"id": "fine", "name": "Fine", "when": True},
    ],
}
FLAGS = {
    "grave": {**FLAG, "severity": "critical", "when": IS_A},
    "light": {**FLAG, "severity": "info", "when": IS_A},
}


def closed(models: Models, answer: str, *gates: str) -> list[tuple[str, tuple[str, ...]]]:
    found = city({"one": answer})
    one = assess_project(models.bundle, models.plan, found, found.projects[0]).result
    result = cast("Result", SimpleNamespace(projects=(one,)))
    return [(gate.gate, gate.flags) for gate in closed_gates(models.bundle, result, list(gates))]


def test_the_gates_are_the_rows_of_the_verdict_and_the_severities() -> None:
    judged = small([choice("one")], decisions={"table": TABLE}, summary={"verdict": "table"})
    assert gate_names(judged.bundle) == (
        "bad",
        "fine",
        "undetermined",
        "critical",
        "warning",
        "info",
    )
    assert gate_names(small([choice("one")]).bundle)[0] == "undetermined"


def test_a_gate_closes_on_the_verdict_or_on_flags_at_least_as_severe() -> None:
    stages = {"decisions": {"table": TABLE}, "flags": FLAGS, "summary": {"verdict": "table"}}
    models = small([choice("one")], **stages)
    assert closed(models, "a", "bad", "fine") == [("bad", ())]
    assert closed(models, "unknown", "bad", "undetermined") == [("undetermined", ())]
    assert closed(models, "a", "warning") == [("warning", ("grave",))]
    assert closed(models, "a", "info") == [("info", ("grave", "light"))]
    assert closed(models, "b", "info", "undetermined") == []


def test_without_a_verdict_only_flags_close_a_gate() -> None:
    models = small([choice("one")], flags=FLAGS)
    assert closed(models, "unknown", "undetermined", "info") == []
