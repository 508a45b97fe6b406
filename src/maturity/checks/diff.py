"""What changed in meaning between two versions of a model, and what version that demands."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from pydantic import BaseModel

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.flow import flow
from maturity.base.ids import version_parts
from maturity.base.phrase import Phrase
from maturity.base.places import Place, Steps
from maturity.base.text import FALLBACK, Text
from maturity.i18n.catalog import catalog
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric


class Grade(IntEnum):
    """How far a change goes; the higher the earlier the number of the version that must rise."""

    EDITORIAL = 1
    ADDITIVE = 2
    BREAKING = 3


class Difference(NamedTuple):
    """One change: where, what, and how far it goes."""

    steps: Steps
    what: Phrase
    grade: Grade


EDITORIAL: Final = frozenset(
    {
        "source",
        "sources",
        "places",
        "digits",
        "tone",
        "columns",
        "also",
        "spread",
        "sections",
        "ask_first",
        "evidence",
        "domains",
        "rests_on",
        "monotone",
    }
)
"""Fields that tell, show or promise, and decide nothing: neither a result nor a gate."""

GROWING: Final = frozenset(
    {
        "questions",
        "options",
        "rows",
        "themes",
        "answer_sets",
        "tags",
        "conditions",
        "scores",
        "ladders",
        "decisions",
        "checklists",
        "flags",
        "recommendations",
        "point_sets",
        "points",
        "horizons",
    }
)
"""Fields to which an id can be added without another meaning for what was there.

