"""How one project is spoken of in the report: what several of its parts share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from maturity.base.ids import NOT_APPLICABLE
from maturity.model.city import Side
from maturity.model.reason import Asked, Reason
from maturity.model.report import ProjectReport
from maturity.model.result import FlagResult, FlagStatus, RecommendationResult
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    TextState,
    is_applicable,
)
from maturity.render.lacking import Lacking
from maturity.render.words import Words
from maturity.rules.source import Source, as_sources

SEVERITIES = ("critical", "warning", "info")
NOTHING = "–"
_SHORT = 4


@dataclass(frozen=True)
class Voice:
    """The words of a language and the project that they are about.

    Findings are numbered F1, F2, … by severity, what cannot be ruled out W1, W2, …, answers A1,
    A2, … in the order of the questionnaire; recommendations R1, R2, …: those that the verdict
    calls for, then by the gravest finding that gives rise to them, then by when they are due.
    `is_one_of_a_name`: another project of the city has the same name.
    """

    words: Words
    of: ProjectReport
    is_one_of_a_name: bool = False

    @cached_property
    def name(self) -> str:
        """What the project is called; with its id where the name alone does not tell."""
        project = self.of.project
        name = self.words.text(project.name)
        return self.say("known-as", name=name, id=project.id) if self.is_one_of_a_name else name

    def say(self, key: str, **parameters: object) -> str:
        """A sentence of the report's own section of the catalog."""
        return self.words.say(f"report.{key}", **parameters)

    @cached_property
    def raised(self) -> tuple[FlagResult, ...]:
        """The flags that are surely raised, gravest first."""
        return self._flags("raised")

    @cached_property
    def watched(self) -> tuple[FlagResult, ...]:
        """The flags that cannot be ruled out and are worth reporting for it, gravest first."""
        return self._flags("watched")

    @cached_property
    def given(self) -> tuple[RecommendationResult, ...]:
        """The recommendations given, most urgent first."""
        found = [one for one in self.of.result.recommendations if one.status == "given"]
        return tuple(sorted(found, key=self.urgency))

    def urgency(self, one: RecommendationResult) -> tuple[int, int]:
        """The place of a recommendation among others: the less, the sooner it is named."""
        return self._gravity(one), self._due(one.id)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """F1, W1, R1, … by `flag.<id>` and `recommendation.<id>`."""
        flags = {f"flag.{flag.id}": f"F{n}" for n, flag in enumerate(self.raised, 1)}
        gaps = {f"flag.{flag.id}": f"W{n}" for n, flag in enumerate(self.watched, 1)}
        actions = {f"recommendation.{one.id}": f"R{n}" for n, one in enumerate(self.given, 1)}
        return flags | gaps | actions

    def several(self, words: Iterable[str]) -> str:
        """Phrases that may hold commas, in one line."""
        return self.say("semicolon").join(words)

    def sentences(self, words: Iterable[str]) -> str:
        """Phrases in one line, of which some are whole sentences."""
        told = ""
        for one in words:
            is_whole = told.endswith((".", "。", "!", "?", "！", "？"))
            told += self.say("after-sentence" if is_whole else "semicolon") if told else ""
            told += one
        return told

    def party(self, side: Side) -> str:
        """Whose answer it is."""
        return self.say("joint-answer") if side == "answers" else self.words.say(f"party.{side}")

    @cached_property
    def answers(self) -> dict[str, str]:
        """A1, A2, … for every question that the file answers, in the questionnaire's order."""
        told = (name for name in self.words.bundle.questions if name in self.of.said)
        return {name: f"A{n}" for n, name in enumerate(told, 1)}

    def answered(self, question: str) -> str:
        """What is known of a question, by the number under which its answer is told."""
        if question not in self.answers:
            return self.in_full(question)
        return self.say("answered-as", number=self.answers[question], answer=self.state(question))

    def in_full(self, question: str) -> str:
        """A question with what is known of it."""
        return self.say(
            "answered-by", question=self.words.question(question), answer=self.state(question)
        )

    def asked(self, questions: Iterable[str]) -> list[str]:
        """Questions in words; of the rows of one question only the first repeats it."""
        names = list(questions)
        stems = [self.words.bundle.questions[name].id for name in names]
        return [
            self.words.row(name) if stem in stems[:place] else self.words.question(name)
            for place, (name, stem) in enumerate(zip(names, stems, strict=True))
        ]

    def shortened(self, words: Sequence[str], most: int) -> list[str]:
        """Not more than so many words, and how many are left out."""
        rest = len(words) - most
        more = [self.say("and-more", number=rest)] if rest > 0 else []
        return [*words[:most], *more]

    def state(self, question: str) -> str:
        """What is known of a question, in words."""
        return self.words.state(question, self.of.states[question])

    def sources(self, source: Source | None) -> str:
        """References by the keys of the bibliography; the rubric's own judgement is called so."""
        return self.several(map(self._reference, as_sources(source))) or NOTHING

    def short(self, questions: Iterable[str]) -> str:
        """Questions in few words: a row by the head of its label."""
        named = (self.words.row(name) for name in questions)
        return self.several(re.split("[:：]", one, maxsplit=1)[0].strip() or one for one in named)

    def cause(self, key: str) -> str:
        """What a named value says, where it is the reason of something; a finding by number."""
        stage, name, *outcome = re.split(r"[.?]", key)
        called = self.words.output(f"{stage}.{name}")
        match stage, outcome:
            case "flag", _:
                return self.numbers.get(key, called)
            case "check", [status]:
                return self.standing(name, self.words.say(f"status.{status}"))
            case _, [level]:
                return self.say("cause", what=called, outcome=self.words.step(name, level))
        return called

    def standing(self, item: str, status: str) -> str:
        """A checklist item by its id, and how it stands."""
        return self.say("item-status", item=item, status=status)

    @property
    def lacking(self) -> Lacking:
        """Tells what a condition lacks."""
        return Lacking(self.words, self.of, self.known, self.cause, _SHORT)

    def lack(self, reason: Reason) -> str:
        """A condition that fails, with the answers that fail it."""
        return self.lacking.told(reason) or NOTHING

    def known(self, leaf: Asked) -> str:
        """What is known of a question, and what a condition misses in it."""
        answer = self.words.looked_for(leaf)
        if leaf.question in self.answers:
            return self.say("answered-as", number=self.answers[leaf.question], answer=answer)
        return self.say("answered-by", question=self.words.question(leaf.question), answer=answer)

    def basis(self, leaves: Iterable[Asked]) -> tuple[str, ...]:
        """The answers that decide, with what they are; a long list is cut and says so."""
        return tuple(self.shortened([*map(self.known, leaves)], _SHORT))

    @cached_property
    def differing(self) -> frozenset[str]:
        """The questions on which the sides differ, of those that apply or may apply."""
        states = self.of.states
        found = self.of.result.differing()
        return frozenset(one for one in found if is_applicable(states[one]) is not False)

    def is_partly(self, question: str) -> bool:
        """Somebody answered, and more than one answer is possible, though the sides agree."""
        is_answered = self.of.states[question].answered and question not in self.differing
        return is_answered and self.is_open(question)

    def unsettled(self, questions: Iterable[str]) -> list[str]:
        """What keeps questions open: differing sides, partial knowledge, missing answers."""
        names = list(questions)
        missing = [name for name in names if not self.of.states[name].answered]
        told = []
        for key, found in (
            ("the-sides-differ", [name for name in names if name in self.differing]),
            ("known-in-part", [name for name in names if self.is_partly(name)]),
        ):
            numbers = self.words.several(self.answers[name] for name in found)
            told += [self.say(key, answers=numbers)] if found else []
        return told + ([self.say("still-unknown", number=len(missing))] if missing else [])

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

    def _flags(self, status: FlagStatus) -> tuple[FlagResult, ...]:
        found = [flag for flag in self.of.result.flags if flag.status == status]
        return tuple(sorted(found, key=lambda flag: SEVERITIES.index(flag.severity)))

    def _reference(self, reference: str) -> str:
        if reference == "proposed":
            return self.say("proposed")
        key, place = reference.split(":", 1)
        called = self.words.text(self.words.places.get(reference)) or place
        return self.words.say("common.source-place", name=key, place=called)

    def _gravity(self, one: RecommendationResult) -> int:
        verdict = f"decision.{self.words.bundle.rubric.summary.verdict}."
        if any(key.startswith(verdict) for key in one.because):
            return -1
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


def voices_of(projects: Sequence[ProjectReport], words: Words) -> list[Voice]:
    """A voice for each project of a city."""
    names = Counter(words.text(one.project.name) for one in projects)
    return [Voice(words, one, names[words.text(one.project.name)] > 1) for one in projects]
