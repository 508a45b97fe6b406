"""Projects that have one id in one city: letter case and Unicode forms do not tell them apart."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.engines.sets import names
from maturity.engines.sets.plainness import bare
from maturity.engines.sets.runner import Runner, count
from maturity.engines.sql import terms
from maturity.engines.sql.terms import Term, column

_FOLDED: Final = "folded"


class Twin(NamedTuple):
    """A project that stands in several places."""

    part: int
    row: int
    city: str
    project: str
    places: int


def twins_among(
    runner: Runner,
    projects: Sequence[exp.Query],
    folded: Callable[[str], str],
    *,
    are_trimmed: bool = True,
) -> list[Twin]:
    """The twins among projects (part, row, city, project), by place; `folded` makes names alike.

    `are_trimmed`: there are no blanks around names, or plain ones alone.
    """
    joined = projects[0]
    for one in projects[1:]:
        joined = exp.Union(this=joined, expression=one, distinct=False)
    keyed = _keyed(runner, joined, folded, _trimmed if are_trimmed else bare)
    found = _over(keyed, [exp.Count(this=exp.Star())])
    found.set("group", exp.Group(expressions=[column("city key"), column("project key")]))
    several = terms.compared(exp.GT, exp.Count(this=exp.Star()), terms.whole(1))
    found.set("having", exp.Having(this=several))
    found.set("limit", exp.Limit(expression=terms.whole(1)))
    return _twins(runner, keyed) if runner.run(found) else []


def _twins(runner: Runner, keyed: exp.Query) -> list[Twin]:
    keys = [column("city key"), column("project key")]
    together = exp.Window(this=exp.Count(this=exp.Star()), partition_by=keys)
    wanted = [column(one) for one in (names.PART, names.ROW, "city", "project")]
    counted = _over(keyed, [*wanted, exp.Alias(this=together, alias=terms.name("places"))])
    found = _over(counted, [exp.Star()])
    several = terms.compared(exp.GT, column("places"), terms.whole(1))
    found.set("where", exp.Where(this=several))
    rows = runner.run(found)
    return sorted(
        Twin(count(part), count(row), str(city), str(project), count(places))
        for part, row, city, project, places in rows
    )


def _keyed(
    runner: Runner,
    projects: exp.Query,
    folded: Callable[[str], str],
    trim: Callable[[Term], Term],
) -> exp.Query:
    """The projects with what tells them apart; names beyond ASCII are folded here."""
    foreign = _foreign(runner, projects)
    if foreign:
        runner.keep(_FOLDED, ("called", "key"), [(one, folded(one)) for one in foreign])
    keys = [_key(one, foreign, trim) for one in ("city", "project")]
    select = _over(projects, [exp.Star(), *keys])
    if foreign:
        select.set("joins", [_join(one) for one in ("city", "project")])
    return select


def _foreign(runner: Runner, projects: exp.Query) -> list[str]:
    """Names with other characters than those of ASCII, which alone take one byte each."""
    found: set[str] = set()
    for name in ("city", "project"):
        bits, length = exp.BitLength(this=column(name)), exp.Length(this=column(name))
        select = _over(projects, [column(name)])
        select.set("distinct", exp.Distinct())
        by_bytes = exp.Mul(this=length, expression=terms.whole(8))
        select.set("where", exp.Where(this=terms.differs(bits, by_bytes)))
        found.update(str(one) for (one,) in runner.run(select))
    return sorted(found)


def _key(name: str, foreign: list[str], trim: Callable[[Term], Term]) -> exp.Alias:
    plain: Term = exp.Lower(this=trim(column(name)))
    if foreign:
        plain = exp.Coalesce(this=_other(name, "key"), expressions=[plain])
    return exp.Alias(this=plain, alias=terms.name(f"{name} key"))


def _trimmed(name: Term) -> Term:
    return exp.Trim(this=name)


def _join(name: str) -> exp.Join:
    alias = exp.TableAlias(this=terms.name(f"{name} folded"))
    table = exp.Table(this=terms.name(_FOLDED), alias=alias)
    return exp.Join(this=table, side="LEFT", on=terms.equal(_other(name, "called"), column(name)))


def _other(name: str, field: str) -> exp.Column:
    return exp.Column(this=terms.name(field), table=terms.name(f"{name} folded"))


def _over(query: exp.Query, columns: list[exp.Expression]) -> exp.Select:
    select = exp.Select(expressions=columns)
    inner = exp.Subquery(this=query.copy(), alias=exp.TableAlias(this=terms.name("inner rows")))
    select.set("from_", exp.From(this=inner))
    return select
