"""Worked cases as lines: every failed expectation with its place, then what was measured."""

from collections.abc import Iterator
from textwrap import indent

from maturity.base.characters import one_line
from maturity.model.case_result import CaseFailure
from maturity.model.tested import CasesTold, Measure


def text(tested: CasesTold) -> str:
    """A line for every failed expectation and for everything missed; empty where all is well."""
    return "\n".join(_lines(tested))


def reason(failure: CaseFailure) -> str:
    """What was expected, and what came out."""
    if not failure.known:
        return f"{failure.key}: no result has this value"
    got = "|".join(failure.got) if isinstance(failure.got, tuple) else failure.got
    said = "null" if got is None else "nothing" if got == "" else got
    expected = "null" if failure.expected is None else failure.expected
    return f"{failure.key}: expected {expected}, got {said}"


def _lines(tested: CasesTold) -> Iterator[str]:
    for file in tested.files:
        for case in file.cases:
            for one in case.failures:
                yield one_line(f"{one.place}: {case.name}: {reason(one.failure)}")
                if one.trace:
                    yield indent(one.trace.rstrip("\n"), "  ")
    for measure in tested.measures:
        yield from _measured(measure)


def _measured(measure: Measure) -> Iterator[str]:
    said = "no case reaches" if measure.kind == "coverage" else "no case notices"
    for one in measure.missed:
        yield one_line(f"{one.place}: {said}: {one.what}")
    for one in measure.equivalent:
        yield one_line(f"{one.place}: no answers can show, and not counted: {one.what}")
    kept = measure.counted - len(measure.missed)
    of = f" of {measure.of}" if measure.of != measure.tried else ""
    verb = "reached" if measure.kind == "coverage" else "mutants caught"
    alike = f", {len(measure.equivalent)} equivalent" if measure.equivalent else ""
    share = f"({measure.percent:.1f} %)"
    yield f"{measure.rubric}: {kept} of {measure.counted}{of} {verb} {share}{alike}"