Points are given to every option, so that those which are added are for a new one.
"""

UNORDERED: Final = frozenset(
    {"options", "has", "has_all", "lacks", "of", "rows", "statuses", "usual", "silent", "tags"}
)
"""Lists of ids in which the order says nothing."""

REORDERED: Final = Phrase.of("change.reordered")

_INSIDE: Final = {"point_sets": "options", "answer_sets": "options"}
"""What the maps are that stand in a map."""

_NUMBERS: Final = {Grade.BREAKING: "first", Grade.ADDITIVE: "second", Grade.EDITORIAL: "third"}


def differences(old: Rubric | Questionnaire, new: Rubric | Questionnaire) -> list[Difference]:
    """Every change in meaning or in words, in the order of the old file, then of the new."""
    return list(_models(old, new, ()))


def check_version(
    old: Rubric | Questionnaire,
    new: Rubric | Questionnaire,
    found: list[Difference],
    place: Place,
) -> list[Diagnostic]:
    """M601: the version did not rise as far as the changes demand, or it fell."""
    if not found:
        return list(_fallen(old.version, new.version, place))
    demanded = max(one.grade for one in found)
    before, after = version_parts(old.version), version_parts(new.version)
    kept = 4 - demanded  # numbers up to the one that must rise
    if after[:kept] > before[:kept]:
        return []
    reason = next(one for one in found if one.grade is demanded)
    what = catalog(FALLBACK).tell(reason.what.at(reason.steps))
    message = (
        f"the version went from {old.version} to {new.version}, and a change is "
        f"{demanded.name.lower()}: {what}"
    )
    raised = [*before[: kept - 1], before[kept - 1] + 1, 0, 0][:3]
    hint = f"raise the {_NUMBERS[demanded]} number: {'.'.join(map(str, raised))}"
    return [Diagnostic.of(Code.VERSION_NOT_RAISED, place, message, hint)]


def _fallen(old: str, new: str, place: Place) -> Iterator[Diagnostic]:
    if version_parts(new) < version_parts(old):
        message = f"the version fell from {old} to {new}, and nothing else changed"
        yield Diagnostic.of(Code.VERSION_NOT_RAISED, place, message, f"leave it at {old}")


def _models(old: BaseModel, new: BaseModel, steps: Steps) -> Iterator[Difference]:
    """Two models of one type, field by field; the version itself is looked at apart."""
    for name, field in type(old).model_fields.items():
        if name in {"version", "format"}:
            continue
        before, after = getattr(old, name), getattr(new, name)
        yield from _values(before, after, (*steps, field.alias or name), name)


def _values(old: object, new: object, steps: Steps, field: str) -> Iterator[Difference]:
    if field == "source":
        old, new = _sources(old), _sources(new)
    found = _parts(old, new, steps, field)
    yield from (_editorial(one) for one in found) if field in EDITORIAL else found


def _sources(value: object) -> object:
    """One source and a list of one are the same."""
    return (value,) if isinstance(value, str) else value or ()


def _editorial(one: Difference) -> Difference:
    return one._replace(grade=Grade.EDITORIAL)


def _parts(old: object, new: object, steps: Steps, field: str) -> Iterator[Difference]:
    if old == new and not isinstance(old, dict):
        return
    if _is_words(old) and _is_words(new):
        yield Difference(steps, Phrase.of("change.reworded"), Grade.EDITORIAL)
        return
    if field == "versions":
        yield Difference(steps, _became(old, new), Grade.ADDITIVE)
        return
    match old, new:
        case dict(), dict():
            yield from _maps(old, new, steps, field)
        case tuple(), tuple() if _has_ids(old) and _has_ids(new):
            yield from _maps(_by_id(old), _by_id(new), steps, field, ordered=field != "questions")
        case tuple(), tuple():
            yield from _lists(old, new, steps, field)
        case BaseModel(), BaseModel() if type(old) is type(new):
            yield from _models(old, new, steps)
        case _:
            yield Difference(steps, _became(old, new), Grade.BREAKING)


def _maps(
    old: Mapping[str, object],
    new: Mapping[str, object],
    steps: Steps,
    field: str,
    *,
    ordered: bool = False,
) -> Iterator[Difference]:
    """Two maps by id: what was removed, renamed, changed, added; and the order, where it says."""
    renamed = _renamed(old, new)
    for name, value in old.items():
        at = (*steps, name)
        if name in new:
            yield from _values(value, new[name], at, _INSIDE.get(field, ""))
        elif name in renamed:
            yield Difference(at, Phrase.of("change.renamed", name=renamed[name]), Grade.BREAKING)
        else:
            yield Difference(at, Phrase.of("change.removed"), Grade.BREAKING)
    grows = field in GROWING and not ordered
    for name in new:
        if name not in old and name not in renamed.values():
            grade = Grade.ADDITIVE if grows else Grade.BREAKING
            yield Difference((*steps, name), Phrase.of("change.added"), grade)
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        grade = Grade.BREAKING if ordered else Grade.EDITORIAL
        yield Difference(steps, REORDERED, grade)


def _renamed(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, str]:
    """The ids that went and came with one and the same content."""
    came = [name for name in new if name not in old]
    found: dict[str, str] = {}
    for name in (one for one in old if one not in new):
        alike = [to for to in came if _same(old[name], new[to]) and to not in found.values()]
        if alike:
            found[name] = alike[0]
    return found


def _same(one: object, other: object) -> bool:
    """The content is the same but for the id in it."""
    if isinstance(one, BaseModel) and isinstance(other, BaseModel):
        mine, theirs = dict(one), dict(other)
        return {**mine, "id": ""} == {**theirs, "id": ""}
    return one == other and not isinstance(one, int | float)


def _lists(
    old: tuple[object, ...], new: tuple[object, ...], steps: Steps, field: str
) -> Iterator[Difference]:
    """Two lists of ids, or of rules by their position."""
    if all(isinstance(one, str) for one in (*old, *new)):
        came = [f"+{one}" for one in new if one not in old]
        went = [f"-{one}" for one in old if one not in new]
        same = field in UNORDERED and not came and not went
        moved = " ".join((*went, *came))
        what = Phrase.of("change.listed", names=moved) if moved else REORDERED
        yield Difference(steps, what, Grade.EDITORIAL if same else Grade.BREAKING)
    elif len(old) != len(new):
        yield from _uneven(old, new, steps)
    else:
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _values(before, after, (*steps, index), "")


def _uneven(old: tuple[object, ...], new: tuple[object, ...], steps: Steps) -> Iterator[Difference]:
    for index, one in enumerate(old):
        if one not in new:
            yield Difference((*steps, index), _of_rule("change.gone", one), Grade.BREAKING)
    for index, one in enumerate(new):
        if one not in old:
            yield Difference((*steps, index), _of_rule("change.put-in", one), Grade.BREAKING)


def _of_rule(key: str, rule: object) -> Phrase:
    return Phrase.of(key, rule=_shown(rule))


def _became(old: object, new: object) -> Phrase:
    return Phrase.of("change.became", old=_shown(old), new=_shown(new))


def _has_ids(values: tuple[object, ...]) -> bool:
    return bool(values) and all(isinstance(getattr(one, "id", None), str) for one in values)


def _by_id(values: tuple[object, ...]) -> dict[str, object]:
    return {str(getattr(one, "id", "")): one for one in values}


def _is_words(value: object) -> bool:
    return value is None or isinstance(value, Text)


def _shown(value: object) -> str:
    """A value as a short text, as its file would say it."""
    text = value if isinstance(value, str) else flow(_as_written(value))
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004


def _as_written(value: object) -> object:
    match value:
        case BaseModel():
            return value.model_dump(by_alias=True, exclude_unset=True, mode="json")
        case Text():
            return dict(value.by_language) or value.plain
        case dict():
            return {key: _as_written(one) for key, one in value.items()}
        case tuple():
            return [_as_written(one) for one in value]
    return value
