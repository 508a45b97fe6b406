"""Cities and countries as a network or a statistics office lists them: data beside the models."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from maturity.base.ids import Id, Version
from maturity.base.strict import Many, Strict, at_odds
from maturity.base.text import FilledText, Text
from maturity.rules.source import SourcePlaces

COUNTRY_PATTERN = r"^[A-Z]{2}$"
FACT_SOURCE_PATTERN = r"^[A-Za-z][A-Za-z0-9-]*:[^\s].*$"

Country = Annotated[str, StringConstraints(pattern=COUNTRY_PATTERN)]
"""An ISO 3166-1 code of two capital letters."""

FactSource = Annotated[str, StringConstraints(pattern=FACT_SOURCE_PATTERN, max_length=200)]
"""`key:place` with a key of the registry's `sources`: a fact is never merely proposed."""

Year = Annotated[int, Field(ge=1800, le=2200)]


class Fact(Strict):
    """What held in a year, or in all years from `year` to `until`, and who says so."""

    year: Year
    until: Year | None = None
    source: FactSource
    note: Text | None = None

    @model_validator(mode="after")
    def _years_rise(self) -> Self:
        if self.until is not None and self.until <= self.year:
            hint = "give the first year as `year`, the last as `until`, or one year alone"
            raise at_odds("`until` must be a later year than `year`", hint)
        return self

    def years(self) -> str:
        """The year, or the first and the last."""
        return f"{self.year}" if self.until is None else f"{self.year}–{self.until}"


class Group(Fact):
    """The group in which a country stood; `value` is an id of the registry's `groups`."""

    value: Id


class Figure(Fact):
    """A number about a country, on the unit given."""

    what: FilledText
    value: float
    unit: FilledText


class Population(Fact):
    """People who live in a city; `scope` says within which bounds they were counted."""

    value: float = Field(ge=0)
    scope: FilledText


class Correction(Strict):
    """What a source got wrong about an entry."""

    what: FilledText
    source: FactSource


class CountryEntry(Strict):
    """A country: context for the results of its cities, never part of a score.

    Without a name it is told by its code.
    """

    name: FilledText | None = None
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
    places: SourcePlaces = {}
    groups: dict[Id, FilledText] = {}
    countries: dict[Country, CountryEntry] = {}
    entries: Annotated[dict[Id, Entry], Field(min_length=1)]
