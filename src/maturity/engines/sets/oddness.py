"""Rows that have to be read closely: a fact that is not plainly right, cells at odds."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations
from typing import Final

from sqlglot import exp

from maturity.base.ids import ID_PATTERN
from maturity.base.text import LANGUAGES
from maturity.engines.sets import names
from maturity.engines.sets.plainness import CHANGED, PLAIN, is_empty, is_not, matches, one_of
from maturity.engines.sets.tables import Part, cell, said, unpatched
from maturity.engines.sql import terms
from maturity.engines.sql.terms import Term
from maturity.model.registry import COUNTRY_PATTERN

LONGEST_TEXT: Final = 10_000  # characters of an answer in words
LONGEST_ID: Final = 300  # characters of a project's id
HEAVIEST: Final = 1e9  # of a weight
_DATE: Final = r"^([1-9]\d{3}|0[1-9]\d{2}|00[1-9]\d|000[1-9])-\d{2}-\d{2}$"
_NUMBER: Final = "^[0-9]{1,15}([.][0-9]{1,15})?$"


def odd(part: Part, domains: Sequence[str], texts: Collection[str] = ()) -> Term:
    """A row of a part has to be read closely, whatever its answers say.

    `domains`: those of the questionnaire; none where it has no list of them. `texts`: the columns
    whose answers may be any text.
    """
    odd_texts = [_is_odd_text(cell(one)) for one in part.columns if {*one.targets} & {*texts}]
    found = terms.some([*_facts(part, domains), *_passed_on(part), *_at_odds(part), *odd_texts])
    read = next((one for one in part.columns if one.name == names.READ), None)
    return found if read is None else terms.every([is_empty(said(read)), found])


def _is_odd_text(told: Term) -> Term:
    """A text that its reader would change, or refuse for its length."""
    long = terms.compared(exp.GT, exp.Length(this=told.copy()), terms.whole(LONGEST_TEXT))
    changed = terms.some([matches(told, CHANGED), long])
    return exp.Coalesce(this=exp.Paren(this=changed), expressions=[terms.truth(value=False)])


def _facts(part: Part, domains: Sequence[str]) -> Iterator[Term]:
    for name in ("city", "project"):
        yield is_not(matches(_fact(part, name), PLAIN))
    yield terms.compared(exp.GT, exp.Length(this=_fact(part, "project")), terms.whole(LONGEST_ID))
    domain = _fact(part, "domain")
    yield is_not(one_of(domain, domains) if domains else matches(domain, ID_PATTERN))
    if _has(part, "name"):
        yield is_not(matches(_fact(part, "name"), PLAIN))
    if _has(part, "weight"):
        yield is_not(_is_weight(part))


def _fact(part: Part, name: str) -> Term:
    return unpatched(part, names.fact(name))


def _has(part: Part, name: str) -> bool:
    return any(names.fact(name) in one.targets for one in part.columns)


def _is_weight(part: Part) -> Term:
    """The cell is empty, or a plain number above nought."""
    cells = [cell(one) for one in part.columns if names.fact("weight") in one.targets]
    plain = [terms.some([is_empty(one), matches(one.copy(), _NUMBER)]) for one in cells]
    above = terms.compared(exp.GT, _fact(part, "weight"), terms.real(0.0))
    below = terms.compared(exp.LTE, _fact(part, "weight"), terms.real(HEAVIEST))
    return terms.every([*plain, above, below])


def _passed_on(part: Part) -> Iterator[Term]:
    """Facts that stand in the results as they came, and have to be right all the same."""
    for source in part.columns:
        for name, form in _FORMS.items():
            if names.passed(name) in source.targets:
                told = cell(source)
                yield is_not(terms.some([is_empty(told), form(told.copy())]))


def _is_country(told: Term) -> Term:
    return matches(told, COUNTRY_PATTERN)


def _is_plain(told: Term) -> Term:
    return matches(told, PLAIN)


def _is_date(told: Term) -> Term:
    return terms.every([matches(told, _DATE), _is_day(told.copy())])


def _is_day(told: Term) -> Term:
    day = exp.TryCast(this=told, to=exp.DataType(this=exp.DataType.Type.DATE))
    return exp.Not(this=exp.Is(this=day, expression=terms.nothing()))


def _at_odds(part: Part) -> Iterator[Term]:
    """Two cells answer the same, and differ."""
    by_target: dict[str, list[Term]] = {}
    for source in part.columns:
        for target in source.targets:
            if not names.is_carried(target):
                by_target.setdefault(target, []).append(cell(source))
    for cells in by_target.values():
        for one, other in combinations(cells, 2):
            yield terms.every([_filled(one), _filled(other), terms.differs(one, other)])


def _filled(told: Term) -> Term:
    return is_not(is_empty(exp.Trim(this=told.copy())))


_FORMS: Final[dict[str, Callable[[Term], Term]]] = {
    "country": _is_country,
    "assessed": _is_date,
    **dict.fromkeys(
        [f"{name}.{one}" for name in ("city", "name") for one in LANGUAGES[1:]], _is_plain
    ),
}
"""What is right for facts that are passed on as they came."""
