"""For those who write files: forms, schemas, the catalogue of diagnostics, what is shipped."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from pydantic.json_schema import JsonSchemaMode

from maturity.api.assessing import scoring_for
from maturity.api.judging import judge
from maturity.api.models import Models, Scoring, refuse_errors, refuse_unfit
from maturity.api.parts import shared_faults
from maturity.base.codes import Code
from maturity.base.errors import UsageError
from maturity.base.ids import ID_PATTERN
from maturity.base.nearest import nearest
from maturity.base.text import FALLBACK
from maturity.i18n.catalog import catalog
from maturity.i18n.rules import rule_texts
from maturity.loading import shipped
from maturity.loading.models import MODELS, Source, fetch, fetch_text
from maturity.loading.vouched import line_for
from maturity.model.bundle import Bundle
from maturity.model.questionnaire import Questionnaire
from maturity.model.registry import Registry
from maturity.model.rubric import QuestionnaireRef, Rubric

KINDS: Final = {
    "questionnaires": "questionnaire",
    "rubrics": "rubric",
    "registries": "registry",
    "templates": "template",
}
"""The folders of what is shipped, and what one file in them is called."""


def city_form(questionnaires: Sequence[str], language: str, today: date) -> str:
    """A city file to fill in: every question unknown, with its guidance and options beside it.

    Without a questionnaire named, for the one that is shipped as the usual one.

    Raises:
        RefusedError: a questionnaire cannot be used, or they do not fit each other.
    """
    from maturity.render.city_form import city_form as form
    from maturity.render.words import Words

    models = Models()
    named = dict.fromkeys(questionnaires or (shipped.usual(),))
    found = [models.questionnaire(one) for one in named]
    for one in found if len(found) > 1 else ():
        refuse_errors(shared_faults(one, models))
    return form([Words(catalog(language), _unjudged(one.model)) for one in found], today)


def _unjudged(found: Questionnaire) -> Bundle:
    """A questionnaire with a rubric that says nothing."""
    reference = QuestionnaireRef(id=found.id, versions=f"=={found.version}")
    nothing = Rubric(
        format="maturity/rubric@1",
        id=found.id,
        version=found.version,
        name=found.name,
        questionnaire=reference,
    )
    return Bundle(found, nothing)


def model_form(name: str, language: str) -> dict[str, str]:
    """Questionnaire, rubric and worked cases to start a model from, by the names of their files.

    Raises:
        UsageError: the name is no id, or too long for the names made from it.
    """
    from maturity.render.model_form import model_form as form

    if not re.fullmatch(ID_PATTERN, f"{name}-questions"):
        raise UsageError("no-rubric-id", given=name)
    return form(name, catalog(language))


def shipped_models(language: str, kind: str | None = None) -> str:
    """What comes with the program, a line each: all of it, or one kind.

    Raises:
        RefusedError: a file cannot be used.
    """
    named = KINDS if kind is None else (kind,)
    return "\n".join(line for name in named for line in _listed(name, language))


def _listed(kind: str, language: str) -> Iterator[str]:
    if kind == "templates":
        for name, path in shipped.files("templates").items():
            _, text = fetch_text(path)
            yield f"{KINDS[kind]:<13}  {name}  {shipped.title_of(text, language)}"
        return
    for model in _models(kind):
        yield f"{KINDS[kind]:<13}  {model.id}  {model.version}  {model.name.in_language(language)}"


def _models(kind: str) -> Iterator[Questionnaire | Rubric | Registry]:
    """The shipped models of a kind, in the order of their ids."""
    models = Models()
    match kind:
        case "questionnaires":
            yield from (models.questionnaire(name).model for name in shipped.ids(kind))
        case "rubrics":
            yield from (models.rubric(name).model for name in shipped.ids(kind))
        case _:
            files = shipped.files("registries").values()
            yield from (models.registry_at(path).model for path in files)


def rules(code: str | None, language: str) -> str:
    """The catalogue of diagnostics, or what one of them means.

    Raises:
        UsageError: there is no such code.
    """
    from maturity.render.rules import all_rules, one_rule

    if code is None:
        return all_rules(rule_texts(), language)
    found = Code.find(code)
    if found is None:
        near = nearest(code.lower(), [one.word for one in Code])
        hint = "did-you-mean" if near else "all-codes"
        raise UsageError("no-diagnostic", hint, given=code, word=near)
    return one_rule(found, rule_texts()[found.number], catalog(language))


def schema(kind: str, language: str = FALLBACK) -> str:
    """The JSON Schema of a kind of file, or of the result."""
    from maturity.render.json_types import ResultOut

    model = ResultOut if kind == "result" else MODELS[kind]
    mode: JsonSchemaMode = "serialization" if kind == "result" else "validation"
    body = model.model_json_schema(mode=mode, by_alias=True)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:maturity:schema:{kind}:1",
    }
    body["description"] = catalog(language).say(f"schema.{kind}")
    return json.dumps({**head, **body}, indent=2, ensure_ascii=False)


def city_schema_of(*questionnaires: str) -> str:
    """The JSON Schema of city files for one questionnaire or several, by id or path.

    Raises:
        RefusedError: a questionnaire cannot be used.
    """
    from maturity.render.city_schema import city_schema

    models = Models()
    found = [models.questionnaire(one).model for one in dict.fromkeys(questionnaires)]
    body = city_schema(found, json.loads(schema("city")))
    head = {"$id": f"urn:maturity:schema:city:1:{'+'.join(one.id for one in found)}"}
    return json.dumps({**body, **head}, indent=2, ensure_ascii=False)


def vouched() -> str:
    """The list of shipped files that the checks pass, a line each."""
    lines = ["# Written by `make docs`: what was checked, as maturity/loading/vouched.py explains."]
    for name in shipped.ids("rubrics"):
        scoring = scoring_for(name)
        refuse_unfit(scoring.questionnaire, scoring.rubric)
        instrument, judgement = scoring.questionnaire.source, scoring.rubric.source
        lines.append(line_for("fits", instrument.digest, judgement.digest))
        lines += _clean(scoring)
    return "\n".join(lines) + "\n"


def _clean(scoring: Scoring) -> Iterator[str]:
    """Lines for the files of a shipped model in which nothing at all is found."""
    instrument, judgement = scoring.questionnaire, scoring.rubric
    asked, judged = instrument.source.digest, judgement.source.digest
    if _has_no_finding(instrument.source):
        yield line_for("questionnaire", asked, *_shared_with(instrument.model))
    if not _has_no_finding(judgement.source):
        return
    yield line_for("rubric", judged, judgement.model.questionnaire.id, asked)
    cases = fetch(shipped.folder("rubrics") / f"{judgement.model.id}.cases.yaml")
    if isinstance(cases, Source) and _has_no_finding(cases):
        yield line_for("cases", cases.digest, judgement.model.id, judged)


def _shared_with(questionnaire: Questionnaire) -> Iterator[str]:
    """Id and digest of each questionnaire that decides as well: it shares questions."""
    models = Models()
    for name in questionnaire.shared_with():
        yield from (name, models.questionnaire(name).source.digest)


def _has_no_finding(source: Source) -> bool:
    told = judge(source, Models())
    return not told.findings and not told.suppressed
