"""What a registry says about a city and its country, in words: each fact with year and source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from maturity.model.context import Context
from maturity.model.registry import Correction, Fact
from maturity.model.report import Report
from maturity.render.words import Words

Kind = Literal["population", "group", "figure"]


@dataclass(frozen=True, slots=True)
class ContextRow:
    """One fact; `value` holds its unit, `says` all of it in one line.

    `years` is the year, or the first and the last where the fact holds for several.

    `kind` is one of `population`, `group`, `figure`.
    """

    what: str
    value: str
    year: int
    years: str
    source: str
    note: str
    says: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class ContextView:
    """What is said of the city, then of its country; `means` says that no score rests on it.

    `country` is its name, or its code where the registry does not name it; `works` are the sources
    of what is said, in full.
    """

    title: str
    means: str
    registry: str
    reference: str
    country: str
    rows: tuple[ContextRow, ...]
    corrections: tuple[str, ...]
    works: tuple[str, ...]


def context_view(context: Context, words: Words) -> ContextView:
    """The context of a result in one language."""
    telling = _Telling(words, context)
    registry = words.text(context.registry_name)
    return ContextView(
        title=words.say("background.title", registry=registry),
        means=words.say("background.means"),
        registry=registry,
        reference=context.reference,
        country=_country(context, words),
        rows=tuple(_rows(context, telling)),
        corrections=tuple(
            words.say(
                "background.correction",
                text=words.text(one.what),
                source=telling.cited(one.source),
            )
            for one in context.entry.corrections
        ),
        works=tuple(words.text(context.sources[key]) for key in _cited(context)),
    )


def country_of(report: Report, words: Words) -> str:
    """The country by the name that a registry gives it, else by its code; nothing for none."""
    return words.text(report.country) or report.result.country or ""


def with_country(report: Report, words: Words) -> str:
    """The city, and its country if there is one of another name."""
    city, country = words.text(report.result.city), country_of(report, words)
    if country in ("", city):
        return city
    return words.say("report.with-country", city=city, country=country)


def amount(value: float) -> str:
    """A number with commas between thousands, as exact as the file gives it."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


@dataclass(frozen=True, slots=True)
class _Telling:
    words: Words
    context: Context

    def cited(self, reference: str) -> str:
        """A reference by the bibliography of the registry."""
        return self.words.cited(reference, self.context.sources, self.context.places)

    def row(self, kind: Kind, what: str, value: str, fact: Fact) -> ContextRow:
        """One fact, with a sentence of all its parts."""
        words = self.words
        cited, years = self.cited(fact.source), fact.years()
        noted = words.text(fact.note)
        says = words.say("background.fact", what=what, value=value, year=years, source=cited)
        if noted:
            says = words.say("background.noted", fact=says, note=noted)
        return ContextRow(what, value, fact.year, years, cited, noted, says, kind)


def _rows(context: Context, telling: _Telling) -> Iterator[ContextRow]:
    words, people, group = telling.words, context.entry.population, context.group
    country = _country(context, words)
    if people is not None:
        what = words.say("background.population", scope=words.text(people.scope))
        value = amount(people.value)
        yield telling.row("population", what, value, people)
    if group is not None:
        what = words.say("background.group", country=country)
        value = words.text(context.group_name)
        yield telling.row("group", what, value, group)
    for one in context.figures:
        what = words.say("background.figure", what=words.text(one.what), country=country)
        value = words.say("background.amount", value=amount(one.value), unit=words.text(one.unit))
        yield telling.row("figure", what, value, one)


def _country(context: Context, words: Words) -> str:
    return words.text(context.country_name) or context.country


def _cited(context: Context) -> tuple[str, ...]:
    """The keys of the works that what is said rests on, in the order of the bibliography."""
    facts: list[Fact | Correction] = [*context.figures, *context.entry.corrections]
    facts += [one for one in (context.entry.population, context.group) if one is not None]
    keys = {one.source.split(":", 1)[0] for one in facts}
    return tuple(key for key in context.sources if key in keys)
