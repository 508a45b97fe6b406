"""Check files: questionnaires, rubrics, city files and case files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import BaseModel

from maturity.api.models import Asking, Models
from maturity.base.codes import Severity
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.checks.bundle import check_bundle
from maturity.checks.cases import check_cases
from maturity.checks.city import check_city
from maturity.checks.questionnaire import check_questionnaire
from maturity.loading.models import Loaded, Source, fetch, load_any
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric

RANK: Final = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Checked(NamedTuple):
    """What was found in some files. `unreadable` are the faults of files that are no data yet."""

    files: int
    findings: tuple[Diagnostic, ...]
    unreadable: tuple[Diagnostic, ...]

    def fails_at(self, level: Severity) -> bool:
        """Whether a finding is at least so grave."""
        return any(RANK[one.severity] >= RANK[level] for one in self.findings)

    def summary(self) -> str:
        """One line."""
        count = Counter(one.severity for one in (*self.findings, *self.unreadable))
        found = ", ".join(f"{count[level]} {level.value}" for level in Severity)
        return f"{self.files} files checked: {found}"


def validate(paths: Iterable[Path]) -> Checked:
    """Check files, and the YAML files of folders, each as what its `format:` says."""
    models = Models()
    findings: set[Diagnostic] = set()
    unreadable: set[Diagnostic] = set()
    files = list(files_of(paths, "*.yaml"))
    for path in files:
        source = fetch(path)
        found = check(source, models) if isinstance(source, Source) else source
        broken = any(_is_unreadable(one) for one in found)
        (unreadable if broken else findings).update(found)
    return Checked(len(files), tuple(sorted(findings)), tuple(sorted(unreadable)))


def check(source: Source, models: Models | None = None) -> list[Diagnostic]:
    """Every finding in one file.

    What it refers to is taken from near it, or from what is shipped.
    """
    loaded = load_any(source)
    if not isinstance(loaded, Loaded):
        return loaded
    try:
        found = _check(loaded, models or Models())
    except RefusedError as error:
        found = list(error.diagnostics)
    return sorted([*loaded.document.warnings, *found])


def files_of(paths: Iterable[Path], pattern: str) -> Iterator[Path]:
    """The files named, and those of this pattern below the folders named, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob(pattern))
        else:
            yield path


def _is_unreadable(diagnostic: Diagnostic) -> bool:
    return diagnostic.is_error and diagnostic.code.number.startswith("M0")


def _check(loaded: Loaded[BaseModel], models: Models) -> list[Diagnostic]:
    places = loaded.document.places
    match loaded.model:
        case Questionnaire() as questionnaire:
            return check_questionnaire(questionnaire, places)
        case Rubric() as rubric:
            asking = Asking.of(loaded, "questionnaire", "id")
            named = rubric.questionnaire.id
            instrument = models.questionnaire(named, asking, near_first=True)
            return check_bundle(rubric, places, instrument.model)
        case City() as city:
            asking = Asking.of(loaded, "questionnaire")
            instrument = models.questionnaire(city.questionnaire, asking)
            return check_city(city, places, instrument.model)
        case Cases() as cases:
            return check_cases(
                cases, places, models.scoring(tested_by(cases, loaded.source.path)).bundle
            )
    raise TypeError(loaded.model)


def tested_by(cases: Cases, path: Path | None) -> str:
    """The rubric that a case file tests: the file beside it, or the shipped one of that id."""
    beside = path.with_name(f"{path.name.removesuffix('.cases.yaml')}.yaml") if path else None
    return str(beside) if beside and beside.is_file() and beside != path else cases.rubric
