"""How one project is spoken of in the report: what several of its parts share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from maturity.base.ids import NOT_APPLICABLE
from maturity.model.reason import Asked
from maturity.model.report import ProjectReport
from maturity.model.result import FlagResult, RecommendationResult
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    TextState,
    is_applicable,
)
from maturity.render.words import Words
from maturity.rules.source import Source, as_sources

SEVERITIES = ("critical", "warning", "info")
NOTHING = "–"
_SHORT = 4


@dataclass(frozen=True)
class Voice:
    """The words of a language and the project that they are about.

    Findings are numbered F1, F2, … by severity; recommendations R1, R2, … by the gravest finding
    that gives rise to them, then by when they are due.
    """

    words: Words
    of: ProjectReport

    def say(self, key: str, **parameters: object) -> str:
        """A sentence of the report's own section of the catalog."""
        return self.words.say(f"report.{key}", **parameters)

    @cached_property
    def raised(self) -> tuple[FlagResult, ...]:
        """The flags that are surely raised, gravest first."""
        found = [flag for flag in self.of.result.flags if flag.status == "raised"]
        return tuple(sorted(found, key=lambda flag: SEVERITIES.index(flag.severity)))

    @cached_property
    def given(self) -> tuple[RecommendationResult, ...]:
        """The recommendations given, most urgent first."""
        found = [one for one in self.of.result.recommendations if one.status == "given"]
        return tuple(sorted(found, key=lambda one: (self._gravity(one), self._due(one.id))))

    @cached_property
    def numbers(self) -> dict[str, str]:
        """`flag.<id>` and `recommendation.<id>` -> F1, R1, …"""
        flags = {f"flag.{flag.id}": f"F{n}" for n, flag in enumerate(self.raised, 1)}
        actions = {f"recommendation.{one.id}": f"R{n}" for n, one in enumerate(self.given, 1)}
        return flags | actions

    def state(self, question: str) -> str:
        """What is known of a question, in words."""
        return self.words.state(question, self.of.states[question])

    def sources(self, source: Source | None) -> str:
        """References as cited; a judgement of the models' own is called so."""
        named = [self.say("proposed") if one == "proposed" else one for one in as_sources(source)]
        return "; ".join(named) or NOTHING

    def cause(self, key: str) -> str:
        """What a named value says, where it is the reason of something."""
        stage, name, *outcome = re.split(r"[.?]", key)
        called = self.words.output(f"{stage}.{name}")
        match stage, outcome:
            case "flag", _:
                return f"{self.numbers.get(key, '')} {called}".strip()
            case "check", [status]:
                said = self.words.say(f"status.{status}")
                return self.say("cause", what=f"{name} {called}", outcome=said)
            case _, [level]:
                return self.say("cause", what=called, outcome=self.words.outcome(name, level))
        return called

    def basis(self, leaves: Iterable[Asked]) -> tuple[str, ...]:
        """The answers that decide, with what they are; a long list is cut and says so."""
        found = [
            self.say("cause", what=self.words.question(leaf.question), outcome=self.state(leaf.question))
            for leaf in leaves
        ]
        rest = len(found) - _SHORT
        return (*found[:_SHORT], self.say("and-more", number=rest)) if rest > 0 else tuple(found)

    def is_open(self, question: str) -> bool:
        """More than one answer is possible, whether or not the question applies."""
        state = self.of.states[question]
        if is_applicable(state) is False:
            return False
        match state:
            case ChoiceState(possible):
                return len(possible - {NOT_APPLICABLE}) > 1
            case MultiState(chosen, refused):
                return len(chosen | refused) < len(self.words.bundle.shapes[question].options)
            case NumberState(least, most):
                return least != most
            case TextState(_, answered):
                return not answered

    def _gravity(self, one: RecommendationResult) -> int:
        by_key = {f"flag.{flag.id}": flag.severity for flag in self.raised}
        found = [SEVERITIES.index(by_key[key]) for key in one.because if key in by_key]
        return min(found, default=len(SEVERITIES))

    def _due(self, name: str) -> int:
        rubric = self.words.bundle.rubric
        horizons = list(rubric.horizons)
        horizon = rubric.recommendations[name].horizon
        return horizons.index(horizon) if horizon in horizons else len(horizons)


def is_known(state: State) -> bool:
    """Somebody could say something, and the question is not out of place."""
    return state.answered and is_applicable(state) is not False
