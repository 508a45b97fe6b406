"""Findings as JUnit XML: a suite a file, a failure a finding; a file without any passes."""

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from maturity.base.characters import REPLACEMENT, visible
from maturity.base.codes import Severity
from maturity.base.diagnostics import Diagnostic
from maturity.model.checked import Checked

_NOT_OF_XML: Final = re.compile("[\ufffe\uffff]")


def junit_findings(checked: Checked) -> str:
    """One document. Findings that are mere information do not fail a test."""
    by_file: dict[str, list[Diagnostic]] = {path: [] for path in checked.files}
    for one in checked.told():
        by_file.setdefault(one.place.path, []).append(one)
    suites = [_suite(path, found) for path, found in by_file.items()]
    tests = sum(max(1, len(found)) for found in by_file.values())
    failures = sum(_failures(found) for found in by_file.values())
    head = f'<testsuites name="maturity validate" tests="{tests}" failures="{failures}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"])


def _suite(path: str, found: list[Diagnostic]) -> str:
    name = _attribute(path)
    cases = [_case(one) for one in found] or [f'<testcase classname={name} name="no findings"/>']
    counts = f'tests="{len(cases)}" failures="{_failures(found)}" errors="0"'
    return "\n".join([f"<testsuite name={name} {counts}>", *cases, "</testsuite>"])


def _case(one: Diagnostic) -> str:
    name = f"{one.code} {one.place.line}:{one.place.column}"
    head = f"<testcase classname={_attribute(one.place.path)} name={_attribute(name)}"
    said = escape(_clean(one.line()))
    if one.severity is Severity.INFO:
        return f"{head}><system-out>{said}</system-out></testcase>"
    kind = f"type={_attribute(str(one.code))} message={_attribute(one.message)}"
    return f"{head}><failure {kind}>{said}</failure></testcase>"


def _failures(found: list[Diagnostic]) -> int:
    return sum(one.severity is not Severity.INFO for one in found)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NOT_OF_XML.sub(REPLACEMENT, visible(text))
