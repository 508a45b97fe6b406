"""The keys that a model knows at a place of its file."""

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, ForwardRef, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from maturity.base.text import LANGUAGES, Text
from maturity.model.city import Answer, Value


class Keys(NamedTuple):
    """The keys of the form that an entry has; `others` are those of its sibling forms alone."""

    own: tuple[str, ...]
    others: tuple[str, ...]
    flags: frozenset[str]
    """Those of either that say only yes or no."""

    @property
    def every(self) -> tuple[str, ...]:
        """All keys that may have been meant."""
        return (*self.own, *self.others)


class KnownKeys(dict[tuple[str | int, ...], Keys]):
    """The keys that a model knows at a location, found out when first asked for."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model = model

    def __missing__(self, loc: tuple[str | int, ...]) -> Keys:
        self[loc] = _keys_at(self.model, loc)
        return self[loc]


def _keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> Keys:
    """The keys that the model at this location knows, and those of the forms it stands among."""
    kinds: list[Any] = [model]
    among: list[Any] = []
    for part in loc:
        tagged = [one for kind in kinds for one in _tagged(kind, part)]
        below = [one for kind in kinds for one in _below(kind, part)]
        among = kinds if tagged else []
        kinds = tagged or below or kinds
    among = [Value] if kinds == [Answer] else among
    fields = _fields(kinds)
    others = {key: kind for key, kind in _fields(among).items() if key not in fields}
    flags = (key for key, kind in {**others, **fields}.items() if kind is bool)
    return Keys(tuple(sorted(fields)), tuple(sorted(others)), frozenset(flags))


def _fields(kinds: Sequence[Any]) -> dict[str, Any]:
    """The keys of these kinds with what stands under each; the keys of a text are its languages."""
    members = [one for kind in kinds for one in _members(kind)]
    found: dict[str, Any] = dict.fromkeys(LANGUAGES, str) if Text in members else {}
    for one in members:
        if isinstance(one, type) and issubclass(one, BaseModel):
            if any(isinstance(f.annotation, ForwardRef) for f in one.model_fields.values()):
                one.model_rebuild()  # conditions hold conditions: which was not known at first
            found |= {f.alias or key: f.annotation for key, f in one.model_fields.items()}
    return found


def _below(kind: Any, part: str | int) -> Iterator[Any]:
    """What can stand below a part of a location, for each way to read the kind."""
    for one in _members(kind):
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield from (kind for key, kind in _fields([one]).items() if key == part)
        elif get_origin(one) is dict:
            yield get_args(one)[1]
        elif get_origin(one) in (tuple, list) and isinstance(part, int):
            yield get_args(one)[0]


def _tagged(kind: Any, part: str | int) -> Iterator[Any]:
    """The members of a union that have this tag."""
    bare, _ = _bare(kind)
    if get_origin(bare) in (Union, UnionType):
        for member in get_args(bare):
            inner, tags = _bare(member)
            if part in tags:
                yield inner
            else:
                yield from _tagged(inner, part)


def _members(kind: Any) -> list[Any]:
    """The members of a union, and of unions in it; a kind that is none is its only one."""
    bare, _ = _bare(kind)
    if get_origin(bare) not in (Union, UnionType):
        return [bare]
    return [one for member in get_args(bare) for one in _members(member)]


def _bare(kind: Any) -> tuple[Any, set[str]]:
    if get_origin(kind) is not Annotated:
        return kind, set()
    inner, *notes = get_args(kind)
    return inner, {note.tag for note in notes if hasattr(note, "tag")}
