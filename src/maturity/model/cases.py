"""Worked cases that test a rubric: answers, and what must come out."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from maturity.base.ids import Id
from maturity.base.strict import Many, Some, Strict
from maturity.model.city import Answers


def _kind(value: object) -> str | None:
    match value:
        case bool():
            return None
        case None | str():
            return "is-word"
        case int() | float():
            return "is-amount"
    return None


Plain = Annotated[
    Annotated[str | None, Tag("is-word")] | Annotated[float, Tag("is-amount")],
    Discriminator(
        _kind,
        custom_error_type="plain",
        custom_error_message="expected a text, a number or null",
    ),
]


class Expectation(Strict):
    """What a value of the result must be; every key given must hold.

    `has`, `lacks` and `exactly` are of values that list several names, in any order.
    """

    in_: Some[Plain] | None = Field(default=None, alias="in")
    not_in: Some[Plain] | None = None
    at_least: float | None = None
    at_most: float | None = None
    near: float | None = None
    margin: float = Field(default=0.0, ge=0)
    has: Many[str] | None = None
    lacks: Many[str] | None = None
    exactly: Many[str] | None = None

    def __str__(self) -> str:
        given = self.model_dump(by_alias=True, exclude_unset=True)
        return ", ".join(f"{key} {_words(value)}" for key, value in given.items())


def _words(value: object) -> str:
    if isinstance(value, list | tuple):
        return "|".join(map(str, value)) or "[]"
    return str(value)


def _form(value: object) -> str:
    return "is-expectation" if isinstance(value, dict | Expectation) else "is-exactly"


Expected = Annotated[
    Annotated[Plain, Tag("is-exactly")] | Annotated[Expectation, Tag("is-expectation")],
    Discriminator(_form),
]


class Case(Strict):
    """One case.

    `base` names an earlier case whose answers are taken first, side by side: an agreed answer of
    the base stands above what this case lets the sides say. `city` does the same with the answers
    of a city file, by its path from here; `project` picks one of several projects in it.
    """

    name: Annotated[str, Field(min_length=1)]
    base: str | None = None
    city: Annotated[str, Field(min_length=1)] | None = None
    project: str | None = None
    source: str | None = None
    answers: Answers = {}
    government: Answers = {}
    private: Answers = {}
    expect: Annotated[dict[str, Expected], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_one_ground(self) -> "Case":
        if self.base is not None and self.city is not None:
            raise PydanticCustomError("case", "stands on a base or on a city, not on both")
        if self.project is not None and self.city is None:
            raise PydanticCustomError("case", "a project needs the city file that it is in")
        return self


class Cases(Strict):
    """Worked cases of one rubric."""

    format: Literal["maturity/cases@1"]
    rubric: Id
    cases: Some[Case]
