"""What a registry says about a city, in the published form of a result."""

from maturity.base.text import Text
from maturity.model.context import Context
from maturity.model.registry import Figure, Population
from maturity.render.json_types import (
    ContextOut,
    CorrectionOut,
    FigureOut,
    GroupOut,
    ModelOut,
    PopulationOut,
)


def context_out(context: Context) -> ContextOut:
    """The facts with their years and sources; what is not known is null."""
    registry, people = context.registry, context.entry.population
    return ContextOut(
        registry=ModelOut(id=registry.id, version=registry.version, digest=registry.digest),
        ref=context.reference,
        country=context.country,
        country_name=_text(context.country_name),
        population=_population(people) if people else None,
        group=_group(context),
        figures=[_figure(one) for one in context.figures],
        corrections=[
            CorrectionOut(what=one.what.as_map(), source=one.source)
            for one in context.entry.corrections
        ],
    )


def _population(people: Population) -> PopulationOut:
    return PopulationOut(
        value=people.value,
        year=people.year,
        until=people.until,
        scope=people.scope.as_map(),
        source=people.source,
        note=_text(people.note),
    )


def _group(context: Context) -> GroupOut | None:
    group, name = context.group, context.group_name
    if group is None or name is None:
        return None
    return GroupOut(
        id=group.value,
        name=name.as_map(),
        year=group.year,
        until=group.until,
        source=group.source,
        note=_text(group.note),
    )


def _figure(one: Figure) -> FigureOut:
    return FigureOut(
        what=one.what.as_map(),
        value=one.value,
        unit=one.unit.as_map(),
        year=one.year,
        until=one.until,
        source=one.source,
        note=_text(one.note),
    )


def _text(text: Text | None) -> dict[str, str] | None:
    return text.as_map() if text else None
