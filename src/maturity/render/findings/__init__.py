"""What a check found, as text for people and for the tools that show findings.

The table of formats is what the command line offers; a format is one file.
"""

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from maturity.model.checked import Checked


class FindingFormat(StrEnum):
    """The formats; each is a function of the same name in a file of the same name."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


_HOMES: Final = {format_: f"{__name__}.{format_.value}_" for format_ in FindingFormat}


def findings_as(format_: FindingFormat, checked: "Checked", language: str = "en") -> str:
    """All findings in one document; the text leaves out files that could not be read.

    The text speaks the language; the others are for tools, which know findings by their codes.
    """
    if format_ is FindingFormat.TEXT and not checked.findings:
        return ""
    if format_ is FindingFormat.TEXT:
        from maturity.render.findings.text_ import text_findings  # noqa: PLC0415 - a quick start

        return text_findings(checked, language)
    told = getattr(import_module(_HOMES[format_]), f"{format_.value}_findings")
    return cast("Callable[[Checked], str]", told)(checked)


def summary(checked: "Checked", language: str) -> str:
    """How many files, and how many findings of each severity, in one line.

    Where faults kept something from being looked at, a second line says so.
    """
    from maturity.i18n.catalog import catalog  # noqa: PLC0415 - a quick start

    say = catalog(language).say
    counts = {level.value: count for level, count in checked.counts().items()}
    said = say("findings.summary", files=len(checked.files), **counts)
    if checked.suppressed:
        said = say("findings.suppressed", summary=said, count=checked.suppressed)
    return f"{said}\n{say('findings.more')}" if checked.may_hide else said
