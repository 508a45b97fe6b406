"""Short queries over results: sums of conditions, groups, first rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from maturity.base.text import FALLBACK, LANGUAGES, Text
from maturity.engines.sets import names
from maturity.engines.sets.letters import Letters
from maturity.engines.sets.runner import Cell, Runner, count
from maturity.engines.sql import terms
from maturity.engines.sql.columns import Column
from maturity.engines.sql.terms import Term, column
from maturity.model.portfolio import Named

Values = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The results of a run, and what answers questions about them.

    `passed` gives the names that carried columns have in the results. `row` is the column with the
    number of a row, where rows are found by it quicker than by what stands in them. `letters`: how
    they stand in fewer columns, where they are few and held in memory.
    """

    runner: Runner
    relation: exp.Expression
    there: frozenset[str]
    passed: Mapping[str, str]
    row: str | None = None
    letters: Letters | None = None

    def select(self, *columns: Term | str) -> exp.Select:
        """A query over the results; columns by their names, or terms."""
        found = [column(one) if isinstance(one, str) else one for one in columns]
        tree = exp.Select(expressions=found)
        tree.set("from_", exp.From(this=self.relation.copy()))
        return tree

    def cell(self, name: str) -> Term:
        """The value of a column."""
        if self.letters is None or name not in self.letters:
            return column(name)
        return self.letters.read(Column(name, name, "word"))

    def over(self, tree: exp.Select) -> "Asking":
        """The same for the rows of a query over the results."""
        alias = exp.TableAlias(this=terms.name("told"))
        return replace(self, relation=exp.Subquery(this=tree, alias=alias))

    def picked(
        self, *, where: Term | None = None, order: Sequence[Term] = (), most: int | None = None
    ) -> "Asking":
        """The same for some rows: other columns than those by which they are picked are read later.

        `most`: only the first ones by some terms.
        """
        tree = self.select(column(self.row) if self.row else exp.Star())
        if where is not None:
            tree.set("where", exp.Where(this=where))
        if most is not None:
            tree.set("order", _rising(order))
            tree.set("limit", exp.Limit(expression=terms.whole(most)))
        if self.row is None:
            return self.over(tree)
        found = self.select(exp.Star())
        numbers = exp.In(this=column(self.row), query=exp.Subquery(this=tree))
        found.set("where", exp.Where(this=numbers))
        return self.over(found)

    def totals(self, conditions: Sequence[Term], *more: Term) -> tuple[int, ...]:
        """In how many projects each condition holds, then further sums."""
        sums: list[Term] = [exp.CountIf(this=one) for one in conditions]
        sums += [exp.Sum(this=one) for one in more]
        (row,) = self.runner.run(self.select(exp.Count(this=exp.Star()), *sums))
        return tuple(map(count, row[1:]))

    def groups(
        self, *columns: Term | str, where: Term | None = None
    ) -> Iterator[tuple[Values, int]]:
        """Each combination of values that stands somewhere, and how often."""
        tree = self.select(*columns, exp.Count(this=exp.Star()))
        if where is not None:
            tree.set("where", exp.Where(this=where))
        places = [terms.whole(number) for number in range(1, len(columns) + 1)]
        if places:
            tree.set("group", exp.Group(expressions=places))
        for *values, times in self.runner.run(tree):
            yield tuple(values), count(times)

    def each(
        self, sets: Mapping[str, Sequence[str]], *shared: str, where: Term | None = None
    ) -> Iterator[tuple[str, Values, int]]:
        """The groups by each of some sets of columns, in one pass over the results.

        Gives the name of the set, the values of shared columns and of its own, and how often they
        stand together. The sets have equally many columns, and none in common.
        """
        if not sets:
            return
        names_of, columns_of = list(sets), list(sets.values())
        places = zip(*columns_of, strict=True)
        values = [_filled(column(name) for name in place) for place in places]
        numbers = [(_is_by(one[0]), terms.whole(place)) for place, one in enumerate(columns_of)]
        number = terms.cases(numbers, terms.nothing())
        tree = self.select(*shared, *values, number, exp.Count(this=exp.Star()))
        if where is not None:
            tree.set("where", exp.Where(this=where))
        grouped = [[column(one) for one in (*shared, *columns)] for columns in columns_of]
        each = exp.GroupingSets(expressions=[exp.Tuple(expressions=one) for one in grouped])
        tree.set("group", exp.Group(expressions=[each]))
        for *found, place, times in self.runner.run(tree):
            yield names_of[count(place)], tuple(found), count(times)

    def first(
        self,
        columns: Sequence[Term | str],
        most: int,
        *,
        where: Term | None = None,
        order: Sequence[Term] = (),
    ) -> list[Values]:
        """The first rows by some terms, then by city and project."""
        tree = self.select(*columns)
        if where is not None:
            tree.set("where", exp.Where(this=where))
        ranks = [*order, column("city"), column("project")]
        tree.set("order", _rising(ranks))
        tree.set("limit", exp.Limit(expression=terms.whole(most)))
        return self.runner.run(tree)

    def sorted(self, columns: Sequence[Term]) -> list[Values]:
        """Columns of every row, by city and project."""
        tree = self.select(*columns)
        tree.set("order", _rising([column("city"), column("project")]))
        return self.runner.run(tree)

    def naming(self) -> list[Term]:
        """The columns that `named` reads."""
        found: list[Term] = [column("city"), column("project"), column("name")]
        for name in ("city", "name"):
            for language in LANGUAGES[1:]:
                label = self.passed.get(names.carried(f"{name}.{language}"))
                found.append(column(label) if label else terms.nothing())
        return found

    def named(self, values: Values) -> Named:
        """A project, out of the columns of `naming`."""
        city, project, name, *others = values
        more = len(LANGUAGES) - 1
        texts = text_in(city, others[:more]), text_in(name, others[more : 2 * more])
        return Named(texts[0], str(project), texts[1])


def _filled(columns: Iterable[Term]) -> Term:
    """What stands in that of some columns by which a row is grouped: the others are empty."""
    first, *others = columns
    return exp.Coalesce(this=first, expressions=others) if others else first


def _is_by(name: str) -> Term:
    """Whether a row is grouped by a column."""
    return terms.equal(exp.Grouping(expressions=[column(name)]), terms.whole(0))


def _rising(ranks: Sequence[Term]) -> exp.Order:
    return exp.Order(
        expressions=[exp.Ordered(this=one, desc=False, nulls_first=False) for one in ranks]
    )


NAMING = 3 + 2 * (len(LANGUAGES) - 1)
"""How many columns `Asking.naming` has."""


def text_in(plain: Cell, others: Sequence[Cell]) -> Text:
    """A name in every language that there is, out of columns in the order of the languages."""
    translated = {
        language: str(said) for language, said in zip(LANGUAGES[1:], others, strict=True) if said
    }
    said = str(plain)
    return Text(by_language={FALLBACK: said, **translated}) if translated else Text(said)
