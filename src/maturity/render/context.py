"""What a registry says about a city and its country, in words: each fact with year and source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from maturity.base.text import Text
from maturity.model.context import Context
from maturity.model.registry import Figure, Group, Population
from maturity.render.words import Words

Kind = Literal["population", "group", "figure"]


@dataclass(frozen=True, slots=True)
class ContextRow:
    """One fact; `value` holds its unit, `says` all of it in one line.

    `kind` is one of `population`, `group`, `figure`.
    """

    what: str
    value: str
    year: int
    source: str
    note: str
    says: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class ContextView:
    """What is said of the city, then of its country; `means` says that no score rests on it."""

    title: str
    means: str
    registry: str
    reference: str
    country: str
    rows: tuple[ContextRow, ...]
    corrections: tuple[str, ...]


def context_view(context: Context, words: Words) -> ContextView:
    """The context of a result in one language."""
    telling = _Telling(words, context.sources)
    registry = words.text(context.registry_name)
    return ContextView(
        title=words.say("background.title", registry=registry),
        means=words.say("background.means"),
        registry=registry,
        reference=context.reference,
        country=context.country,
        rows=tuple(_rows(context, telling)),
        corrections=tuple(
            words.say(
                "background.correction",
                text=words.text(one.what),
                source=words.cited(one.source, context.sources),
            )
            for one in context.entry.corrections
        ),
    )


def amount(value: float) -> str:
    """A number with commas between thousands, as exact as the file gives it."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


@dataclass(frozen=True, slots=True)
class _Telling:
    words: Words
    works: Mapping[str, Text]

    def row(
        self, kind: Kind, what: str, value: str, fact: Population | Group | Figure
    ) -> ContextRow:
        """One fact, with a sentence of all its parts."""
        words = self.words
        noted = "" if isinstance(fact, Group) else words.text(fact.note)
        cited, year = words.cited(fact.source, self.works), fact.year
        says = words.say("background.fact", what=what, value=value, year=year, source=cited)
        if noted:
            says = words.say("background.noted", fact=says, note=noted)
        return ContextRow(what, value, year, cited, noted, says, kind)


def _rows(context: Context, telling: _Telling) -> Iterator[ContextRow]:
    words, people, group = telling.words, context.entry.population, context.group
    if people is not None:
        what = words.say("background.population", scope=words.text(people.scope))
        value = amount(people.value)
        yield telling.row("population", what, value, people)
    if group is not None:
        what = words.say("background.group", country=context.country)
        value = words.text(context.group_name)
        yield telling.row("group", what, value, group)
    for one in context.figures:
        what = words.say("background.figure", what=words.text(one.what), country=context.country)
        value = words.say("background.amount", value=amount(one.value), unit=words.text(one.unit))
        yield telling.row("figure", what, value, one)
