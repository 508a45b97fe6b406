"""Tables as they come -> the relation that is scored: cells under our names, typed values as texts.

What a cell says is left to the rubric's query. A row of which a fact is not plainly right, or two
of whose cells contradict each other, is `odd`: it is read closely, row by row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlglot import exp

from maturity.engines.sets import names
from maturity.engines.sets.plainness import seen, shown
from maturity.engines.sql import terms
from maturity.engines.sql.terms import Term, cases, text, whole

Kind = Literal["text", "read", "plain", "real"]
"""How a column is typed: texts, values whose text is plain, binary floating point numbers.

A text that was `read` before stands as its reader gives it, with blanks around where it has some.
"""

_FACTS: Final = (*map(names.fact, names.FACTS), names.passed(""), names.READ)
_NAMES: Final = tuple(map(names.fact, ("city", "project", "name")))

EXACT: Final = 1e15
"""Below this a whole number is written without a fraction."""


@dataclass(frozen=True, slots=True)
class Source:
    """A column of a table: its name there, its type, and what it is called further on.

    `values`: what its cells are replaced by. A column may stand under several names.
    """

    name: str
    kind: Kind
    targets: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one input, or of several: a relation with a number for each row, and its columns.

    `number` is that of the input, or the column that holds it; `first` is added to the number of
    a row. `odd` tells of a row that it has to be read closely. `patched` names a table of rows that
    were: it says which are left out, and what stands in the `mended` columns of the others.
    """

    number: int | str
    relation: exp.Expression
    row: str
    first: int
    columns: tuple[Source, ...]
    odd: Term | None = None
    patched: str | None = None
    mended: tuple[str, ...] = ()


def empty_part() -> Part:
    """A part without a row, for a run in which everything is taken over."""
    nothing = exp.Select(expressions=[exp.Alias(this=whole(0), alias=terms.name(names.ROW))])
    nothing.set("where", exp.Where(this=terms.truth(value=False)))
    return Part(0, exp.Subquery(this=nothing), names.ROW, 0, ())


def is_read(part: Part) -> bool:
    """Whether there are rows of city files, whose names stand as they are."""
    return any(one.name == names.READ for one in part.columns)


GIVEN: Final = "given"
"""What an input is called in queries."""

GONE: Final = "gone"
"""The column of a patch that says of a row that it is not scored."""


def scored_rows(parts: Sequence[Part], more: Iterable[str] = ()) -> exp.Query:
    """Every row of every part, in their order, with the same columns, and some more.

    Names are shown as results show them: of projects that were read closely before, nobody looks
    whether they are plainly right.
    """
    wanted = columns_of(parts, more)
    return _joined([rows_of(part, wanted, are_shown=True) for part in parts])


def rows_with(parts: Sequence[Part], wanted: Sequence[str]) -> exp.Query:
    """Every row of every part, in their order, with the wanted columns alone."""
    return _joined([rows_of(part, wanted) for part in parts])


def _joined(selects: Sequence[exp.Query]) -> exp.Query:
    found = selects[0]
    for one in selects[1:]:
        found = exp.Union(this=found, expression=one, distinct=False)
    return found


def columns_of(parts: Sequence[Part], more: Iterable[str] = ()) -> list[str]:
    """Every column that a part has, and some more."""
    facts = map(names.fact, names.FACTS)
    found = (name for part in parts for name in targets_of(part))
    return list(dict.fromkeys((*facts, *found, *more)))


def targets_of(part: Part) -> Iterator[str]:
    """The columns that a part has, without the facts."""
    for source in part.columns:
        yield from (one for one in source.targets if not one.startswith(_FACTS))
    yield from (one for one in part.mended if not one.startswith(_FACTS))


def rows_of(part: Part, wanted: Iterable[str], *, are_shown: bool = False) -> exp.Select:
    """The rows of one part under the wanted columns; those that it lacks are NULL."""
    found = {names.PART: _number(part), names.ROW: _row(part), names.ODD: _odd(part)}
    found |= {name: _value(part, name) for name in wanted}
    if are_shown and is_read(part):
        found |= {name: seen(found[name]) for name in _NAMES if name in found}
    select = exp.Select(expressions=[_named(term, name) for name, term in found.items()])
    select.set("from_", exp.From(this=_aliased(part.relation)))
    if part.patched is not None:
        _patch(select, part)
    return select


def given(name: str) -> exp.Column:
    """A column of an input, by the name that it has there."""
    return exp.Column(this=terms.name(name), table=terms.name(GIVEN))


def _aliased(relation: exp.Expression) -> exp.Expression:
    found = relation.copy()
    found.set("alias", exp.TableAlias(this=terms.name(GIVEN)))
    return found


def _number(part: Part) -> Term:
    return whole(part.number) if isinstance(part.number, int) else given(part.number)


def _row(part: Part) -> Term:
    return exp.Add(this=given(part.row), expression=whole(part.first))


def _named(term: Term, name: str) -> exp.Alias:
    return exp.Alias(this=term, alias=terms.name(name))


