"""Projects answered by chance: every form of answer, by both sides together or by one."""

from collections.abc import Iterable
from random import Random
from typing import Final, TypeAlias

from tests.making.shipped import Models

from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.model.city import City
from maturity.rules.scope import Shape

Raw: TypeAlias = str | float | list[str] | dict[str, object]
"""An answer as it stands in a file."""

SIDES: Final = ("answers", "government", "private")


def city_of(models: Models, seed: int, projects: int = 1) -> City:
    """A city whose projects are answered by chance: some nearly in full, some hardly at all."""
    chance = Random(seed)
    questionnaire = models.bundle.questionnaire
    domains = sorted(questionnaire.domains) or ["any"]
    return City.model_validate(
        {
            "format": "maturity/city@1",
            "questionnaire": questionnaire.id,
            "city": {"name": f"City {seed}"},
            "assessed": "2026-11-01",
            "projects": [
                {
                    "id": f"p{seed}-{number}",
                    "name": f"Project {number}",
                    "domain": chance.choice(domains),
                    "weight": chance.choice([0.1, 0.7, 1.0, 1.3, 2.0, 3.3]),
                    **sides(models, chance),
                }
                for number in range(projects)
            ],
        }
    )


def sides(models: Models, chance: Random) -> dict[str, dict[str, object]]:
    """The answers of a project: agreed ones, and those of each side."""
    found: dict[str, dict[str, object]] = {side: {} for side in SIDES}
    density = chance.choice([0.2, 0.5, 0.8, 0.95])
    for shape in models.plan.shapes.values():
        if chance.random() > density:
            continue
        for side in chance.choice([*[("answers",)] * 6, *_SPLIT]):
            found[side][shape.id] = answer(shape, shape.id in models.plan.declarable, chance)
    return found


_SPLIT: Final = (
    ("government",),
    ("private",),
    ("government", "private"),
    ("government", "private"),
    ("answers", "government", "private"),
)


def answer(shape: Shape, declarable: bool, chance: Random) -> object:
    """One answer in any form that fits the question; sometimes with what it rests on."""
    if chance.random() < 0.1:
        return UNKNOWN
    if declarable and chance.random() < 0.15:
        return {"answer": NOT_APPLICABLE, "reason": "It does not arise."}
    value = _value(shape, chance)
    remark = chance.random()
    if remark < 0.2:
        return {"answer": value, "justification": "As agreed."}
    if remark < 0.5:
        grade = "none" if remark < 0.3 else "shown-practice"
        return {"answer": value, "evidence": [{"grade": grade, "source": "s1"}]}
    return value


def _value(shape: Shape, chance: Random) -> Raw:
    match shape.kind:
        case "choice":
            few = len(shape.options) < 2
            if few or chance.random() < 0.8:
                return chance.choice(shape.options)
            return {"one-of": _some(shape.options, chance, 2)}
        case "multi":
            return _chosen(shape, chance)
        case "number":
            low, high = sorted(_amount(shape, chance) for _ in range(2))
            return low if chance.random() < 0.7 else {"between": [low, high]}
        case "text":
            return "Said in words."


def _chosen(shape: Shape, chance: Random) -> Raw:
    picked = [option for option in shape.options if chance.random() < 0.5]
    if chance.random() < 0.5:
        return picked
    rest = [option for option in shape.options if option not in picked]
    lacks = [option for option in rest if chance.random() < 0.5]
    return {"has": [one for one in picked if chance.random() < 0.6], "lacks": lacks}


def _some(options: Iterable[str], chance: Random, least: int) -> list[str]:
    every = list(options)
    return chance.sample(every, chance.randint(least, len(every)))


def _amount(shape: Shape, chance: Random) -> float:
    return float(chance.randint(int(shape.least), int(shape.most)))
