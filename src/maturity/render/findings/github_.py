"""Findings as workflow commands of GitHub, which shows them beside the changed lines."""

from typing import Final

from maturity.base.characters import one_line
from maturity.base.codes import Severity
from maturity.base.diagnostics import Diagnostic
from maturity.model.checked import Checked

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def github_findings(checked: Checked) -> str:
    """A command a line; empty where nothing was found."""
    return "\n".join(map(_command, checked.told()))


def _command(one: Diagnostic) -> str:
    properties = {
        "file": one.place.path,
        "line": str(one.place.line),
        "col": str(one.place.column),
        "title": str(one.code),
    }
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    said = one_line(one.message) + (f"\n{one_line(one.hint)}" if one.hint else "")
    return f"::{_COMMANDS[one.severity]} {shown}::{_text(said)}"


def _text(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _text(value).replace(":", "%3A").replace(",", "%2C")
