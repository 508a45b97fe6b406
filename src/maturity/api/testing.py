"""Run the worked cases of rubrics, and measure how much of a rubric they guard."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, assert_never

from maturity.api.checking import files_of, tested_by
from maturity.api.models import Asking, Models, Scoring, read_closely, refuse_errors, usable
from maturity.api.standing import with_cities
from maturity.api.tracing import traces
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError, UsageError
from maturity.base.places import Place
from maturity.base.text import FALLBACK
from maturity.checks.cases import check_cases
from maturity.engines.cases import Ran, trace_cases
from maturity.i18n.catalog import catalog
from maturity.loading.models import Loaded, Source, fetch
from maturity.model.cases import Cases
from maturity.model.saved import SavedCases
from maturity.model.tested import (
    CasesTold,
    CaseTold,
    FailedExpectation,
    FileTold,
    Measure,
    Missed,
)
from maturity.render import CasesFormat

if TYPE_CHECKING:
    from maturity.engines.mutants import Mutant


class Wanted(NamedTuple):
    """What to run and to measure.

    `name`: only cases whose name contains it, in any case. `mutants`: how many to try, None for
    all. `jobs`: in how many processes. `suggest`: cases for the mutants that none notices, by a
    solver that may take so many seconds of a usual machine.
    """

    name: str = ""
    trace: bool = False
    language: str = "en"
    coverage: bool = False
    mutate: bool = False
    mutants: int | None = None
    jobs: int = 1
    suggest: float | None = None


SUGGESTED: Final = (
    "Cases made by `maturity test --suggest`: each catches changes to the rubric that no case "
    "notices. Read what a case expects, and whether it should be so, before you keep it."
)

ALL: Final = Wanted()
"""Every case, and nothing measured."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of cases with its models and what came of those that were asked for."""

    loaded: Loaded[Cases]
    scoring: Scoring
    ran: tuple[tuple[int, Ran], ...]


def run_cases(
    paths: Iterable[Path],
    rubric: str | None = None,
    questionnaire: str | None = None,
    wanted: Wanted = ALL,
) -> CasesTold:
    """Run worked cases.

    Raises:
        RefusedError: a case file or a model cannot be used, or no case file was found.
        UsageError: no case has the name asked for, or the solver is needed and not installed.
    """
    places_named = list(paths)
    found = list(files_of(places_named, "*.cases.yaml"))
    if not found:
        raise RefusedError([_no_cases(places_named)])
    models = Models()
    files = _run_all(found, lambda path: _run(path, models, rubric, questionnaire, wanted))
    if wanted.name and not any(file.ran for file in files):
        raise UsageError("no-case", given=wanted.name)
    told = tuple(_told(file, wanted) for file in files)
    measured = list(_measures(files, wanted))
    suggested = tuple(cases for _, cases in measured if cases is not None)
    return CasesTold(told, tuple(measure for measure, _ in measured), suggested)


def cases_text(told: CasesTold, format_: CasesFormat, language: str = FALLBACK) -> str:
    """The outcome of worked cases as text of a format."""
    match format_:
        case "text":
            from maturity.render.cases.text import text

            return text(told, catalog(language))
        case "json":
            from maturity.render.cases.json import json_text

            return json_text(told)
        case "junit":
            from maturity.render.cases.junit import junit

            return junit(told, catalog(language))
    assert_never(format_)


def cases_summary(told: CasesTold, language: str) -> str:
    """How many cases of how many files, and how many expectations failed, in one line."""
    counts = {"cases": told.cases, "files": len(told.files), "failures": told.failures}
    return catalog(language).say("cases.summary", **counts)


def _run_all(paths: Iterable[Path], run: Callable[[Path], _File]) -> list[_File]:
    """Every file.

    Raises:
        RefusedError: some cannot be used; every fault of each is named once.
    """
    files: list[_File] = []
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            files.append(run(path))
        except RefusedError as error:
            faults += error.diagnostics
    if faults:
        raise RefusedError(list(dict.fromkeys(faults)))
    return files


