"""Some rows of many: those whose place stands in a small table, slices of earlier results."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias

from sqlglot import exp

from maturity.engines.sets import names
from maturity.engines.sets.columns import is_number
from maturity.engines.sets.letters import LETTERS, SEVERITY, Letters
from maturity.engines.sets.tables import Part, rows_with
from maturity.engines.sql import terms
from maturity.engines.sql.columns import Column
from maturity.engines.sql.terms import Term, column, whole
from maturity.model.flat import ABSENT

PLACE: Final = "place\t"
"""The column of the places of results; the name of none of their columns holds a tab."""

Relation: TypeAlias = exp.Expression
Rows: TypeAlias = exp.Query

ROWS: Final = "rows of all"
NUMBER: Final = "file_row_number"
"""The number of a row in a Parquet file, from 0 on."""


def those_in(table: str, rows: exp.Query, wanted: Sequence[str]) -> exp.Query:
    """Part, row, and wanted columns of the rows whose place stands in a table."""
    on = terms.every(
        [terms.equal(_of(table, one), _of(ROWS, one)) for one in (names.PART, names.ROW)]
    )
    columns = [_of(ROWS, one) for one in (names.PART, names.ROW, *wanted)]
    return _joined(rows, columns, exp.Join(this=exp.Table(this=terms.name(table)), on=on))


def numbered(relation: exp.Expression, wanted: Sequence[str], table: str) -> exp.Query:
    """The number and wanted columns of the rows of a file whose number stands in a table."""
    rows = exp.Select(expressions=[column(one) for one in (NUMBER, *wanted)])
    rows.set("from_", exp.From(this=relation))
    on = terms.equal(_of(table, NUMBER), _of(ROWS, NUMBER))
    columns = [_of(ROWS, one) for one in (NUMBER, *wanted)]
    return _joined(rows, columns, exp.Join(this=exp.Table(this=terms.name(table)), on=on))


ROW_HELD: Final = "rowid"
"""What DuckDB calls the number of a row that is held in memory."""


def rows_of(relation: Relation) -> exp.Select:
    """Every row of a relation."""
    select = exp.Select(expressions=[exp.Star()])
    select.set("from_", exp.From(this=relation.copy()))
    return select


def columns_in(relation: Relation, wanted: Sequence[str]) -> exp.Select:
    """Some columns of every row of a relation."""
    select = exp.Select(expressions=[column(one) for one in wanted])
    select.set("from_", exp.From(this=relation.copy()))
    return select


def no_rows(columns: Sequence[Column]) -> Relation:
    """A relation with these columns, and no row."""
    found = [exp.Alias(this=_missing(one), alias=terms.name(one.name)) for one in columns]
    return subquery(exp.Select(expressions=found, limit=exp.Limit(expression=whole(0))))


def numbered_rows(held: Relation) -> Relation:
    """Rows that are held in memory, each with its number as if they stood in a Parquet file."""
    select = rows_of(held)
    number = exp.Alias(
        this=exp.Column(this=exp.Identifier(this=ROW_HELD)), alias=terms.name(NUMBER)
    )
    select.set("expressions", [number, exp.Star()])
    return exp.Subquery(this=select)


def counted_by_part(parts: Sequence[Part]) -> exp.Query:
    """How many rows each part has."""
    inner = exp.Subquery(this=rows_with(parts, ()), alias=exp.TableAlias(this=terms.name(ROWS)))
    select = exp.Select(expressions=[column(names.PART), exp.Count(this=exp.Star())])
    select.set("from_", exp.From(this=inner))
    select.set("group", exp.Group(expressions=[column(names.PART)]))
    return select


def projects_of(parts: Sequence[Part]) -> exp.Query:
    """Part, row, city and project of every row of some parts."""
    named = [(names.fact(one), one) for one in ("city", "project")]
    rows = rows_with(parts, [one for one, _ in named])
    inner = exp.Subquery(this=rows, alias=exp.TableAlias(this=terms.name(ROWS)))
    columns: list[Term] = [column(names.PART), column(names.ROW)]
    columns += [exp.Alias(this=column(one), alias=terms.name(other)) for one, other in named]
    select = exp.Select(expressions=columns)
    select.set("from_", exp.From(this=inner))
    return select


def projects_in(table: str, number: int, relation: exp.Expression, part: int) -> exp.Query:
    """City and project of some results of one of several files, as rows of a part that is none.

    The table says which row (`from`) of which file (`source`).
    """
    rows = exp.Select(expressions=[column(one) for one in (NUMBER, "city", "project")])
    rows.set("from_", exp.From(this=relation))
    named = [(whole(part), names.PART), (_of(ROWS, NUMBER), names.ROW)]
    columns: list[Term] = [exp.Alias(this=one, alias=terms.name(other)) for one, other in named]
    columns += [_of(ROWS, "city"), _of(ROWS, "project")]
    return _joined(rows, columns, _at(table, number))


def _at(table: str, number: int) -> exp.Join:
    on = terms.every(
        [
            terms.equal(_of(table, "source"), whole(number)),
            terms.equal(_of(table, "from"), _of(ROWS, NUMBER)),
        ]
    )
    return exp.Join(this=exp.Table(this=terms.name(table)), on=on)


def in_places(
    table: str,
    number: int,
    relation: exp.Expression,
    there: Iterable[str],
    wanted: Sequence[Column],
    letters: Letters,
) -> exp.Query:
    """Results with their places, out of one of several files.

    The table says which row (`from`) of which file (`source`) stands where (`place`). What a file
    has as letters, and what is wanted as such, is read and written so.
    """
    known = set(there)
    place = exp.Cast(this=_of(table, "place"), to=exp.DataType.build("bigint"))
    columns: list[Term] = [exp.Alias(this=place, alias=terms.name(PLACE))]
    named = {one.key: one.name for one in wanted}
    columns += [
        exp.Alias(this=_value(one, known, letters, named), alias=terms.name(one.name))
        for one in wanted
    ]
    rows = exp.Select(expressions=[exp.Star()])
    rows.set("from_", exp.From(this=relation))
    return _joined(rows, columns, _at(table, number))


def joined(queries: Sequence[exp.Query]) -> exp.Query:
    """The rows of one query after those of the other."""
    both = queries[0]
    for one in queries[1:]:
        both = exp.Union(this=both, expression=one, distinct=False)
    return both


def table(name: str) -> Relation:
    """What is kept under a name."""
    return exp.Table(this=terms.name(name))


def subquery(query: exp.Query) -> Relation:
    """The rows of a query as a relation."""
    return exp.Subquery(this=query, alias=exp.TableAlias(this=terms.name(ROWS)))


def in_order(placed: Relation, wanted: Sequence[Column]) -> exp.Select:
    """Results by their places, without these."""
    select = exp.Select(expressions=[column(one.name) for one in wanted])
    select.set("from_", exp.From(this=placed.copy()))
    select.set("order", exp.Order(expressions=[exp.Ordered(this=column(PLACE))]))
    return select


def _value(one: Column, known: set[str], letters: Letters, named: Mapping[str, str]) -> Term:
    """A column of results; where a file lacks one, nobody could say anything of it.

    `named`: the names of the columns by key.
    """
    source = partial(_of, ROWS)
    if one.name in known:
        return as_word(source(one.name), one)
    if one.name == LETTERS:
        return letters.written(known, source)
    if LETTERS in known and one.key in letters:
        return as_word(letters.read(one, source), one)
    if one.key.startswith("divergence."):
        return as_word(terms.text(ABSENT), one)
    flag = named.get(one.key.removesuffix(SEVERITY), "")
    if one.key.endswith(SEVERITY) and flag in known:
        return as_word(_declared(source(flag), one), one)
    return as_word(_missing(one), one)


def _declared(flag: Term, one: Column) -> Term:
    """The severity that a flag is declared at, as nobody could give a reason that lowers it."""
    is_absent = terms.equal(flag, terms.text(ABSENT))
    return terms.cases([(is_absent, terms.nothing())], terms.text(one.vocabulary[0]))


def _missing(one: Column) -> Term:
    """Nothing, as the column would have it."""
    kind = exp.DataType.Type.DOUBLE if is_number(one) else exp.DataType.Type.TEXT
    return exp.Cast(this=terms.nothing(), to=exp.DataType(this=kind))


def as_word(term: Term, one: Column) -> Term:
    """A term as one of the words of its column, where it has a list of them."""
    if not one.vocabulary:
        return term
    words = [exp.Literal.string(word) for word in one.vocabulary]
    return exp.Cast(this=term, to=exp.DataType(this=exp.DataType.Type.ENUM, expressions=words))


def _of(table: str, name: str) -> exp.Column:
    return exp.Column(this=terms.name(name), table=terms.name(table))


def _joined(rows: exp.Query, columns: Sequence[Term], join: exp.Join) -> exp.Select:
    select = exp.Select(expressions=list(columns))
    inner = exp.Subquery(this=rows, alias=exp.TableAlias(this=terms.name(ROWS)))
    select.set("from_", exp.From(this=inner))
    select.set("joins", [join])
    return select
