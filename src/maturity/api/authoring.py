"""For those who write files: forms, schemas, the catalogue of diagnostics, what is shipped."""

import json
import re
from collections.abc import Iterator
from datetime import date

from pydantic.json_schema import JsonSchemaMode

from maturity.api.assessing import scoring_for
from maturity.api.judging import judge
from maturity.api.models import Models, Scoring, refuse_unfit
from maturity.base.codes import Code
from maturity.base.errors import UsageError
from maturity.base.ids import ID_PATTERN
from maturity.base.nearest import nearest
from maturity.base.text import FALLBACK
from maturity.i18n.catalog import catalog
from maturity.i18n.rules import rule_texts
from maturity.loading import shipped
from maturity.loading.models import MODELS, Source, fetch
from maturity.loading.vouched import line_for
from maturity.model.bundle import Bundle
from maturity.model.rubric import QuestionnaireRef, Rubric


def city_form(questionnaire: str | None, language: str, today: date) -> str:
    """A city file to fill in: every question unknown, with its guidance and options beside it.

    Raises:
        RefusedError: the questionnaire cannot be used.
    """
    from maturity.render.city_form import city_form as form
    from maturity.render.words import Words

    found = Models().questionnaire(questionnaire or shipped.ids("questionnaires")[0]).model
    reference = QuestionnaireRef(id=found.id, versions=f"=={found.version}")
    nothing = Rubric(
        format="maturity/rubric@1",
        id=found.id,
        version=found.version,
        name=found.name,
        questionnaire=reference,
    )
    return form(Words(catalog(language), Bundle(found, nothing)), today)


def model_form(name: str, language: str) -> dict[str, str]:
    """Questionnaire, rubric and worked cases to start a model from, by the names of their files.

    Raises:
        UsageError: the name is no id, or too long for the names made from it.
    """
    from maturity.render.model_form import model_form as form

    if not re.fullmatch(ID_PATTERN, f"{name}-questions"):
        raise UsageError("no-rubric-id", given=name)
    return form(name, catalog(language))


def shipped_models(language: str) -> str:
    """The shipped questionnaires and rubrics, a line each."""
    lines = []
    for rubric in shipped.ids("rubrics"):
        bundle = scoring_for(rubric).bundle
        instrument, judgement = bundle.questionnaire, bundle.rubric
        for kind, model in (("questionnaire", instrument), ("rubric", judgement)):
            name = model.name.in_language(language)
            lines.append(f"{kind:<13}  {model.id}  {model.version}  {name}")
    return "\n".join(dict.fromkeys(lines))


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


def city_schema_of(questionnaire: str) -> str:
    """The JSON Schema of city files for one questionnaire, by its id or path.

    Raises:
        RefusedError: the questionnaire cannot be used.
    """
    from maturity.render.city_schema import city_schema

    model = Models().questionnaire(questionnaire).model
    body = city_schema(model, json.loads(schema("city")))
    head = {"$id": f"urn:maturity:schema:city:1:{model.id}"}
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
        yield line_for("questionnaire", asked)
    if not _has_no_finding(judgement.source):
        return
    yield line_for("rubric", judged, judgement.model.questionnaire.id, asked)
    cases = fetch(shipped.folder("rubrics") / f"{judgement.model.id}.cases.yaml")
    if isinstance(cases, Source) and _has_no_finding(cases):
        yield line_for("cases", cases.digest, judgement.model.id, judged)


def _has_no_finding(source: Source) -> bool:
    told = judge(source, Models())
    return not told.findings and not told.suppressed
