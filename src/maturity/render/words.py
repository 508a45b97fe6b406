"""Ids -> words of one language: what every renderer shares."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.base.text import Text
from maturity.i18n.catalog import Catalog
from maturity.model.bundle import Bundle
from maturity.model.city import Answer, Between, HasLacks, OneOf
from maturity.model.reason import Asked
from maturity.model.result import DecisionResult, ScoreResult
from maturity.model.state import ChoiceState, MultiState, NumberState, State, is_applicable
from maturity.rules.source import Source, as_sources

_SENTENCE = re.compile(r"[。！？：；]|[.!?:;](?=\s|$)")
_LONG = 90
_FEW = 3
_PART = re.compile(r"[,;:(，；：（。]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks of a questionnaire, a rubric and a result in one language.

    `domains` are those of other questionnaires on the same file, for a project of one of them.
    Nothing here is escaped: that is the business of each renderer.
    """

    catalog: Catalog
    bundle: Bundle
    domains: Mapping[str, Text] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language spoken."""
        return self.catalog.language

    def say(self, key: str, **parameters: object) -> str:
        """A sentence of the catalog; where scores judge silence, the one that allows for that."""
        special = f"as-it-stands.{key}"
        if self.bundle.silences and self.catalog.has(special):
            return self.catalog.say(special, **parameters)
        return self.catalog.say(key, **parameters)

    def silences(self) -> tuple[str, ...]:
        """How scores judge a question that nobody answered, in sentences; none under `range`."""
        rubric, told = self.bundle.rubric, []
        every = sum(score.asks() for score in rubric.scores.values())
        for policy, names in self.bundle.silences.items():
            extent = "every" if len(names) == every else "some"
            between = self.say("common.part-separator")
            scores = between.join(self.text(rubric.scores[name].name) for name in names)
            told.append(self.say(f"common.silence-{policy}-{extent}", scores=scores))
        return (*told, self.say("common.silence-means")) if told else ()

    def text(self, text: Text | None) -> str:
        """A localized text; nothing for none."""
        return text.in_language(self.language) if text else ""

    def several(self, words: Iterable[str]) -> str:
        """Words as a list in a sentence."""
        return self.say("common.list-separator").join(words)

    def question(self, name: str) -> str:
        """A question's text; that of a row behind its question's."""
        question = self.bundle.questions[name]
        ask = self.text(question.ask)
        if not question.rows:
            return ask
        return f"{ask} – {self.text(question.rows[name.split('.', 1)[1]])}"

    def row(self, name: str) -> str:
        """The label of a row alone; for a question without rows its text."""
        question = self.bundle.questions[name]
        if not question.rows:
            return self.text(question.ask)
        return self.text(question.rows[name.split(".", 1)[1]])

    def option(self, question: str, option: str) -> str:
        """The label of an option of a question, or the word for the pseudo-options."""
        if option in (NOT_APPLICABLE, UNKNOWN):
            return self.say(f"common.{option}")
        return self.text(self.bundle.questionnaire.labels(self.bundle.questions[question])[option])

    def theme(self, name: str) -> str:
        """A theme's label."""
        return self.text(self.bundle.questionnaire.themes.get(name)) or name

    def domain(self, name: str) -> str:
        """A domain's label; the id itself where the questionnaire does not know it."""
        own = self.bundle.questionnaire.domains
        return self.text(own.get(name) or self.domains.get(name)) or name

    def output(self, key: str) -> str:
        """What an output (`ladder.operating`, `check.G1`, `flag.x`) is called."""
        stage, name = key.split(".", 1)
        rubric = self.bundle.rubric
        stages: dict[str, dict[str, Text]] = {
            "condition": {n: one.name for n, one in rubric.conditions.items()},
            "score": {n: one.name for n, one in rubric.scores.items()},
            "ladder": {n: one.name for n, one in rubric.ladders.items()},
            "decision": {n: one.name for n, one in rubric.decisions.items()},
            "check": {n: one.name for n, one in rubric.checklists.items()},
            "flag": {n: one.name for n, one in rubric.flags.items()},
            "recommendation": {n: one.action for n, one in rubric.recommendations.items()},
        }
        return self.text(stages[stage][name])

    def outcome(self, name: str, outcome: str | None) -> str:
        """What a level of a ladder or a row of a decision is called; None: no level."""
        rubric = self.bundle.rubric
        if name in rubric.ladders:
            ladder = rubric.ladders[name]
            found = next((level.name for level in ladder.levels if level.id == outcome), None)
            return self.text(found or ladder.none)
        rows = rubric.decisions[name].outcomes()
        found = next((row.name for row in rows if row.id == outcome), None)
        return self.text(found) if found else self.say("common.none")

    def step(self, name: str, outcome: str | None) -> str:
        """An outcome's name behind its id where that is the id of a ladder's level, too."""
        called = self.outcome(name, outcome)
        ladders = self.bundle.rubric.ladders.values()
        known = {level.id for ladder in ladders for level in ladder.levels}
        return f"{outcome} {called}" if outcome in known else called

    def rows(self, result: DecisionResult, between: str) -> str:
        """The rows of a decision that are possible; that none holds, where none is."""
        named = between.join(self.step(result.id, row) for row in result.possible)
        return named or self.say("common.no-row")

    def means(self, name: str, outcome: str) -> str:
        """What a level of a ladder or a row of a decision means; empty where nothing is said."""
        rubric = self.bundle.rubric
        steps = rubric.ladders[name].levels if name in rubric.ladders else ()
        rows = steps or rubric.decisions[name].outcomes()
        return self.text(next(row.means for row in rows if row.id == outcome))

    def headline(self, text: Text | None) -> str:
        """How a text begins: what it is called where it stands in full elsewhere."""
        whole = self.text(text)
        told = _SENTENCE.split(whole, maxsplit=1)[0].strip() or whole
        if len(told) <= _LONG:
            return told
        cut = max(told.rfind(comma, 0, _LONG) for comma in (", ", "，", " "))
        return told[: cut if cut > 0 else _LONG] + "\N{HORIZONTAL ELLIPSIS}"

    @property
    def works(self) -> dict[str, Text]:
        """The bibliography of the models by key."""
        return self.bundle.questionnaire.sources | self.bundle.rubric.sources

    @property
    def places(self) -> dict[str, Text]:
        """What places in these works are called, by `key:place`."""
        return self.bundle.questionnaire.places | self.bundle.rubric.places

    def sources(self, source: Source | None) -> tuple[str, ...]:
        """References in words: the short name of the work, and the place in it."""
        return tuple(self.cited(one, self.works, self.places) for one in as_sources(source))

    def cited(self, reference: str, works: Mapping[str, Text], places: Mapping[str, Text]) -> str:
        """One reference in words; `works` is the bibliography that its key belongs to."""
        if reference == "proposed":
            return self.say("common.proposed")
        key, place = reference.split(":", 1)
        name = _PART.split(self.text(works.get(key)), maxsplit=1)[0].strip()
        called = self.text(places.get(reference)) or place
        return self.say("common.source-place", name=name or key, place=called)

    def number(self, score: str, value: float) -> str:
        """A score's value rounded to the score's digits (half away from zero)."""
        digits = self.bundle.rubric.scores[score].digits
        return rounded(value, digits)

    def score(self, result: ScoreResult) -> str:
        """A score as one number or as its interval."""
        if result.least is None or result.most is None:
            return self.say("common.not-applicable")
        least, most = self.number(result.id, result.least), self.number(result.id, result.most)
        return least if least == most else f"{least}–{most}"

    def state(self, question: str, state: State) -> str:
        """The possible answers of a question."""
        if is_applicable(state) is False:
            return self.say("common.not-applicable")
        if not state.answered:
            return self.say("common.unknown")
        match state:
            case ChoiceState(possible):
                order = [*self.bundle.shapes[question].options, NOT_APPLICABLE]
                shown = [self.option(question, one) for one in order if one in possible]
                return self.say("common.either").join(shown)
            case MultiState(chosen, refused):
                return self._multi(question, chosen, refused)
            case NumberState(least, most):
                return self._numbers(question, least, most)
        return self.say("common.answered")

    def looked_for(self, asked: Asked) -> str:
        """What is known of a question; of a choice of several, what a condition misses in it."""
        state = asked.state
        if not (isinstance(state, MultiState) and is_applicable(state) is True):
            return self.state(asked.question, state)
        missing = [one for one in asked.wanted if one in state.refused]
        found = len(missing) < len(asked.wanted)
        if not missing or (asked.form in ("has", "lacks") and found):
            return self.state(asked.question, state)
        options = self.bundle.shapes[asked.question].options
        rest = len(missing) - _FEW
        few = [self.option(asked.question, one) for one in missing[:_FEW]]
        named = self.several(
            [*few, *([self.say("report.and-more", number=rest)] if rest > 0 else [])]
        )
        chosen = self.several(
            self.option(asked.question, one) for one in options if one in state.chosen
        )
        key = "chosen-only" if chosen else "not-chosen"
        return self.say(f"common.{key}", chosen=chosen, missing=named)

    def answer(self, question: str, answer: Answer) -> str:
        """An answer as it stands in the file."""
        match answer.answer:
            case OneOf(one_of=options):
                return self.say("common.either").join(self.option(question, one) for one in options)
            case HasLacks(has=has, lacks=lacks):
                return self._multi(question, frozenset(has), frozenset(lacks))
            case Between(between=(least, most)):
                return self._numbers(question, least, most)
            case tuple() as options:
                every = frozenset(self.bundle.shapes[question].options)
                return self._multi(question, frozenset(options), every - frozenset(options))
            case str() as word if word in self.bundle.shapes[question].options:
                return self.option(question, word)
            case str() as word:
                return self.say(f"common.{word}") if word in (NOT_APPLICABLE, UNKNOWN) else word
            case Text() as text:
                return self.text(text)
            case number:
                return self._numbers(question, number, number)

    def _multi(self, question: str, chosen: frozenset[str], refused: frozenset[str]) -> str:
        options = self.bundle.shapes[question].options
        yes = [self.option(question, one) for one in options if one in chosen]
        no = [self.option(question, one) for one in options if one in refused]
        if len(yes) + len(no) == len(options):
            return self.several(yes) or self.say("common.chosen-none")
        parts = [self.say("common.has", options=self.several(yes))] if yes else []
        parts += [self.say("common.lacks", options=self.several(no))] if no else []
        return self.say("common.part-separator").join([*parts, self.say("common.rest-open")])

    def _numbers(self, question: str, least: float, most: float) -> str:
        unit = self.text(self.bundle.questions[question].unit)
        shown = rounded(least, 2) if least == most else f"{rounded(least, 2)}–{rounded(most, 2)}"
        return f"{shown} {unit}".strip()


def rounded(value: float, digits: int) -> str:
    """A number with at most so many digits after the point, halves away from zero; never `-0`."""
    exact = Decimal(repr(float(value)))
    text = format(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
