"""City files -> results, project by project: a few are scored before a query is planned."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.units import Unit
from maturity.base.text import Text
from maturity.engines.sets import names
from maturity.engines.sets.letters import LETTERS, Letters
from maturity.engines.sets.names import Cells
from maturity.engines.sql.columns import SEPARATOR, Column
from maturity.loading.cells import value_of
from maturity.model import city as given
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES, Answer, Evidence
from maturity.model.flat import FlatValue, flat
from maturity.model.portfolio import Failed
from maturity.model.states import Said
from maturity.plan import Plan
from maturity.rules.scope import Shape

FEW: Final = 200
"""Up to so many city files are scored singly; of more a query is planned sooner."""

_TOLD: Final = Text(plain="told")
_EVIDENCE: Final = Evidence(grade="signed-clause", source=_TOLD)
"""They stand for a justification and an evidence, whose words do not matter."""

Value = str | float | None


Project = tuple[Cells, Mapping[str, Value]]
"""The cells of a project, and its values by key of the flat form."""


class Single(NamedTuple):
    """What came of a unit."""

    projects: tuple[Project, ...]
    failed: tuple[Failed, ...]


def scored_singly(units: Sequence[Unit], context: Context, number: int) -> Single:
    """The projects of one of some city files with their results, by the reference engine."""
    from maturity.api.portfolio.sets.plain import plain_of

    scoring = context.scoring
    (one,) = plain_of([units[number]], context)
    return Single(
        tuple((cells, _values(cells, scoring.bundle, scoring.plan)) for cells in one.projects),
        one.failed,
    )


def row_of(
    project: Project, columns: Sequence[Column], letters: Letters | None = None
) -> tuple[Value, ...]:
    """A project as a row of results."""
    cells, values = project
    weight = names.fact("weight")
    told: dict[str, Value] = {**cells, weight: float(cells[weight])}
    if letters is not None:
        values = {**values, LETTERS: letters.of(values)}
    return tuple((told if one.kind == "carried" else values).get(one.key) for one in columns)


def _values(cells: Cells, bundle: Bundle, plan: Plan) -> dict[str, Value]:
    from maturity.engines.assessment import assess_said

    project = given.Project.model_construct(
        id=cells[names.fact("project")],
        name=Text(plain=cells[names.fact("name")]),
        domain=cells[names.fact("domain")],
        weight=float(cells[names.fact("weight")]),
    )
    said = _said(cells, plan.shapes)
    result = assess_said(bundle, plan, project, said, asks=False, reasons=False).result
    return {key: _value(one) for key, one in flat(result, bundle).items()}


def _value(one: FlatValue) -> Value:
    return SEPARATOR.join(one) if isinstance(one, tuple) else one


def _said(cells: Cells, shapes: Mapping[str, Shape]) -> dict[str, Said]:
    justified, evidenced = (cells[one] for one in (names.JUSTIFIED, names.EVIDENCED))
    found: dict[str, Said] = {}
    for question, shape in shapes.items():
        texts = [cells.get(_answered(question, side)) for side in SIDES]
        if any(texts):
            mark = f"|{question}|"
            rests_on = (mark in justified, mark in evidenced)
            found[question] = Said(*(_answer(one, shape, *rests_on) for one in texts))
    return found


_answered = lru_cache(maxsize=None)(names.answered)


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
