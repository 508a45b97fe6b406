"""Ways in which an open project may turn out: every question is settled as it may be."""

from collections.abc import Mapping
from random import Random

from tests.making.shipped import Models

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.python import Valuation, evaluate
from maturity.engines.trials import trials
from maturity.model.city import Answer, City, Project
from maturity.model.state import ChoiceState, MultiState, NumberState, State, TextState
from maturity.model.states import raw_states, said_in, state_of
from maturity.plan import Plan


def valued(models: Models, city: City, project: Project) -> Valuation:
    """Every value of a project."""
    return evaluate(models.plan, raw_of(models.plan, city, project))


def raw_of(plan: Plan, city: City, project: Project) -> dict[str, State]:
    """What the answers of a project say alone."""
    return raw_states(plan.shapes, plan.declarable, said_in(city, project))


def completed(models: Models, city: City, project: Project, chance: Random) -> Project:
    """The project with every question answered, and agreed upon by both sides."""
    said = said_in(city, project)
    states = raw_of(models.plan, city, project)
    answers: dict[str, Answer] = {}
    for name, shape in models.plan.shapes.items():
        state = states[name]
        used = said[name].used() if name in said else ()
        if len(used) == 2:
            # Where the sides differ, the truth is what one of them says.
            _, one = chance.choice(used)
            state = state_of(one, shape, name in models.plan.declarable)
        answers[name] = Answer.model_validate(_given(models.plan, name, state, chance))
    return project.model_copy(update={"answers": answers})


def _given(plan: Plan, question: str, state: State, chance: Random) -> Mapping[str, object]:
    settled = _settled(plan, question, state, chance)
    return {"answer": settled, "reason": "It does not arise."}


def _settled(plan: Plan, question: str, state: State, chance: Random) -> object:
    shape = plan.shapes[question]
    match state:
        case ChoiceState(possible):
            return chance.choice(sorted(possible))
        case MultiState(chosen, refused) if not _is_left_out(state.applies, chance):
            rest = sorted(frozenset(shape.options) - chosen - refused)
            likely = chance.choice([0.0, 0.3, 0.7, 1.0])
            return sorted(chosen) + [one for one in rest if chance.random() < likely]
        case NumberState(least, most) if not _is_left_out(state.applies, chance):
            tried = [
                one.least for one in trials(plan, question, state) if isinstance(one, NumberState)
            ]
            return chance.choice([least, most, chance.uniform(least, most), *tried])
        case TextState() if not _is_left_out(state.applies, chance):
            return "Said in words."
    return NOT_APPLICABLE


def _is_left_out(applies: bool | None, chance: Random) -> bool:
    return applies is False or (applies is None and chance.random() < 0.3)
