"""Plan -> query: the stages one after another, each a common table expression or a few."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlglot import exp

from maturity.engines.sql import terms
from maturity.engines.sql.beside import Listing
from maturity.engines.sql.cells import Cell, read_cell
from maturity.engines.sql.columns import UNREADABLE, Query, Table, header_of
from maturity.engines.sql.compiler import Compiler, shared_nodes
from maturity.engines.sql.outputs import Output, outputs_of
from maturity.engines.sql.results import (
    Results,
    add_coverage,
    add_divergences,
    add_results,
    add_unreadable,
)
from maturity.engines.sql.sheet import Sheet, Stage
from maturity.engines.sql.states import narrowed, possible, sides_of
from maturity.engines.sql.truths import keep
from maturity.model.bundle import Bundle
from maturity.model.city import Side
from maturity.plan import Plan
from maturity.rules.expr import Amount, Fold, Indicator, Points, ScoreRef

STAGES: Final = {
    "condition": Stage.CONDITIONS,
    "score": Stage.SCORES,
    "ladder": Stage.LADDERS,
    "decision": Stage.DECISIONS,
    "check": Stage.CHECKLISTS,
    "flag": Stage.FLAGS,
    "watch": Stage.FLAGS,
    "recommendation": Stage.RECOMMENDATIONS,
}
"""The stage in which a named value stands, by the first part of its key."""

SHORT: Final = 2
"""Columns of a truth that people read as easily written out as by a name."""


def query_for(
    plan: Plan,
    bundle: Bundle,
    table: Table,
    *,
    told: Mapping[Stage, str] | None = None,
    plain: bool = False,
) -> Query:
    """The rubric as one query over a table of answers, a row a project.

    The columns: those carried, `unreadable`, the results in the order of the flat form, and
    coverage; severities and evidence as far as the table has them (`Table`).
    Rows that have unreadable cells are scored as if anything were possible there.
    `told`: what a stage holds, for people: there is a common table expression a stage and level,
    each with these words; else there are as few as can be.
    `plain`: names hold letters, digits, `-` and `_` alone.
    """
    sheet = Sheet(plain, SHORT if told else 0)
    results = Results(sheet, outputs_of(bundle))
    carried = {header: sheet.reserve(header) for header in table.carried}
    for header, name in carried.items():
        results.carry(header, name)
    raw_names = {place: sheet.reserve(f"{header_of(*place)} cell") for place in table.answers}
    cells = {place: _read(sheet, plan, place, raw_names[place]) for place in table.answers}
    add_unreadable(results, {table.answers[place]: cell for place, cell in cells.items()})
    sides = {name: sides_of(_of_question(cells, name)) for name in plan.shapes}
    compiler = Compiler(sheet, shared_nodes([*plan.applies.values(), *plan.values.values()]))
    raw = {
        name: possible(sheet, shape, sides[name], name in plan.declarable)
        for name, shape in plan.shapes.items()
    }
    for name, state in raw.items():
        compiler.states[name] = narrowed(sheet, state, compiler.truth(plan.applies[name]))
    _values(compiler, plan)
    listed = {header: sheet.reserve(f"{header} cell") for header in table.listings}
    marks, evidence = (_listing(sheet, listed, one) for one in (table.marks, table.evidence))
    add_results(results, plan, bundle, compiler, marks)
    add_coverage(results, compiler.states, raw, evidence)
    add_divergences(results, raw, sides)
    read = {table.answers[place]: name for place, name in raw_names.items()} | listed
    source = _source(table, [*carried.items(), *read.items()])
    tree = _assembled(sheet, source, results, told)
    return Query(tree, tuple(results.columns))


def cells_for(plan: Plan, table: Table) -> Query:
    """The columns that are carried, and `unreadable`: whether every cell is an answer."""
    sheet = Sheet()
    results = Results(sheet, {UNREADABLE: Output("words")})
    names = {header: sheet.reserve(header) for header in table.carried}
    for header, name in names.items():
        results.carry(header, name)
    cells = {}
    for place, header in table.answers.items():
        names[header] = sheet.reserve(f"{header_of(*place)} cell")
        cells[header] = _read(sheet, plan, place, names[header])
    add_unreadable(results, cells)
    return Query(
        _assembled(sheet, _source(table, [*names.items()]), results),
        tuple(results.columns),
    )


def _read(sheet: Sheet, plan: Plan, place: tuple[str, Side], raw: str) -> Cell:
    question, _ = place
    return read_cell(sheet, plan.shapes[question], raw, question in plan.declarable)


def _of_question(cells: dict[tuple[str, Side], Cell], question: str) -> dict[Side, Cell]:
    return {side: cell for (name, side), cell in cells.items() if name == question}


def _values(compiler: Compiler, plan: Plan) -> None:
    for key, node in plan.values.items():
        compiler.stage = STAGES[key.split(".")[0].split("?")[0]]
        match node:
            case Fold():
                compiler.numbers[key] = compiler.score(key, node)
            case Points() | Amount() | Indicator() | ScoreRef():
                raise TypeError(key)
            case _:
                truth = keep(compiler.sheet, compiler.stage, key, compiler.truth(node))
                compiler.truths[key] = truth


def _listing(sheet: Sheet, names: dict[str, str], header: str | None) -> Listing | None:
    return None if header is None else Listing.of(sheet, names[header])


def _source(table: Table, names: Sequence[tuple[str, str]]) -> exp.Select:
    """The columns that are read, by their headers, and the names they have further on."""
    columns = [
        exp.Alias(this=terms.column(header), alias=terms.name(alias)) for header, alias in names
    ]
    select = exp.Select(expressions=columns or [exp.Star()])
    select.set("from_", exp.From(this=table.relation))
    return select


def _assembled(
    sheet: Sheet, source: exp.Select, results: Results, told: Mapping[Stage, str] | None = None
) -> exp.Select:
    """The source, the levels of the sheet and the results, each a SELECT over the one before."""
    levels = (sheet.by_stage if told else sheet.by_step)(results.terms)
    words = told or {}
    before = sheet.reserve(Stage.CELLS.name.lower())
    tables = [_expression(before, source, words.get(Stage.CELLS))]
    for label, stage, columns in levels:
        named = [exp.Alias(this=one.term, alias=terms.name(one.name)) for one in columns]
        said = words.get(stage) if stage is not None else None
        tables.append(_expression(label, _over(before, [exp.Star(), *named]), said))
        before = label
    final = _said(_over(before, results.select()), words.get(Stage.RESULTS))
    final.set("with_", exp.With(expressions=tables))
    return final


def _over(table: str, columns: Sequence[exp.Expr]) -> exp.Select:
    select = exp.Select(expressions=list(columns))
    select.set("from_", exp.From(this=exp.Table(this=terms.name(table))))
    return select


def _expression(label: str, select: exp.Select, told: str | None) -> exp.CTE:
    return exp.CTE(this=_said(select, told), alias=exp.TableAlias(this=terms.name(label)))


def _said(select: exp.Select, told: str | None) -> exp.Select:
    if told:
        select.add_comments([told])
    return select
