"""What a city file must keep beside its questionnaire."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import normalize

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import ID_PATTERN
from maturity.base.nearest import few_guesses
from maturity.base.places import Places
from maturity.checks.answers import check_answers
from maturity.checks.hints import instead_of
from maturity.checks.questions import Questions
from maturity.checks.shared import ambiguous_questions, contradictions
from maturity.checks.texts import missing_translations
from maturity.model.city import SIDES, City
from maturity.model.questionnaire import Questionnaire
from maturity.model.union import Union

_KEY: Final = re.compile(ID_PATTERN)


@few_guesses()
def check_city(city: City, places: Places, *questionnaires: Questionnaire) -> list[Diagnostic]:
    """Every fault of a city file, sorted by place; the questionnaires are those that it answers."""
    union = Union(questionnaires)
    questions = Questions.of_all(union)
    found = [
        fault
        for steps, answers in city.places()
        for fault in check_answers(answers, steps, places, questions)
    ]
    found += not_city_wide(city, places, questions)
    found += duplicate_projects(city, places)
    found += unknown_domains(city, places, questionnaires)
    found += unknown_evidence_keys(city, places)
    found += missing_translations(city, places)
    if len(questionnaires) > 1:
        found += ambiguous_questions(city, places, union)
    if len(questionnaires) > 1 and not any(one.is_error for one in found):
        found += contradictions(city, places, union)
    return sorted(found)


def not_city_wide(city: City, places: Places, questions: Questions) -> Iterator[Diagnostic]:
    """M117: a question about a project is answered for the whole city."""
    for side in SIDES:
        for name in city.side(side):
            asked = questions.asked.get(name)
            if asked is not None and asked.question.scope == "project":
                message = f"{quoted(name)} is asked of each project, not of the city"
                hint = f"move the answer to `{side}` of the projects for which it holds"
                place = places.of((side, name), key=True)
                yield Diagnostic.of(Code.NOT_CITY_WIDE, place, message, hint)


def duplicate_projects(city: City, places: Places) -> Iterator[Diagnostic]:
    """M113: two projects have one id; letter case and Unicode forms do not tell ids apart."""
    first: dict[str, int] = {}
    for index, project in enumerate(city.projects):
        plain = normalize("NFC", normalize("NFC", project.id).casefold())
        if first.setdefault(plain, index) != index:
            other = city.projects[first[plain]].id
            there = places.of(("projects", first[plain], "id"))
            message = f"the project id {quoted(project.id)} stands twice; first at {there}"
            if other != project.id:
                message = f"the project ids {quoted(project.id)} and {quoted(other)} ({there}) "
                message += "differ only in letter case or in the encoding of characters"
            hint = "give one of the two projects another id"
            place = places.of(("projects", index, "id"))
            yield Diagnostic.of(Code.DUPLICATE_PROJECT, place, message, hint)


def unknown_domains(
    city: City, places: Places, questionnaires: Sequence[Questionnaire]
) -> Iterator[Diagnostic]:
    """M114: no questionnaire has such a domain; those without domains say nothing about it."""
    known = {domain: None for one in questionnaires for domain in one.domains}
    for index, project in enumerate(city.projects):
        if known and project.domain not in known:
            message = f"the questionnaire has no domain {quoted(project.domain)}"
            hint = instead_of(project.domain, known, "the domains are")
            place = places.of(("projects", index, "domain"))
            yield Diagnostic.of(Code.UNKNOWN_DOMAIN, place, message, hint)


def unknown_evidence_keys(city: City, places: Places) -> Iterator[Diagnostic]:
    """M116: evidence gives one word as its source, which is no key of the file's `sources`."""
    for steps, answers in city.places() if city.sources else ():
        for name, answer in answers.items():
            for index, evidence in enumerate(answer.evidence):
                key = evidence.source.plain if evidence.source else ""
                if _KEY.match(key) and key not in city.sources:
                    message = f"{quoted(key)} is no key of `sources`, and is taken as a title"
                    hint = instead_of(key, city.sources, "the keys are")
                    place = places.of((*steps, name, "evidence", index, "source"))
                    yield Diagnostic.of(Code.UNKNOWN_EVIDENCE_KEY, place, message, hint)
