"""Portfolio -> sections, in the order in which they are read."""

from collections.abc import Iterator

from maturity.base.text import FALLBACK
from maturity.i18n.rules import rule_texts
from maturity.model.portfolio import Exposed, Failed, Named, Portfolio
from maturity.model.result import Model
from maturity.render.portfolio.lists import Size, checks, flags, raised
from maturity.render.portfolio.sections import Cell, Ink, Section, Table, count
from maturity.render.portfolio.spreads import spread, weight_of
from maturity.render.words import Words, rounded


def portfolio_view(
    portfolio: Portfolio, words: Words, rubric: Model, size: Size
) -> tuple[Section, ...]:
    """Every section that has something to say; the first has no title."""
    facts = Section("", tuple(_facts(portfolio, words, rubric)))
    if not portfolio.totals.projects:
        return (facts, _errors(portfolio, words, size))
    return (
        facts,
        _worst(portfolio, words, size),
        *(
            spread(portfolio, words, index, domains=size.domains, cities=size.cities)
            for index, _ in enumerate(portfolio.whole.spreads)
        ),
        *_verdicts(portfolio, words),
        *_exposed(portfolio, words, size),
        *_scores(portfolio, words),
        flags(portfolio, words, size),
        *checks(portfolio, words, size),
        _coverage(portfolio, words),
        *_clashes(portfolio, words, size),
        _errors(portfolio, words, size),
    )


def named(one: Named, words: Words) -> str:
    """A project for a list: its name, its id where that is another word, and its city."""
    city, name = words.text(one.city), words.text(one.name)
    if name != one.project:
        name = words.say("portfolio.with-id", name=name, id=one.project)
    return words.say("portfolio.project", project=name, city=city)


def several(words: Words, names: tuple[Named, ...], every: int, few: int) -> str:
    """The first names, and how many more there are."""
    shown = words.say("portfolio.list").join(named(one, words) for one in names[:few])
    rest = every - min(len(names), few)
    return words.say("portfolio.rest", names=shown, count=f"{rest:,}") if rest else shown


def _facts(portfolio: Portfolio, words: Words, rubric: Model) -> Iterator[str]:
    totals, whole = portfolio.totals, portfolio.whole
    yield words.say(
        "portfolio.of-cities",
        projects=f"{totals.projects:,}",
        cities=f"{totals.cities:,}",
        rubric=words.text(words.bundle.rubric.name),
        version=rubric.version,
    )
    if totals.weight != totals.projects:
        yield words.say("portfolio.weighted", weight=weight_of(totals.weight))
    if words.bundle.rubric.summary.verdict is not None:
        yield words.say(
            "portfolio.exposed",
            surely=weight_of(whole.exposed),
            possibly=weight_of(whole.exposed_possible),
            weight=weight_of(totals.weight),
        )
        told = {"count": f"{totals.undetermined:,}", "projects": f"{totals.projects:,}"}
        yield words.say("portfolio.verdict-open", **told)
    if totals.illustrations:
        yield words.say("portfolio.illustrations", count=f"{totals.illustrations:,}")
    if portfolio.failed:
        told = {"units": f"{portfolio.refused:,}", "faults": f"{portfolio.failed:,}"}
        yield words.say("portfolio.refused", **told)
    else:
        yield words.say("portfolio.all-read")
    yield words.say("portfolio.how-to-read")


def _worst(portfolio: Portfolio, words: Words, size: Size) -> Section:
    """Exposed projects and critical flags, each with names: nothing here is a mean."""
    surely = [one for one in portfolio.exposed if one.surely]
    verdict = words.bundle.rubric.summary.verdict
    rows: list[tuple[Cell, ...]] = []
    exposing = (
        {row.id for row in words.bundle.rubric.decisions[verdict].outcomes() if row.exposed}
        if verdict
        else set()
    )
    counted = sum(one.surely for one in portfolio.verdicts if one.id in exposing)
    if surely and verdict and counted:
        gate = words.say("portfolio.is-exposed", verdict=words.output(f"decision.{verdict}"))
        names = several(words, tuple(one.named for one in surely), counted, size.few)
        rows.append((Cell(gate, "bad"), count(counted), Cell(names)))
    for flag in portfolio.flags:
        if flag.declared == "critical" and flag.raised > flag.lowered:
            gate = words.say("portfolio.critical", flag=words.output(f"flag.{flag.id}"))
            names = several(words, flag.first, flag.raised, size.few)
            rows.append((Cell(gate, "bad"), raised(flag, words), Cell(names)))
    title = words.say("portfolio.worst")
    if not rows:
        return Section(title, (words.say("portfolio.none-worst"),))
    head = tuple(words.say(f"portfolio.{key}") for key in ("gate", "projects", "first"))
    rest = len(rows) - size.flags
    after = (words.say("portfolio.and-more", count=f"{rest:,}"),) if rest > 0 else ()
    table = Table(head, tuple(rows[: size.flags]))
    return Section(title, (words.say("portfolio.worst-means"),), (table,), after)


def _verdicts(portfolio: Portfolio, words: Words) -> Iterator[Section]:
    name = words.bundle.rubric.summary.verdict
    if name is None:
        return
    tones = {row.id: row.tone for row in words.bundle.rubric.decisions[name].outcomes()}
    inks: dict[str | None, Ink] = {"good": "good", "bad": "bad", "warn": "warn"}
    rows = tuple(
        (
            Cell(words.step(name, one.id), inks.get(tones[one.id], "plain")),
            count(one.surely),
            count(one.possible),
        )
        for one in portfolio.verdicts
    )
    head = tuple(words.say(f"portfolio.{key}") for key in ("verdict", "surely", "possibly"))
    yield Section(words.say("portfolio.verdicts"), (), (Table(head, rows),))


