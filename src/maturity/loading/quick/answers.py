"""The answers of a file: each as a cell, and whether it is evidenced and justified."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, get_args

from maturity.base.text import LANGUAGES
from maturity.loading.quick.form import Asked, Form, check_filled, check_text
from maturity.loading.quick.plain import NotPlainError
from maturity.model.city import SIDES, Grade, Side


class Given(NamedTuple):
    """An answer: its cell, whether evidence goes with it (of another grade than none), or a reason.

    `justified`: a justification is given, which lowers flags.
    """

    cell: str
    evidenced: bool = False
    justified: bool = False


Answers = Mapping[str, Given]
Sides = Mapping[Side, Answers]

_SHORT: Final = frozenset(("one-of", "has", "lacks", "between", *LANGUAGES))
"""With one of these keys a map is the answer itself, not an answer with what it rests on."""

_GROUNDS: Final = frozenset(("reason", "justification"))
"""Texts that change what an answer counts for: they have to say something."""

_EVIDENCE: Final = frozenset(("source", "place"))
_GRADES: Final = {grade: grade != "none" for grade in get_args(Grade)}
"""Each grade, and whether it is evidence at all."""


def sides_in(holder: Mapping[str, Any], form: Form, *, of_city: bool) -> dict[Side, Answers]:
    """The answers of each side that has any, in a project or (`of_city`) in the whole file.

    Raises:
        NotPlainError: something is not right.
    """
    found: dict[Side, Answers] = {}
    for side in SIDES:
        answers = holder.get(side, _NONE)
        if answers.__class__ is not dict:
            raise NotPlainError
        if answers:
            found[side] = {name: _given(name, one, form, of_city) for name, one in answers.items()}
    return found


_NONE: Final[dict[str, Any]] = {}


def _given(name: str, one: Any, form: Form, of_city: bool) -> Given:
    asked = form.asked.get(name)
    if asked is None or (of_city and not asked.is_city_wide):
        raise NotPlainError
    if one.__class__ is not dict or not _SHORT.isdisjoint(one):
        return Given(asked.cell(one, has_reason=False))
    return _in_full(one, asked)


def _in_full(one: dict[str, Any], asked: Asked) -> Given:
    """An answer with what it rests on."""
    evidenced = False
    for key, said in one.items():
        if key == "evidence":
            evidenced = _evidenced(said)
        elif key == "note":
            if said is not None and said.__class__ is not str:
                check_text(said)
        elif key in _GROUNDS:
            if said is not None:
                check_filled(said)
        elif key != "answer":
            raise NotPlainError
    if "answer" not in one:
        raise NotPlainError
    cell = asked.cell(one["answer"], has_reason=one.get("reason") is not None)
    return Given(cell, evidenced, one.get("justification") is not None)


def _evidenced(evidence: Any) -> bool:
    """Whether there is any of another grade than none."""
    if evidence.__class__ is not list:
        raise NotPlainError
    found = False
    for one in evidence:
        if one.__class__ is not dict:
            raise NotPlainError
        counts = None
        for key, said in one.items():
            if key == "grade":
                counts = _GRADES.get(said) if said.__class__ is str else None
            elif key not in _EVIDENCE:
                raise NotPlainError
            elif said is not None and said.__class__ is not str:
                check_text(said)
        if counts is None:
            raise NotPlainError
        found = found or counts
    return found
