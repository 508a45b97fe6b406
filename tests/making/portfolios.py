"""Projects as they are counted: those of the examples, and as many more as are wanted."""

from random import Random

from tests.making.shipped import example, flagship

from maturity.base.text import Text
from maturity.engines.assessment import assess_project
from maturity.engines.tally import Tally
from maturity.model.columns import Conflict
from maturity.model.flat import flat
from maturity.model.portfolio import Portfolio, Scored


def scored(name: str) -> list[Scored]:
    city, bundle, plan = example(name), flagship().bundle, flagship().plan
    found = []
    for project in city.projects:
        result = assess_project(bundle, plan, city, project, asks=False).result
        facts = (city.city.called(), project.id, project.name, project.domain, project.weight)
        found.append(Scored(*facts, {"partner": "ACME"}, flat(result, bundle)))
    return found


def many(count: int) -> list[Scored]:
    """Projects in as many cities, made of those of an example."""
    chance, plain = Random(5), scored("illustration.yaml")
    return [
        chance.choice(plain)._replace(
            city=Text(f"City {number:04}"),
            project=f"p{number}",
            weight=chance.choice([0.1, 0.7, 1.0]),
            carried={"partner": f"Partner {number % 70}" if number % 3 else " "},
        )
        for number in range(count)
    ]


def tallied(projects: list[Scored], *conflicts: Conflict) -> Portfolio:
    tally = Tally(flagship().bundle, conflicts)
    for one in projects:
        tally.add(one)
    return tally.portfolio()
