"""Findings that hold of a file whatever stood in the entries that were left out of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import STAND_IN
from maturity.base.places import Place, Places, Steps, unpacked
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.registry import Registry
from maturity.model.rubric import Rubric

_NAMED: Final[dict[type, frozenset[Code]]] = {
    City: frozenset({Code.UNKNOWN_EVIDENCE_KEY}),
    Cases: frozenset({Code.UNKNOWN_BASE}),
    Registry: frozenset({Code.UNKNOWN_GROUP, Code.UNKNOWN_SOURCE, Code.UNLISTED_COUNTRY}),
    Questionnaire: frozenset(
        {
            Code.UNKNOWN_QUESTION,
            Code.UNKNOWN_OPTION,
            Code.UNKNOWN_THEME,
            Code.UNKNOWN_ANSWER_SET,
            Code.UNKNOWN_NAME,
            Code.UNKNOWN_SOURCE,
        }
    ),
    Rubric: frozenset({Code.UNKNOWN_NAME, Code.UNKNOWN_OUTCOME, Code.UNKNOWN_SOURCE}),
}
"""For a kind of file what says of a name that the same file does not declare it."""

_UNUSED: Final = frozenset(
    {
        Code.UNUSED_THEME,
        Code.UNUSED_ANSWER_SET,
        Code.FLAG_WITHOUT_ADVICE,
        Code.CHECK_WITHOUT_ADVICE,
        Code.UNUSED_CONDITION,
    }
)
"""What says that nothing uses an entry: what is left out may."""

_OF_THE_WHOLE: Final = frozenset(
    {
        Code.MISSING_REASON,
        Code.MISSING_SOURCE,
        Code.NOT_THE_SAME,
        Code.NOT_COMPARABLE,
        Code.MISPLACED_POINTS,
        Code.OPTION_WITHOUT_POINTS,
        Code.SCALE_LEFT,
        Code.BAND_GAP,
        Code.UNREACHABLE_ROW,
        Code.MISSING_LAST_ROW,
        Code.RESTS_ON_NOTHING,
        Code.NOTHING_UNUSUAL,
        Code.SETTLED_THRESHOLD,
    }
)
"""What is said of an entry as a whole: it may be untrue where something of it is left out."""

_REACHING: Final = frozenset({Code.SCALE_LEFT, Code.BAND_GAP, Code.SETTLED_THRESHOLD})
"""What rests on how far scores reach, wherever it stands."""

_SCORING: Final = ("scores", "point_sets")

_QUOTED: Final = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was left out of a file: the way to each entry, and the names in it.

    `loses_names` where there were names that nobody can tell.
    """

    places: Places
    entries: frozenset[Steps]
    words: frozenset[str]
    loses_names: bool


def still_true(
    found: Iterable[Diagnostic], model: object, left_out: LeftOut
) -> Iterator[Diagnostic]:
    """The findings that do not come of leaving something out; `places` are those of the file."""
    at = _steps_by_place(left_out.places)
    named = _NAMED.get(type(model), frozenset())
    # No answer names a project: what a city file declares for its own use are its sources.
    loses_names = left_out.loses_names and not isinstance(model, City)
    for one in found:
        names = _QUOTED.findall(one.message)
        is_stand_in = any(name.startswith(STAND_IN) for name in names)
        is_known = one.code in named and (loses_names or _knows(left_out, names))
        is_used = one.code in _UNUSED and bool(left_out.entries)
        is_changed = one.code in _OF_THE_WHOLE and _changes(left_out, one.code, at[one.place])
        if not (is_stand_in or is_known or is_used or is_changed):
            yield one


def _knows(left_out: LeftOut, names: Iterable[str]) -> bool:
    """Whether a name may have been declared in what was left out; `question.row` has two."""
    parts = {part for name in names for part in (name, *name.split("."))}
    return not left_out.words.isdisjoint(parts)


def _changes(left_out: LeftOut, code: Code, where: Iterable[Steps]) -> bool:
    """Whether a finding that stands there may come of what was left out."""
    if code in _REACHING and any(gone[0] in _SCORING for gone in left_out.entries):
        return True
    return any(_touches(steps, gone) for steps in where for gone in left_out.entries)


def _touches(steps: Steps, gone: Steps) -> bool:
    """Whether it was in the entry at these steps, or beside it."""
    return gone[: len(steps)] == steps or steps[: len(gone) - 1] == gone[:-1]


def _steps_by_place(places: Places) -> dict[Place, list[Steps]]:
    found: dict[Place, list[Steps]] = defaultdict(list)
    for table in (places.values, places.keys):
        for steps, number in table.items():
            found[unpacked(places.path, number)].append(steps)
    return found
