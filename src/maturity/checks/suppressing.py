"""Findings that the files themselves, or the settings, excuse."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.model.checked import Settings, Suppression


class Told(NamedTuple):
    """What is left to tell, how much is not told, and the suppressions that were of no use.

    `may_hide` where faults kept something from being looked at.
    """

    findings: list[Diagnostic]
    suppressed: int
    unused: list[Suppression]
    may_hide: bool = False


def suppress(found: Sequence[Diagnostic], suppressions: Sequence[Suppression]) -> Told:
    """Hold the findings of a file against its comments: each takes any number of findings."""
    by_place = {(one.stands.path, one.line, one.code): one for one in suppressions}
    used: set[Suppression] = set()
    left: list[Diagnostic] = []
    for one in found:
        keys = [(one.place.path, line, one.code) for line in (one.place.line, None)]
        fitting = [by_place[key] for key in keys if key in by_place]
        used.update(fitting)
        left += [] if fitting else [one]
    idle = [one for one in suppressions if one not in used]
    return Told(left, len(found) - len(left), idle)


def choose(found: Sequence[Diagnostic], settings: Settings) -> Told:
    """Hold findings against the settings: what is not selected does not count at all."""
    wanted = [one for one in found if not settings.select or one.code in settings.select]
    silent = settings.ignore | {one.code for one in settings.excused}
    left = [one for one in wanted if one.code not in silent]
    codes = {one.code for one in found}
    idle = [one for one in settings.excused if one.code not in codes]
    return Told(left, len(wanted) - len(left), idle)


def unused(suppressions: Iterable[Suppression]) -> Iterator[Diagnostic]:
    """M701: a suppression that suppresses nothing."""
    for one in suppressions:
        message = f"{one.code} is suppressed here, but is not found"
        hint = "delete the suppression: the next finding of this kind would go unseen"
        yield Diagnostic.of(Code.UNUSED_SUPPRESSION, one.stands, message, hint)
