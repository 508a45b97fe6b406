"""Findings as SARIF 2.1.0, the OASIS standard that code scanning services read."""

import json
from collections import Counter
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from maturity import __version__
from maturity.base.characters import visible
from maturity.base.codes import Code, Severity
from maturity.base.diagnostics import Diagnostic
from maturity.model.checked import Checked
from maturity.render.findings.gitlab_ import fingerprint

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
_Object = dict[str, object]


def sarif_findings(checked: Checked) -> str:
    """One log of one run; its rules are the codes that were found."""
    told = checked.told()
    codes = sorted({one.code for one in told}, key=lambda code: code.number)
    seen: Counter[tuple[str, ...]] = Counter()
    driver = {
        "name": "maturity",
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code), seen) for one in told],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(code: Code) -> _Object:
    return {
        "id": code.number,
        "name": "".join(part.capitalize() for part in code.word.split("-")),
        "shortDescription": {"text": code.word.replace("-", " ")},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(one: Diagnostic, index: int, seen: Counter[tuple[str, ...]]) -> _Object:
    said = one.message + (f" ({one.hint})" if one.hint else "")
    region = {"startLine": one.place.line, "startColumn": one.place.column}
    artifact = {"uri": _uri(one.place.path)}
    return {
        "ruleId": one.code.number,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": visible(said)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"maturity/1": fingerprint(one, seen)},
    }


def _uri(path: str) -> str:
    """A reference below the working folder, or the whole address of a file outside it."""
    escaped = quote(path, safe="/", errors="replace")
    return f"file://{escaped}" if PurePosixPath(path).is_absolute() else escaped
