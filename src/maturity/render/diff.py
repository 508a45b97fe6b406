"""Two versions of a model, compared -> text, or JSON of the format `maturity/diff@1`."""

import json
from collections.abc import Iterator

from maturity.base.characters import one_line
from maturity.i18n.catalog import Catalog
from maturity.model.difference import Affected, Compared
from maturity.model.flat import FlatValue
from maturity.render.findings.told import all_told


def text(compared: Compared, catalog: Catalog) -> str:
    """A line for every change, for every value that differs, and for every finding."""
    return "\n".join(_lines(compared, catalog))


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


def _lines(compared: Compared, catalog: Catalog) -> Iterator[str]:
    said, versions = catalog.say, " -> ".join(compared.versions)
    count = len(compared.changes)
    yield said("diff.head", old=compared.old, new=compared.new, versions=versions, count=count)
    for one in compared.changes:
        grade = said(f"diff.{one.grade}")
        yield one_line(f"{one.place}: {grade}: {one.where}: {one.what}")
    if compared.subjects:
        yield said("diff.affected", count=len(compared.affected), every=compared.subjects)
    for subject in compared.affected:
        yield one_line(f"{subject.name}: {subject.refused}".rstrip(": "))
        for effect in subject.effects:
            before, after = (_shown(one, catalog) for one in (effect.before, effect.after))
            change, rules = f"{before} -> {after}", ", ".join(effect.rules)
            by = said("diff.by", change=change, rules=rules) if rules else change
            yield one_line(f"  {effect.key}: {by}")
    yield from all_told(compared.findings, catalog.language)


def _shown(value: FlatValue, catalog: Catalog) -> str:
    match value:
        case None:
            return "null"
        case tuple():
            return "|".join(value) or catalog.say("diff.nothing")
        case float():
            return f"{value:.6g}"
        case str():
            return value
