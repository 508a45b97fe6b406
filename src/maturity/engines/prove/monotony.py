"""A better answer never lowers a score, nor a ladder that says so.

Better is told by the points that scores give: no fewer in any, and more in one; of the options of a
multi question, one by one. What the answer makes applicable or not changes with it, so that even
a mean can fall. Where nothing but the points themselves changes, no solver is needed: every fold
rises with each of its items.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from maturity.base.places import At
from maturity.engines.prove import smt
from maturity.engines.prove.figures import value
from maturity.engines.prove.prover import TRIES, Inquiry, Prover, behind, cause_of
from maturity.engines.prove.questions import Amount, Choice, Multi, same_answer
from maturity.engines.prove.witnesses import read, witness
from maturity.engines.prove.world import World
from maturity.engines.python import Valuation, evaluate
from maturity.model.bundle import Bundle
from maturity.model.proofs import Cause, Claim, Kind, Promised, Verdict
from maturity.plan import Plan
from maturity.rules import expr

Leaf = expr.Points | expr.Amount


@dataclass(frozen=True, slots=True)
class Rise:
    """The claim that better answers to a question never lower a score or a ladder.

    `keys` are the score, or the levels of the ladder from the lowest up.
    """

    kind: Kind
    subject: str
    at: At
    question: str
    ranked: tuple[Leaf, ...]
    keys: tuple[str, ...]
    declared: bool


def rises(plan: Plan, bundle: Bundle, promised: Promised) -> Iterator[Rise]:
    """Every score by every question in it; every ladder that is promised to rise with scores."""
    for name in bundle.rubric.scores:
        at, key = At("rubric", ("scores", name)), f"score.{name}"
        for question, found in ranked(plan, [key]).items():
            declared = name in promised.scores
            yield Rise(Kind.SCORE_RISES, key, at, question, found, (key,), declared)
    for name, ladder in bundle.rubric.ladders.items():
        at, key = At("rubric", ("ladders", name)), f"ladder.{name}"
        levels = tuple(f"{key}.{level.id}" for level in ladder.levels)
        scores = [f"score.{one}" for one in promised.ladders.get(name, ())]
        for question, found in ranked(plan, scores).items():
            yield Rise(Kind.LADDER_RISES, key, at, question, found, levels, declared=True)


def ranked(plan: Plan, scores: Sequence[str]) -> dict[str, tuple[Leaf, ...]]:
    """The points that scores, and the scores within them, give to each question."""
    found: dict[str, dict[Leaf, None]] = {}
    for score in scores:
        for leaf in _leaves(plan, plan.values[score]):
            found.setdefault(leaf.question, {})[leaf] = None
    return {question: tuple(tables) for question, tables in found.items()}


def _leaves(plan: Plan, node: expr.Node) -> Iterator[Leaf]:
    match node:
        case expr.Points() | expr.Amount():
            yield node
        case expr.ScoreRef(key):
            yield from _leaves(plan, plan.values[key])
        case expr.Fold(_, items):
            for _, item in items:
                yield from _leaves(plan, item)


def prove_rise(rise: Rise, prover: Prover) -> Claim:
    """Decide one claim."""
    claim = Claim(
        rise.kind,
        rise.subject,
        rise.at,
        Verdict.PROVEN,
        question=rise.question,
        declared=rise.declared,
    )
    if rise.kind is Kind.SCORE_RISES and _rises_by_form(prover.plan, rise):
        return claim
    match _Change(prover, rise).search():
        case None:
            return claim
        case Cause() as cause:
            return replace(claim, verdict=Verdict.UNDECIDED, cause=cause)
        case before, after:
            shown = (witness(before), witness(after))
            outcomes = (_outcome(rise, before), _outcome(rise, after))
            return replace(claim, verdict=Verdict.REFUTED, witnesses=shown, outcomes=outcomes)


def _outcome(rise: Rise, at: Valuation) -> float | str | None:
    """The score, or the highest level that is reached."""
    if rise.kind is Kind.SCORE_RISES:
        return at.interval(rise.keys[0]).least
    reached = [key.rpartition(".")[2] for key in rise.keys if at.truth(key)]
    return reached[-1] if reached else None


def _rises_by_form(plan: Plan, rise: Rise) -> bool:
    """Of all that the score reads, another answer changes nothing but its own points."""
    touched = set(plan.reach(rise.question).questions)
    _, nodes = behind(plan, expr.ScoreRef(rise.keys[0]), through_applicability=False)
    indicators = [node.condition for node in nodes if isinstance(node, expr.Indicator)]
    conditions = {name for one in indicators for name in behind(plan, one)[0]}
    read = {node.question for node in nodes if isinstance(node, Leaf)}
    return touched.isdisjoint(conditions) and touched & read == {rise.question}


class _Change:
    """Two worlds, of which the second has a better answer to one question."""

    def __init__(self, prover: Prover, rise: Rise) -> None:
        self.prover, self.rise = prover, rise
        self.before = World(prover.plan)
        self.after = World.varied(self.before, rise.question)
        self.inquiry = Inquiry(prover.effort, (self.before, self.after))

    def search(self) -> tuple[Valuation, Valuation] | Cause | None:
        """Two worlds that the engine confirms; None where there are none; or why not known."""
        wanted = [self.inquiry.solver.name(smt.every([self._better(), self._lower()]))]
        for _ in range(TRIES):
            match self.inquiry.ask(*wanted):
                case smt.Answer.STOPPED:
                    return Cause.TIME
                case smt.Answer.NONE if len(wanted) == 1:
                    return None
                case smt.Answer.NONE:
                    break
                case smt.Answer.SOME:
                    model = self.inquiry.solver.model()
                    found = self._confirmed(model)
                    if self._is_lower(*found):
                        return found
                    wanted.append(self.inquiry.solver.name(self._another(model)))
        return cause_of(self.prover.plan, *(_reading(key) for key in self.rise.keys))

    def _better(self) -> smt.Bool:
        """The second answer has no fewer points anywhere, and more somewhere."""
        first = self.before.question(self.rise.question)
        second = self.after.question(self.rise.question)
        match first, second:
            case Choice(), Choice():
                return better_option(first, second, self.rise.ranked)
            case Multi(), Multi():
                both = [first.applies, second.applies]
                return smt.every([*both, better_choice(first, second, self.rise.ranked)])
            case Amount(), Amount():
                return smt.every([first.applies, second.applies, second.number > first.number])
        raise TypeError(first, second)

    def _lower(self) -> smt.Bool:
        if self.rise.kind is Kind.SCORE_RISES:
            (key,) = self.rise.keys
            one, other = self.before.score(key), self.after.score(key)
            return smt.every([one.present, other.present, value(other) < value(one)])
        before = [self.before.named(key) for key in self.rise.keys]
        after = [self.after.named(key) for key in self.rise.keys]
        return smt.some(
            smt.every([level, *(smt.no(one) for one in after[n:])])
            for n, level in enumerate(before)
        )

    def _confirmed(self, model: smt.Model) -> tuple[Valuation, Valuation]:
        """What the reference engine makes of both worlds."""
        plan = self.prover.plan
        states = read(self.before, model, self.prover.draw.states())
        return evaluate(plan, states), evaluate(plan, read(self.after, model, states))

    def _is_lower(self, before: Valuation, after: Valuation) -> bool:
        if self.rise.kind is Kind.SCORE_RISES:
            one, other = (at.interval(self.rise.keys[0]) for at in (before, after))
            return one.applies is True and other.applies is True and other.least < one.least
        return self._height(after) < self._height(before)

    def _height(self, at: Valuation) -> int:
        """How many levels lie at or below the highest that is reached."""
        return max((n + 1 for n, key in enumerate(self.rise.keys) if at.truth(key)), default=0)

    def _another(self, model: smt.Model) -> smt.Bool:
        asked = (*self.before.asked.values(), *self.after.asked.values())
        return smt.no(smt.every(same_answer(terms, model) for terms in asked))


def better_option(first: Choice, second: Choice, ranked: Sequence[Leaf]) -> smt.Bool:
    """An option that every score likes no less, and one of them more."""
    tables = [dict(leaf.table) for leaf in ranked if isinstance(leaf, expr.Points)]
    points = {option: [table[option] for table in tables] for option in tables[0]}
    return smt.some(
        smt.every([first.options[low], second.options[high]])
        for low in points
        for high in points
        if points[low] != points[high]
        and all(a <= b for a, b in zip(points[low], points[high], strict=True))
    )


def better_choice(first: Multi, second: Multi, ranked: Sequence[Leaf]) -> smt.Bool:
    """No option that brings points is given up, none that costs some is added; and one differs.

    Each option of a multi question is a fact of its own: what more of one is worth does not make up
    for the loss of another.
    """
    kept, changed = [], []
    for leaf in ranked:
        for option, points in leaf.table if isinstance(leaf, expr.Points) else ():
            pair = (first.options[option], second.options[option])
            low, high = pair if points > 0 else pair[::-1]
            if points:
                kept.append(smt.implies(low, high))
                changed.append(smt.every([high, smt.no(low)]))
    return smt.every([*kept, smt.some(changed)])


def _reading(key: str) -> expr.Node:
    return expr.ScoreRef(key) if key.startswith("score.") else expr.Ref(key)
