"""A unit -> its outcome, by the reference engine."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from maturity.api.assessing import report_on
from maturity.api.context import in_context
from maturity.api.models import read_closely, refuse_errors
from maturity.api.parts import part_for
from maturity.api.portfolio.context import Context
from maturity.api.portfolio.units import Unit
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.naming import report_name
from maturity.base.text import Text
from maturity.checks.city import check_city
from maturity.engines.assessment import assess_project
from maturity.engines.profile import profile
from maturity.loading.models import Loaded, Source
from maturity.loading.rows import RowRead
from maturity.loading.tables import Row
from maturity.model.city import City
from maturity.model.context import Context as Beside
from maturity.model.flat import flat
from maturity.model.portfolio import Failed, Outcome, Scored
from maturity.model.report import Report
from maturity.model.result import ProjectResult
from maturity.model.union import Part
from maturity.render.markdown import markdown

NOT_IN_CELLS = (Code.MISSING_REASON,)
"""Codes of what a cell has no room for."""


class Read(NamedTuple):
    """A unit that can be scored: what the questionnaire reads in it, and what is passed on."""

    loaded: Loaded[City]
    part: Part
    carried: Mapping[str, str]
    beside: Beside | None = None


def outcome_of(unit: Unit, context: Context) -> Outcome:
    """Score a unit: every project in it, or every fault that keeps it from being scored."""
    try:
        read = read_unit(unit, context)
    except RefusedError as error:
        failed = _outcome(unit, failed=[one for one in error.diagnostics if one.is_error])
        row = unit.work
        columns = context.layout.passed_on(row) if isinstance(row, Row) else ()
        return failed._replace(columns=columns)
    return _outcome(unit, scored=list(_scored(read, context)))


def read_unit(unit: Unit, context: Context) -> Read:
    """What stands in a unit that can be scored.

    Raises:
        RefusedError: it names every fault that keeps it from being scored.
    """
    match unit.work:
        case Row() as row:
            return _row_read(unit.shown, row, context)
        case Source() as source:
            return _file_read(source, context)
        case tuple() as faults:
            raise RefusedError(faults)


def _row_read(shown: str, row: Row, context: Context) -> Read:
    found = context.layout.read(shown, row)
    if not isinstance(found, RowRead):
        raise RefusedError(found)
    loaded = found.loaded
    checked = check_city(loaded.model, loaded.document.places, context.scoring.questionnaire.model)
    refuse_errors([*found.faults, *(one for one in checked if one.code not in NOT_IN_CELLS)])
    return Read(loaded, Part(loaded.model, {}), found.carried)


def _file_read(source: Source, context: Context) -> Read:
    named = read_closely(source, City, context.models)
    ours = context.scoring.questionnaire.model
    if ours.id not in named.model.instruments():
        steps = "questionnaires" if named.model.questionnaires else "questionnaire"
        place = named.document.place((steps,))
        message = f"the file does not answer the questionnaire {ours.id!r} of this run"
        other = named.model.instruments()[0]
        hint = f"score it in a run of its own, with --questionnaire {other}"
        raise RefusedError([Diagnostic.of(Code.OTHER_QUESTIONNAIRE, place, message, hint)])
    city, beside = in_context(named, context.models)
    part = part_for(city, ours, context.models)
    return Read(city, part, _facts(city.model), beside)


def _facts(city: City) -> dict[str, str]:
    country = city.city.country or ""
    called = city.city.called()
    return passed_on(country, city.assessed, called, illustration=city.illustration)


def passed_on(country: str, assessed: date, name: Text, *, illustration: bool) -> dict[str, str]:
    """What a city file says that stands in columns of its own."""
    found = {"country": country, "assessed": assessed.isoformat()}
    found |= translated("city", name)
    if illustration:
        found["illustration"] = "true"
    return {name: text for name, text in found.items() if text}


def translated(column: str, text: Text) -> dict[str, str]:
    """The languages of a text beside the one that stands in its own column."""
    own = text.in_language("en")
    return {
        f"{column}.{language}": said
        for language, said in text.by_language.items()
        if language != "en" and said != own
    }


def _scored(read: Read, context: Context) -> Iterator[Scored]:
    scoring, city = context.scoring, read.part.city
    folder = context.reports
    if folder is None:
        for project in city.projects:
            found = assess_project(scoring.bundle, scoring.plan, city, project, asks=False)
            yield _row(city, found.result, read.carried, context)
        return
    report = report_on(read.loaded, read.part, scoring, read.beside)
    for one in report.result.projects:
        name = report_name(city.city.called().in_language("en"), one.id)
        text = markdown(_alone(report, one), context.words(context.language))
        written = _write(folder / name, text)
        yield _row(city, one, read.carried, context)._replace(report=written)


def _row(city: City, result: ProjectResult, carried: Mapping[str, str], context: Context) -> Scored:
    return Scored(
        city=city.city.called(),
        project=result.id,
        name=result.name,
        domain=result.domain,
        weight=result.weight,
        carried=dict(carried) | translated("name", result.name),
        values=flat(result, context.scoring.bundle),
    )


def _alone(report: Report, project: ProjectResult) -> Report:
    """The report on one project of a city."""
    result = report.result._replace(projects=(project,), profile=profile(report.bundle, [project]))
    (own,) = [one for one in report.projects if one.project.id == project.id]
    return replace(report, result=result, projects=(own,))


def _write(path: Path, text: str) -> str:
    """Write a report; give its name and the digest of its bytes, with a blank between."""
    raw = text.encode(errors="replace")
    path.unlink(missing_ok=True)  # what is there may be one file with a report of the run before
    path.write_bytes(raw)
    return f"{path.name} {hashlib.sha256(raw).hexdigest()}"


def _outcome(
    unit: Unit, scored: Sequence[Scored] = (), failed: Sequence[Diagnostic] = ()
) -> Outcome:
    faults = tuple(Failed.of(one) for one in sorted(failed))
    return Outcome(unit.digest, unit.shown, unit.row, tuple(scored), faults)
