"""What worked cases expect: keys that a result has, and values that they can have."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Final, TypeAlias, get_args

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Places, Steps
from maturity.checks.hints import instead_of, listed
from maturity.checks.questions import Questions
from maturity.checks.reach import Reach, reaches
from maturity.model.bundle import Bundle
from maturity.model.cases import Cases, Expectation, Expected
from maturity.model.flat import ABSENT, LISTS, expectable
from maturity.model.result import CheckStatus, FlagStatus, RecommendationStatus, Severity
from maturity.plan import leaves
from maturity.rules.expr import key_read

Plain: TypeAlias = str | float | None

_STATUSES: Final[dict[str, tuple[str, ...]]] = {
    "check": get_args(CheckStatus),
    "flag": (*get_args(FlagStatus), ABSENT),
    "recommendation": (*get_args(RecommendationStatus), ABSENT),
    "divergence": ("open", "settled", ABSENT),
}
_SEPARATOR: Final = "|"
_SLACK: Final = 1e-6  # what a written number may differ from the computed one


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a key can have: words, or numbers of a reach, and whether nothing, too.

    `joins`: several words at once, in this order, joined with `|`. `anything`: it cannot be told.
    """

    words: tuple[str, ...] = ()
    numbers: Reach | None = None
    nothing: bool = False
    joins: bool = False
    anything: bool = False


def check_expectations(cases: Cases, places: Places, bundle: Bundle) -> Iterator[Diagnostic]:
    """M403, M404: keys that no result has, and values that a key never has."""
    known = expectable(bundle)
    found = reaches(bundle.rubric, Questions.of(bundle.questionnaire))
    for index, case in enumerate(cases.cases):
        for key, expected in case.expect.items():
            steps = ("cases", index, "expect", key)
            if key not in known:
                yield unknown_expectation(key, known, steps, places)
            else:
                yield from impossible(key, expected, range_of(key, bundle, found), steps, places)


def unknown_expectation(
    key: str, known: frozenset[str], steps: Steps, places: Places
) -> Diagnostic:
    """M403: a result has no such value."""
    message = f"a result has no value {quoted(key)}"
    stage = key.split(".", 1)[0]
    alike = sorted(one for one in known if one.split(".", 1)[0] == stage)
    hint = instead_of(key, alike or sorted(known), "the names known here are")
    place = places.of(steps, key=True)
    return Diagnostic.of(Code.UNKNOWN_EXPECTATION, place, message, hint)


def impossible(
    key: str, expected: Expected, can_be: Range, steps: Steps, places: Places
) -> Iterator[Diagnostic]:
    """M404: the value of this key is never as expected."""
    for value, at in _values(expected, steps):
        if not _is_possible(value, can_be):
            message = f"{quoted(key)} is never {_shown(value)}"
            hint = _hint(value, can_be)
            yield Diagnostic.of(Code.IMPOSSIBLE_EXPECTATION, places.of(at), message, hint)
    for name, at in _number_tests(expected, steps):
        if can_be.numbers is None:
            message = f"`{name}` asks for a number, and {quoted(key)} is none"
            hint = _hint(None, can_be)
            yield Diagnostic.of(Code.IMPOSSIBLE_EXPECTATION, places.of(at), message, hint)


def range_of(key: str, bundle: Bundle, found: dict[str, Reach]) -> Range:
    """The values that a key of a flat result can have."""
    stage, name, *end = key.split(".")
    if stage in LISTS:
        return Range(_listed_names(bundle, stage), joins=True)
    if stage == "score":
        return Range(numbers=found.get(name, Reach(-inf, inf)), nothing=True)
    if stage == "coverage":
        return Range(numbers=Reach(0, inf))
    if stage == "ladder":
        return Range(bundle.steps(name).ids, nothing=True)
    if stage == "decision":
        rows = tuple(row.id for row in bundle.rubric.decisions[name].outcomes())
        return Range(rows, nothing=end == ["confirmed"], joins=end == ["possible"])
    match end:
        case ["severity"]:
            return Range(get_args(Severity), nothing=True)
        case ["floor"]:
            return Range(("partly",), nothing=True)
        case ["because"]:
            referred = _referred_to(bundle, name)
            return Range(referred or (), joins=True, anything=referred is None)
    return Range(_STATUSES[stage])


def _referred_to(bundle: Bundle, recommendation: str) -> tuple[str, ...] | None:
    """What a recommendation can rest on; None where it names what there is not.

    That is told of the rubric itself, not of its cases.
    """
    rule = bundle.rubric.recommendations[recommendation]
    try:
        values = rule.lower(recommendation, bundle).values()
    except KeyError:
        return None
    keys = (key_read(leaf) for value in values for leaf in leaves(value))
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _listed_names(bundle: Bundle, stage: str) -> tuple[str, ...]:
    rubric = bundle.rubric
    if stage == "checks":
        return tuple(rubric.checklists)
    return tuple(rubric.flags if stage == "flags" else rubric.recommendations)


def _values(expected: Expected, steps: Steps) -> Iterator[tuple[Plain, Steps]]:
    """Every value that an expectation names, with its place."""
    if not isinstance(expected, Expectation):
        yield expected, steps
        return
    lists = {
        "in": expected.in_,
        "not_in": expected.not_in,
        "has": expected.has,
        "lacks": expected.lacks,
        "exactly": expected.exactly,
    }
    for name, values in lists.items():
        for index, value in enumerate(values or ()):
            yield value, (*steps, name, index)


def _number_tests(expected: Expected, steps: Steps) -> Iterator[tuple[str, Steps]]:
    for name in ("at_least", "at_most", "near"):
        if isinstance(expected, Expectation) and getattr(expected, name) is not None:
            yield name, (*steps, name)


def _is_possible(value: Plain, can_be: Range) -> bool:
    if can_be.anything:
        return True
    match value:
        case None:
            return can_be.nothing
        case str():
            parts = value.split(_SEPARATOR) if can_be.joins else [value]
            return [word for word in can_be.words if word in parts] == parts
        case int() | float():
            reach = can_be.numbers
            return reach is not None and reach.least - _SLACK <= value <= reach.most + _SLACK


def _hint(value: Plain, can_be: Range) -> str:
    if can_be.numbers is not None:
        reach = can_be.numbers
        limits = "" if reach.most == inf else f" from {reach.least:g} to {reach.most:g}"
        return f"it is a number{limits}" + (", or null where it does not apply" * can_be.nothing)
    if isinstance(value, str) and _SEPARATOR not in value:
        hint = instead_of(value, can_be.words, "it can be")
        return hint if hint.endswith("?") else hint + ", or null" * can_be.nothing
    ordered = ", several joined with | in this order" if can_be.joins else ""
    return f"it can be {listed(can_be.words)}{ordered}" + (", or null" * can_be.nothing)


def _shown(value: Plain) -> str:
    match value:
        case None:
            return "null"
        case str():
            return quoted(value)
        case int() | float():
            return f"{value:g}"
