"""Two versions of a model, compared -> text, or JSON of the format `maturity/diff@1`."""

import json
from collections.abc import Iterator

from maturity.base.characters import one_line
from maturity.model.difference import Affected, Compared
from maturity.model.flat import FlatValue


def text(compared: Compared) -> str:
    """A line for every change, for every value that differs, and for every finding."""
    return "\n".join(_lines(compared))


def json_text(compared: Compared) -> str:
    """The whole comparison."""
    found = {
        "format": "maturity/diff@1",
        "old": {"path": compared.old, "version": compared.versions[0]},
        "new": {"path": compared.new, "version": compared.versions[1]},
        "changes": [
            {
                "path": one.place.path,
                "line": one.place.line,
                "column": one.place.column,
                "where": one.where,
                "what": one.what,
                "grade": one.grade,
            }
            for one in compared.changes
        ],
        "subjects": compared.subjects,
        "affected": [_affected(one) for one in compared.affected],
        "findings": [
            {
                "code": one.code.number,
                "severity": one.severity.value,
                "path": one.place.path,
                "line": one.place.line,
                "column": one.place.column,
                "message": one.message,
                "hint": one.hint,
            }
            for one in compared.findings
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _affected(one: Affected) -> dict[str, object]:
    effects = [
        {"key": e.key, "before": e.before, "after": e.after, "rules": e.rules} for e in one.effects
    ]
    found: dict[str, object] = {"name": one.name, "effects": effects}
    return {**found, "refused": one.refused} if one.refused else found


def _lines(compared: Compared) -> Iterator[str]:
    versions = " -> ".join(compared.versions)
    yield f"{compared.old} -> {compared.new} ({versions}): {len(compared.changes)} changes"
    for one in compared.changes:
        yield one_line(f"{one.place}: {one.grade}: {one.where}: {one.what}")
    if compared.subjects:
        yield f"{len(compared.affected)} of {compared.subjects} cities and cases come out otherwise"
    for subject in compared.affected:
        yield one_line(f"{subject.name}: {subject.refused}".rstrip(": "))
        for effect in subject.effects:
            by = f" (by {', '.join(effect.rules)})" if effect.rules else ""
            change = f"{_shown(effect.before)} -> {_shown(effect.after)}"
            yield one_line(f"  {effect.key}: {change}{by}")
    for finding in compared.findings:
        yield finding.line()


def _shown(value: FlatValue) -> str:
    match value:
        case None:
            return "null"
        case tuple():
            return "|".join(value) or "nothing"
        case float():
            return f"{value:.6g}"
        case str():
            return value
