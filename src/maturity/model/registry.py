"""Cities and countries as a network or a statistics office lists them: data beside the models."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maturity.base.ids import Id, Version
from maturity.base.strict import Many, Strict
from maturity.base.text import FilledText, Text

COUNTRY_PATTERN = r"^[A-Z]{2}$"
FACT_SOURCE_PATTERN = r"^[A-Za-z][A-Za-z0-9-]*:[^\s].*$"

Country = Annotated[str, StringConstraints(pattern=COUNTRY_PATTERN)]
"""An ISO 3166-1 code of two capital letters."""

FactSource = Annotated[str, StringConstraints(pattern=FACT_SOURCE_PATTERN, max_length=200)]
"""`key:place` with a key of the registry's `sources`: a fact is never merely proposed."""

Year = Annotated[int, Field(ge=1800, le=2200)]


class Group(Strict):
    """The group in which a country stood in a year; `value` is an id of the registry's `groups`."""

    value: Id
    year: Year
    source: FactSource


class Figure(Strict):
    """A number about a country, on the unit and for the year given."""

    what: FilledText
    value: float
    unit: FilledText
    year: Year
    source: FactSource
    note: Text | None = None


class Population(Strict):
    """People who live in a city; `scope` says within which bounds they were counted."""

    value: float = Field(ge=0)
    year: Year
    scope: FilledText
    source: FactSource
    note: Text | None = None


class Correction(Strict):
    """What a source got wrong about an entry."""

    what: FilledText
    source: FactSource


class CountryEntry(Strict):
    """A country: context for the results of its cities, never part of a score."""

    group: Group | None = None
    figures: Many[Figure] = ()


class Entry(Strict):
    """A city of the registry; what is not known is left out."""

    name: FilledText
    country: Country
    population: Population | None = None
    corrections: Many[Correction] = ()


class Registry(Strict):
    """Cities that a city file can name as `registry/entry`, and their countries."""

    format: Literal["maturity/registry@1"]
    id: Id
    version: Version
    name: FilledText
    source: FactSource | None = None
    sources: dict[Id, Text] = {}
    groups: dict[Id, FilledText] = {}
    countries: dict[Country, CountryEntry] = {}
    entries: Annotated[dict[Id, Entry], Field(min_length=1)]
