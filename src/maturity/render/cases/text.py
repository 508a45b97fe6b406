"""Worked cases as lines: every failed expectation with its place, then what was measured."""

from collections.abc import Iterator
from textwrap import indent

from maturity.base.characters import one_line
from maturity.i18n.catalog import Catalog
from maturity.model.case_result import CaseFailure
from maturity.model.tested import CasesTold, Measure


def text(tested: CasesTold, catalog: Catalog) -> str:
    """A line for every failed expectation and for everything missed; empty where all is well."""
    return "\n".join(_lines(tested, catalog))


def reason(failure: CaseFailure, catalog: Catalog) -> str:
    """What was expected, and what came out."""
    if not failure.known:
        return catalog.say("cases.unknown", value=failure.key)
    got = "|".join(failure.got) if isinstance(failure.got, tuple) else failure.got
    said = "null" if got is None else catalog.say("cases.nothing") if got == "" else got
    expected = "null" if failure.expected is None else failure.expected
    return catalog.say("cases.failed", value=failure.key, expected=expected, got=said)


def _lines(tested: CasesTold, catalog: Catalog) -> Iterator[str]:
    for file in tested.files:
        for case in file.cases:
            for one in case.failures:
                why = reason(one.failure, catalog)
                said = catalog.say("cases.of-case", name=case.name, reason=why)
                yield one_line(f"{one.place}: {said}")
                if one.trace:
                    yield indent(one.trace.rstrip("\n"), "  ")
    for measure in tested.measures:
        yield from _measured(measure, catalog)


def _measured(measure: Measure, catalog: Catalog) -> Iterator[str]:
    for one in measure.missed:
        said = catalog.say(f"cases.missed-{measure.kind}", what=catalog.tell(one.what))
        yield one_line(f"{one.place}: {said}")
    for one in measure.equivalent:
        said = catalog.say("cases.equivalent", what=catalog.tell(one.what))
        yield one_line(f"{one.place}: {said}")
    kept = measure.counted - len(measure.missed)
    of = catalog.say("cases.of", every=measure.of) if measure.of != measure.tried else ""
    percent = f"{measure.percent:.1f}"
    counts = {"kept": kept, "tried": measure.counted, "of": of, "percent": percent}
    line = catalog.say(f"cases.{measure.kind}", rubric=measure.rubric, **counts)
    alike = len(measure.equivalent)
    yield catalog.say("cases.alike", line=line, count=alike) if alike else line
