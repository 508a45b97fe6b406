"""Compare two versions of a rubric or questionnaire."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar, assert_never

from pydantic import BaseModel

from maturity.api.checking import files_of, tested_by
from maturity.api.models import Asking, Models, refuse_unfit, usable
from maturity.api.parts import part_for
from maturity.api.standing import with_cities
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError, UsageError
from maturity.base.places import Place, Steps
from maturity.base.text import FALLBACK
from maturity.checks.cases import answers
from maturity.checks.diff import Difference, check_version, differences
from maturity.checks.questions import Questions
from maturity.engines.assessment import Assessed, assess_project
from maturity.engines.cases import trace_cases
from maturity.engines.effects import Version, effects
from maturity.i18n.catalog import catalog
from maturity.loading.models import Loaded, Source, fetch, load, load_any
from maturity.loading.revisions import at_revision, fetch_any, near_at
from maturity.model.bundle import Bundle
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.difference import Affected, ChangeTold, Compared, GradeWord, Refused
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric
from maturity.plan import plan_for
from maturity.render import DiffFormat


@dataclass(frozen=True, slots=True)
class Against:
    """What to try both versions on: folders or files of cities, and of cases."""

    cities: Sequence[Path] = ()
    cases: Sequence[Path] = ()
    rubric: str | None = None
    questionnaire: str | None = None


def compare(old: str, new: str, against: Against) -> Compared:
    """Two files, or `git:REV:path`, of one kind.

    Raises:
        RefusedError: a file cannot be used.
        UsageError: they are not both rubrics, nor both questionnaires.
    """
    before, after = _model(old), _model(new)
    one, other = before.model, after.model
    if type(one) is not type(other):
        raise UsageError("not-of-one-kind", old=old, new=new)
    found = differences(one, other)
    place = after.document.place(("version",))
    subjects = list(_affected(before, after, against))
    return Compared(
        before.source.shown,
        after.source.shown,
        (one.version, other.version),
        tuple(_told(change, before, after) for change in found),
        len(subjects),
        tuple(subject for subject in subjects if subject.effects or subject.refused),
        tuple(check_version(one, other, found, place)),
    )


def compared_text(compared: Compared, format_: DiffFormat, language: str = FALLBACK) -> str:
    """A comparison as text of a format."""
    match format_:
        case "text":
            from maturity.render.diff import text

            return text(compared, catalog(language))
        case "json":
            from maturity.render.diff import json_text

            return json_text(compared)
    assert_never(format_)


M = TypeVar("M", bound=BaseModel)
Comparable: TypeAlias = Loaded[Rubric] | Loaded[Questionnaire]


def _model(named: str) -> Comparable:
    source = fetch_any(named)
    loaded = usable(load_any(source) if isinstance(source, Source) else source)
    match loaded.model:
        case Rubric() as rubric:
            return Loaded(rubric, loaded.document, loaded.source)
        case Questionnaire() as questionnaire:
            return Loaded(questionnaire, loaded.document, loaded.source)
    raise UsageError("no-model", file=named)


def _told(change: Difference, before: Comparable, after: Comparable) -> ChangeTold:
    words: dict[int, GradeWord] = {1: "editorial", 2: "additive", 3: "breaking"}
    place = _place(change.steps, after)
    if change.what.key in ("change.removed", "change.renamed"):
        place = _place(change.steps, before)
    where = ".".join(map(str, change.steps))
    return ChangeTold(place, where, change.what, words[change.grade])


def _place(steps: Steps, loaded: Comparable) -> Place:
    """The place of a value; ids of a list are turned into positions."""
    data: object = loaded.document.data
    found: list[str | int] = []
    for step in steps:
        at: str | int = step
        if isinstance(data, list) and isinstance(step, str):
            ids = [one.get("id") if isinstance(one, dict) else None for one in data]
            at = ids.index(step) if step in ids else 0
        found.append(at)
        data = _below(data, at)
    return loaded.document.place(tuple(found), key=True)


def _below(data: object, at: str | int) -> object:
    if isinstance(data, dict):
        return data.get(at)
    if isinstance(data, list) and isinstance(at, int) and at < len(data):
        return data[at]
    return None


def _affected(before: Comparable, after: Comparable, against: Against) -> Iterator[Affected]:
    """Each project of the cities and each case, by both versions."""
    cities = list(files_of(against.cities, "*.yaml"))
    cases = list(files_of(against.cases, "*.cases.yaml"))
    if not cities and not cases:
        return
    pairing = _Pairing(before, after, against)
    for path in cities:
        city = _loaded(path, City)
        yield from _of_city(city, *pairing.of(city), pairing.models)
    for path in cases:
        of_rubric = _loaded(path, Cases)
        yield from _of_cases(of_rubric, *pairing.of(of_rubric), pairing.models)


class _Pairing:
    """Both versions with what belongs to each: of its own revision, where it is of one."""

    def __init__(self, before: Comparable, after: Comparable, against: Against) -> None:
        self.before = before
        self.after = after
        self.against = against
        self.models = Models()
        self.made: dict[Path | None, tuple[Version, Version]] = {}

    def of(self, subject: Loaded[City] | Loaded[Cases]) -> tuple[Version, Version]:
        """The versions to try a city or cases on; each pair is checked and planned once.

        Raises:
            RefusedError: what belongs to a version is missing, invalid, or does not fit.
        """
        rubric = self._rubric(subject) if isinstance(self.after.model, Questionnaire) else None
        key = rubric.source.path if rubric else None
        if key not in self.made:
            old, new = (self._version(one, rubric) for one in (self.before, self.after))
            self.made[key] = old, new
        return self.made[key]

    def _rubric(self, subject: Loaded[City] | Loaded[Cases]) -> Loaded[Rubric]:
        """The rubric asked for, that which the cases test, or that for the questionnaire."""
        if self.against.rubric is not None:
            return self.models.rubric(self.against.rubric)
        path = subject.source.path
        folder, place = path.parent if path else None, subject.document.place(("rubric",))
        if isinstance(subject.model, Cases):
            named = tested_by(subject.model, path)
            return self.models.rubric(named, Asking(folder, place))
        instrument = _narrowed(self.after, Questionnaire)
        return self.models.own_rubric(
            instrument, Asking(folder, instrument.document.place(("id",)))
        )

    def _version(self, loaded: Comparable, rubric: Loaded[Rubric] | None) -> Version:
        if rubric is None:
            judgement = _narrowed(loaded, Rubric)
            instrument = self._questionnaire(judgement)
        else:
            instrument = _narrowed(loaded, Questionnaire)
            judgement = self._as_it_was(rubric, loaded.source.revision)
        refuse_unfit(instrument, judgement)
        bundle = Bundle(instrument.model, judgement.model)
        return Version(bundle, plan_for(bundle))

    def _questionnaire(self, judgement: Loaded[Rubric]) -> Loaded[Questionnaire]:
        """The one asked for, else that which lay near the rubric when it was as it is here."""
        asking = Asking.of(judgement, "questionnaire", "id")
        revision, named = judgement.source.revision, judgement.model.questionnaire.id
        if self.against.questionnaire is not None:
            return self.models.questionnaire(self.against.questionnaire, asking)
        if revision is not None and asking.folder is not None:
            found = near_at(revision, named, asking.folder, "questionnaires")
            if found is not None:
                return usable(load(found, Questionnaire))
        return self.models.questionnaire(named, asking, near_first=True)

    def _as_it_was(self, rubric: Loaded[Rubric], revision: str | None) -> Loaded[Rubric]:
        """A rubric as it was at a revision, if it was there and is not one asked for by name."""
        path = rubric.source.path
        if revision is None or path is None or self.against.rubric is not None:
            return rubric
        found = at_revision(revision, path)
        return usable(load(found, Rubric)) if found is not None else rubric


def _narrowed(loaded: Comparable, model: type[M]) -> Loaded[M]:
    """What is known to be of one kind, as that kind."""
    if not isinstance(loaded.model, model):
        raise TypeError(loaded.model)
    return Loaded(loaded.model, loaded.document, loaded.source)


def _of_city(city: Loaded[City], old: Version, new: Version, models: Models) -> Iterator[Affected]:
    parts: list[City] = []
    for version in (old, new):
        try:
            parts.append(part_for(city, version.bundle.questionnaire, models).city)
        except RefusedError as error:
            refused = _refused(error.diagnostics, is_new=version is new)
            yield Affected(city.source.shown, (), refused)
            return
    for index, project in enumerate(city.model.projects):
        one, other = (
            assess_project(v.bundle, v.plan, part, part.projects[index], asks=False)
            for v, part in zip((old, new), parts, strict=True)
        )
        yield Affected(f"{city.source.shown}: {project.id}", effects(old, new, one, other))


def _of_cases(
    cases: Loaded[Cases], old: Version, new: Version, models: Models
) -> Iterator[Affected]:
    runs: list[list[Assessed]] = []
    for version in (old, new):
        questionnaire = version.bundle.questionnaire
        standing = with_cities(cases, questionnaire, models)
        found = answers(standing, cases.document.places, Questions.of(questionnaire))
        faults = [one for one in found if one.is_error]
        if faults:
            yield Affected(cases.source.shown, (), _refused(faults, is_new=version is new))
            return
        traced = trace_cases(version.bundle, version.plan, standing)
        runs.append([one.assessed for one in traced])
    for case, one, other in zip(cases.model.cases, *runs, strict=True):
        yield Affected(f"{cases.source.shown}: {case.name}", effects(old, new, one, other))


def _refused(faults: Iterable[Diagnostic], *, is_new: bool) -> Refused:
    return Refused("new" if is_new else "old", next(one for one in faults if one.is_error))


def _loaded(path: Path, model: type[M]) -> Loaded[M]:
    source = fetch(path)
    if not isinstance(source, Source):
        raise RefusedError(source)
    return usable(load(source, model))
