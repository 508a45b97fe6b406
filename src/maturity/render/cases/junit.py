"""Worked cases as JUnit XML: a suite a file, a test a case, and one for everything missed."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from maturity.base.characters import one_line
from maturity.i18n.catalog import Catalog
from maturity.model.tested import CasesTold, CaseTold, FileTold, Measure
from maturity.render.cases.text import reason


def junit(tested: CasesTold, catalog: Catalog) -> str:
    """One XML document. What is missed stands as skipped tests: it fails no run by itself."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="maturity test">']
    for file in tested.files:
        lines += _suite(file, catalog)
    for measure in tested.measures:
        lines += _measured(measure, catalog)
    return "\n".join([*lines, "</testsuites>"])


def _suite(file: FileTold, catalog: Catalog) -> Iterator[str]:
    failed = sum(bool(case.failures) for case in file.cases)
    counts = f'tests="{len(file.cases)}" failures="{failed}"'
    yield f'  <testsuite name={_attribute(file.path)} {counts} errors="0" skipped="0">'
    for case in file.cases:
        yield from _case(case, file, catalog)
    yield "  </testsuite>"


def _case(case: CaseTold, file: FileTold, catalog: Catalog) -> Iterator[str]:
    where = f'file={_attribute(file.path)} line="{case.place.line}"'
    head = f"    <testcase name={_attribute(case.name)} classname={_attribute(file.rubric)} {where}"
    if not case.failures:
        yield f"{head}/>"
        return
    yield f"{head}>"
    separator = catalog.say("common.part-separator")
    message = separator.join(reason(one.failure, catalog) for one in case.failures)
    yield f"      <failure message={_attribute(message)}>"
    for one in case.failures:
        yield escape(f"{one.place}: {reason(one.failure, catalog)}\n{one.trace}".rstrip())
    yield "      </failure>"
    yield "    </testcase>"


def _measured(measure: Measure, catalog: Catalog) -> Iterator[str]:
    name = _attribute(catalog.say(f"cases.suite-{measure.kind}", rubric=measure.rubric))
    count = len(measure.missed)
    counts = f'tests="{measure.counted}" failures="0" errors="0" skipped="{count}"'
    yield f"  <testsuite name={name} {counts}>"
    for one in measure.missed:
        where = f'file={_attribute(one.place.path)} line="{one.place.line}"'
        head = f"    <testcase name={_attribute(catalog.tell(one.what))} classname={name} {where}>"
        yield f"{head}<skipped/></testcase>"
    yield "  </testsuite>"


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))
