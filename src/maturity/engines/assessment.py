"""City -> Result by the reference engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maturity.engines import reading
from maturity.engines.next_question import next_questions
from maturity.engines.openness import outputs_of, touched
from maturity.engines.python import Valuation, evaluate, reevaluate
from maturity.model.bundle import Bundle
from maturity.model.city import City, Project, Side
from maturity.model.flat import JUSTIFIED
from maturity.model.result import (
    Coverage,
    Divergence,
    FlagResult,
    FlagStatus,
    ProjectResult,
    RecommendationResult,
    RecommendationStatus,
    Severity,
)
from maturity.model.state import State, is_applicable, is_settled
from maturity.model.states import Said, raw_states, said_in, state_of
from maturity.plan import Plan, leaves
from maturity.rules.expr import Node, key_read


@dataclass(frozen=True, slots=True)
class Assessed:
    """One project with all that is needed to explain what is said about it."""

    project: Project
    said: Mapping[str, Said]
    valuation: Valuation
    result: ProjectResult


def assess_project(
    bundle: Bundle, plan: Plan, city: City, project: Project, *, asks: bool = True
) -> Assessed:
    """Evaluate one project. The city has passed the checks against the questionnaire.

    The next questions are found by trying every open answer, which takes most of the time: with
    `asks` false they are left out.
    """
    return assess_said(bundle, plan, project, said_in(city, project), asks=asks)


def assess_said(
    bundle: Bundle,
    plan: Plan,
    project: Project,
    said: Mapping[str, Said],
    *,
    asks: bool = True,
    reasons: bool = True,
) -> Assessed:
    """Evaluate what is said of a project, wherever it stands; of the project only facts are read.

    With `reasons` false it is left out what recommendations rest on, and disagreements decide.
    """
    valuation = evaluate(plan, raw_states(plan.shapes, plan.declarable, said))
    result = ProjectResult(
        id=project.id,
        name=project.name,
        domain=project.domain,
        weight=project.weight,
        scores=tuple(reading.scores(valuation, bundle)),
        ladders=tuple(reading.ladders(valuation, bundle)),
        decisions=tuple(reading.decisions(valuation, bundle)),
        checklists=tuple(reading.checks(valuation, bundle)),
        flags=tuple(_flags(bundle, valuation, said)),
        recommendations=tuple(_recommendations(bundle, valuation, reasons=reasons)),
        divergences=tuple(_divergences(bundle, valuation, said, reasons=reasons)),
        one_sided=tuple(_one_sided(plan, said)),
        unused=tuple(n for n in plan.shapes if n in said and valuation.applies[n] is False),
        next_questions=next_questions(bundle, valuation) if asks else (),
        coverage=_coverage(valuation, said),
    )
    return Assessed(project, said, valuation, result)


def _flags(bundle: Bundle, at: Valuation, said: Mapping[str, Said]) -> Iterator[FlagResult]:
    for name in bundle.rubric.flags:
        found = flag_of(bundle, at, said, name)
        if found is not None:
            yield found


def flag_of(
    bundle: Bundle, at: Valuation, said: Mapping[str, Said], name: str
) -> FlagResult | None:
    """One flag with its severity; None where it surely is not raised."""
    flag, truth = bundle.rubric.flags[name], at.truth(f"flag.{name}")
    if truth is False:
        return None
    watched = truth is None and at.truth(f"watch.{name}") is True
    status: FlagStatus = "raised" if truth else "watched" if watched else "possible"
    reads = flag.justified_by or at.plan.read_by(f"flag.{name}")
    justified = tuple(one for one in reads if truth and _is_justified(said.get(one)))
    severity: Severity = JUSTIFIED if justified else flag.severity
    return FlagResult(name, status, severity, flag.severity, justified)


def _is_justified(said: Said | None) -> bool:
    used = said.used() if said else ()
    return any(answer.justification is not None for _, answer in used)


def _recommendations(
    bundle: Bundle, at: Valuation, *, reasons: bool
) -> Iterator[RecommendationResult]:
    for name in bundle.rubric.recommendations:
        truth = at.truth(f"recommendation.{name}")
        if truth is not False:
            status: RecommendationStatus = "given" if truth else "possible"
            yield RecommendationResult(name, status, because_of(at, name) if reasons else ())


def because_of(at: Valuation, name: str) -> tuple[str, ...]:
    """The values that a recommendation refers to and that are true."""
    return tuple(_true_refs(at, at.plan.values[f"recommendation.{name}"]))


def _true_refs(at: Valuation, node: Node) -> Iterator[str]:
    for leaf in leaves(node):
        key = key_read(leaf)
        if key is not None and at.values[key] is True:
            yield key


def _divergences(
    bundle: Bundle, at: Valuation, said: Mapping[str, Said], *, reasons: bool
) -> Iterator[Divergence]:
    for name in at.plan.shapes:
        one = said.get(name)
        if one is None or one.government is None or one.private is None:
            continue
        shape, declarable = at.plan.shapes[name], name in at.plan.declarable
        ours = state_of(one.government, shape, declarable)
        theirs = state_of(one.private, shape, declarable)
        if shape.kind != "text" and ours != theirs and ours.answered and theirs.answered:
            settled = one.used()[0][0] == "answers"
            is_told = reasons and not settled
            decides = _decided_by(bundle, at, name, ours, theirs) if is_told else ()
            yield Divergence(name, decides, settled)


def _decided_by(
    bundle: Bundle, at: Valuation, question: str, ours: State, theirs: State
) -> tuple[str, ...]:
    """The outputs that come out differently by whichever side is right."""
    one, other = reevaluate(at, question, ours), reevaluate(at, question, theirs)
    keys = at.plan.reach(question).values
    differing = [key for key in keys if one.values[key] != other.values[key]]
    return tuple(output.key for output in touched(outputs_of(bundle), differing))


def _one_sided(plan: Plan, said: Mapping[str, Said]) -> Iterator[tuple[str, Side]]:
    for name in plan.shapes:
        side = said[name].one_sided() if name in said else None
        if side is not None:
            yield name, side


def _coverage(at: Valuation, said: Mapping[str, Said]) -> Coverage:
    asked = [name for name in at.plan.shapes if is_applicable(at.states[name]) is not False]
    answered = [name for name in asked if at.raw[name].answered]
    evidenced = [name for name in answered if name in said and _is_evidenced(said[name])]
    partly = [name for name in answered if not is_settled(at.raw[name], at.plan.shapes[name])]
    unknown = len(asked) - len(answered)
    return Coverage(len(asked), len(answered), unknown, len(evidenced), len(partly))


def _is_evidenced(said: Said) -> bool:
    return any(one.grade != "none" for _, answer in said.used() for one in answer.evidence)
