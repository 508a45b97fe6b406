"""Two versions of a model, compared -> text, or JSON of the format `maturity/diff@1`."""

import json
from collections.abc import Iterator

from maturity.base.characters import one_line
from maturity.base.text import FALLBACK
from maturity.i18n.catalog import Catalog, catalog
from maturity.model.difference import Affected, Compared, Refused
from maturity.model.flat import FlatValue
from maturity.render.findings.told import all_told, told


def text(compared: Compared, spoken: Catalog) -> str:
    """A line for every change, for every value that differs, and for every finding."""
    return "\n".join(_lines(compared, spoken))


def json_text(compared: Compared) -> str:
    """The whole comparison, its words in English."""
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
                "what": catalog(FALLBACK).tell(one.what),
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
    return {**found, "refused": _refused(one.refused)} if one.refused else found


def _refused(one: Refused) -> str:
    fault = f"{one.fault.place}: {one.fault.message}"
    return catalog(FALLBACK).say(f"diff.refused-{one.by}", fault=fault)


def _lines(compared: Compared, spoken: Catalog) -> Iterator[str]:
    said, versions = spoken.say, " -> ".join(compared.versions)
    count = len(compared.changes)
    yield said("diff.head", old=compared.old, new=compared.new, versions=versions, count=count)
    for one in compared.changes:
        grade = said(f"diff.{one.grade}")
        what = said("diff.change", grade=grade, where=one.where, what=spoken.tell(one.what))
        yield one_line(f"{one.place}: {what}")
    if compared.subjects:
        yield said("diff.affected", count=len(compared.affected), every=compared.subjects)
    for subject in compared.affected:
        yield from _subject(subject, spoken)
    yield from all_told(compared.findings, spoken.language)


def _subject(subject: Affected, spoken: Catalog) -> Iterator[str]:
    said, refused = spoken.say, subject.refused
    if refused is not None:
        fault = told(refused.fault, spoken.language)
        by = said(f"diff.refused-{refused.by}", fault=fault)
        yield said("diff.is", name=one_line(subject.name), value=by)
        return
    yield one_line(subject.name)
    for effect in subject.effects:
        before, after = (_shown(one, spoken) for one in (effect.before, effect.after))
        change = f"{before} -> {after}"
        rules = said("common.list-separator").join(effect.rules)
        by = said("diff.by", change=change, rules=rules) if rules else change
        yield one_line(f"  {said('diff.is', name=effect.key, value=by)}")


def _shown(value: FlatValue, spoken: Catalog) -> str:
    match value:
        case None:
            return "null"
        case tuple():
            return "|".join(value) or spoken.say("diff.nothing")
        case float():
            return f"{value:.6g}"
        case str():
            return value
