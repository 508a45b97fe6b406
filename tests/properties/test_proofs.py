"""On small models every proof is held against all the ways in which things can be."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, product
from random import Random
from typing import Final, TypeAlias, assert_never

import pytest
from tests.making.models import models_of
from tests.making.oracle import Oracle, Settled, ways_count, worlds
from tests.making.shipped import Models, planned
from tests.making.size import size
from tests.making.small import values_of

from maturity.engines.prove import Cause, Claim, Kind, Verdict, Witness, prove
from maturity.engines.prove.monotony import Leaf, ranked
from maturity.engines.prove.parts import Part, rules, walk, without
from maturity.engines.python import Valuation
from maturity.model.state import State, anything
from maturity.plan import Plan, leaves
from maturity.rules import expr
from maturity.rules.answers import AnswerNumber, Share
from maturity.rules.conditions import Form
from maturity.rules.references import ScoreWithin

BUDGET: Final = 60.0
SLACK: Final = 1e-9

NAMED: Final = frozenset(
    {
        Kind.LEVEL_REACHED,
        Kind.ROW_WINS,
        Kind.STATUS_OCCURS,
        Kind.FLAG_RAISED,
        Kind.RECOMMENDED,
    }
)
"""Claims whose subject is what happens."""

OF_ONE_WORLD: Final = frozenset(Kind) - {Kind.SCORE_RISES, Kind.LADDER_RISES, Kind.MET_TOGETHER}

REASONED: Final = frozenset({Cause.METHOD, Cause.ROUNDING})
"""Why a claim may be left undecided, however long it takes."""


def raw_of(plan: Plan) -> dict[str, State]:
    """Nothing is known of any question."""
    return {name: anything(shape, name in plan.declarable) for name, shape in plan.shapes.items()}


def everything(models: Models) -> list[Oracle]:
    """A reading of every world; of numbers, at every threshold and between them."""
    found = {tuple(world.items()): world for world in worlds(models, raw_of(models.plan))}
    read = [Oracle(models, world) for world in found.values()]
    for oracle in read:
        oracle.outcomes()
    return read


def adds_numbers(plan: Plan) -> bool:
    """A score reads a number, so that its values are too many to try."""
    return any(
        isinstance(leaf, expr.Amount)
        for node in plan.values.values()
        for fold in leaves(node)
        if isinstance(fold, expr.Fold)
        for leaf in leaves(fold)
    )


def small_models(seeds: Iterable[int], most: int = 600) -> list[int]:
    """The seeds of models with few enough worlds."""
    return [seed for seed in seeds if ways(seed) <= most]


def ways(seed: int) -> int:
    models = made(seed)
    return ways_count(models, raw_of(models.plan))


def made(seed: int) -> Models:
    return models_of(seed, questions=Random(seed).randint(1, 4))


@pytest.mark.parametrize("seed", small_models(range(size(80, 800))))
def test_proofs_say_what_trying_everything_says(seed: int) -> None:
    models = made(seed)
    read = everything(models)
    for claim in prove(models.plan, models.bundle, BUDGET).claims:
        if claim.kind in OF_ONE_WORLD:
            chances = chances_of(claim, models)
            _agree(claim, all(any(chance(one) for one in read) for chance in chances), models)
        if claim.kind in NAMED and claim.verdict is Verdict.PROVEN:
            assert told(models, claim.witnesses[0]).truth(claim.subject) is True


def _agree(claim: Claim, happens: bool, models: Models) -> None:
    if claim.kind is Kind.ALWAYS_DECIDED:
        happens = not happens
    match claim.verdict:
        case Verdict.UNDECIDED:
            assert claim.cause in REASONED, claim
        case Verdict.REFUTED:
            assert not happens or adds_numbers(models.plan), claim
        case Verdict.PROVEN:
            assert happens or adds_numbers(models.plan), claim
        case _:
            assert_never(claim.verdict)


def told(models: Models, witness: Witness) -> Valuation:
    """What the program makes of a witness that stands in a city file."""
    answers = {
        name: {
            "answer": list(one) if isinstance(one, tuple) else one,
            "reason": "It does not arise.",
        }
        for name, one in witness.answers.items()
    }
    return values_of(models, answers=answers)


Chance: TypeAlias = Callable[[Oracle], bool]
"""Something that is the case in a world, or not."""


def chances_of(claim: Claim, models: Models) -> list[Chance]:
    """What a claim is about."""
    parts = rules(models.bundle)
    rule = parts.get(claim.subject)
    part = next((one for one in walk(rule) if one.at == claim.at), None) if rule else None
    match claim.kind:
        case Kind.WATCH_MATTERS:
            assert part
            flag = parts[claim.subject.replace("watch.", "flag.")].form
            watch = part.form
            return [
                lambda at: at.holds(watch) and at.holds(flag),
                lambda at: at.holds(watch) and not at.holds(flag),
            ]
        case Kind.CAN_HOLD | Kind.CAN_FAIL:
            assert part
            form, wanted = part.form, claim.kind is Kind.CAN_HOLD
            return [lambda at: at.holds(form) == wanted]
        case Kind.MAKES_A_DIFFERENCE:
            assert part
            assert rule
            whole, rest = rule.form, without(rule, part)
            return [lambda at: at.holds(whole) != at.holds(rest)]
        case Kind.EXACTLY_ON | Kind.ABOVE | Kind.BELOW:
            form = _bounded(claim, parts)
            return [lambda at: at.holds(form)]
    return [lambda at: _outcome_is(claim, at)]


def _bounded(claim: Claim, parts: Mapping[str, Part]) -> bool | Form:
    """The number lies on the threshold of a claim, above it or below it."""
    steps = claim.at.steps[:-1]
    part = next(one for one in walk(parts[claim.subject]) if one.at.steps == steps)
    assert isinstance(part.form, AnswerNumber | ScoreWithin | Share)
    bounds: dict[str, object] = dict.fromkeys(("at_least", "above", "at_most", "below"))
    sides = {Kind.EXACTLY_ON: ("at_least", "at_most"), Kind.ABOVE: ("above",)}
    bounds |= dict.fromkeys(sides.get(claim.kind, ("below",)), claim.threshold)
    return part.form.model_copy(update={**bounds, "or_not_applicable": False})


def _outcome_is(claim: Claim, at: Oracle) -> bool:
    stage, name, *outcome = claim.subject.split(".")
    found = at.found[f"{stage}.{name}"]
    match claim.kind:
        case Kind.LEVEL_REACHED:
            ladder = at.models.bundle.rubric.ladders[name]
            ids = [level.id for level in ladder.levels]
            if not ladder.cumulative:
                return at.holds(ladder.levels[ids.index(outcome[0])].when)
            return isinstance(found, str) and ids.index(found) >= ids.index(outcome[0])
        case Kind.LEVEL_STANDS | Kind.ROW_WINS | Kind.STATUS_OCCURS:
            return found == outcome[0]
        case Kind.FLAG_RAISED | Kind.RECOMMENDED:
            return found is True
    return found is None


@pytest.mark.parametrize("seed", small_models(range(size(120, 1200)), most=120))
def test_better_answers_that_lower_are_found_by_trying_all_pairs(seed: int) -> None:
    models = demanding(made(seed))
    read = everything(models)
    pairs = {name: list(_changes(read, name, models)) for name in models.plan.shapes}
    for claim in prove(models.plan, models.bundle, BUDGET).claims:
        if claim.kind in {Kind.SCORE_RISES, Kind.LADDER_RISES}:
            assert claim.question
            lowered = any(_lowers(claim, *pair) for pair in pairs[claim.question])
            if claim.verdict is Verdict.UNDECIDED:
                assert claim.cause in REASONED
            elif not adds_numbers(models.plan):
                assert lowered == (claim.verdict is Verdict.REFUTED), claim
            else:
                assert claim.verdict is Verdict.REFUTED or not lowered, claim
            if claim.verdict is Verdict.REFUTED:
                _differ_in_one(models, claim)


def demanding(models: Models) -> Models:
    """The models with ladders that must rise with the first two scores."""
    rubric = models.bundle.rubric
    ladders = {
        name: ladder.model_copy(update={"monotone": ("score0", "score1")})
        for name, ladder in rubric.ladders.items()
    }
    update = {"ladders": ladders}
    return planned(models.bundle.questionnaire, rubric.model_copy(update=update))


def _changes(read: list[Oracle], question: str, models: Models) -> Iterator[tuple[Oracle, Oracle]]:
    """Two worlds with different answers to one question, and the same to all others in both."""
    asked = models.bundle.questions
    applying = {
        id(at): {name for name, one in asked.items() if at.holds(one.applies_when)} for at in read
    }
    for one, other in product(read, repeat=2):
        both = applying[id(one)] & applying[id(other)] - {question}
        if one.world[question] != other.world[question] and all(
            one.world[name] == other.world[name] for name in both
        ):
            yield one, other


def _lowers(claim: Claim, before: Oracle, after: Oracle) -> bool:
    bundle = before.models.bundle
    stage, name = claim.subject.split(".")
    scores = [claim.subject]
    if stage == "ladder":
        scores = [f"score.{one}" for one in bundle.rubric.ladders[name].monotone]
    tables = ranked(before.models.plan, scores)[claim.question or ""]
    points = [
        _points(leaf, before.world[leaf.question], after.world[leaf.question]) for leaf in tables
    ]
    if None in points or all(one and one[0] == one[1] for one in points):
        return False
    if any(one and one[0] > one[1] for one in points):
        return False
    first, second = before.found[claim.subject], after.found[claim.subject]
    if stage == "ladder":
        ids = bundle.steps(name).ids
        return before.rank(name, ids) > after.rank(name, ids)
    if not isinstance(first, float | int) or not isinstance(second, float | int):
        return False
    return second < first - SLACK


def _points(leaf: Leaf, before: Settled, after: Settled) -> tuple[float, float] | None:
    found = [_of(leaf, before), _of(leaf, after)]
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _of(leaf: Leaf, answer: Settled) -> float | None:
    if isinstance(answer, float | int):
        return answer
    table = dict(leaf.table) if isinstance(leaf, expr.Points) else {}
    if isinstance(answer, frozenset):
        return sum(table[option] for option in answer)
    return table.get(answer)


def _differ_in_one(models: Models, claim: Claim) -> None:
    """The counterexample differs in the one question, but for those that apply in one case only."""
    before, after = claim.witnesses
    assert before.answers[claim.question or ""] != after.answers[claim.question or ""]
    shared = before.answers.keys() & after.answers.keys() - {claim.question}
    assert all(before.answers[name] == after.answers[name] for name in shared)
    if claim.kind is Kind.SCORE_RISES:
        first, second = (told(models, one).interval(claim.subject) for one in (before, after))
        assert second.least < first.least


@pytest.mark.parametrize("seed", small_models(range(size(80, 800))))
def test_conflicts_between_checklists_are_those_of_all_worlds(seed: int) -> None:
    models = made(seed)
    read = everything(models)
    names = [f"check.{name}" for name in models.bundle.rubric.checklists]
    found = [
        one
        for one in prove(models.plan, models.bundle, BUDGET).claims
        if one.kind is Kind.MET_TOGETHER
    ]
    sets = [chosen for n in range(1, len(names) + 1) for chosen in combinations(names, n)]
    conflict = any(
        any(all(at.found[name] != "not-applicable" for name in chosen) for at in read)
        and not any(all(at.found[name] == "met" for name in chosen) for at in read)
        for chosen in sets
    )
    if not adds_numbers(models.plan) and not any(one.cause in REASONED for one in found):
        assert any(one.verdict is Verdict.REFUTED for one in found) == conflict
        assert all(one.core for one in found if one.verdict is Verdict.REFUTED)


@pytest.mark.parametrize("seed", range(3))
def test_the_number_of_jobs_changes_nothing(seed: int) -> None:
    models = made(seed)
    alone = prove(models.plan, models.bundle, BUDGET)
    assert prove(models.plan, models.bundle, BUDGET, jobs=2) == alone
    assert prove(models.plan, models.bundle, BUDGET) == alone
