"""Whether a value is what a worked case expects."""

from collections.abc import Iterator

from maturity.model.cases import Expectation, Expected
from maturity.model.flat import FlatValue


def holds(expected: Expected, got: FlatValue) -> bool:
    """Whether a value is as expected. Several rows are compared as `a|b`, in table order."""
    if not isinstance(expected, Expectation):
        return _plain(got) == expected
    return all(_parts(expected, got))


def _parts(expected: Expectation, got: FlatValue) -> Iterator[bool]:
    """One truth for each key that the expectation gives."""
    if expected.in_ is not None:
        yield _plain(got) in expected.in_
    if expected.not_in is not None:
        yield _plain(got) not in expected.not_in
    if expected.has is not None:
        yield set(expected.has) <= set(_several(got))
    if expected.lacks is not None:
        yield not set(expected.lacks) & set(_several(got))
    if expected.exactly is not None:
        yield set(expected.exactly) == set(_several(got))
    yield from _bounds(expected, got)


def _bounds(expected: Expectation, got: FlatValue) -> Iterator[bool]:
    number = got if isinstance(got, int | float) else None
    if expected.at_least is not None:
        yield number is not None and number >= expected.at_least
    if expected.at_most is not None:
        yield number is not None and number <= expected.at_most
    if expected.near is not None:
        yield number is not None and abs(number - expected.near) <= expected.margin


def _plain(got: FlatValue) -> str | float | None:
    return "|".join(got) if isinstance(got, tuple) else got


def _several(got: FlatValue) -> tuple[str, ...]:
    return got if isinstance(got, tuple) else (got,) if isinstance(got, str) else ()
