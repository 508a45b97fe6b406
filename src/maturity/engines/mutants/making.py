"""A rubric -> every small change to it that changes what it is lowered to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from maturity.base.places import Steps
from maturity.engines.mutants.conditions import Variant, Written, moved, variants
from maturity.engines.mutants.scores import of_score
from maturity.model.bundle import Bundle
from maturity.model.rubric import NamedCondition
from maturity.rules.checklists import ChecklistItem
from maturity.rules.conditions import lower
from maturity.rules.decisions import Band, Decision, Row
from maturity.rules.flags import Departure, Flag
from maturity.rules.ladders import Ladder, Level
from maturity.rules.lowered import Lowered
from maturity.rules.recommendations import Recommendation
from maturity.rules.scores import Score

Construct: TypeAlias = (
    NamedCondition | Score | Ladder | Decision | ChecklistItem | Flag | Recommendation
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change to a rubric: where, what, and the named values that come of it."""

    steps: Steps
    what: str
    values: Lowered


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
    from maturity.engines.mutants.scores import more_points

    for name, table in bundle.rubric.point_sets.items():
        for option, words, changed in more_points(table):
            sets = {**bundle.rubric.point_sets, name: changed}
            other = Bundle(
                bundle.questionnaire, bundle.rubric.model_copy(update={"point_sets": sets})
            )
            scores = bundle.rubric.scores.items()
            values = {key: node for n, one in scores for key, node in one.lower(n, other).items()}
            yield Mutant(("point_sets", name, option), words, values)


def _constructs(bundle: Bundle) -> Iterator[Mutant]:
    rubric = bundle.rubric
    stages: tuple[tuple[str, dict[str, Score] | dict[str, Ladder] | dict[str, Decision] | dict[str, ChecklistItem] | dict[str, Flag] | dict[str, Recommendation]], ...] = (
        ("scores", rubric.scores),
        ("ladders", rubric.ladders),
        ("decisions", rubric.decisions),
        ("checklists", rubric.checklists),
        ("flags", rubric.flags),
        ("recommendations", rubric.recommendations),
    )
    for stage, constructs in stages:
        for name, construct in constructs.items():
            for steps, what, changed in _changed(construct, bundle):
                yield Mutant((stage, name, *steps), what, changed.lower(name, bundle))
