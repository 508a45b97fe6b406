"""Run the worked cases of rubrics."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from maturity.api.checking import files_of, tested_by
from maturity.api.models import Models, refuse_errors, usable
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.places import Place
from maturity.checks.cases import check_cases
from maturity.engines.cases import run_cases as run
from maturity.loading.models import Loaded, Source, fetch, load
from maturity.model.case_result import CaseOutcome
from maturity.model.cases import Cases


class CasesRun(NamedTuple):
    """What came of some worked cases; a line for every expectation that failed."""

    files: int
    cases: int
    failures: tuple[str, ...]

    def summary(self) -> str:
        """One line."""
        return f"{self.cases} cases of {self.files} files: {len(self.failures)} expectations failed"


def run_cases(
    paths: Iterable[Path], rubric: str | None = None, questionnaire: str | None = None
) -> CasesRun:
    """Run worked cases.

    Raises:
        RefusedError: a case file or a model cannot be used, or no case file was found.
    """
    places_named = list(paths)
    files = list(files_of(places_named, "*.cases.yaml"))
    if not files:
        raise RefusedError([_no_cases(places_named)])
    models = Models()
    count = 0
    failures: list[str] = []
    for path in files:
        loaded = _cases(path)
        scoring = models.scoring(
            rubric or tested_by(loaded.model, loaded.source.path), questionnaire
        )
        places = loaded.document.places
        refuse_errors(check_cases(loaded.model, places, scoring.bundle))
        outcomes = run(scoring.bundle, scoring.plan, loaded.model)
        failures += list(_failures(outcomes, loaded))
        count += len(outcomes)
    return CasesRun(len(files), count, tuple(failures))


def _failures(outcomes: Iterable[CaseOutcome], loaded: Loaded[Cases]) -> Iterator[str]:
    for index, outcome in enumerate(outcomes):
        for failure in outcome.failures:
            place = loaded.document.place(("cases", index, "expect", failure.key), key=True)
            yield (
                f"{place}: {outcome.name}: {failure.key}: expected {failure.expected}, "
                f"got {failure.got}"
            )


def _cases(path: Path) -> Loaded[Cases]:
    source = fetch(path)
    return usable(load(source, Cases) if isinstance(source, Source) else source)


def _no_cases(paths: list[Path]) -> Diagnostic:
    place = Place(", ".join(path.as_posix() for path in paths), 1, 1)
    hint = "case files are named <rubric>.cases.yaml"
    return Diagnostic.of(Code.UNREADABLE, place, "no case file here", hint)
