"""The models of one run: found by id or path, each file read, checked and planned once."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import BaseModel

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.loading import shipped
from maturity.loading.models import (
    Loaded,
    Source,
    fetch,
    find_questionnaire,
    find_registry,
    find_rubric,
    load,
)
from maturity.loading.nodes import Document, read
from maturity.loading.sources import rubrics_near, shown_as
from maturity.loading.vouched import is_vouched
from maturity.model.bundle import Bundle
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.registry import Registry
from maturity.model.rubric import Rubric
from maturity.plan import Plan, plan_for

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Scoring:
    """A questionnaire and a rubric, loaded, checked against each other, and planned."""

    questionnaire: Loaded[Questionnaire]
    rubric: Loaded[Rubric]
    bundle: Bundle
    plan: Plan


@dataclass(frozen=True, slots=True)
class Asking:
    """The file that names a model: where it lies, and the place of the name in it."""

    folder: Path | None
    place: Place

    @classmethod
    def of(cls, loaded: Loaded[M], *steps: str) -> "Asking":
        """A file that names a model at these steps."""
        path = loaded.source.path
        return cls(path.parent if path else None, loaded.document.place(steps))


@dataclass(slots=True)
class Models:
    """Remembers what it has read, so that a thousand city files read their models once."""

    _questionnaires: dict[Path, Loaded[Questionnaire]] = field(default_factory=dict)
    _rubrics: dict[Path, Loaded[Rubric]] = field(default_factory=dict)
    _registries: dict[Path, Loaded[Registry]] = field(default_factory=dict)
    _scorings: dict[tuple[Path, Path], Scoring] = field(default_factory=dict)

    def scoring(
        self, rubric: str | None, questionnaire: str | None = None, asking: Asking | None = None
    ) -> Scoring:
        """The models that belong together, by a shipped id or a path.

        Without a rubric named, the one for the questionnaire is taken, as `own_rubric` finds it;
        without a questionnaire named, the one that the rubric names, looked for near it first.

        Raises:
            RefusedError: a model is missing, invalid, or does not fit the other.
        """
        if rubric is None:
            found = self.questionnaire(questionnaire or "", asking)
            return self.together(found, self.own_rubric(found, asking))
        return self.scoring_by(self.rubric(rubric, asking), questionnaire)

    def scoring_by(self, judgement: Loaded[Rubric], questionnaire: str | None = None) -> Scoring:
        """A rubric that has been read, with the questionnaire named or the one that it names.

        Raises:
            RefusedError: the questionnaire is missing or invalid, or the two do not fit.
        """
        near = Asking.of(judgement, "questionnaire", "id")
        named = questionnaire or judgement.model.questionnaire.id
        return self.together(self.questionnaire(named, near, near_first=True), judgement)

    def own_rubric(
        self, instrument: Loaded[Questionnaire], asking: Asking | None = None
    ) -> Loaded[Rubric]:
        """The rubric of a questionnaire's own id, shipped or near; or the only one near for it.

        Near is: near the questionnaire, or near the file that asks.

        Raises:
            RefusedError: there is none, or there are several, or it is not one.
        """
        name = instrument.model.id
        path = instrument.source.path
        own = find_rubric(name, path.parent) if path else None
        if own is not None:
            return self.rubric(str(own))
        folders = (path.parent if path else None, asking.folder if asking else None)
        found = {
            one.resolve(): one
            for folder in folders
            if folder is not None
            for one in rubrics_near(folder)
            if _judges(one) == name
        }
        if len(found) != 1:
            _no_rubric(name, list(found.values()), asking)
        return self.rubric(str(*found.values()))

    def questionnaire(
        self, name: str, asking: Asking | None = None, *, near_first: bool = False
    ) -> Loaded[Questionnaire]:
        """The questionnaire of this id or path.

        Raises:
            RefusedError: there is none, or it is not one.
        """
        path = find_questionnaire(name, asking.folder if asking else None, near_first=near_first)
        if path is None:
            _no_model("questionnaires", name, asking)
        if path not in self._questionnaires:
            self._questionnaires[path] = usable(load(_fetched(path), Questionnaire))
        return self._questionnaires[path]

    def questionnaire_if_any(self, name: str, asking: Asking) -> Loaded[Questionnaire] | None:
        """The questionnaire of this id that is shipped or near the file that asks, if there is one.

        Raises:
            RefusedError: it is not one.
        """
        found = find_questionnaire(name, asking.folder, near_first=True)
        return self.questionnaire(name, asking, near_first=True) if found else None

    def rubric(self, name: str, asking: Asking | None = None) -> Loaded[Rubric]:
        """The rubric of this id or path.

        Raises:
            RefusedError: there is none, or it is not one.
        """
        path = find_rubric(name, asking.folder if asking else None)
        if path is None:
            _no_model("rubrics", name, asking)
        if path not in self._rubrics:
            self._rubrics[path] = usable(load(_fetched(path), Rubric))
        return self._rubrics[path]

    def registry(self, city: Loaded[City]) -> Loaded[Registry]:
        """The registry that a city file refers to.

        Raises:
            RefusedError: there is none, or it has an error.
        """
        from maturity.checks.city_reference import unknown_registry

        asking = Asking.of(city, "city", "ref")
        path = find_registry(city.model.city.registry(), asking.folder)
        if path is None:
            raise RefusedError([unknown_registry(city.model, asking.place, self._references())])
        return self.registry_at(path)

    def registry_at(self, path: Path) -> Loaded[Registry]:
        """The registry in this file.

        Raises:
            RefusedError: it is not one, or has an error.
        """
        from maturity.checks.registry import check_registry

        if path not in self._registries:
            found = usable(load(_fetched(path), Registry))
            refuse_errors(check_registry(found.model, found.document.places))
            self._registries[path] = found
        return self._registries[path]

    def _references(self) -> list[str]:
        """The `registry/entry` of everything that is shipped."""
        models = [self.registry_at(path).model for path in shipped.files("registries").values()]
        return [f"{one.id}/{entry}" for one in models for entry in one.entries]

    def together(self, instrument: Loaded[Questionnaire], judgement: Loaded[Rubric]) -> Scoring:
        """A questionnaire and a rubric, checked and planned.

        Raises:
            RefusedError: one of them has an error, or they do not fit.
        """
        key = (Path(instrument.source.shown), Path(judgement.source.shown))
        if key not in self._scorings:
            if not is_vouched(instrument.source.digest, judgement.source.digest):
                refuse_unfit(instrument, judgement)
            bundle = Bundle(instrument.model, judgement.model)
            self._scorings[key] = Scoring(instrument, judgement, bundle, plan_for(bundle))
        return self._scorings[key]


def refuse_unfit(instrument: Loaded[Questionnaire], judgement: Loaded[Rubric]) -> None:
    """Check a questionnaire, then a rubric against it.

    Raises:
        RefusedError: one of them has an error.
    """
    from maturity.checks.bundle import check_bundle
    from maturity.checks.questionnaire import check_questionnaire

    refuse_errors(check_questionnaire(instrument.model, instrument.document.places))
    refuse_errors(check_bundle(judgement.model, judgement.document.places, instrument.model))


def usable(loaded: Loaded[M] | list[Diagnostic]) -> Loaded[M]:
    """What was loaded.

    Raises:
        RefusedError: it could not be loaded.
    """
    if isinstance(loaded, Loaded):
        return loaded
    raise RefusedError(loaded)


def read_closely(source: Source, kind: type[M], models: Models) -> Loaded[M]:
    """A file as a model.

    Raises:
        RefusedError: it is none; what there is to say of its entries without fault is told, too.
    """
    loaded = load(source, kind)
    if isinstance(loaded, Loaded):
        return loaded
    from maturity.api.judging import refused

    raise refused(source, loaded, models)


def refuse_errors(found: list[Diagnostic]) -> None:
    """Let warnings pass.

    Raises:
        RefusedError: there is an error among the findings.
    """
    if any(diagnostic.is_error for diagnostic in found):
        raise RefusedError(found)


def _fetched(path: Path) -> Source:
    source = fetch(path)
    if isinstance(source, Source):
        return source
    raise RefusedError(source)


def _judges(path: Path) -> object:
    """The id of the questionnaire that a rubric names, as far as the file can be read."""
    source = fetch(path)
    document = read(source.shown, source.raw) if isinstance(source, Source) else None
    data = document.data if isinstance(document, Document) else None
    named = data.get("questionnaire") if isinstance(data, dict) else None
    return named.get("id") if isinstance(named, dict) else None


def _no_rubric(name: str, found: list[Path], asking: Asking | None) -> NoReturn:
    place = asking.place if asking else Place(name, 1, 1)
    message = f"{'several rubrics' if found else 'no rubric'} for the questionnaire {name!r}"
    known = f", one of {', '.join(map(shown_as, found))}" if found else ""
    hint = f"give --rubric PATH{known}"
    raise RefusedError([Diagnostic.of(Code.UNKNOWN_MODEL, place, message, hint)])


def _no_model(kind: shipped.Kind, name: str, asking: Asking | None) -> NoReturn:
    place = asking.place if asking else Place(name, 1, 1)
    near = nearest(name, shipped.ids(kind))
    known = f"shipped: {', '.join(shipped.ids(kind))}; a file is named by its path"
    hint = f"did you mean {near!r}?" if near else known
    message = f"no model {name!r} near this file or among the shipped {kind}"
    raise RefusedError([Diagnostic.of(Code.UNKNOWN_MODEL, place, message, hint)])
