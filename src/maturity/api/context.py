"""A city file beside the registry that it refers to."""

from dataclasses import replace

from maturity.api.models import Models, refuse_errors
from maturity.base.diagnostics import Diagnostic
from maturity.loading.models import Loaded
from maturity.model.city import City
from maturity.model.context import Context, context_of, filled


def in_context(city: Loaded[City], models: Models) -> tuple[Loaded[City], Context | None]:
    """The city with name and country of its entry, and what the registry says about them.

    A city file without a reference comes back as it is.

    Raises:
        RefusedError: the reference names nothing, or the registry cannot be used.
    """
    if city.model.city.ref is None:
        return city, None
    refuse_errors(reference_faults(city, models))
    registry = models.registry(city)
    context = context_of(city.model, registry.model, registry.source.digest)
    return replace(city, model=filled(city.model, context)), context


def reference_faults(city: Loaded[City], models: Models) -> list[Diagnostic]:
    """Every fault of the city's reference, if it has one.

    Raises:
        RefusedError: there is no such registry, or it cannot be used.
    """
    if city.model.city.ref is None:
        return []
    from maturity.checks.city_reference import check_reference

    registry = models.registry(city)
    return check_reference(city.model, city.document.places, registry.model)
