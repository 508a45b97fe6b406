"""City files -> results, project by project: a few are scored before a query is planned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.units import Unit
from maturity.base.text import Text
from maturity.engines.sets import names
from maturity.engines.sets.letters import LETTERS
from maturity.engines.sets.names import Cells
from maturity.engines.sql.columns import SEPARATOR, Column
from maturity.loading.cells import value_of
from maturity.model import city as given
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES, Answer, Evidence
from maturity.model.flat import FlatValue, flat, flat_order
from maturity.model.portfolio import Failed
from maturity.model.states import Said
from maturity.rules.scope import Shape

FEW: Final = 200
"""Up to so many city files are scored singly; of more a query is planned sooner."""

_TOLD: Final = Text(plain="told")
_EVIDENCE: Final = Evidence(grade="signed-clause", source=_TOLD)
"""They stand for a justification and an evidence, whose words do not matter."""

_WEIGHT: Final = names.fact("weight")

Value = str | float | None


class Project(NamedTuple):
    """The cells of a project, its values in the order of the flat form, and its letters."""

    cells: Cells
    values: tuple[Value, ...]
    letters: str


class Single(NamedTuple):
    """What came of a unit."""

    projects: tuple[Project, ...]
    failed: tuple[Failed, ...]


def scored_singly(units: Sequence[Unit], context: Context, number: int) -> Single:
    """The projects of one of some city files with their results, by the reference engine."""
    from maturity.api.portfolio.sets.plain import plain_of

    (one,) = plain_of([units[number]], context)
    return Single(tuple(_project(cells, context) for cells in one.projects), one.failed)


def rows_of(
    projects: Iterable[Project], columns: Sequence[Column], bundle: Bundle
) -> Iterator[tuple[Value, ...]]:
    """Projects as rows of results."""
    keys = (*flat_order(bundle), LETTERS)
    for cells, values, letters in projects:
        told: dict[str, Value] = {**cells, _WEIGHT: float(cells[_WEIGHT])}
        found = dict(zip(keys, (*values, letters), strict=True))
        yield tuple((told if one.kind == "carried" else found).get(one.key) for one in columns)


def _project(cells: Cells, context: Context) -> Project:
    from maturity.engines.assessment import assess_said

    bundle, plan = context.scoring.bundle, context.scoring.plan
    project = given.Project.model_construct(
        id=cells[names.fact("project")],
        name=Text(plain=cells[names.fact("name")]),
        domain=cells[names.fact("domain")],
        weight=float(cells[_WEIGHT]),
    )
    said = _said(cells, plan.shapes)
    result = assess_said(bundle, plan, project, said, asks=False, reasons=False).result
    found = flat(result, bundle)
    values = tuple(_value(found[key]) for key in flat_order(bundle))
    return Project(cells, values, context.letters.of(found))


def _value(one: FlatValue) -> Value:
    return SEPARATOR.join(one) if isinstance(one, tuple) else one


def _said(cells: Cells, shapes: Mapping[str, Shape]) -> dict[str, Said]:
    justified, evidenced = (cells[one] for one in (names.JUSTIFIED, names.EVIDENCED))
    found: dict[str, Said] = {}
    for question, shape in shapes.items():
        texts = [cells.get(one) for one in _answers_to(question)]
        if any(texts):
            mark = f"|{question}|"
            rests_on = (mark in justified, mark in evidenced)
            found[question] = Said(*(_answer(one, shape, *rests_on) for one in texts))
    return found


@cache
def _answers_to(question: str) -> tuple[str, ...]:
    """The columns of the answers on a question."""
    return tuple(names.answered(question, side) for side in SIDES)


@lru_cache(maxsize=1 << 14)
def _answer(
    text: str | None, shape: Shape, is_justified: bool, is_evidenced: bool
) -> Answer | None:
    """The answer that a cell holds, as `plain.as_cell` has written it."""
    if text is None:
        return None
    found = Answer.model_validate({"answer": value_of(text, shape)})
    told = {"justification": _TOLD if is_justified else None}
    return found.model_copy(update={**told, "evidence": (_EVIDENCE,) if is_evidenced else ()})
