"""What a registry must keep."""

from collections.abc import Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.nearest import few_guesses
from maturity.base.places import Places
from maturity.checks.hints import instead_of
from maturity.checks.sources import Sourced, check_sources, unknown_places
from maturity.checks.texts import missing_translations
from maturity.model.registry import Registry


@few_guesses()
def check_registry(registry: Registry, places: Places) -> list[Diagnostic]:
    """Every fault of a registry, sorted by place."""
    found = [*unknown_groups(registry, places), *unlisted_countries(registry, places)]
    found += check_sources(sources_in_registry(registry), places, registry.sources.keys())
    found += unknown_places(registry.places, places, registry.sources.keys())
    found += missing_translations(registry, places)
    return sorted(found)


def unknown_groups(registry: Registry, places: Places) -> Iterator[Diagnostic]:
    """M120: a country stands in a group that is not declared."""
    for name, country in registry.countries.items():
        if country.group is not None and country.group.value not in registry.groups:
            message = f"the registry has no group {quoted(country.group.value)}"
            hint = instead_of(country.group.value, registry.groups, "the groups are")
            place = places.of(("countries", name, "group", "value"))
            yield Diagnostic.of(Code.UNKNOWN_GROUP, place, message, hint)


def unlisted_countries(registry: Registry, places: Places) -> Iterator[Diagnostic]:
    """M121: an entry lies in a country of which the registry says nothing."""
    for name, entry in registry.entries.items():
        if entry.country not in registry.countries:
            message = f"{quoted(entry.country)} does not stand under `countries`"
            hint = f"correct the code, or add `{entry.country}: {{}}` if nothing is known"
            place = places.of(("entries", name, "country"))
            yield Diagnostic.of(Code.UNLISTED_COUNTRY, place, message, hint)


def sources_in_registry(registry: Registry) -> Iterator[Sourced]:
    """The facts; the types see to it that each has a source."""
    yield (), registry.source, False
    for name, country in registry.countries.items():
        if country.group is not None:
            yield ("countries", name, "group"), country.group.source, True
        for index, figure in enumerate(country.figures):
            yield ("countries", name, "figures", index), figure.source, True
    for name, entry in registry.entries.items():
        if entry.population is not None:
            yield ("entries", name, "population"), entry.population.source, True
        for index, correction in enumerate(entry.corrections):
            yield ("entries", name, "corrections", index), correction.source, True
