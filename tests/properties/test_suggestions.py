"""Suggested cases pass, and catch every mutant but those that no answers can show."""

from collections.abc import Iterable, Iterator
from itertools import islice, product
from random import Random
from typing import Final

import pytest
from tests.making.models import models_of
from tests.making.shipped import Models
from tests.making.size import first_traced, size

from maturity.engines.cases import Ran, trace_cases
from maturity.engines.mutants import Mutant, hunt, mutants_of
from maturity.engines.mutants.showing import Altered, shown
from maturity.engines.prove import suggest
from maturity.engines.python import Valuation, evaluate
from maturity.engines.trials import trials
from maturity.i18n.catalog import catalog
from maturity.loading.models import Loaded, Source, load
from maturity.model.cases import Cases
from maturity.model.saved import SavedCase, SavedCases
from maturity.model.state import State, anything
from maturity.plan import leaves
from maturity.render.case_file import case_file
from maturity.rules import expr

BUDGET: Final = 60.0
MOST_WORLDS: Final = 100
TRIED: Final = 25


def made(seed: int) -> Models:
    return models_of(seed, questions=Random(seed).randint(1, 4))


def run(models: Models, cases: Iterable[SavedCase]) -> tuple[Ran, ...]:
    """The cases as a file of them is read and run."""
    saved = SavedCases(models.bundle.rubric.id, tuple(cases), "Made.")
    loaded = load(Source("made.cases.yaml", case_file(saved).encode()), Cases)
    assert isinstance(loaded, Loaded), loaded
    return trace_cases(models.bundle, models.plan, loaded.model)


def named(mutants: Iterable[Mutant]) -> set[tuple[object, str]]:
    return {(one.steps, catalog("en").tell(one.what)) for one in mutants}


def everything(models: Models) -> Iterator[Valuation]:
    """What comes of settled answers: of multi questions, of all, none and each alone."""
    plan = models.plan
    tried: list[list[State]] = []
    for name, shape in plan.shapes.items():
        unknown = anything(shape, name in plan.declarable)
        tried.append(list(trials(plan, name, unknown)) or [unknown])
    for states in islice(product(*tried), MOST_WORLDS):
        yield evaluate(plan, dict(zip(plan.shapes, states, strict=True)))


def has_geometric(models: Models) -> bool:
    """A score that the solver knows only within bounds."""
    return any(
        isinstance(leaf, expr.Fold) and leaf.method is expr.Method.GEOMETRIC
        for node in models.plan.values.values()
        for leaf in leaves(node)
    )


@pytest.mark.parametrize("seed", first_traced(range(size(12, 400)), 4))
def test_suggested_cases_catch_whatever_can_be_caught(seed: int) -> None:
    models = made(seed)
    every = mutants_of(models.bundle, models.plan.values)
    mutants = Random(seed).sample(every, min(TRIED, len(every)))
    found = suggest(models.bundle, models.plan, mutants, BUDGET)
    ran = run(models, found.cases)
    assert [one.case.name for one in ran if not one.outcome.passed] == []
    alive = named(hunt(models.bundle, models.plan, ran).survivors) & named(mutants)
    assert alive == named((*found.equivalent, *found.still_open))
    watched = [one for one in found.still_open if not Altered(models.plan, one).watches]
    assert not watched or has_geometric(models)
    worlds = list(everything(models))
    for mutant in found.equivalent:
        altered = Altered(models.plan, mutant)
        assert not any(shown(models.bundle, altered, at) for at in worlds), mutant
