"""The facts: a city, its projects, and their answers with evidence."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from maturity.base.ids import REFERENCE_PATTERN, Id
from maturity.base.strict import MISSING_ONE, Many, Some, Strict, at_odds
from maturity.base.text import BY_LANGUAGE_SCHEMA, LANGUAGES, FilledText, Text
from maturity.model.registry import Country

Grade = Literal[
    "signed-clause", "agreed-draft", "published-policy", "shown-practice", "statement", "none"
]
Side = Literal["answers", "government", "private"]
DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
SIDES: tuple[Side, ...] = ("answers", "government", "private")


def _read_date(value: object) -> object:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) and DATE.match(value) else "")
    except ValueError:
        raise PydanticCustomError("date", "expected a date such as 2026-11-01") from None


Date = Annotated[date, BeforeValidator(_read_date)]


class Evidence(Strict):
    """What an answer rests on. `source` is a text, or a key of the file's `sources`."""

    grade: Grade
    source: Text | None = None
    place: Text | None = None


class OneOf(Strict):
    """Partly known: one of these options."""

    one_of: Annotated[tuple[Id, ...], Field(strict=False, min_length=2)] = Field(alias="one-of")


class HasLacks(Strict):
    """Partly known, of a multi question: these surely, those surely not, the rest is open."""

    has: Many[Id] = ()
    lacks: Many[Id] = ()


class Between(Strict):
    """Partly known, of a number question."""

    between: Annotated[tuple[float, float], Field(strict=False)]

    @model_validator(mode="after")
    def _rises(self) -> "Between":
        if self.between[0] > self.between[1]:
            raise PydanticCustomError("between", "the first number must not exceed the second")
        return self


PARTLY: dict[str, type[Strict]] = {
    "is-one-of": OneOf,
    "is-has-lacks": HasLacks,
    "is-between": Between,
}


def _value_form(value: object) -> str | None:
    match value:
        case bool() | None:
            return None
        case str():
            return "is-word"
        case int() | float():
            return "is-amount"
        case list() | tuple():
            return "is-chosen"
        case dict():
            heads = {"one-of": "is-one-of", "has": "is-has-lacks", "lacks": "is-has-lacks"}
            heads |= {"between": "is-between", **dict.fromkeys(LANGUAGES, "is-text")}
            return next((tag for head, tag in heads.items() if head in value), None)
    forms: dict[str, type] = {**PARTLY, "is-text": Text}
    return next((tag for tag, form in forms.items() if type(value) is form), None)


Value = Annotated[
    Annotated[str, Tag("is-word"), StringConstraints(min_length=1, max_length=10_000)]
    | Annotated[float, Tag("is-amount")]
    | Annotated[Many[Id], Tag("is-chosen")]
    | Annotated[OneOf, Tag("is-one-of")]
    | Annotated[HasLacks, Tag("is-has-lacks")]
    | Annotated[Between, Tag("is-between")]
    | Annotated[Text, Tag("is-text"), WithJsonSchema(BY_LANGUAGE_SCHEMA)],
    Discriminator(
        _value_form,
        custom_error_type="answer",
        custom_error_message="not an answer: expected an option, a number, a text, a list of "
        "options, unknown, not-applicable, {one-of: […]}, {has: […], lacks: […]}, "
        "{between: [least, most]}, or a text by language",
    ),
]

Given: TypeAlias = str | float | tuple[str, ...] | OneOf | HasLacks | Between | Text


