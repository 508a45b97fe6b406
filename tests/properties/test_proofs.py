"""On small models every proof is held against all the ways in which things can be."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from random import Random
from typing import Final, TypeAlias

import pytest
from tests.making.models import models_of
from tests.making.oracle import Oracle, Settled, ways_count, worlds
from tests.making.shipped import Models
from tests.making.size import first_traced, size
from tests.making.small import values_of

from maturity.engines.parts import Part, rules, walk
from maturity.engines.prove import Cause, Claim, Kind, Promised, Verdict, Witness, prove, smt
from maturity.engines.prove.monotony import Leaf, ranked
from maturity.engines.prove.portions import without
from maturity.engines.prove.prover import Effort, Inquiry, cause_of
from maturity.engines.prove.questions import Amount, Choice, Multi
from maturity.engines.prove.witnesses import Draw
from maturity.engines.prove.world import World
from maturity.engines.python import Valuation, evaluate
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    anything,
)
from maturity.plan import Plan, leaves
from maturity.rules import expr
from maturity.rules.answers import AnswerNumber, Share
from maturity.rules.conditions import Form
from maturity.rules.references import ScoreWithin

BUDGET: Final = 60.0
MOST_WORLDS: Final = 400
MOST_PAIRED: Final = 120
SLACK: Final = 1e-9

PROMISED: Final = Promised(ladders=dict.fromkeys(("ladder0", "ladder1"), ("score0", "score1")))
"""What the made models promise: their ladders rise with their first scores."""

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


def small_models(seeds: Iterable[int]) -> list[int]:
    """The seeds of models with few enough worlds."""
    return [seed for seed in seeds if ways(seed) <= MOST_WORLDS]


def ways(seed: int) -> int:
    models = made(seed)
    return ways_count(models, raw_of(models.plan))


def made(seed: int) -> Models:
    return models_of(seed, questions=Random(seed).randint(1, 4))


@pytest.mark.parametrize("seed", first_traced(small_models(range(size(14, 1000))), 4))
def test_proofs_say_what_trying_everything_says(seed: int) -> None:
    models = made(seed)
    read = everything(models)
    pairs = Pairs(models, read if len(read) <= MOST_PAIRED else [])
    for claim in prove(models.plan, models.bundle, BUDGET, promised=PROMISED).claims:
        if claim.kind in {Kind.SCORE_RISES, Kind.LADDER_RISES}:
            _agree(claim, pairs.lowered(claim), models)
        elif claim.kind is Kind.MET_TOGETHER:
            _agree(claim, conflicts(models, read), models)
        else:
            chances = chances_of(claim, models)
            happens = all(any(chance(one) for one in read) for chance in chances)
            _agree(claim, happens != (claim.kind is Kind.ALWAYS_DECIDED), models)
        _shown(claim, models)


def _agree(claim: Claim, expected: bool | None, models: Models) -> None:
    """The verdict is what trying everything says, where that tries everything."""
    if claim.verdict is Verdict.UNDECIDED:
        assert claim.cause is Cause.METHOD, claim
    elif expected is not None and not adds_numbers(models.plan):
        assert expected == (claim.verdict is Verdict.PROVEN), claim


def _shown(claim: Claim, models: Models) -> None:
    """What a claim shows comes out of a city file with those answers."""
    if claim.kind in NAMED and claim.verdict is Verdict.PROVEN:
        assert told(models, claim.witnesses[0]).truth(claim.subject) is True
    if claim.question and claim.verdict is Verdict.REFUTED:
        before, after = (one.answers for one in claim.witnesses)
        shared = before.keys() & after.keys() - {claim.question}
        assert before[claim.question] != after[claim.question]
        assert all(before[name] == after[name] for name in shared)


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


@dataclass
class Pairs:
    """Two worlds with different answers to one question, and the same to all others in both."""

    models: Models
    read: list[Oracle]

    def lowered(self, claim: Claim) -> bool | None:
        """That no better answer lowers; None where there are too many pairs to try."""
        if not self.read:
            return None
        return not any(_lowers(claim, one, other) for one, other in self.of(claim.question or ""))

    def of(self, question: str) -> list[tuple[Oracle, Oracle]]:
        """The pairs that differ in a question."""
        if question not in self._of:
            self._of[question] = list(self._pairs(question))
        return self._of[question]

    def _pairs(self, question: str) -> Iterator[tuple[Oracle, Oracle]]:
        for one, other in product(self.read, repeat=2):
            both = self._applying[id(one)] & self._applying[id(other)] - {question}
            if one.world[question] != other.world[question] and all(
                one.world[name] == other.world[name] for name in both
            ):
                yield one, other

    def __post_init__(self) -> None:
        """Note which questions apply by their condition in which world."""
        asked = self.models.bundle.questions
        self._of: dict[str, list[tuple[Oracle, Oracle]]] = {}
        self._applying = {
            id(at): {name for name, one in asked.items() if at.holds(one.applies_when)}
            for at in self.read
        }


def _lowers(claim: Claim, before: Oracle, after: Oracle) -> bool:
    bundle = before.models.bundle
    stage, name = claim.subject.split(".")
    scores = [claim.subject]
    if stage == "ladder":
        scores = [f"score.{one}" for one in PROMISED.ladders[name]]
    tables = ranked(before.models.plan, scores)[claim.question or ""]
    points: list[tuple[float, float]] = []
    for leaf in tables:
        points += _points(leaf, before.world[leaf.question], after.world[leaf.question])
    if any(one > other for one, other in points) or all(one == other for one, other in points):
        return False
    first, second = before.found[claim.subject], after.found[claim.subject]
    if stage == "ladder":
        ids = bundle.steps(name).ids
        return before.rank(name, ids) > after.rank(name, ids)
    if not isinstance(first, float | int) or not isinstance(second, float | int):
        return False
    return second < first - SLACK


def _points(leaf: Leaf, before: Settled, after: Settled) -> list[tuple[float, float]]:
    """The points of both answers, of a multi question by option; none where one is left out."""
    table = dict(leaf.table) if isinstance(leaf, expr.Points) else {}
    if isinstance(before, frozenset) and isinstance(after, frozenset):
        return [(n * (one in before), n * (one in after)) for one, n in table.items()]
    if isinstance(before, float | int) and isinstance(after, float | int):
        return [(before, after)]
    if isinstance(before, str) and isinstance(after, str) and {before, after} <= table.keys():
        return [(table[before], table[after])]
    return []


def conflicts(models: Models, read: list[Oracle]) -> bool:
    """That all items that can apply together can be met together."""
    names = [f"check.{name}" for name in models.bundle.rubric.checklists]
    sets = [chosen for n in range(1, len(names) + 1) for chosen in combinations(names, n)]
    return not any(
        any(all(at.found[name] != "not-applicable" for name in chosen) for at in read)
        and not any(all(at.found[name] == "met" for name in chosen) for at in read)
        for chosen in sets
    )


@pytest.mark.parametrize("seed", first_traced(range(size(20, 2000)), 4))
def test_terms_mean_what_the_engine_says(seed: int) -> None:
    """In worlds drawn by chance, each named value has for the solver the value of the engine."""
    models = made(seed)
    draw = Draw(models.plan, Random(seed))
    smt.begin()
    world = World(models.plan)
    for _ in range(5):
        valuation = evaluate(models.plan, draw.states())
        keys = {key: world.named(key) for key in models.plan.values if not key.startswith("score.")}
        inquiry = Inquiry(Effort.of(BUDGET), (world,))
        as_drawn = [inquiry.solver.name(term) for term in settled(world, valuation)]
        assert inquiry.ask(*as_drawn) is smt.Answer.SOME
        for key, term in keys.items():
            if cause_of(models.plan, expr.Ref(key)) is not Cause.METHOD:
                other = smt.no(term) if valuation.truth(key) else term
                assert inquiry.ask(*as_drawn, inquiry.solver.name(other)) is smt.Answer.NONE, key


def settled(world: World, valuation: Valuation) -> Iterator[smt.Bool]:
    """The answers of a valuation, as far as the world has terms for them."""
    for name, asked in world.asked.items():
        match asked, valuation.states[name]:
            case Choice(options), ChoiceState(possible):
                yield from (options[option] for option in possible)
            case Multi(options, applies), MultiState(chosen, _, applied):
                yield applies if applied else smt.no(applies)
                terms = options.items()
                yield from (term if one in chosen else smt.no(term) for one, term in terms)
            case Amount(number, applies), NumberState(least, _, applied):
                yield applies if applied else smt.no(applies)
                yield from [number == smt.constant(smt.exact(least))] * bool(applied)


@pytest.mark.parametrize("seed", [1])
def test_the_number_of_jobs_changes_nothing(seed: int) -> None:
    models = made(seed)
    alone = prove(models.plan, models.bundle, BUDGET)
    assert prove(models.plan, models.bundle, BUDGET, jobs=2) == alone
    assert prove(models.plan, models.bundle, BUDGET) == alone
