"""Reports for the tests of renderers: the examples, a small model of other shape, hostile texts."""

from dataclasses import replace
from functools import cache
from typing import TypeVar

from pydantic import BaseModel
from tests.making.shipped import ROOT

from maturity.api import assessing
from maturity.api.models import Scoring
from maturity.base.text import Text
from maturity.i18n.catalog import catalog
from maturity.loading.models import Loaded, Source, load
from maturity.model.bundle import Bundle
from maturity.model.city import Answer, City, Evidence
from maturity.model.questionnaire import Questionnaire
from maturity.model.report import ProjectReport, Report
from maturity.model.rubric import Rubric
from maturity.model.states import Said
from maturity.plan import plan_for
from maturity.render.words import Words

Model = TypeVar("Model", bound=BaseModel)

QUESTIONNAIRE = """
format: maturity/questionnaire@1
id: small
version: "1.0.0"
name: Small
themes: {care: Care, money: Money}
domains: {water: Water}
answer_sets: {practice: {full: Fully, part: "Partly, or so", none: Not at all}}
questions:
  - {id: kind, ask: What kind is it?, kind: choice, theme: care,
     options: {lone: Alone, joint: Together}}
  - {id: plan, ask: Is there a plan?, kind: choice, options: practice, theme: care,
     applies_when: {answer: kind, in: [joint]}}
  - {id: drill, ask: Is it rehearsed?, kind: choice, options: practice, theme: care,
     may_be_inapplicable: true}
  - {id: means, ask: What is used?, kind: multi, options: {pipes: Pipes, pumps: Pumps, law: Law},
     theme: money}
  - {id: years, ask: How long?, kind: number, range: [0, 40], unit: years, theme: money,
     asked: government, stands_in: The contract}
  - {id: risk, ask: Who bears it?, kind: choice, rows: {flood: Flood, drought: Drought},
     options: practice, theme: money}
  - {id: story, ask: What is it about?, kind: text, theme: care}
"""

RUBRIC = """
format: maturity/rubric@1
id: small
version: "1.0.0"
name: Small
questionnaire: {id: small, versions: ">=1.0"}
horizons: {now: Now}
point_sets: {practice: {full: 5, part: 3, none: 1}}
conditions:
  lasting: {name: it lasts, when: {answer: years, at_least: 10, below: 30}}
  never: {name: it never is, when: false}
  tools: {name: tools are there, when: {any: [{answer: means, has_all: [pipes, pumps]},
                                             {answer: means, chosen: 2}]}}
scores:
  care: {name: Care, theme: care, scale: [1, 5], digits: 1, items: [
    {questions: [plan, drill], points: practice}]}
  gauge: {name: Gauge, theme: money, scale: [0, 10], method: sum, items: [
    {when: {condition: lasting}, yes: 4, no: 1}, {question: years, weight: 0.1}]}
  lowest: {name: Lowest, party: private, method: least, items: [
    {score: care, weight: 2}, {score: gauge}]}
  spread: {name: Spread, theme: money, method: geometric, items: [
    {questions: {rows_of: risk}, points: practice}]}
  rare: {name: Rare, theme: care, method: most, items: [{question: plan, points: practice}]}
ladders:
  depth:
    name: Depth
    none: Dry
    levels:
      - {id: D1, name: Wet, means: Feet are wet., when: {count: {theme: care, tag: x}, in: [full],
         at_least: 0}, source: proposed}
      - {id: D2, name: Deep, when: {at_least: 2, of: [{condition: lasting}, {condition: tools},
         {answer: means, lacks: [law]}]}}
decisions:
  mood:
    name: Mood
    bands: {score: gauge, rows: [
      {id: low, name: Low, below: 3, tone: bad, exposed: true, means: It sinks.},
      {id: high, name: High, at_least: 3, tone: good, means: It floats.}]}
checklists:
  C1: {party: government, theme: care, name: Is it rehearsed?, advice: Rehearse it.,
       applies: {answer: kind, in: [joint]}, met: {answer: drill, in: [full]},
       partly: {answer: drill, in: [part]}}
  C2: {party: private, theme: money, name: Is the law used?, advice: Use it.,
       met: {answer: means, has: [law]}}
flags:
  shallow: {name: It is shallow, theme: care, severity: warning, when: {not: {condition: lasting}},
            watch: {answer: kind, in: [joint]}, justified_by: [years], means: Low water.,
            action: Dig., source: [proposed]}
  odd: {name: Odd, theme: money, severity: critical, means: Unusual., action: Ask.,
        departs: {question: risk.flood, usual: [full], silent: [none]}}
recommendations:
  dig: {action: Dig deeper., theme: care, owner: joint, horizon: now,
        when: {any: [{flag: shallow}, {check: C1, in: [open]}]}}
summary: {verdict: mood, columns: [depth], also: [mood], spread: [depth, mood]}
"""

