"""Every id that the flagship files refer to: misspelt there, or gone where it is declared.

All references of one kind are misspelt at once, in the data, and an error has to stand at the
place of each of them: no other fault can hide one, since each is asked for by its own place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from pydantic import BaseModel
from tests.making.shipped import read_model

from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import RESERVED
from maturity.base.places import Place, Places, Steps
from maturity.checks.bundle import check_bundle
from maturity.checks.cases import check_cases
from maturity.checks.city import check_city
from maturity.checks.questionnaire import check_questionnaire
from maturity.loading import shipped
from maturity.loading.models import MODELS, Loaded, Source, build
from maturity.loading.nodes import Document, read
from maturity.model.bundle import Bundle
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric

pytestmark = pytest.mark.untraced  # what these reach is counted elsewhere

NAME: Final = "ppp-three-tier"
EXAMPLES: Final = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
FILES: Final[dict[str, Path]] = {
    "questionnaire": shipped.folder("questionnaires") / f"{NAME}.yaml",
    "rubric": shipped.folder("rubrics") / f"{NAME}.yaml",
    "cases": shipped.folder("rubrics") / f"{NAME}.cases.yaml",
    **{path.stem: path for path in EXAMPLES},
}


@dataclass(frozen=True)
class Reference:
    """An id at a place: a value, or a key of a map."""

    steps: Steps
    is_key: bool

    @property
    def word(self) -> str:
        return str(self.steps[-1])


@cache
def document(file: str) -> Document:
    found = read(file, FILES[file].read_bytes())
    assert isinstance(found, Document)
    return found


def at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data


def nodes(data: Any, steps: Steps = ()) -> Iterator[Reference]:
    """Every text of the data, and every key."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield Reference((*steps, key), is_key=True)
            yield from nodes(value, (*steps, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from nodes(value, (*steps, index))
    elif isinstance(data, str):
        yield Reference(steps, is_key=False)


def named(steps: Steps) -> str:
    """The last key above a value, the list it stands in left out."""
    return next(str(step) for step in reversed(steps) if isinstance(step, str))


def parent(data: Any, steps: Steps) -> Any:
    """The map that holds the key of a value."""
    while isinstance(steps[-1], int):
        steps = steps[:-1]
    return at(data, steps[:-1])


Picks = Callable[[Any, Reference], bool]


def under(*keys: str, beside: str | None = None) -> Picks:
    """Values below one of these keys; with `beside`, only in maps that hold that key, too."""

    def picks(data: Any, one: Reference) -> bool:
        if one.is_key or named(one.steps) not in keys:
            return False
        holder = parent(data, one.steps)
        return beside is None or beside in holder

    return picks


def keys_of(*keys: str) -> Picks:
    """The keys of the maps below one of these keys."""

    def picks(_: Any, one: Reference) -> bool:
        return one.is_key and len(one.steps) > 1 and one.steps[-2] in keys

    return picks


def options_chosen(_: Any, one: Reference) -> bool:
    """Options within answers; of text questions every text is an answer."""
    sides = {"answers", "government", "private"}
    position = next((i for i, step in enumerate(one.steps) if step in sides), None)
    if one.is_key or position is None or len(one.steps) < position + 2:
        return False
    below = [step for step in one.steps[position + 2 :] if isinstance(step, str)]
    question = str(one.steps[position + 1])
    is_of_answer = set(below) <= {"answer", "one-of", "has", "lacks"}
    return is_of_answer and question not in texts()


def expected(_: Any, one: Reference) -> bool:
    return not one.is_key and "expect" in one.steps


def options_listed(data: Any, one: Reference) -> bool:
    lists = under("in", "has", "lacks", "has_all", "usual", "silent")(data, one)
    return lists and not {"decision", "check"} & set(parent(data, one.steps))


def not_proposed(data: Any, one: Reference) -> bool:
    return under("source")(data, one) and at(data, one.steps) != "proposed"


@cache
def texts() -> frozenset[str]:
    questionnaire = model("questionnaire")
    assert isinstance(questionnaire, Questionnaire)
    return frozenset(one.id for one in questionnaire.questions if one.kind == "text")


QUESTIONNAIRE: Final[dict[str, Picks]] = {
    "question": under("answer"),
    "option": options_listed,
    "theme": under("theme"),
    "source": not_proposed,
}
RUBRIC: Final[dict[str, Picks]] = {
    "question": under("answer", "question", "rests_on", "justified_by", "every", "count"),
    "question with rows": under("rows_of"),
    "question aimed at": keys_of("answers"),
    "option": options_listed,
    "option aimed at": options_chosen,
    "option with points": keys_of("points"),
    "condition": under("condition"),
    "score": under("score", "monotone"),
    "ladder": under("ladder"),
    "level": under("at_least", "below", beside="ladder"),
    "decision": under("decision"),
    "row": under("in", beside="decision"),
    "compared": under("above"),
    "checklist item": under("check"),
    "status": under("in", beside="check"),
    "flag": under("flag"),
    "theme": under("theme"),
    "horizon": under("horizon"),
    "source": not_proposed,
    "summary": under("verdict", "columns", "also", "spread", beside="columns"),
}
CITY: Final[dict[str, Picks]] = {
    "question": keys_of("answers", "government", "private"),
    "option": options_chosen,
}
CASES: Final[dict[str, Picks]] = {
    **CITY,
    "base": under("base"),
    "value": keys_of("expect"),
    "outcome": expected,
}
KINDS: Final = [
    *(("questionnaire", kind) for kind in QUESTIONNAIRE),
    *(("rubric", kind) for kind in RUBRIC),
    *(("cases", kind) for kind in CASES),
    *((path.stem, kind) for path in EXAMPLES for kind in CITY),
]


def picks_of(file: str) -> dict[str, Picks]:
    return {"questionnaire": QUESTIONNAIRE, "rubric": RUBRIC, "cases": CASES}.get(file, CITY)


def references(file: str, kind: str) -> list[Reference]:
    data = document(file).data
    return [one for one in nodes(data) if picks_of(file)[kind](data, one)]


def word_of(file: str, one: Reference) -> str:
    """The id itself."""
    return one.word if one.is_key else str(at(document(file).data, one.steps))


def misspelt(word: str, part: int) -> str:
    """The word with two letters more in one of its parts: `ladder.tier`, `pwc:G1`, `T1|T2`."""
    for mark in ":.|":
        if mark in word:
            parts = word.split(mark)
            index = 0 if mark == ":" else part % len(parts)
            parts[index] += "zz"
            return mark.join(parts)
    return f"{word}zz"


def changed(file: str, wrong: list[Reference], part: int) -> Document:
    """The document with these references misspelt, and the places of what is misspelt."""
    old = document(file)
    new: dict[Steps, str] = {}
    for one in wrong:
        new[one.steps] = misspelt(word_of(file, one), part)
    keys = {one.steps for one in wrong if one.is_key}

    def made(data: Any, steps: Steps = ()) -> Any:
        if isinstance(data, dict):
            return {
                new[(*steps, key)] if (*steps, key) in keys else key: made(value, (*steps, key))
                for key, value in data.items()
            }
        if isinstance(data, list):
            return [made(value, (*steps, index)) for index, value in enumerate(data)]
        return new[steps] if steps in new and steps not in keys else data

    def moved(steps: Steps) -> Steps:
        heads = (steps[: index + 1] for index in range(len(steps)))
        return tuple(new[head] if head in keys else head[-1] for head in heads)

    places = old.places
    if keys:
        places = Places(
            places.path,
            {moved(steps): number for steps, number in places.values.items()},
            {moved(steps): number for steps, number in places.keys.items()},
        )
    return Document(old.path, made(old.data), places)


def diagnose(found: Document, questionnaire: Questionnaire, rubric: Rubric) -> list[Diagnostic]:
    kind = str(found.data["format"])[len("maturity/") : -2]  # type: ignore[index,call-overload]
    loaded = build(found, MODELS[kind], Source(found.path, b""))
    if not isinstance(loaded, Loaded):
        return loaded
    match loaded.model:
        case Questionnaire() as model:
            return check_questionnaire(model, found.places)
        case Rubric() as model:
            return check_bundle(model, found.places, questionnaire)
        case City() as model:
            return check_city(model, found.places, *map(asked, model.instruments()))
        case Cases() as model:
            return check_cases(model, found.places, Bundle(questionnaire, rubric))
    raise TypeError(kind)


@cache
def model(file: str) -> BaseModel:
    found = build(document(file), MODELS[file], Source(file, b""))
    assert isinstance(found, Loaded)
    return found.model


@cache
def asked(name: str) -> Questionnaire:
    """A shipped questionnaire."""
    return read_model(shipped.folder("questionnaires") / f"{name}.yaml", Questionnaire)


def errors(found: Document) -> set[Place]:
    questionnaire, rubric = model("questionnaire"), model("rubric")
    assert isinstance(questionnaire, Questionnaire)
    assert isinstance(rubric, Rubric)
    told = diagnose(found, questionnaire, rubric)
    return {one.place for one in told if one.is_error}


def missed(file: str, wrong: list[Reference], part: int = 0) -> list[str]:
    """The references without an error at their place."""
    places = errors(changed(file, wrong, part))
    here = {one: document(file).place(one.steps, key=one.is_key) for one in wrong}
    return [f"{place} {one.steps}" for one, place in here.items() if place not in places]


@pytest.mark.parametrize(("file", "kind"), KINDS)
@pytest.mark.parametrize("part", [0, 1])
def test_every_misspelt_reference_is_an_error_at_its_place(file: str, kind: str, part: int) -> None:
    assert missed(file, references(file, kind), part) == []


DECLARED: Final[dict[tuple[str, str], tuple[Steps, tuple[tuple[str, str], ...]]]] = {
    ("questionnaire", "question"): (
        ("questions", "id"),
        (
            ("questionnaire", "question"),
            ("rubric", "question"),
            ("rubric", "question with rows"),
            ("rubric", "question aimed at"),
            ("cases", "question"),
        ),
    ),
    ("questionnaire", "option"): (
        ("questions", "options"),
        (
            ("questionnaire", "option"),
            ("rubric", "option"),
            ("rubric", "option aimed at"),
            ("rubric", "option with points"),
        ),
    ),
    ("questionnaire", "theme"): (("themes",), (("questionnaire", "theme"), ("rubric", "theme"))),
    ("questionnaire", "source"): (("sources",), (("questionnaire", "source"),)),
    ("rubric", "condition"): (("conditions",), (("rubric", "condition"),)),
    ("rubric", "score"): (("scores",), (("rubric", "score"),)),
    ("rubric", "ladder"): (("ladders",), (("rubric", "ladder"),)),
    ("rubric", "decision"): (("decisions",), (("rubric", "decision"),)),
    ("rubric", "level"): (("ladders", "levels", "id"), (("rubric", "level"),)),
    ("rubric", "row"): (("decisions", "rows", "id"), (("rubric", "row"),)),
    ("rubric", "checklist item"): (("checklists",), (("rubric", "checklist item"),)),
    ("rubric", "flag"): (("flags",), (("rubric", "flag"),)),
    ("rubric", "horizon"): (("horizons",), (("rubric", "horizon"),)),
}
"""Where what is declared: the file and kind, the keys above it, and the references to it."""


def declared(file: str, keys: Steps) -> list[Reference]:
    """The keys of maps, or the values of `id`, below these keys."""
    found = []
    for one in nodes(document(file).data):
        above = [step for step in one.steps[:-1] if isinstance(step, str)]
        if keys[-1] == "id":
            bare = [step for step in (*above, one.word) if step in keys]
            is_one = not one.is_key and tuple(bare) == keys and one.steps[0] == keys[0]
        else:
            is_one = one.is_key and tuple(above) == keys
        found += [one] if is_one else []
    return found


@pytest.mark.parametrize(("file", "kind"), DECLARED)
def test_what_is_no_longer_declared_is_an_error_wherever_it_is_referred_to(
    file: str, kind: str
) -> None:
    """Renamed is gone: the declarations of a kind, all at once."""
    keys, referring = DECLARED[file, kind]
    gone = declared(file, keys)
    assert gone
    models = {one: model(one) for one in ("questionnaire", "rubric")}
    renamed = changed(file, gone, 0)
    loaded = build(renamed, MODELS[file], Source(file, b""))
    assert isinstance(loaded, Loaded)
    models[file] = loaded.model
    questionnaire, rubric = models["questionnaire"], models["rubric"]
    assert isinstance(questionnaire, Questionnaire)
    assert isinstance(rubric, Rubric)
    for other, referred in referring:
        looked_at = renamed if other == file else document(other)
        told = {one.place for one in diagnose(looked_at, questionnaire, rubric) if one.is_error}
        places = [
            document(other).place(one.steps, key=one.is_key)
            for one in references(other, referred)
            if word_of(other, one) not in RESERVED
        ]
        assert [str(place) for place in places if place not in told] == []


@pytest.mark.parametrize("file", ["questionnaire", "rubric", "cases"])
def test_a_misspelt_reference_alone_is_an_error_at_its_place(file: str) -> None:
    every = [one for kind in picks_of(file) for one in references(file, kind)]
    for one in Random(7).sample(every, 12):
        assert missed(file, [one]) == []
