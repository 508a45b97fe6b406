"""What a registry says about a city and its country: told beside a result, never part of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.base.text import Text
from maturity.model.city import City
from maturity.model.registry import Entry, Figure, Group, Registry
from maturity.model.result import Model


@dataclass(frozen=True, slots=True)
class Context:
    """One entry of a registry with the group and the figures of its country.

    `reference` is the `registry/entry` of the city file, `group_name` what the group is called,
    `country_name` what the country is, if the registry says so.
    """

    registry: Model
    registry_name: Text
    reference: str
    entry: Entry
    country: str
    country_name: Text | None
    group: Group | None
    group_name: Text | None
    figures: tuple[Figure, ...]
    sources: Mapping[str, Text]
    places: Mapping[str, Text]


def context_of(city: City, registry: Registry, digest: str) -> Context:
    """What the registry says about the entry that the city refers to.

    The country is that of the city file where it gives one. `digest` is that of the registry's
    bytes.

    Raises:
        KeyError: the registry has no such entry.
    """
    entry = registry.entries[city.city.entry()]
    country = city.city.country or entry.country
    listed = registry.countries.get(country)
    group = listed.group if listed else None
    return Context(
        registry=Model(registry.id, registry.version, digest),
        registry_name=registry.name,
        reference=city.city.ref or "",
        entry=entry,
        country=country,
        country_name=listed.name if listed else None,
        group=group,
        group_name=registry.groups.get(group.value) if group else None,
        figures=listed.figures if listed else (),
        sources=registry.sources,
        places=registry.places,
    )


def filled(city: City, context: Context) -> City:
    """The city with the name and the country of its entry, where it does not give its own."""
    own = city.city
    name = own.name or context.entry.name
    place = own.model_copy(update={"name": name, "country": context.country})
    return city.model_copy(update={"city": place})
