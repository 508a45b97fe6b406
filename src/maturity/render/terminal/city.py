"""A city as its spread by domain, never one number alone."""

from collections.abc import Iterator

from maturity.model.report import Report
from maturity.model.result import DomainProfile, Spread
from maturity.render.context import with_country
from maturity.render.terminal.canvas import Line, Piece, Row, heading, paragraph, table
from maturity.render.words import Words, rounded


def city(report: Report, words: Words, width: int) -> Iterator[Line]:
    """The spread by domain; one line where there is one project only."""
    profile = report.result.profile
    if profile.city.projects == 1:
        yield from _one(words, profile.city, width)
        return
    yield from _head(report, words, width)
    spreads = [words.output(_key(words, spread)) for spread in profile.city.spreads]
    titles = (
        words.say("terminal.domain"),
        words.say("terminal.projects"),
        *spreads,
        words.say("terminal.exposed"),
    )
    rows = [_row(words, one) for one in (*profile.domains, profile.city)]
    yield from table(titles, rows, width)
    yield from paragraph(words.say("terminal.spread-means"), width, "faint", margin=1)
    yield from _levels(report, words, width)


def _one(words: Words, one: DomainProfile, width: int) -> Iterator[Line]:
    """Whether the only project is exposed."""
    said = "surely" if one.exposed else "possibly" if one.exposed_possible else "not"
    if words.bundle.rubric.summary.verdict is not None:
        yield from paragraph(words.say(f"terminal.exposed-{said}"), width, margin=1)


def _head(report: Report, words: Words, width: int) -> Iterator[Line]:
    name = with_country(report, words)
    date = words.say("terminal.assessed", date=report.result.assessed.isoformat())
    yield from heading(f"{name} · {date}", width, "══")
    if report.result.illustration:
        yield from paragraph(words.say("terminal.illustration"), width, "warn", margin=1)
    yield from heading(words.say("terminal.by-domain"), width)


def _row(words: Words, one: DomainProfile) -> Row:
    name = words.domain(one.domain) if one.domain else words.say("terminal.whole-city")
    return (
        Piece(name, "strong"),
        Piece(str(one.projects)),
        *(Piece(_spread(words, spread)) for spread in one.spreads),
        Piece(_exposed(words, one), "bad" if one.exposed else "plain"),
    )


def _spread(words: Words, spread: Spread) -> str:
    told = [
        words.say("terminal.is", name=level or words.say("common.none"), value=rounded(weight, 2))
        for level, weight in spread.confirmed
        if weight
    ]
    if spread.open:
        still = words.say("terminal.open-weight")
        told.append(words.say("terminal.is", name=still, value=rounded(spread.open, 2)))
    return words.several(told)


def _exposed(words: Words, one: DomainProfile) -> str:
    least, most = rounded(one.exposed, 2), rounded(one.exposed_possible, 2)
    shown = least if least == most else f"{least}–{most}"
    return words.say("terminal.exposed-of", exposed=shown, weight=rounded(one.weight, 2))


def _key(words: Words, spread: Spread) -> str:
    stage = "ladder" if spread.id in words.bundle.rubric.ladders else "decision"
    return f"{stage}.{spread.id}"


def _levels(report: Report, words: Words, width: int) -> Iterator[Line]:
    """What the ids in the table stand for."""
    found = {
        outcome: words.outcome(spread.id, outcome)
        for spread in report.result.profile.city.spreads
        for outcome, _ in spread.confirmed
        if outcome is not None
    }
    named = (f"{outcome} = {name}" for outcome, name in found.items())
    yield from paragraph(words.several(named), width, "faint", margin=1)
