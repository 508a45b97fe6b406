"""Outcomes as lines of a file: what a second run takes over, and what the tables are made of.

A line holds where the unit stands (`[digest, path, row]`), what is looked at without reading the
rest (keys of projects, columns that are passed on, reports, a checksum of the rest), and what came
of it; tabs between. The last two do not depend on where the unit stands: they are taken over as is.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from maturity.base.naming import project_key
from maturity.base.text import Text
from maturity.model.flat import FlatValue
from maturity.model.portfolio import Failed, Outcome, Scored

STATE: Final = "state.jsonl"
"""The name of the file."""


class Kept(NamedTuple):
    """An outcome as it is kept: keys of its projects, columns passed on, reports, and the rest."""

    keys: tuple[str, ...]
    columns: tuple[str, ...]
    reports: tuple[str, ...]
    rest: str


class Line(NamedTuple):
    """One line: whose outcome it is, and the outcome."""

    digest: str
    path: str
    row: int
    kept: Kept


def kept(outcome: Outcome) -> Kept:
    """An outcome without its place."""
    keys = tuple(project_key(one.city.in_language("en"), one.project) for one in outcome.scored)
    passed_on = {name for one in outcome.scored for name in one.carried}
    columns = tuple(sorted(passed_on.union(outcome.columns)))
    reports = tuple(one.report for one in outcome.scored if one.report is not None)
    scored = [_of_scored(one) for one in outcome.scored]
    failed = [_of_failed(one, outcome) for one in outcome.failed]
    return Kept(keys, columns, reports, _dumped([scored, failed]))


def line_of(digest: str, path: str, row: int, one: Kept) -> str:
    """The line that keeps an outcome."""
    beside = [one.keys, one.columns, one.reports, _checksum(one.rest)]
    return f"{_dumped([digest, path, row])}\t{_dumped(beside)}\t{one.rest}\n"


def lines_in(path: Path) -> Iterator[tuple[int, Line]]:
    """The lines of a file with their offsets; what is no line, such as a half one, is left out."""
    with path.open("rb") as stream:
        offset = 0
        for raw in stream:
            with suppress(ValueError, TypeError):
                yield offset, _line(raw)
            offset += len(raw)


def line_at(stream: BinaryIO, offset: int) -> Line:
    """The line that begins there."""
    stream.seek(offset)
    return _line(stream.readline())


def outcome_in(line: Line, keys: tuple[str, ...]) -> Outcome:
    """The outcome in a line, its values under these keys."""
    scored, failed = json.loads(line.kept.rest)
    return Outcome(
        line.digest,
        line.path,
        line.row,
        tuple(_scored(*one, keys=keys) for one in scored),
        tuple(_failed(line, *one) for one in failed),
    )


def _line(raw: bytes) -> Line:
    head, beside, rest = raw.decode("utf-8").removesuffix("\n").split("\t")
    digest, path, row = json.loads(head)
    keys, columns, reports, checksum = json.loads(beside)
    if checksum != _checksum(rest):
        raise ValueError(head)
    return Line(digest, path, row, Kept(tuple(keys), tuple(columns), tuple(reports), rest))


def _checksum(rest: str) -> str:
    return hashlib.blake2b(rest.encode(), digest_size=12).hexdigest()


def _of_scored(one: Scored) -> list[object]:
    facts = [one.city.as_map(), one.project, one.name.as_map(), one.domain, one.weight]
    return [*facts, dict(one.carried), list(one.values.values()), one.report]


def _scored(*facts: Any, keys: tuple[str, ...]) -> Scored:
    city, project, name, domain, weight, carried, values, report = facts
    flat: dict[str, FlatValue] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in zip(keys, values, strict=True)
    }
    names = Text.parse(city), project, Text.parse(name)
    return Scored(*names, domain, float(weight), carried, flat, report)


def _of_failed(one: Failed, outcome: Outcome) -> list[object]:
    path = None if one.path == outcome.path else one.path
    row = None if one.row == outcome.row else one.row
    return [path, row, *one[2:]]


def _failed(line: Line, path: str | None, row: int | None, *rest: Any) -> Failed:
    return Failed(path or line.path, line.row if row is None else row, *rest)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
