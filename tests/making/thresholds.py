"""Models whose thresholds their own scores meet exactly."""

from random import Random

from tests.making.cells import sayable
from tests.making.projects import city_of
from tests.making.shipped import Models
from tests.making.small import choice, multi, number, small
from tests.making.tables import by_reference

from maturity.model.city import City
from maturity.rules.expr import Method


def met_exactly(method: Method, seed: int) -> tuple[Models, City]:
    """A score of items that no binary number holds, and ladders at the ends it comes to."""
    chance = Random(seed)
    questions = [choice("q0"), choice("q1", may_be_inapplicable=True), multi("q2"), number("q3")]
    items: list[dict[str, object]] = [
        {"question": "q0", "weight": 0.1, "points": {"a": 1, "b": 2, "c": 3}},
        {"question": "q1", "weight": 0.2, "points": {"a": 2, "b": 0.7, "c": 1.1}},
        {"question": "q2", "weight": 0.7, "points": {"a": 0.1, "b": 0.2, "c": 0.4}},
        {"question": "q3", "weight": 0.3},
    ]
    scores = {"one": {"name": "One", "method": method.value, "items": chance.sample(items, 3)}}
    bare = small(questions, scores=scores)
    city = sayable(city_of(bare, seed, projects=15))
    ladders = {
        f"{bound.replace('_', '-')}-{index}": ladder({"score": "one", bound: end})
        for index, end in enumerate(_ends_met(bare, city))
        for bound in ("at_least", "above", "at_most", "below")
    }
    return small(questions, scores=scores, ladders=ladders), city


def _ends_met(models: Models, city: City) -> list[float]:
    """The ends of the one score that come out."""
    found = set()
    for told in by_reference(models, city):
        found |= {told["score.one.least"], told["score.one.most"]}
    return sorted(one for one in found if isinstance(one, float))[:: max(1, len(found) // 12)]


def ladder(when: dict[str, object]) -> dict[str, object]:
    """A ladder of one level."""
    return {"name": "One", "none": "None", "levels": [{"id": "L", "name": "L", "when": when}]}
