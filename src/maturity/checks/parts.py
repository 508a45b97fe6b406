"""The parts of a model file, whatever they are: a walk over all entries for texts and sources."""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel

from maturity.base.places import Steps
from maturity.base.strict import Strict
from maturity.base.text import Text


def texts(part: object, steps: Steps = ()) -> Iterator[tuple[Text, Steps]]:
    """Every text of a part of a file with the steps that lead to it."""
    if isinstance(part, Text):
        yield part, steps
    elif isinstance(part, Strict):
        for field, key in _keys_with_texts(type(part)):
            value = part.__dict__[field]
            if value:
                yield from texts(value, (*steps, key))
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from texts(value, (*steps, name))
    elif _is_list(part):
        for index, value in enumerate(part):
            yield from texts(value, (*steps, index))


def _is_list(part: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(part, tuple)


@cache
def _keys_with_texts(model: type[Strict]) -> tuple[tuple[str, str], ...]:
    """The fields of a model under which texts can stand, with their keys in the file."""
    return tuple(
        (name, field.alias or name)
        for name, field in model.model_fields.items()
        if _can_hold_text(field.annotation, frozenset())
    )


def _can_hold_text(kind: object, seen: frozenset[type]) -> bool:
    """Whether a text can stand somewhere below a value of this type."""
    if kind is Text:
        return True
    origin = get_origin(kind)
    if origin is Annotated:
        return _can_hold_text(get_args(kind)[0], seen)
    if origin in (Union, UnionType, tuple, dict):
        return any(_can_hold_text(one, seen) for one in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        fields = kind.model_fields.values()
        return any(_can_hold_text(field.annotation, seen | {kind}) for field in fields)
    return False
