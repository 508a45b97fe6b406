"""The JSON Schema of city files for certain questionnaires: editors complete from it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from maturity.base.ids import RESERVED
from maturity.model.questionnaire import Question, Questionnaire
from maturity.model.union import Ref, Union

Schema: TypeAlias = dict[str, object]

_LONG = "#/$defs/Answer/anyOf/1/properties/"


def city_schema(questionnaires: Sequence[Questionnaire], general: Mapping[str, object]) -> Schema:
    """The general schema of city files with the answers of these questionnaires in it.

    Every file that it accepts is of the general form; what depends on other answers is left to
    `maturity validate`.
    """
    given = general["$defs"]
    definitions = dict(given) if isinstance(given, dict) else {}
    long_form = _properties(_second(definitions["Answer"]))
    answers: Schema = {}
    union = Union(tuple(questionnaires))
    for one in questionnaires:
        for question in one.questions:
            named = f"answer.{question.id}" if one is questionnaires[0] else ""
            named = named or f"answer.{one.id}.{question.id}"
            definitions[named] = _answer(question, one, long_form)
            for name in _names(question):
                for key in _keys(union, Ref(one.id, name)):
                    answers[key] = {"$ref": f"#/$defs/{named}"}
    definitions["answers"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": answers,
    }
    project = definitions["Project"]
    definitions["Project"] = _with_answers(project) if isinstance(project, dict) else project
    fixed = _properties(_with_answers(general)) | _instruments(questionnaires)
    fixed.pop("questionnaires" if len(questionnaires) == 1 else "questionnaire")
    return {**general, "properties": fixed, "$defs": definitions}


def _instruments(questionnaires: Sequence[Questionnaire]) -> Schema:
    ids = [one.id for one in questionnaires]
    return (
        {"questionnaire": {"const": ids[0]}} if not ids[1:] else {"questionnaires": {"const": ids}}
    )


def _keys(union: Union, ref: Ref) -> tuple[str, ...]:
    """How a file can name a question: of several questionnaires, by its full name as well."""
    return (union.key_of(ref), str(ref)) if union.questionnaires[1:] else (ref.question,)


def _names(question: Question) -> list[str]:
    rows = question.rows
    return [f"{question.id}.{row}" for row in rows] if rows else [question.id]


def _answer(question: Question, questionnaire: Questionnaire, long_form: Schema) -> Schema:
    """The short form or the long one, with what is asked beside it."""
    short = _short(question, list(questionnaire.labels(question)))
    others: Schema = {name: {"$ref": _LONG + name} for name in long_form if name != "answer"}
    full = {
        "type": "object",
        "required": ["answer"],
        "additionalProperties": False,
        "properties": {"answer": short, **others},
    }
    return {"description": question.ask.in_language("en"), "anyOf": [short, full]}


def _short(question: Question, options: list[str]) -> Schema:
    always: Schema = {"enum": sorted(RESERVED)}
    one: Schema = {"enum": options}
    several: Schema = {"type": "array", "items": one}
    match question.kind:
        case "choice":
            some: Schema = {"type": "array", "items": {"enum": [*options, *sorted(RESERVED)]}}
            return _any({"enum": [*options, *sorted(RESERVED)]}, _map({"one-of": some}))
        case "multi":
            return _any(always, several, _map({"has": several, "lacks": several}))
        case "number":
            least, most = question.range or (None, None)
            bounds = {"minimum": least, "maximum": most}
            number = {"type": "number", **{key: x for key, x in bounds.items() if x is not None}}
            return _any(always, number, {"$ref": "#/$defs/Between"})
        case "text":
            texts = {"type": "object", "additionalProperties": {"type": "string"}}
            return _any({"type": "string"}, texts)


def _any(*forms: object) -> Schema:
    return {"anyOf": list(forms)}


def _map(properties: Schema) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": properties,
    }


def _with_answers(schema: Mapping[str, object]) -> Schema:
    """A schema with the answers of all sides in it."""
    sides = ("answers", "government", "private")
    answers: Schema = {side: {"$ref": "#/$defs/answers"} for side in sides}
    return {**schema, "properties": {**_properties(schema), **answers}}


def _properties(schema: object) -> Schema:
    found = schema.get("properties") if isinstance(schema, dict) else None
    return found if isinstance(found, dict) else {}


def _second(schema: object) -> object:
    found = schema.get("anyOf") if isinstance(schema, dict) else None
    return found[1] if isinstance(found, list) else None
