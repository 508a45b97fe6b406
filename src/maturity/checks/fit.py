"""Whether a rubric was made for this questionnaire, and for this version of it."""

import operator
import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Final

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import version_parts
from maturity.checks.judged import Judged

_COMPARE: Final[dict[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
}


def other_questionnaire(judged: Judged) -> Iterator[Diagnostic]:
    """M301: the rubric scores another questionnaire."""
    wanted, given = judged.rubric.questionnaire.id, judged.questionnaire.id
    if wanted != given:
        message = f"this rubric scores the questionnaire {quoted(wanted)}, not {quoted(given)}"
        hint = "name the rubric's own questionnaire, or a rubric made for this one"
        place = judged.place("questionnaire", "id")
        yield Diagnostic.of(Code.OTHER_QUESTIONNAIRE, place, message, hint)


def other_version(judged: Judged) -> Iterator[Diagnostic]:
    """M302: the version of the questionnaire lies outside the range that the rubric scores."""
    wanted, given = judged.rubric.questionnaire.versions, judged.questionnaire.version
    if not version_within(given, wanted):
        message = f"this rubric scores versions {wanted} of the questionnaire, not {given}"
        hint = "go through what has changed in the questionnaire, then widen the range"
        place = judged.place("questionnaire", "versions")
        yield Diagnostic.of(Code.OTHER_VERSION, place, message, hint)


def version_within(version: str, wanted: str) -> bool:
    """Whether a version keeps every bound of a range such as `>=1.0, <2`; `2` means `2.0.0`."""
    for sign, bound in re.findall(r"([<>=]=?)\s*([\d.]+)", wanted):
        pairs = zip_longest(version_parts(version), version_parts(bound), fillvalue=0)
        first = next(((mine - theirs) for mine, theirs in pairs if mine != theirs), 0)
        if not _COMPARE[sign](first, 0):
            return False
    return True
