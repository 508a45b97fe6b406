"""A city file against the registry that it refers to."""

from collections.abc import Collection, Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.nearest import nearest
from maturity.base.places import Place, Places
from maturity.base.text import Text
from maturity.checks.hints import listed
from maturity.model.city import City
from maturity.model.registry import Registry


def check_reference(city: City, places: Places, registry: Registry) -> list[Diagnostic]:
    """Every fault of a reference to this registry, sorted by place."""
    if city.city.entry() in registry.entries:
        return sorted(differs_from_registry(city, places, registry))
    message = f"the registry {quoted(registry.id)} has no entry {quoted(city.city.entry())}"
    place = places.of(("city", "ref"))
    return [unknown_reference(city, place, message, _references(registry))]


def unknown_registry(city: City, place: Place, known: Collection[str]) -> Diagnostic:
    """M118: no registry of this id; `known` are the references that there are."""
    message = f"there is no registry {quoted(city.city.registry())}"
    return unknown_reference(city, place, message, known)


def unknown_reference(city: City, place: Place, message: str, known: Collection[str]) -> Diagnostic:
    """M118: the reference names nothing."""
    near = nearest(city.city.ref or "", known)
    said = f"there is: {listed(known)}" if known else "registries lie in a folder `registries`"
    hint = f"did you mean {quoted(near)}?" if near else said
    return Diagnostic.of(Code.UNKNOWN_REFERENCE, place, message, hint)


def differs_from_registry(city: City, places: Places, registry: Registry) -> Iterator[Diagnostic]:
    """M119: the file gives a name or a country of its own, which is not that of the registry."""
    own, entry = city.city, registry.entries[city.city.entry()]
    hint = "delete it to take that of the registry; what the file says holds"
    if own.name is not None and _differ(own.name, entry.name):
        theirs = quoted(_telling(own.name, entry.name))
        message = f"the name is not that of the registry, {theirs}"
        place = places.of(("city", "name"))
        yield Diagnostic.of(Code.DIFFERS_FROM_REGISTRY, place, message, hint)
    if own.country is not None and own.country != entry.country:
        message = f"the country is not that of the registry, {quoted(entry.country)}"
        place = places.of(("city", "country"))
        yield Diagnostic.of(Code.DIFFERS_FROM_REGISTRY, place, message, hint)


def _differ(mine: Text, theirs: Text) -> bool:
    """Whether they say something else in a language; one without a language fits any."""
    if not mine.by_language or not theirs.by_language:
        return set(mine.as_map().values()).isdisjoint(theirs.as_map().values())
    return any(
        theirs.by_language.get(code, said) != said for code, said in mine.by_language.items()
    )


def _telling(mine: Text, theirs: Text) -> str:
    """The name of the registry in the language in which they differ, English first."""
    for code, said in sorted(mine.by_language.items()):
        if theirs.by_language.get(code, said) != said:
            return theirs.by_language[code]
    return theirs.in_language("en")


def _references(registry: Registry) -> list[str]:
    return [f"{registry.id}/{name}" for name in registry.entries]
