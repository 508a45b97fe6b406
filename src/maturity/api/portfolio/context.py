"""What holds for every unit of one run: models, column map, reports."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.api.models import Asking, Models, Scoring
from maturity.api.parts import askings
from maturity.i18n.catalog import catalog
from maturity.loading import shipped
from maturity.loading.folders import is_table
from maturity.loading.models import Loaded, Source, fetch, load
from maturity.loading.rows import Layout
from maturity.model.city import City
from maturity.model.columns import Columns
from maturity.model.result import Model
from maturity.render.words import Words

if TYPE_CHECKING:
    from maturity.engines.sets.letters import Letters
    from maturity.loading.quick.form import Form


@dataclass(frozen=True)
class Context:
    """One run. It goes to other processes, without what has been read of models and registries.

    `assessed` is the date of projects whose table does not give one. `reports` is the folder for
    advisory reports in `language`; None where none are wanted.
    """

    rubric: str
    questionnaire: str | None
    columns: Columns
    assessed: date
    language: str
    reports: Path | None = None
    models: Models = field(default_factory=Models, compare=False, repr=False)

    @cached_property
    def scoring(self) -> Scoring:
        """The models.

        Raises:
            RefusedError: they cannot be used.
        """
        return self.models.scoring(self.rubric, self.questionnaire)

    @cached_property
    def layout(self) -> Layout:
        """Where the columns of tables belong."""
        shapes = self.scoring.plan.shapes
        known = self.scoring.questionnaire.model.id
        return Layout(known, shapes, self.columns, self.assessed)

    @cached_property
    def form(self) -> "Form":
        """What city files may say, for reading them quickly."""
        from maturity.loading.quick.form import Form

        return Form.of(self.scoring.questionnaire.model)

    @cached_property
    def letters(self) -> "Letters":
        """How results stand in fewer columns."""
        from maturity.engines.sets.letters import Letters

        return Letters(self.scoring.bundle)

    def rubric_used(self) -> Model:
        """The rubric by id, version and digest."""
        judgement = self.scoring.rubric
        return Model(judgement.model.id, judgement.model.version, judgement.source.digest)

    def words(self, language: str) -> Words:
        """The words of a language for the models."""
        return Words(catalog(language), self.scoring.bundle)


def rubric_named(
    rubric: str | None, questionnaire: str | None, files: Iterable[str], models: Models
) -> str:
    """The rubric of a run: the one named, else that of the questionnaire.

    The questionnaire is the one named, else that of the first city file, else the usual one.

    Raises:
        RefusedError: there is no such questionnaire, or it has no rubric.
    """
    if rubric is not None:
        return rubric
    asking = None
    if questionnaire is None:
        questionnaire, asking = _asked_by(files)
    found = models.own_rubric(models.questionnaire(questionnaire or shipped.usual(), asking))
    return str(found.source.path or found.model.id)


def _asked_by(files: Iterable[str]) -> tuple[str | None, Asking | None]:
    """The questionnaire that the first city file names."""
    for file in files:
        source = None if is_table(file) else fetch(Path(file))
        city = load(source, City) if isinstance(source, Source) else None
        if isinstance(city, Loaded):
            return next(askings(city))
    return None, None