def _run(
    path: Path, models: Models, rubric: str | None, questionnaire: str | None, wanted: Wanted
) -> _File:
    loaded = _cases(path, models)
    named = rubric or tested_by(loaded.model, loaded.source.path)
    asking = None if rubric else Asking.of(loaded, "rubric")
    scoring = models.scoring(named, questionnaire, asking)
    standing = with_cities(loaded, scoring.bundle.questionnaire, models)
    refuse_errors(check_cases(standing, loaded.document.places, scoring.bundle))
    ran = enumerate(trace_cases(scoring.bundle, scoring.plan, standing))
    chosen = ((at, one) for at, one in ran if wanted.name.casefold() in one.case.name.casefold())
    return _File(loaded, scoring, tuple(chosen))


def _told(file: _File, wanted: Wanted) -> FileTold:
    cases = tuple(_told_case(file, index, one, wanted) for index, one in file.ran)
    source = file.scoring.rubric.source
    return FileTold(file.loaded.source.shown, source.shown, cases)


def _told_case(file: _File, index: int, one: Ran, wanted: Wanted) -> CaseTold:
    document = file.loaded.document
    failures = tuple(
        FailedExpectation(
            document.place(("cases", index, "expect", failure.key), key=True),
            failure,
            traces(file.scoring, one, failure, wanted.language) if wanted.trace else "",
        )
        for failure in one.outcome.failures
    )
    place = document.place(("cases", index, "name"))
    return CaseTold(one.case.name, place, len(one.outcome.keys), failures)


Measured: TypeAlias = tuple[Measure, SavedCases | None]


def _measures(files: Sequence[_File], wanted: Wanted) -> Iterator[Measured]:
    """Each rubric once, over the cases of all its files that hold; mutants with suggested cases."""
    rubrics = {id(file.scoring): file.scoring for file in files}
    for key, scoring in rubrics.items():
        ran = [
            one
            for file in files
            if id(file.scoring) == key
            for _, one in file.ran
            if one.outcome.passed
        ]
        if wanted.coverage:
            yield _coverage(scoring, ran), None
        if wanted.mutate:
            yield _mutants(scoring, ran, wanted)


def _coverage(scoring: Scoring, ran: Sequence[Ran]) -> Measure:
    from maturity.engines.coverage import coverage

    reached = coverage(scoring.bundle, ran)
    missed = []
    for goal in reached.missing:
        loaded = scoring.rubric if goal.document == "rubric" else scoring.questionnaire
        place = loaded.document.place(goal.steps, key=True)
        missed.append(Missed(place, goal.what))
    total = len(reached.goals)
    return Measure("coverage", scoring.rubric.source.shown, total, total, tuple(missed))


def _mutants(scoring: Scoring, ran: Sequence[Ran], wanted: Wanted) -> Measured:
    from maturity.engines.mutants import hunt

    found = hunt(scoring.bundle, scoring.plan, ran, wanted.mutants, wanted.jobs)
    alike: tuple[Mutant, ...] = ()
    saved = None
    if wanted.suggest is not None:
        from maturity.engines.prove import suggest

        made = suggest(scoring.bundle, scoring.plan, found.survivors, wanted.suggest)
        alike = made.equivalent
        saved = SavedCases(scoring.bundle.rubric.id, made.cases, SUGGESTED)
    # By identity: two mutants can be equal in their values only.
    missed = [one for one in found.survivors if not any(one is other for other in alike)]
    measure = Measure(
        "mutants",
        scoring.rubric.source.shown,
        found.tried,
        found.of,
        tuple(_missed(one, scoring) for one in missed),
        tuple(_missed(one, scoring) for one in alike),
    )
    return measure, saved


def _missed(mutant: "Mutant", scoring: Scoring) -> Missed:
    place = scoring.rubric.document.place(mutant.steps)
    return Missed(place, mutant.what.at(mutant.steps))


def _cases(path: Path, models: Models) -> Loaded[Cases]:
    source = fetch(path)
    return read_closely(source, Cases, models) if isinstance(source, Source) else usable(source)


def _no_cases(paths: list[Path]) -> Diagnostic:
    place = Place(", ".join(path.as_posix() for path in paths), 1, 1)
    hint = "case files are named <rubric>.cases.yaml"
    return Diagnostic.of(Code.UNREADABLE, place, "no case file here", hint)
