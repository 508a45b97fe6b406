"""The shipped model and the example cities, loaded as the program loads them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from maturity.loading.models import Loaded, fetch, load
from maturity.model.bundle import Bundle
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric
from maturity.model.union import Union
from maturity.plan import Plan, plan_for

ROOT: Final = Path(__file__).resolve().parents[2]
EXAMPLES: Final = sorted(path.name for path in (ROOT / "examples").glob("*.yaml"))

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Models:
    """A questionnaire and a rubric with their plan."""

    bundle: Bundle
    plan: Plan


def planned(questionnaire: Questionnaire, rubric: Rubric) -> Models:
    """Two models that belong together, planned."""
    bundle = Bundle(questionnaire, rubric)
    return Models(bundle, plan_for(bundle))


def read_model(path: Path, model: type[Model]) -> Model:
    """A file as a model; every fault of it fails the test."""
    source = fetch(path)
    assert not isinstance(source, list), source
    loaded = load(source, model)
    assert isinstance(loaded, Loaded), [fault.line() for fault in loaded]
    return loaded.model


@cache
def shipped_models(name: str) -> Models:
    """The questionnaire and the rubric of an id, as they are shipped."""
    return planned(
        read_model(ROOT / "questionnaires" / f"{name}.yaml", Questionnaire),
        read_model(ROOT / "rubrics" / f"{name}.yaml", Rubric),
    )


def flagship() -> Models:
    """The shipped questionnaire with the shipped rubric."""
    return shipped_models("ppp-three-tier")


@cache
def example(name: str, questionnaire: str = "ppp-three-tier") -> City:
    """One of the example cities, as a shipped model reads it: that of the three tiers unless said.

    The file answers several questionnaires, or is one of the three tiers alone.
    """
    city = read_model(ROOT / "examples" / name, City)
    if city.questionnaires is None:
        return city
    files = (ROOT / "questionnaires" / f"{one}.yaml" for one in city.questionnaires)
    union = Union(tuple(read_model(path, Questionnaire) for path in files))
    return union.part(city, questionnaire).city
