"""Findings as a code quality report of GitLab, with fingerprints that outlive moved lines."""

import hashlib
import json
from collections import Counter
from typing import Final

from maturity.base.characters import one_line
from maturity.base.codes import Severity
from maturity.base.diagnostics import Diagnostic
from maturity.model.checked import Checked

_SEVERITIES: Final = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
}


def gitlab_findings(checked: Checked) -> str:
    """One list; an empty one where nothing was found."""
    seen: Counter[tuple[str, ...]] = Counter()
    return json.dumps([_issue(one, seen) for one in checked.told()], indent=2, ensure_ascii=False)


def _issue(one: Diagnostic, seen: Counter[tuple[str, ...]]) -> dict[str, object]:
    return {
        "description": one_line(one.message),
        "check_name": str(one.code),
        "fingerprint": fingerprint(one, seen),
        "severity": _SEVERITIES[one.severity],
        "location": {
            "path": one.place.path,
            "positions": {"begin": {"line": one.place.line, "column": one.place.column}},
            "lines": {"begin": one.place.line},
        },
    }


def fingerprint(one: Diagnostic, seen: Counter[tuple[str, ...]]) -> str:
    """A digest of file, code and message; of equal findings of a file, also of their order."""
    key = (one.place.path, one.code.number, one.message)
    seen[key] += 1
    told = "\0".join((*key, str(seen[key])))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
