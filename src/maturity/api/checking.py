"""Check files, and run the worked cases of rubrics."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from maturity.api.assessing import Scoring, scoring_for
from maturity.base.codes import Code, Severity
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.places import Place
from maturity.checks.bundle import check_bundle
from maturity.checks.cases import check_cases
from maturity.checks.city import check_city
from maturity.checks.questionnaire import check_questionnaire
from maturity.engines.cases import run_cases as run
from maturity.loading.models import Loaded, Source, fetch, find_questionnaire, load, load_any
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric

RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in some files. `unreadable` are the faults of files that are no model yet."""

    files: int
    findings: tuple[Diagnostic, ...]
    unreadable: tuple[Diagnostic, ...]

    def fails_at(self, level: Severity) -> bool:
        """Whether a finding is at least so grave."""
        return any(RANK[one.severity] >= RANK[level] for one in self.findings)

    def summary(self) -> str:
        """One line."""
        count = {level: 0 for level in Severity}
        for one in (*self.findings, *self.unreadable):
            count[one.severity] += 1
        found = ", ".join(f"{number} {level.value}" for level, number in count.items())
        return f"{self.files} files checked: {found}"


def validate(paths: Iterable[Path]) -> Checked:
    """Check files, and the YAML files of folders, each as what its `format:` says."""
    findings: list[Diagnostic] = []
    unreadable: list[Diagnostic] = []
    files = list(_files(paths, "*.yaml"))
    for path in files:
        source = fetch(path)
        loaded = load_any(source) if isinstance(source, Source) else source
        if isinstance(loaded, Loaded):
            findings += [*loaded.document.warnings, *_check(loaded)]
        elif any(_is_unreadable(one) for one in loaded):
            unreadable += loaded
        else:
            findings += loaded
    return Checked(len(files), tuple(sorted(set(findings))), tuple(sorted(set(unreadable))))


def _files(paths: Iterable[Path], pattern: str) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob(pattern))
        else:
            yield path


def _is_unreadable(diagnostic: Diagnostic) -> bool:
    return diagnostic.is_error and diagnostic.code.number.startswith("M0")


def _check(loaded: Loaded[BaseModel]) -> list[Diagnostic]:
    """The findings in one file; models that it refers to are taken from beside it, or shipped."""
    places = loaded.document.places
    try:
        match loaded.model:
            case Questionnaire() as questionnaire:
                return check_questionnaire(questionnaire, places)
            case Rubric() as rubric:
                named = ("questionnaire", "id")
                return check_bundle(rubric, places, _questionnaire(rubric.questionnaire.id, loaded, named))
            case City() as city:
                instrument = _questionnaire(city.questionnaire, loaded, ("questionnaire",))
                return check_city(city, places, instrument)
            case Cases() as cases:
                scoring = _scoring_of_cases(cases, loaded)
                return check_cases(cases, places, scoring.bundle)
    except RefusedError as error:
        return list(error.diagnostics)
    return []


def _questionnaire(
    name: str, asking: Loaded[BaseModel], steps: tuple[str, ...]
) -> Questionnaire:
    beside = asking.source.path.parent if asking.source.path else None
    path = find_questionnaire(name, beside, near_first=True)
    if path is None:
        place = asking.document.place(steps)
        hint = "name a shipped one, or put its file beside this one"
        message = f"no questionnaire {name!r}"
        raise RefusedError([Diagnostic.of(Code.UNKNOWN_MODEL, place, message, hint)])
    source = fetch(path)
    loaded = load(source, Questionnaire) if isinstance(source, Source) else source
    if isinstance(loaded, Loaded):
        return loaded.model
    raise RefusedError(loaded)


def _scoring_of_cases(
    cases: Cases, asking: Loaded[BaseModel], rubric: str | None = None, questionnaire: str | None = None
) -> Scoring:
    """The models that a case file tests: the rubric beside it, or the shipped one of that id."""
    path = asking.source.path
    beside = path.parent / f"{path.name.removesuffix('.cases.yaml')}.yaml" if path else None
    named = rubric or (str(beside) if beside and beside.is_file() else cases.rubric)
    return scoring_for(named, questionnaire)


@dataclass(frozen=True, slots=True)
class CasesRun:
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
    files = list(_files(paths, "*.cases.yaml"))
    if not files:
        place = Place(", ".join(str(path) for path in paths), 1, 1)
        hint = "case files are named <rubric>.cases.yaml"
        raise RefusedError([Diagnostic.of(Code.UNREADABLE, place, "no case file here", hint)])
    count, failures = 0, []
    for path in files:
        loaded = _cases(path)
        scoring = _scoring_of_cases(loaded.model, loaded, rubric, questionnaire)
        found = check_cases(loaded.model, loaded.document.places, scoring.bundle)
        if any(one.is_error for one in found):
            raise RefusedError(found)
        for index, outcome in enumerate(run(scoring.bundle, scoring.plan, loaded.model)):
            count += 1
            for failure in outcome.failures:
                place = loaded.document.place(("cases", index, "expect", failure.key), key=True)
                failures.append(
                    f"{place}: {outcome.name}: {failure.key}: expected {failure.expected}, "
                    f"got {failure.got}"
                )
    return CasesRun(len(files), count, tuple(failures))


def _cases(path: Path) -> Loaded[Cases]:
    source = fetch(path)
    loaded = load(source, Cases) if isinstance(source, Source) else source
    if isinstance(loaded, Loaded):
        return loaded
    raise RefusedError(loaded)
