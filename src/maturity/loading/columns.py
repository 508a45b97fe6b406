"""Column maps: how they are read, and what a column can be mapped to."""

from pathlib import Path

from maturity.base.errors import RefusedError
from maturity.loading.models import Loaded, Source, fetch, load
from maturity.loading.rows import FACTS
from maturity.model.city import SIDES
from maturity.model.columns import Columns
from maturity.model.questionnaire import Questionnaire


def columns_in(path: Path) -> Loaded[Columns]:
    """The column map in a file.

    Raises:
        RefusedError: it cannot be read, or is none; every fault is named.
    """
    source = fetch(path)
    loaded = load(source, Columns) if isinstance(source, Source) else source
    if isinstance(loaded, Loaded):
        return loaded
    raise RefusedError(loaded)


def targets(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Everything that a column can be mapped to."""
    questions = [shape.id for shape, _ in questionnaire.shapes()]
    sided = [f"{side}.{name}" for side in SIDES[1:] for name in questions]
    return (*FACTS, *questions, *sided)
