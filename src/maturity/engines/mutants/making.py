"""A rubric -> every small change to it that changes what it is lowered to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from maturity.base.phrase import Phrase
from maturity.base.places import Steps
from maturity.engines.mutants.conditions import variants
from maturity.engines.mutants.constructs import (
    Changed,
    of_advice,
    of_check,
    of_decision,
    of_flag,
    of_ladder,
)
from maturity.engines.mutants.scores import more_points, of_score
from maturity.model.bundle import Bundle
from maturity.rules.conditions import lower
from maturity.rules.lowered import Lowered
from maturity.rules.scope import Scope


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change to a rubric: where, what, and the named values that differ by it."""

    steps: Steps
    what: Phrase
    values: Lowered


class Construct(Protocol):
    """A rule that lowers itself."""

    def lower(self, name: str, scope: Scope) -> Lowered:
        """The named values of the rule."""
        ...


C = TypeVar("C", bound=Construct)


def mutants_of(bundle: Bundle, values: Lowered) -> tuple[Mutant, ...]:
    """Every mutant, in the order of the stages; those that lower to the same are left out."""
    found = (*_conditions(bundle), *_point_sets(bundle), *_constructs(bundle))
    changed = (replace(one, values=_differing(one.values, values)) for one in found)
    return tuple(one for one in changed if one.values)


def _differing(mutated: Lowered, values: Lowered) -> Lowered:
    return {key: node for key, node in mutated.items() if node != values[key]}


def _conditions(bundle: Bundle) -> Iterator[Mutant]:
    for name, named in bundle.rubric.conditions.items():
        for one in variants(named.when, ("conditions", name, "when"), bundle):
            yield Mutant(one.steps, one.what, {f"condition.{name}": lower(one.form, bundle)})


def _point_sets(bundle: Bundle) -> Iterator[Mutant]:
    """A point set serves several scores: all of them change at once."""
    rubric = bundle.rubric
    for name, table in rubric.point_sets.items():
        for option, what, changed in more_points(table):
            sets = {**rubric.point_sets, name: changed}
            other = Bundle(bundle.questionnaire, rubric.model_copy(update={"point_sets": sets}))
            lowered = (score.lower(one, other) for one, score in rubric.scores.items())
            values = {key: node for one in lowered for key, node in one.items()}
            yield Mutant(("point_sets", name, option), what, values)


def _constructs(bundle: Bundle) -> Iterator[Mutant]:
    rubric = bundle.rubric
    yield from _stage("scores", rubric.scores, of_score, bundle)
    yield from _stage("ladders", rubric.ladders, of_ladder, bundle)
    yield from _stage("decisions", rubric.decisions, of_decision, bundle)
    yield from _stage("checklists", rubric.checklists, of_check, bundle)
    yield from _stage("flags", rubric.flags, of_flag, bundle)
    yield from _stage("recommendations", rubric.recommendations, of_advice, bundle)


def _stage(
    stage: str,
    constructs: Mapping[str, C],
    change: Callable[[C, Bundle], Iterator[Changed[C]]],
    bundle: Bundle,
) -> Iterator[Mutant]:
    for name, construct in constructs.items():
        for one in change(construct, bundle):
            steps = (stage, name, *one.steps)
            yield Mutant(steps, one.what, one.rule.lower(name, bundle))
