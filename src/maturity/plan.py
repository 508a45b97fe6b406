"""Bundle -> Plan: all that an engine needs to know, and nothing that it does not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from maturity.model.bundle import Bundle
from maturity.rules.conditions import lower
from maturity.rules.expr import Condition, Const, Node, children, key_read, question_read
from maturity.rules.scope import Shape


@dataclass(frozen=True)
class Plan:
    """Questions in file order with the condition under which each applies, and named values.

    Each named value reads only questions and named values before it. `reads` gives, by key, the
    questions and keys that a value reads directly.
    """

    shapes: dict[str, Shape]
    applies: dict[str, Condition]
    declarable: frozenset[str]
    values: dict[str, Node]
    reads: dict[str, frozenset[str]] = field(repr=False)
    _reach: dict[str, "Reach"] = field(default_factory=dict, repr=False, compare=False)
    _read: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def reach(self, question: str) -> "Reach":
        """What a change of one answer can change, in the order in which to evaluate it anew."""
        if question not in self._reach:
            self._reach[question] = _reach(self, question)
        return self._reach[question]

    def read_by(self, key: str) -> tuple[str, ...]:
        """The questions that a named value reads directly, in file order."""
        if key not in self._read:
            self._read[key] = tuple(name for name in self.shapes if name in self.reads[key])
        return self._read[key]

    def questions_behind(self, key: str) -> list[str]:
        """The questions that decide a named value, through whatever it refers to, in file order."""
        found: set[str] = set()
        seen: set[str] = set()
        open_keys = [key]
        while open_keys:
            for name in self.reads[open_keys.pop()] - seen:
                seen.add(name)
                found |= {name} & self.shapes.keys()
                open_keys += [name] if name in self.values else []
                open_keys += [f"applies.{name}"] if f"applies.{name}" in self.reads else []
        return [question for question in self.shapes if question in found]


class Reach(NamedTuple):
    """The questions whose applicability, and the values which, one answer can change."""

    questions: tuple[str, ...]
    values: tuple[str, ...]


def plan_for(bundle: Bundle) -> Plan:
    """Lower every construct of a rubric, stage after stage. The bundle has passed the checks."""
    rubric = bundle.rubric
    applies: dict[str, Condition] = {
        name: lower(question.applies_when, bundle) for name, question in bundle.questions.items()
    }
    values: dict[str, Node] = {}
    for name, named in rubric.conditions.items():
        values[f"condition.{name}"] = lower(named.when, bundle)
    for stage in (
        rubric.scores,
        rubric.ladders,
        rubric.decisions,
        rubric.checklists,
        rubric.flags,
        rubric.recommendations,
    ):
        for name, construct in stage.items():
            values.update(construct.lower(name, bundle))
    reads = {key: reads_of(node) for key, node in values.items()}
    for name, node in applies.items():
        if not isinstance(node, Const):
            reads[f"applies.{name}"] = reads_of(node)
    declarable = frozenset(
        name for name, question in bundle.questions.items() if question.may_be_inapplicable
    )
    return Plan(bundle.shapes, applies, declarable, values, reads)


def leaves(node: Node) -> Iterator[Node]:
    """Every node of a tree, from the root down."""
    yield node
    for child in children(node):
        yield from leaves(child)


def reads_of(node: Node) -> frozenset[str]:
    """The questions and keys that a tree reads directly."""
    reads = (question_read(leaf) or key_read(leaf) for leaf in leaves(node))
    return frozenset(read for read in reads if read is not None)


def _reach(plan: Plan, question: str) -> Reach:
    questions = [question]
    for name in plan.shapes:
        if plan.reads.get(f"applies.{name}", frozenset()) & set(questions):
            questions.append(name)
    touched: set[str] = set(questions)
    values: list[str] = []
    for key in plan.values:
        if plan.reads[key] & touched:
            touched.add(key)
            values.append(key)
    return Reach(tuple(dict.fromkeys(questions)), tuple(values))
