"""Settled answers: drawn by chance, read off the solver's worlds, and told as in a city file."""

from dataclasses import dataclass, field
from random import Random

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.prove import questions, smt
from maturity.engines.prove.world import World
from maturity.engines.python import Valuation
from maturity.engines.trials import trials
from maturity.model.proofs import Told, Witness
from maturity.model.state import (
    ChoiceState,
    MultiState,
    NumberState,
    State,
    anything,
    inapplicable,
)
from maturity.plan import Plan
from maturity.rules.scope import Shape

LIKELY = (0.2, 0.5, 0.8)
"""How often an option of a multi question is chosen; drawn anew for each."""


@dataclass
class Draw:
    """Draws one settled state for each question, each possible one as likely as the others."""

    plan: Plan
    chance: Random
    _tried: dict[str, list[State]] = field(default_factory=dict)

    def states(self) -> dict[str, State]:
        """One way in which all questions may be answered, before it is known which apply."""
        return {name: self._state(shape) for name, shape in self.plan.shapes.items()}

    def _state(self, shape: Shape) -> State:
        chance, declarable = self.chance, shape.id in self.plan.declarable
        match shape.kind:
            case "choice":
                return _choice(chance.choice([*shape.options, *([NOT_APPLICABLE] * declarable)]))
            case "text":
                return anything(shape, declarable)
            case _ if declarable and chance.random() < LIKELY[0]:
                return inapplicable(shape)
            case "multi":
                likely = chance.choice(LIKELY)
                return _multi(
                    shape, frozenset(o for o in shape.options if chance.random() < likely)
                )
            case "number":
                return chance.choice(self._numbers(shape))

    def _numbers(self, shape: Shape) -> list[State]:
        """The numbers worth trying, found once."""
        if shape.id not in self._tried:
            unknown = anything(shape, declarable=False)
            self._tried[shape.id] = list(trials(self.plan, shape.id, unknown))
        return self._tried[shape.id]


def read(world: World, model: smt.Model, others: dict[str, State]) -> dict[str, State]:
    """The state of each question in a world that the solver found.

    Questions about which it was not asked are taken from `others`.
    """
    return others | {
        name: _read(world.plan.shapes[name], asked, model) for name, asked in world.asked.items()
    }


def _read(shape: Shape, asked: questions.Asked, model: smt.Model) -> State:
    match asked:
        case questions.Choice(options):
            return _choice(next(one for one, term in options.items() if smt.holds(model, term)))
        case questions.Multi(options, applies):
            if not smt.holds(model, applies):
                return inapplicable(shape)
            return _multi(shape, frozenset(o for o, t in options.items() if smt.holds(model, t)))
        case questions.Amount(number, applies):
            if not smt.holds(model, applies):
                return inapplicable(shape)
            amount = smt.decimal(model, number)
            return NumberState(amount, amount, applies=True, answered=True)


def _choice(option: str) -> State:
    return ChoiceState(frozenset({option}), answered=True)


def _multi(shape: Shape, chosen: frozenset[str]) -> State:
    return MultiState(chosen, frozenset(shape.options) - chosen, applies=True, answered=True)


def witness(valuation: Valuation) -> Witness:
    """The answers of a settled valuation, in the order of the questions."""
    told = ((name, _told(valuation, name)) for name in valuation.states)
    return Witness({name: answer for name, answer in told if answer is not None})


def _told(valuation: Valuation, question: str) -> Told | None:
    """An answer as it is written; none where the question does not apply by its condition."""
    match valuation.states[question]:
        case ChoiceState(possible):
            (option,) = possible
            declared = valuation.applies[question] is True
            return option if option != NOT_APPLICABLE or declared else None
        case MultiState(chosen, _, applies) if applies:
            return tuple(o for o in valuation.plan.shapes[question].options if o in chosen)
        case NumberState(least, _, applies) if applies:
            return least
        case MultiState() | NumberState() if valuation.applies[question] is True:
            return NOT_APPLICABLE
    return None
