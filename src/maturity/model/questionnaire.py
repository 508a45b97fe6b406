"""The neutral instrument: questions, options, guidance. It holds no points."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from maturity.base.ids import SHARED_PATTERN, Id, OneOrSeveral, Version
from maturity.base.strict import Many, Some, Strict, at_odds, map_or_name
from maturity.base.text import FilledText, Text
from maturity.rules.conditions import Condition
from maturity.rules.scope import Shape
from maturity.rules.source import Source, SourcePlaces

Labels = Annotated[dict[Id, Text], Field(min_length=1)]


Options = Annotated[
    Annotated[Labels, Tag("is-map")] | Annotated[Id, Tag("is-name")],
    map_or_name("options", "expected options with their labels, or the name of an answer set"),
]
"""The options of a question: written out, or as an answer set that several questions share."""


class SameAs(Strict):
    """A question of another questionnaire that asks the same; the short form is its name.

    `options` gives the other's option, or options, for each of one's own that is not called the
    same there.
    """

    question: Annotated[str, StringConstraints(pattern=SHARED_PATTERN)]
    options: dict[Id, OneOrSeveral] = {}

    def fellows(self, option: str) -> tuple[str, ...]:
        """What an option of one's own is called there."""
        found = self.options.get(option, option)
        return (found,) if isinstance(found, str) else found

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: object) -> object:
        return {"question": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Both forms."""
        long_form = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [long_form["properties"]["question"], long_form]}


class Question(Strict):
    """One question of the instrument; with `rows`, one answer is asked for each row."""

    id: Id
    ask: FilledText
    guidance: Text | None = None
    kind: Literal["choice", "multi", "number", "text"]
    options: Options | None = None
    rows: Labels | None = None
    range: Annotated[tuple[float, float], Field(strict=False)] | None = None
    unit: Text | None = None
    scope: Literal["project", "city"] = "project"
    asked: Literal["government", "private", "both"] = "both"
    theme: Id
    tags: Many[Id] = ()
    source: Source | None = None
    evidence: Text | None = None
    stands_in: Text | None = None
    same_as: SameAs | None = None
    ask_first: bool = False
    may_be_inapplicable: bool = False
    applies_when: Condition = True

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Question":
        misfit = next(self._misfits(), None)
        if misfit is not None:
            raise misfit
        return self

    def _misfits(self) -> Iterator[PydanticCustomError]:
        change = f"or change the kind, which is {self.kind}"
        if (self.kind in ("choice", "multi")) != (self.options is not None):
            at, hint = "kind", "add `options: {option: label, …}`, " + change
            if self.options is not None:
                at, hint = "options", f"delete `options:`, {change}"
            yield at_odds("choice and multi, and only they, need options", hint, at)
        if (self.kind == "number") != (self.range is not None):
            at, hint = "kind", "add `range: [least, most]`, " + change
            if self.range is not None:
                at, hint = "range", f"delete `range:`, {change}"
            yield at_odds("number, and only number, needs a range", hint, at)
        if self.rows is not None and self.kind != "choice":
            hint = f"delete `rows:`, {change}"
            yield at_odds("only a choice question can have rows", hint, "rows")
        if self.range is not None and self.range[0] >= self.range[1]:
            yield at_odds("the range must rise", "write the least first: [least, most]", "range")

    def answerable(self) -> tuple[str, ...]:
        """The ids under which answers are given: its own, or one a row."""
        return tuple(f"{self.id}.{row}" for row in self.rows) if self.rows else (self.id,)


class Questionnaire(Strict):
    """An instrument that rubrics can score."""

    format: Literal["maturity/questionnaire@1"]
    id: Id
    version: Version
    name: FilledText
    description: Text | None = None
    sources: dict[Id, Text] = {}
    places: SourcePlaces = {}
    themes: Labels
    domains: dict[Id, Text] = {}
    answer_sets: dict[Id, Labels] = {}
    questions: Some[Question]

    def labels(self, question: Question) -> dict[str, Text]:
        """The options of a question with their labels, in order; none for number and text."""
        if isinstance(question.options, str):
            return dict(self.answer_sets.get(question.options, {}))
        return dict(question.options or {})

    def shared_with(self) -> tuple[str, ...]:
        """The ids of the questionnaires with which it says to share questions, each once."""
        named = (one.same_as.question for one in self.questions if one.same_as)
        return tuple(dict.fromkeys(name.partition("/")[0] for name in named))

    def shapes(self) -> Iterator[tuple[Shape, Question]]:
        """Each answerable question with the question it stands in, in file order."""
        for question in self.questions:
            options = tuple(self.labels(question))
            least, most = question.range or (0.0, 0.0)
            for name in question.answerable():
                yield Shape(name, question.kind, options, least, most), question