def _exposed(portfolio: Portfolio, words: Words, size: Size) -> Iterator[Section]:
    if not portfolio.exposed:
        return
    keys = ("name", "domain", "verdict", "critical-flags", "warnings", "open-items")
    head = tuple(words.say(f"portfolio.{key}") for key in keys)
    rows = tuple(_exposed_row(one, words) for one in portfolio.exposed[: size.projects])
    rest = portfolio.exposed_count - len(rows)
    after = (words.say("portfolio.and-more", count=f"{rest:,}"),) if rest else ()
    before = (words.say("portfolio.most-exposed-means"),)
    yield Section(words.say("portfolio.most-exposed"), before, (Table(head, rows),), after)


def _exposed_row(one: Exposed, words: Words) -> tuple[Cell, ...]:
    return (
        Cell(named(one.named, words), "strong"),
        Cell(words.domain(one.domain)),
        Cell(_verdict(one, words), "bad" if one.surely else "plain"),
        count(one.critical),
        count(one.warnings),
        count(one.open_checks),
    )


def _verdict(one: Exposed, words: Words) -> str:
    name = words.bundle.rubric.summary.verdict
    if name is None or not one.possible:
        return words.say("common.none")
    if one.verdict is not None:
        return words.outcome(name, one.verdict)
    if len(one.possible) > 2:  # noqa: PLR2004 - more would fill the column
        return words.say("portfolio.several", count=len(one.possible))
    return words.say("portfolio.either").join(words.outcome(name, row) for row in one.possible)


def _scores(portfolio: Portfolio, words: Words) -> Iterator[Section]:
    if not portfolio.scores:
        return
    keys = ("score", "party", "projects", "lowest", "lower", "median", "upper", "highest")
    declared = words.bundle.rubric.scores
    rows: list[tuple[Cell, ...]] = []
    for one in portfolio.scores:
        score = declared[one.id]
        alike = [s for s in declared.values() if (s.theme, s.party) == (score.theme, score.party)]
        by_theme = score.theme is not None and len(alike) == 1
        title = words.theme(score.theme or "") if by_theme else words.output(f"score.{one.id}")
        ends = dict.fromkeys(words.number(one.id, end) for end in one.median)
        numbers = (
            words.number(one.id, one.lowest),
            words.number(one.id, one.lower),
            "–".join(ends),
            words.number(one.id, one.upper),
            words.number(one.id, one.highest),
        )
        rows.append(
            (
                Cell(title, "strong"),
                Cell(words.say(f"party.{score.party or 'both'}")),
                count(one.projects),
                *(Cell(number, is_number=True) for number in numbers),
            )
        )
    head = tuple(words.say(f"portfolio.{key}") for key in keys)
    before = (words.say("portfolio.scores-mean"),)
    yield Section(words.say("portfolio.scores"), before, (Table(head, tuple(rows)),))


def _coverage(portfolio: Portfolio, words: Words) -> Section:
    totals = portfolio.totals
    share = 100 * totals.answered / totals.asked if totals.asked else 0.0
    percent = words.say("portfolio.percent", number=rounded(share, 0))
    told = {key: f"{getattr(totals, key):,}" for key in ("asked", "answered", "partly", "unknown")}
    lines = [words.say("portfolio.coverage-says", share=percent, **told)]
    if totals.evidenced:
        told = {"evidenced": f"{totals.evidenced:,}", "answered": f"{totals.answered:,}"}
        lines.append(words.say("portfolio.evidenced", **told))
    if totals.unanswered:
        lines.append(words.say("portfolio.silent", count=f"{totals.unanswered:,}"))
    return Section(words.say("portfolio.coverage"), tuple(lines))


def _clashes(portfolio: Portfolio, words: Words, size: Size) -> Iterator[Section]:
    tables = []
    head = tuple(words.say(f"portfolio.{key}") for key in ("value", "projects", "first"))
    for one in portfolio.clashes:
        rows = [
            (
                Cell(clash.value, "strong"),
                count(clash.projects),
                Cell(several(words, clash.first, clash.projects, size.few)),
            )
            for clash in one.top[: size.flags]
        ]
        if one.number > len(rows):
            more = words.say("portfolio.and-more", count=f"{one.number - len(rows):,}")
            rows.append((Cell(more, "faint"), Cell(""), Cell("")))
        name = words.say("portfolio.clash", name=words.text(one.name), column=one.column)
        tables.append(Table(head, tuple(rows), name))
    if tables:
        yield Section(words.say("portfolio.clashes"), (), tuple(tables))


def _errors(portfolio: Portfolio, words: Words, size: Size) -> Section:
    title = words.say("portfolio.errors")
    if not portfolio.failed:
        return Section(title, (words.say("portfolio.no-errors"),))
    head = tuple(words.say(f"portfolio.{key}") for key in ("code", "count", "place", "message"))
    rows = []
    for one in portfolio.faults[: size.flags]:
        first = one.first[0]
        place = f"{first.path}:{first.row}:{first.column}"
        code = Cell(f"{one.code} {one.word}", "warn")
        rows.append((code, count(one.number), Cell(place), Cell(_message(first, words))))
    rest = len(portfolio.faults) - len(rows)
    after = (words.say("portfolio.more-codes", count=f"{rest:,}"),) if rest else ()
    return Section(title, (), (Table(head, tuple(rows)),), after)


def _message(one: Failed, words: Words) -> str:
    """What a fault says; in another language than the checks' own its title stands before it."""
    if words.language == FALLBACK:
        return one.message
    title = rule_texts()[one.code].title[words.language]
    return words.say("portfolio.fault", title=title, message=one.message)