class Answer(Strict):
    """One answer with what it rests on; the short form is the bare value."""

    answer: Value
    reason: FilledText | None = None
    justification: FilledText | None = None
    evidence: Many[Evidence] = ()
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: object) -> object:
        if isinstance(value, dict) and _value_form(value) is None:
            return value
        return value if isinstance(value, Answer) else {"answer": value}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Both forms: the bare value, or the value with what it rests on."""
        long_form = handler.resolve_ref_schema(handler(schema))
        short_form = long_form["properties"]["answer"]
        return {"anyOf": [short_form, long_form]}


Answers = dict[str, Answer]


class Project(Strict):
    """One project: one deal, judged as `subject` says."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    name: FilledText
    domain: Id
    subject: Text | None = None
    weight: float = Field(default=1.0, gt=0, le=1e9)
    answers: Answers = {}
    government: Answers = {}
    private: Answers = {}

    def side(self, side: Side) -> Mapping[str, Answer]:
        """The answers of one side, or those agreed by both."""
        return {"answers": self.answers, "government": self.government, "private": self.private}[
            side
        ]


class CityName(Strict):
    """The city itself: by its name, or by the entry of a registry, `ref: registry/entry`.

    A name or country given beside a reference stands above that of the registry.
    """

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["name"]}, {"required": ["ref"]}]}
    )

    name: FilledText | None = None
    country: Country | None = None
    ref: Annotated[str, StringConstraints(pattern=REFERENCE_PATTERN)] | None = None

    @model_validator(mode="after")
    def _is_named(self) -> "CityName":
        if self.name is None and self.ref is None:
            raise PydanticCustomError(
                MISSING_ONE, 'the key "name" is missing', {"hint": "add `name:`, or `ref:`"}
            )
        return self

    def registry(self) -> str:
        """The id of the registry that the reference names; empty without a reference."""
        return (self.ref or "").partition("/")[0]

    def entry(self) -> str:
        """The id of the entry that the reference names; empty without a reference."""
        return (self.ref or "").partition("/")[2]

    def called(self) -> Text:
        """The name; the reference where the registry has not been asked for it."""
        return self.name or Text(plain=self.ref or "")


class City(Strict):
    """An assessment: one city with its projects. City-wide answers hold for every project.

    It answers one questionnaire, or several at once: exactly one of the two keys is there.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["questionnaire"]}, {"required": ["questionnaires"]}]
        }
    )

    format: Literal["maturity/city@1"]
    questionnaire: Id | None = None
    questionnaires: Some[Id] | None = None
    city: CityName
    assessed: Date
    illustration: bool = False
    sources: dict[Id, Text] = {}
    answers: Answers = {}
    government: Answers = {}
    private: Answers = {}
    projects: Some[Project]

    @model_validator(mode="after")
    def _answers_a_questionnaire(self) -> "City":
        if self.questionnaire is None and self.questionnaires is None:
            hint = {"hint": "add `questionnaire:`, or `questionnaires:` for several"}
            raise PydanticCustomError(MISSING_ONE, 'the key "questionnaire" is missing', hint)
        if self.questionnaire is not None and self.questionnaires is not None:
            said = "`questionnaire` and `questionnaires` exclude each other"
            raise at_odds(said, "keep one of them", "questionnaires")
        if len(set(self.instruments())) < len(self.instruments()):
            raise at_odds("a questionnaire is named twice", "name each once", "questionnaires")
        return self

    def instruments(self) -> tuple[str, ...]:
        """The ids of the questionnaires that the file answers, in its order."""
        return self.questionnaires or (self.questionnaire or "",)

    def side(self, side: Side) -> Mapping[str, Answer]:
        """The city-wide answers of one side, or those agreed by both."""
        return {"answers": self.answers, "government": self.government, "private": self.private}[
            side
        ]

    def given(self, project: Project, side: Side) -> Mapping[str, Answer]:
        """The answers that hold for a project: its own, of any side, before the city-wide ones."""
        own = {name for one in SIDES for name in project.side(one)}
        city_wide = {name: one for name, one in self.side(side).items() if name not in own}
        return {**city_wide, **project.side(side)}

    def places(self) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Answer]]]:
        """Every set of answers in the file with the path at which it stands."""
        for side in SIDES:
            yield (side,), self.side(side)
        for index, project in enumerate(self.projects):
            for side in SIDES:
                yield ("projects", index, side), project.side(side)
