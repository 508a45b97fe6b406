"""One outcome of a rubric, and everything that it rests on, cut out of the rubric."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tests.making.shipped import Models, planned

from maturity.base.ids import NOT_APPLICABLE
from maturity.plan import leaves
from maturity.rules.expr import AnswerIn, ChosenCount, Condition, Const, Node

NONE = "none"
"""What is said where not even the first level of a ladder is reached."""


@dataclass(frozen=True)
class Decision:
    """A ladder or a decision of a rubric, with the models cut down to what it rests on."""

    models: Models
    stage: Literal["ladder", "decision"]
    name: str

    @property
    def key(self) -> str:
        """The key of the flat form."""
        return f"{self.stage}.{self.name}"

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """Outcome -> the key of its own condition. The first that holds is the outcome."""
        steps = self.models.bundle.steps(self.name).ids
        if self.stage == "ladder":
            return {level: f"{self.key}.{level}" for level in reversed(steps)}
        return {row: f"{self.key}?{row}" for row in steps}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The named values that the outcome rests on, each after those that it reads."""
        plan = self.models.plan
        found, waiting = set(self.outcomes.values()), list(self.outcomes.values())
        while waiting:
            for name in plan.reads[waiting.pop()]:
                below = [name] if name in plan.values else [f"applies.{name}"]
                below = [one for one in below if one in plan.reads and one not in found]
                found.update(below)
                waiting += below
        return tuple(key for key in plan.values if key in found)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions that the outcome rests on, in file order."""
        found = {
            q for key in self.outcomes.values() for q in self.models.plan.questions_behind(key)
        }
        return tuple(name for name in self.models.plan.shapes if name in found)

    def nodes(self) -> Iterator[Node]:
        """Every node of every tree that it rests on."""
        plan = self.models.plan
        for key in self.keys:
            yield from leaves(plan.values[key])
        for question in self.questions:
            yield from leaves(plan.applies[question])

    @cached_property
    def read_options(self) -> dict[str, frozenset[str]]:
        """Question -> the options that some rule asks for."""
        found: dict[str, frozenset[str]] = {name: frozenset() for name in self.questions}
        for node in self.nodes():
            if isinstance(node, AnswerIn | ChosenCount):
                found[node.question] |= node.options - {NOT_APPLICABLE}
        return found

    def applies(self, question: str) -> Condition | None:
        """The condition under which a question applies; None where it always does."""
        condition = self.models.plan.applies[question]
        return None if condition == Const(value=True) else condition


def cut(models: Models, stage: Literal["ladder", "decision"], name: str) -> Decision:
    """The models without whatever the outcome does not rest on."""
    kept = {
        ".".join(key.split("?")[0].split(".")[:2]) for key in Decision(models, stage, name).keys
    }
    kept.add(f"{stage}.{name}")
    rubric = models.bundle.rubric
    stages = ("condition", "score", "ladder", "decision", "checklist", "flag", "recommendation")
    less = {
        f"{one}s": {
            label: construct
            for label, construct in getattr(rubric, f"{one}s").items()
            if f"{one}.{label}" in kept
        }
        for one in stages
    }
    return Decision(
        planned(models.bundle.questionnaire, rubric.model_copy(update=less)), stage, name
    )