BARE = """
format: maturity/rubric@1
id: bare
version: "1.0.0"
name: Bare
questionnaire: {id: small, versions: ">=1.0"}
ladders:
  depth:
    name: Depth
    none: Dry
    levels: [{id: D1, name: Wet, when: {answer: kind, in: [joint]}}]
  width:
    name: Width
    none: Narrow
    levels: [{id: W1, name: Broad, when: {answer: plan, in: [full]}}]
summary: {columns: [depth, width]}
"""

CITY = """
format: maturity/city@1
questionnaire: small
city: {name: Lakeside}
assessed: 2026-11-01
sources: {c1: Contract of 2024}
projects:
  - id: dam
    name: Dam
    domain: water
    answers:
      kind: joint
      drill: {answer: not-applicable, reason: There is nothing to rehearse.}
      years: {answer: 5, justification: Meant so., evidence: [{grade: signed-clause, source: c1,
              place: clause 2}, {grade: none}], note: As agreed.}
      risk.drought: {answer: {one-of: [full, part]}}
    government: {plan: full, means: [pipes, law], risk.flood: full}
    private: {plan: none, means: {has: [pipes], lacks: [law]}}
  - id: well
    name: Well
    domain: water
    answers: {kind: lone, years: {between: [12, 40]}, risk.flood: part}
    government: {plan: full, drill: part}
    private: {drill: none}
"""


@cache
def example_report(name: str) -> Report:
    """One of the example cities, assessed with the shipped models."""
    raw = (ROOT / "examples" / name).read_bytes()
    return assessing.assess(Source(f"examples/{name}", raw))


@cache
def small_report() -> Report:
    """Two projects by a model with every kind of item, and sides that do not agree."""
    return scored(RUBRIC, CITY)


@cache
def bare_report() -> Report:
    """One project by a rubric of two ladders and nothing else."""
    return scored(BARE, CITY.split("  - id: well", maxsplit=1)[0])


def scored(rubric: str, city: str) -> Report:
    """A report on a city by a rubric, both on the small questionnaire."""
    questionnaire = _loaded("small.yaml", QUESTIONNAIRE, Questionnaire)
    judgement = _loaded("rubric.yaml", rubric, Rubric)
    bundle = Bundle(questionnaire.model, judgement.model)
    scoring = Scoring(questionnaire, judgement, bundle, plan_for(bundle))
    return assessing.score(_loaded("lakeside.yaml", city, City), scoring)


def words_of(report: Report, language: str = "en") -> Words:
    """The words for a report."""
    return Words(catalog(language), report.bundle)


def renamed(report: Report, text: str) -> Report:
    """The report with this text wherever a user's text is shown."""
    said = Text(plain=text)
    city = report.city.model_copy(update={"sources": {"s": said}})
    result = report.result._replace(city=said, input_path=text, country=text)
    projects = tuple(_renamed_project(one, text) for one in report.projects)
    return replace(report, result=result, city=city, projects=projects)


def _renamed_project(one: ProjectReport, text: str) -> ProjectReport:
    said = Text(plain=text)
    names = {"id": text, "name": said, "subject": said, "domain": text}
    answers = {
        name: Said(
            *(_renamed_answer(answer, said) for answer in (s.joint, s.government, s.private))
        )
        for name, s in one.said.items()
    }
    return replace(one, project=one.project.model_copy(update=names), said=answers)


def _renamed_answer(answer: Answer | None, said: Text) -> Answer | None:
    if answer is None:
        return None
    evidence = (Evidence(grade="statement", source=said, place=said),)
    update = {"note": said, "reason": said, "justification": said, "evidence": evidence}
    if isinstance(answer.answer, Text):
        update["answer"] = said
    return answer.model_copy(update=update)


def _loaded(name: str, text: str, model: type[Model]) -> Loaded[Model]:
    loaded = load(Source(name, text.encode()), model)
    assert isinstance(loaded, Loaded), [fault.line() for fault in loaded]
    return loaded
