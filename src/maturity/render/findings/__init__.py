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


def findings_as(format_: FindingFormat, checked: "Checked") -> str:
    """All findings in one document; the text leaves out files that could not be read."""
    told = getattr(import_module(_HOMES[format_]), f"{format_.value}_findings")
    return cast("Callable[[Checked], str]", told)(checked)
