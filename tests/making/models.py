"""Small models made by chance: every construct, method, policy and form of condition."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Final, TypeAlias

from tests.making.shipped import Models, planned
from tests.making.small import questionnaire_of, rubric_of

Form: TypeAlias = bool | dict[str, object]
"""A condition as it stands in a file."""

LEVELS: Final = ("L1", "L2", "L3")
METHODS: Final = ("mean", "geometric", "least", "most", "sum")
POLICIES: Final = ("range", "least", "skip")
ABSENCES: Final = ("exclude", "least", "most")


@dataclass
class Names:
    """What a condition may refer to so far."""

    questions: dict[str, str] = field(default_factory=dict)  # kind by id
    stages: dict[str, list[str]] = field(default_factory=dict)  # names by stage

    def of_kind(self, kind: str) -> list[str]:
        return [name for name, one in self.questions.items() if one == kind]


def models_of(seed: int, questions: int = 4, policies: tuple[str, ...] = POLICIES) -> Models:
    """A questionnaire and a rubric over it.

    `questions` counts the questions; one with rows is answered once a row. `policies` are those
    of unanswered questions that may be taken.
    """
    chance = Random(seed)
    asked = _questions(chance, questions)
    questionnaire = questionnaire_of(asked)
    kinds = {name: one.kind for one in questionnaire.questions for name in one.answerable()}
    rubric = RubricMaker(chance, Names(dict(kinds)), policies).rubric()
    return planned(questionnaire, rubric_of(**rubric))


def _questions(chance: Random, count: int) -> list[dict[str, object]]:
    names = Names()
    found: list[dict[str, object]] = []
    for number in range(count):
        kind = chance.choice(["choice"] * 6 + ["multi", "multi", "number", "number", "text"])
        question: dict[str, object] = {
            "id": f"q{number}",
            "kind": kind,
            "theme": chance.choice(["t1", "t2"]),
            "tags": chance.choice([[], ["x"], ["x", "y"]]),
            "may_be_inapplicable": chance.random() < 0.3,
            "ask_first": chance.random() < 0.2,
        }
        if kind in ("choice", "multi"):
            question["options"] = chance.choice([{"a": "A", "b": "B"}, "abc"])
        if kind == "number":
            question["range"] = [0, 10]
        rows = kind == "choice" and chance.random() < 0.15
        if rows:
            question["rows"] = {"r1": "First", "r2": "Second"}
        if names.questions and chance.random() < 0.4:
            question["applies_when"] = Conditions(chance, names, plain=True).condition(2)
        found.append(question)
        ids = [f"q{number}.r1", f"q{number}.r2"] if rows else [f"q{number}"]
        names.questions |= dict.fromkeys(ids, kind)
    return found


class Conditions:
    """Conditions by chance; `plain` ones may stand in `applies_when`."""

    def __init__(self, chance: Random, names: Names, *, plain: bool = False) -> None:
        self.chance = chance
        self.names = names
        self.plain = plain

    def condition(self, depth: int) -> Form:
        """A condition no deeper than `depth`."""
        if depth == 0 or self.chance.random() < 0.4:
            return self.chance.choice(self._leaves())()
        items = [self.condition(depth - 1) for _ in range(self.chance.randint(1, 3))]
        forms: list[Form] = [
            {"all": items},
            {"any": items},
            {"not": items[0]},
            {"at_least": self.chance.randint(0, len(items)), "of": items},
        ]
        return self.chance.choice(forms)

    def _leaves(self) -> list[Callable[[], Form]]:
        leaves: list[Callable[[], Form]] = [lambda: self.chance.random() < 0.5]
        if self.names.of_kind("choice"):
            leaves += [self._choice] * 4 + [self._several] * 2
        if self.names.of_kind("multi"):
            leaves += [self._multi] * 2
        if self.names.of_kind("number"):
            leaves += [self._number] * 2
        return leaves if self.plain else leaves + self._references()

    def _references(self) -> list[Callable[[], Form]]:
        forms: dict[str, Callable[[], Form]] = {
            "condition": lambda: {"condition": self._one("condition")},
            "score": lambda: {"score": self._one("score"), **self._bounds(60.0)},
            "ladder": self._ladder,
            "decision": self._decision,
            "check": self._check,
            "flag": lambda: {"flag": self._one("flag")},
        }
        return [form for stage, form in forms.items() if self.names.stages.get(stage)]

    def _one(self, stage: str) -> str:
        return self.chance.choice(self.names.stages[stage])

    def _some(self, options: tuple[str, ...]) -> list[str]:
        return self.chance.sample(options, self.chance.randint(1, len(options)))

    def _choice(self) -> Form:
        options = self._some(("a", "b", "c", "not-applicable"))
        return {"answer": self.chance.choice(self.names.of_kind("choice")), "in": options}

    def _several(self) -> Form:
        choices = self.names.of_kind("choice")
        asked: object = self._some(tuple(choices)) if self.chance.random() < 0.9 else []
        options = self._some(("a", "b", "c"))
        forms: list[Form] = [
            {"every": asked, "in": options, "if_empty": self.chance.random() < 0.5},
            {"count": asked, "in": options, "at_least": self.chance.randint(0, 3)},
        ]
        if not self.plain:
            forms.append({"share": asked, "in": options, **self._bounds(1.0), **self._absence()})
        return self.chance.choice(forms)

    def _multi(self) -> Form:
        options = self._some(("a", "b"))
        forms: list[dict[str, object]] = [
            {"has": options},
            {"has_all": options},
            {"lacks": options},
            {"chosen": self.chance.randint(0, 3)},
            {"chosen": self.chance.randint(0, 2), "of": options},
        ]
        return {
            "answer": self.chance.choice(self.names.of_kind("multi")),
            **self.chance.choice(forms),
            **self._absence(),
        }

    def _number(self) -> Form:
        asked = self.chance.choice(self.names.of_kind("number"))
        return {"answer": asked, **self._bounds(10.0), **self._absence()}

    def _ladder(self) -> Form:
        name = self._one("ladder")
        if len(self.names.stages["ladder"]) > 1 and self.chance.random() < 0.4:
            return {"above": self.chance.sample(self.names.stages["ladder"], 2)}
        return {
            "ladder": name,
            self.chance.choice(["at_least", "below"]): self.chance.choice(LEVELS),
        }

    def _decision(self) -> Form:
        name = self._one("decision")
        if self.chance.random() < 0.4:
            pair = [name, self._one("ladder")]
            return {"above": self.chance.sample(pair, 2)}
        return {"decision": name, "in": self._some(LEVELS)}

    def _check(self) -> Form:
        statuses = self._some(("met", "partly", "open", "not-applicable"))
        return {"check": [self._one("check")], "in": statuses}

    def _absence(self) -> dict[str, bool]:
        return {"or_not_applicable": True} if self.chance.random() < 0.4 else {}

    def _bounds(self, most: float) -> dict[str, float]:
        # Thresholds that no mean of the points meets by rounding alone.
        ends = sorted(round(self.chance.uniform(0, most), 2) + most * 3.7e-5 for _ in range(2))
        low = {self.chance.choice(["at_least", "above"]): ends[0]}
        high = {self.chance.choice(["at_most", "below"]): ends[1]}
        return self.chance.choice([low, high, low | high])


class RubricMaker:
    """A rubric over given questions, stage after stage."""

    def __init__(self, chance: Random, names: Names, policies: tuple[str, ...]) -> None:
        self.chance = chance
        self.names = names
        self.policies = policies
        self.conditions = Conditions(chance, names)

    def rubric(self) -> dict[str, object]:
        """The fields of the rubric as they stand in a file."""
        return {
            "unanswered": self.chance.choice(self.policies),
            "not_applicable": self.chance.choice(ABSENCES),
            "horizons": {"now": "Now"},
            "point_sets": {"set": {"a": 80, "b": 35, "c": -5}},
            "conditions": self._stage("condition", 2, self._named),
            "scores": self._stage("score", 3, self._score),
            "ladders": self._stage("ladder", 2, self._ladder),
            "decisions": self._stage("decision", 2, self._decision),
            "checklists": self._stage("check", 2, self._check),
            "flags": self._stage("flag", 3, self._flag),
            "recommendations": self._stage("recommendation", 1, self._recommendation),
            "summary": {"verdict": "decision0", "columns": ["ladder0"], "spread": ["ladder1"]},
        }

    def _stage(
        self, stage: str, count: int, make: Callable[[], dict[str, object]]
    ) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        for number in range(count):
            found[f"{stage}{number}"] = make()
            self.names.stages.setdefault(stage, []).append(f"{stage}{number}")
        return found

    def _when(self) -> Form:
        return self.conditions.condition(2)

    def _named(self) -> dict[str, object]:
        return {"name": "It holds", "when": self._when()}

    def _score(self) -> dict[str, object]:
        score: dict[str, object] = {
            "name": "Score",
            "method": self.chance.choice(METHODS),
            "items": [self._item() for _ in range(self.chance.randint(1, 4))],
        }
        if self.chance.random() < 0.5:
            score["unanswered"] = self.chance.choice(self.policies)
        if self.chance.random() < 0.5:
            score["not_applicable"] = self.chance.choice(ABSENCES)
        return score

    def _item(self) -> dict[str, object]:
        weight = self.chance.choice([0.5, 1, 2, 3])
        kinds = ["question"] * 4 + ["when"] + ["questions"] * bool(self.names.of_kind("choice"))
        kinds += ["score"] * bool(self.names.stages.get("score"))
        match self.chance.choice(kinds):
            case "score":
                return {"score": self.chance.choice(self.names.stages["score"]), "weight": weight}
            case "questions":
                choices = self.names.of_kind("choice")
                picked = self.chance.sample(choices, self.chance.randint(1, len(choices)))
                return {"questions": picked, "weight": weight, "points": self._points()}
            case "question" if self._scorable():
                return {**self.chance.choice(self._scorable()), "weight": weight}
        ends = {"yes": self.chance.randint(-20, 100), "no": self.chance.randint(-20, 100)}
        return {"when": self._when(), **ends, "weight": weight}

    def _scorable(self) -> list[dict[str, object]]:
        pointed = [*self.names.of_kind("choice"), *self.names.of_kind("multi")]
        found: list[dict[str, object]] = [
            {"question": one, "points": self._points()} for one in pointed
        ]
        return found + [{"question": one} for one in self.names.of_kind("number")]

    def _points(self) -> object:
        if self.chance.random() < 0.3:
            return "set"
        return {option: self.chance.randint(-10, 100) for option in ("a", "b", "c")}

    def _ladder(self) -> dict[str, object]:
        levels = [{"id": one, "name": one, "when": self._when()} for one in LEVELS]
        cumulative = self.chance.random() < 0.6
        return {"name": "Ladder", "none": "None", "cumulative": cumulative, "levels": levels}

    def _decision(self) -> dict[str, object]:
        if self.chance.random() < 0.3:
            return {"name": "Bands", "bands": {"score": "score2", "rows": self._bands()}}
        rows: list[dict[str, object]] = [
            {"id": one, "name": one, "when": self._when(), "exposed": self.chance.random() < 0.5}
            for one in LEVELS
        ]
        if self.chance.random() < 0.7:
            rows.append({"id": "other", "name": "Other", "when": True})
        return {"name": "Decision", "rows": rows}

    def _bands(self) -> list[dict[str, object]]:
        cuts = [
            round(self.chance.uniform(-10, 40), 2) + 1e-4,
            round(self.chance.uniform(41, 90), 2),
        ]
        ends: list[tuple[float | None, float | None]] = list(pairwise([None, *cuts, None]))
        return [
            {"id": one, "name": one, **_band(low, high)}
            for one, (low, high) in zip(LEVELS, ends, strict=True)
        ]

    def _check(self) -> dict[str, object]:
        parts = {"applies": self._when(), "met": self._when(), "partly": self._when()}
        kept = {
            key: part for key, part in parts.items() if key == "met" or self.chance.random() < 0.6
        }
        party = self.chance.choice(["government", "private"])
        return {"party": party, "theme": "t1", "name": "Is it?", "advice": "Do.", **kept}

    def _flag(self) -> dict[str, object]:
        flag: dict[str, object] = {
            "name": "Flag",
            "theme": "t1",
            "severity": self.chance.choice(["info", "warning", "critical"]),
            "watch": self._when(),
            "means": "It means.",
            "action": "Do.",
        }
        choices = self.names.of_kind("choice")
        if choices and self.chance.random() < 0.4:
            usual, silent = self.chance.choice([(["a"], []), (["b"], ["a"]), (["a", "b"], ["c"])])
            departs = {"question": self.chance.choice(choices), "usual": usual, "silent": silent}
            return flag | {"departs": departs | {"where": self._when()}}
        return flag | {"when": self._when()}

    def _recommendation(self) -> dict[str, object]:
        return {
            "action": "Do.",
            "theme": "t1",
            "owner": "joint",
            "horizon": "now",
            "when": {"any": [{"flag": "flag0"}, self._when()]},
        }


def _band(low: float | None, high: float | None) -> dict[str, float]:
    found = {} if low is None else {"at_least": low}
    return found if high is None else found | {"below": high}
