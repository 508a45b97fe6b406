"""The rubric's query over the scored rows, and its columns as tables of results have them."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final

from sqlglot import exp

from maturity.engines.sets import names
from maturity.engines.sets.plainness import shown
from maturity.engines.sql import terms
from maturity.engines.sql.columns import UNREADABLE, Column, Query, Table
from maturity.engines.sql.query import cells_for, query_for
from maturity.engines.sql.terms import Term, text
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES
from maturity.model.flat import flat_order
from maturity.plan import Plan

ODD_ROW: Final = "a row has to be read closely"
"""What the engine says where a query ends at such a row."""

_TEXTS: Final = frozenset(map(names.fact, ("city", "project", "name", "domain")))

EVIDENCE: Final = "coverage.evidenced"
"""The one key that is nought where no input can say anything of it."""


def table_of_rows(rows: exp.Query, columns: Iterable[str], plan: Plan) -> Table:
    """The scored rows as the rubric's query reads them."""
    there = set(columns)
    answers = {
        (question, side): names.answered(question, side)
        for question in plan.shapes
        for side in SIDES
        if names.answered(question, side) in there
    }
    carried = [names.PART, names.ROW, names.ODD, *map(names.fact, names.FACTS)]
    carried += sorted(one for one in there if names.is_carried(one))
    relation = exp.Subquery(this=rows, alias=exp.TableAlias(this=terms.name("scored")))
    return Table(
        relation,
        answers,
        tuple(carried),
        marks=names.JUSTIFIED if names.JUSTIFIED in there else None,
        evidence=names.EVIDENCED if names.EVIDENCED in there else None,
    )


def results_of(
    plan: Plan, bundle: Bundle, table: Table, passed: Mapping[str, str], *, guarded: bool
) -> Query:
    """The results of every row that is not odd and whose cells are all answers.

    The columns: the facts, those passed on, and every key of the flat form of which the inputs
    can say something. `guarded`: the query ends where a row would be left out.
    """
    query = query_for(plan, bundle, table)
    by_key = {one.key: (one, alias.this) for one, alias in _aliased(query)}
    odd = terms.some([by_key[names.ODD][1].copy(), _is_told(by_key[UNREADABLE][1])])
    kept = [_kept(by_key.get(key), key, name) for key, name in _wanted(passed, bundle, by_key)]
    if not guarded:  # else every fact is plainly right
        kept = [_seen(one, alias) for one, alias in kept]
    tree = query.tree
    tree.set("where", exp.Where(this=_refusing(odd) if guarded else terms.opposite(odd)))
    tree.set("expressions", [alias for _, alias in kept])
    return Query(tree, tuple(one for one, _ in kept))


def odd_rows(plan: Plan, table: Table) -> exp.Query:
    """Part and row of every row that has to be read closely."""
    query = cells_for(plan, table)
    by_key = {one.key: alias.this for one, alias in _aliased(query)}
    tree = query.tree
    odd = terms.some([by_key[names.ODD].copy(), _is_told(by_key[UNREADABLE])])
    tree.set("where", exp.Where(this=odd))
    tree.set("expressions", [_named(by_key[one], one) for one in (names.PART, names.ROW)])
    return tree


def odd_rows_told(plan: Plan, table: Table) -> exp.Query:
    """Part, city, project and unreadable headers (NULL where a fact is odd) of such rows."""
    query = cells_for(plan, table)
    by_key = {one.key: alias.this for one, alias in _aliased(query)}
    tree = query.tree
    odd = terms.some([by_key[names.ODD].copy(), _is_told(by_key[UNREADABLE])])
    wanted = (names.PART, names.fact("city"), names.fact("project"), UNREADABLE)
    tree.set("where", exp.Where(this=odd))
    tree.set("expressions", [_named(by_key[one], one) for one in wanted])
    return tree


def _aliased(query: Query) -> Iterable[tuple[Column, exp.Expression]]:
    return zip(query.columns, query.tree.expressions, strict=True)


def _wanted(
    passed: Mapping[str, str], bundle: Bundle, there: Container[str]
) -> Iterator[tuple[str, str]]:
    yield from ((names.fact(name), name) for name in names.FACTS)
    yield from passed.items()
    yield from ((key, key) for key in flat_order(bundle) if key in there or key == EVIDENCE)


def _kept(found: tuple[Column, Term] | None, key: str, name: str) -> tuple[Column, exp.Alias]:
    """A column under its name in the results; counts as floating point numbers."""
    one, term = found or (Column(name, key, "count"), terms.real(0.0))
    if one.kind == "count":
        term = terms.as_real(term)
    return one._replace(name=name), _named(term, name)


def _seen(one: Column, alias: exp.Alias) -> tuple[Column, exp.Alias]:
    """A column; facts without what cannot be seen."""
    is_text = one.key in _TEXTS
    return one, _named(shown(alias.this), alias.alias) if is_text else alias


def _named(term: Term, name: str) -> exp.Alias:
    return exp.Alias(this=term, alias=terms.name(name))


def _is_told(term: Term) -> Term:
    """The term is not NULL; a text that stands where one condition holds never is."""
    if isinstance(term, exp.Case) and term.args["default"] == terms.nothing():
        return terms.some(one.this.copy() for one in term.args["ifs"])
    return exp.Not(this=exp.Is(this=term.copy(), expression=terms.nothing()))


def _refusing(odd: Term) -> Term:
    """True, or the end of the query: for a first try in which nothing odd is expected."""
    error = exp.Anonymous(this="error", expressions=[text(ODD_ROW)])
    return exp.Case(ifs=[exp.If(this=odd, true=error)], default=terms.truth(value=True))