def _patch(select: exp.Select, part: Part) -> None:
    """Join what was read closely; rows that are gone stay out."""
    assert part.patched is not None
    on = terms.every(
        [
            terms.equal(_of_patch(part, names.PART), _number(part)),
            terms.equal(_of_patch(part, names.ROW), _row(part)),
        ]
    )
    join = exp.Join(this=exp.Table(this=terms.name(part.patched)), side="LEFT", on=on)
    select.set("joins", [join])
    gone = exp.Coalesce(this=_of_patch(part, GONE), expressions=[whole(0)])
    select.set("where", exp.Where(this=terms.equal(gone, whole(0))))


def _odd(part: Part) -> Term:
    """What was read closely is odd no more."""
    if part.odd is None:
        return terms.truth(value=False)
    return (
        part.odd.copy()
        if part.patched is None
        else cases([(_is_patched(part), terms.truth(value=False))], part.odd.copy())
    )


def _is_patched(part: Part) -> Term:
    return exp.Not(this=exp.Is(this=_of_patch(part, names.ROW), expression=terms.nothing()))


def _of_patch(part: Part, name: str) -> exp.Column:
    assert part.patched is not None
    return exp.Column(this=terms.name(name), table=terms.name(part.patched))


def _value(part: Part, name: str) -> Term:
    plain = unpatched(part, name)
    if name not in part.mended:
        return plain
    mended: Term = _of_patch(part, name)
    if name == names.fact("weight"):
        mended = terms.as_real(mended)
    if names.is_carried(name):
        mended = _first([mended])
    if names.is_carried(name) or name in _NAMES:
        mended = seen(mended)
    return cases([(_is_patched(part), mended)], plain)


def unpatched(part: Part, name: str) -> Term:
    """What a part says under a name, as it came."""
    match name:
        case "is.name":
            return exp.Coalesce(
                this=_first([*_facts(part, name), *_translations(part, name)]),
                expressions=[_first(_facts(part, names.fact("project")))],
            )
        case "is.weight":
            number = exp.TryCast(this=_first(_facts(part, name)), to=_double())
            return exp.Coalesce(this=number, expressions=[terms.real(1.0)])
    if name in map(names.fact, names.FACTS):
        return _first(_facts(part, name))
    told = cell if names.is_read(name) else said
    columns = [one for one in part.columns if name in one.targets]
    cells = [told(one) for one in columns]
    if names.is_carried(name):
        is_read = all(one.kind == "read" for one in columns)
        return seen(_first(cells)) if is_read else shown(_first(cells))
    return cells[0] if len(cells) == 1 else _first(cells)


def _translations(part: Part, name: str) -> list[Term]:
    """A fact in other languages, which stand in where it is not told in the first one."""
    told = [label for label, fact in names.TRANSLATED.items() if fact == name]
    columns = [one for label in told for one in part.columns if label in one.targets]
    return [_trimmed(cell(one)) for one in columns]


def _facts(part: Part, name: str) -> list[Term]:
    """The cells that tell a fact, without blanks around."""
    columns = [one for one in part.columns if name in one.targets]
    return [cell(one) if one.kind == "read" else _trimmed(cell(one)) for one in columns]


def _first(cells: Sequence[Term]) -> Term:
    """The first cell that is filled."""
    filled: list[Term] = [exp.Nullif(this=one, expression=text("")) for one in cells]
    if not filled:
        return exp.Cast(this=terms.nothing(), to=exp.DataType(this=exp.DataType.Type.TEXT))
    return filled[0] if len(filled) == 1 else exp.Coalesce(this=filled[0], expressions=filled[1:])


def _trimmed(cell: Term) -> Term:
    return exp.Trim(this=cell)


def cell(source: Source) -> Term:
    """The text of a cell, replaced where a map says so."""
    found = said(source)
    key = _trimmed(found.copy())
    if "" in source.values:
        key = exp.Coalesce(this=key, expressions=[text("")])
    pairs: list[tuple[Term, Term]] = [
        (terms.equal(key.copy(), text(one)), text(other)) for one, other in source.values.items()
    ]
    return cases(pairs, found)


def said(source: Source) -> Term:
    """A typed value as the text of a cell (`loading.tables.table.said`)."""
    cell: Term = given(source.name)
    match source.kind:
        case "text" | "read":
            return cell
        case "plain":
            return _as_text(cell)
        case "real":
            whole_number = _as_text(exp.Cast(this=cell, to=exp.DataType.build("bigint")))
            is_whole = terms.every(
                [
                    terms.compared(exp.LT, exp.Abs(this=cell.copy()), terms.real(EXACT)),
                    terms.equal(cell.copy(), exp.Floor(this=cell.copy())),
                ]
            )
            is_nan = exp.IsNan(this=cell.copy())
            otherwise = _as_text(cell.copy())
            return cases([(is_nan, terms.nothing()), (is_whole, whole_number)], otherwise)


def _as_text(term: Term) -> Term:
    return exp.Cast(this=term, to=exp.DataType(this=exp.DataType.Type.TEXT))


def _double() -> exp.DataType:
    return exp.DataType(this=exp.DataType.Type.DOUBLE)
