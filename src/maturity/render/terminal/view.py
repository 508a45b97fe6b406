"""What every section of the terminal output looks at, and the words several of them share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from maturity.model.bundle import Bundle
from maturity.model.reason import Asked
from maturity.model.report import ProjectReport
from maturity.model.result import (
    CheckResult,
    DecisionResult,
    LadderResult,
    ProjectResult,
    Severity,
)
from maturity.render.lacking import Lacking
from maturity.render.terminal.canvas import Ink
from maturity.render.words import Words
from maturity.rules.decisions import Band, Row

SEVERITIES: Final[tuple[Severity, ...]] = ("critical", "warning", "info")

SEVERITY_INKS: Final[dict[Severity, Ink]] = {
    "critical": "bad",
    "warning": "warn",
    "info": "neutral",
}

CHECK_SIGNS: Final[dict[str, str]] = {
    "met": "✓",
    "partly": "~",
    "open": "✗",
    "unknown": "?",
    "not-applicable": "-",
}

CHECK_INKS: Final[dict[str, Ink]] = {
    "met": "good",
    "partly": "warn",
    "open": "bad",
    "unknown": "neutral",
    "not-applicable": "faint",
}


_FEW = 2
"""So many answers are named beside a condition; more are only counted."""


@dataclass(frozen=True, slots=True)
class View:
    """One project in one language at one width."""

    words: Words
    report: ProjectReport
    width: int

    @property
    def bundle(self) -> Bundle:
        """The questionnaire and the rubric."""
        return self.words.bundle

    @property
    def result(self) -> ProjectResult:
        """What the rubric says about the project."""
        return self.report.result

    def say(self, key: str, **parameters: object) -> str:
        """A sentence of the section `terminal` of the catalog."""
        return self.words.say(f"terminal.{key}", **parameters)

    def standing(self, name: str) -> LadderResult | DecisionResult | None:
        """The result of a ladder or decision."""
        return self.result.ladder(name) or self.result.decision(name)

    def verdict(self) -> DecisionResult | None:
        """The decision that the rubric leads with."""
        name = self.bundle.rubric.summary.verdict
        return self.result.decision(name) if name else None

    def row(self, decision: str, outcome: str) -> Row | Band:
        """One outcome of a decision as the rubric has it."""
        rows = self.bundle.rubric.decisions[decision].outcomes()
        return next(row for row in rows if row.id == outcome)

    def name(self, result: LadderResult | DecisionResult) -> str:
        """What a ladder or decision is called."""
        stage = "ladder" if isinstance(result, LadderResult) else "decision"
        return self.words.output(f"{stage}.{result.id}")

    def status(self, item: CheckResult) -> str:
        """Sign and word of a checklist item's status."""
        return f"{CHECK_SIGNS[item.status]} {self.status_word(item)}"

    def status_word(self, item: CheckResult) -> str:
        """A checklist item's status in words."""
        return self.words.say(f"status.{item.told}")

    @property
    def lacking(self) -> Lacking:
        """Tells what a condition lacks, answers by the ids of their questions."""
        return Lacking(self.words, self.report, self._known, self._called, _FEW)

    def _known(self, asked: Asked) -> str:
        return self.say("is", name=asked.question, value=self.words.looked_for(asked))

    def _called(self, key: str) -> str:
        """A named value by its name; an outcome of it behind that."""
        stage, name, *outcome = re.split("[.?]", key)
        called = self.words.output(f"{stage}.{name}")
        if stage in ("ladder", "decision") and outcome:
            return self.say("is", name=called, value=self.words.step(name, outcome[0]))
        return called

    def item(self, item: CheckResult) -> str:
        """What a checklist item asks; where it is open but surely not met, what keeps it so."""
        asked = self.words.output(f"check.{item.id}")
        if not item.is_kept_from_met:
            return asked
        grounds = self.lacking.grounds(self.report.why(f"check.{item.id}.met"))
        answers = self.words.say("common.part-separator").join(grounds)
        return self.say("kept-from-met", item=asked, answers=answers)

    def listed(self, words: Iterable[str]) -> str:
        """Words as a list in a sentence, the last two joined by "or"."""
        *first, last = list(words) or [""]
        if not first:
            return last
        return self.words.several(first) + self.words.say("common.or") + last
