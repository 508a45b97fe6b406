"""Why something cannot happen: the least set of parts that exclude each other, by place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maturity.base.places import At
from maturity.engines.parts import Part, items
from maturity.engines.prove import smt
from maturity.engines.prove.asked import Demand
from maturity.engines.prove.prover import Effort, behind
from maturity.engines.prove.world import World
from maturity.model.bundle import Bundle
from maturity.model.proofs import Promised
from maturity.plan import Plan
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, NotThat
from maturity.rules.references import DecisionIn, FlagRaised, LadderAt, Named, as_ids


@dataclass(frozen=True)
class Reasons:
    """Looks for cores; knows where everything stands, and what is promised."""

    plan: Plan
    bundle: Bundle
    promised: Promised
    parts: dict[str, Part]
    effort: Effort

    def core(self, demands: Sequence[Demand]) -> tuple[At, ...]:
        """The places of what excludes each other; none where the effort does not suffice.

        Parts come before the conditions, ranges and scores through which they exclude each
        other; nothing can be left out, but for the scores, which are told for whoever reads it.
        """
        leaves = list(dict.fromkeys(one for demand in demands for one in self._spread(demand)))
        solver, world = smt.Solver(), World(self.plan)
        wanted = [(solver.name(self._term(world, leaf)), leaf.part.at) for leaf in leaves]
        facts = [(solver.name(fact), self._place(origin)) for origin, fact in world.facts]
        solver.add(world.ledger)
        kept = self._least(solver, [term for term, _ in (*wanted, *facts)])
        places = {str(term): at for term, at in (*wanted, *facts)}
        found = [places[str(term)] for term in kept]
        read = [leaf for leaf in leaves if leaf.part.at in found]
        return tuple(dict.fromkeys((*found, *self._scores(read))))

    def _term(self, world: World, leaf: Demand) -> smt.Bool:
        term = world.truth(leaf.part.lowered(self.bundle))
        return term if leaf.holds else smt.no(term)

    def _least(self, solver: smt.Solver, terms: list[smt.Bool]) -> list[smt.Bool]:
        """Those without which the rest would be possible."""
        if self.effort.ask(solver, terms) is not smt.Answer.NONE:
            return []
        core = solver.core()
        kept = [term for term in terms if str(term) in core]
        for term in list(kept):
            rest = [one for one in kept if one is not term]
            if self.effort.ask(solver, rest) is smt.Answer.NONE:
                kept = rest
        return kept

    def _spread(self, demand: Demand) -> Iterator[Demand]:
        """The smallest parts that all have to be as demanded, through what they refer to."""
        below = self._below(demand)
        if below is None:
            yield demand
        else:
            for one in below:
                yield from self._spread(one)

    def _below(self, demand: Demand) -> Iterable[Demand] | None:
        part, holds = demand.part, demand.holds
        match part.form:
            case AllOf() if holds:
                return [Demand(one) for one in items(part)]
            case AnyOf() if not holds:
                return [Demand(one, holds=False) for one in items(part)]
            case AtLeastOf(at_least=count, of=forms) if holds and count == len(forms):
                return [Demand(one) for one in items(part)]
            case NotThat():
                return [Demand(one, holds=not holds) for one in items(part)]
            case Named(condition=name):
                return [Demand(self.parts[f"condition.{name}"], holds=holds)]
            case FlagRaised(flag=flag) if not holds or len(as_ids(flag)) == 1:
                return [Demand(self.parts[f"flag.{one}"], holds=holds) for one in as_ids(flag)]
            case LadderAt() if (part.form.at_least is not None) == holds:
                return self._levels(part.form)
            case DecisionIn(decision=name, rows=(row,)) if holds:
                return self._rows(name, row)
        return None

    def _levels(self, form: LadderAt) -> list[Demand] | None:
        steps = self.bundle.steps(form.ladder)
        if not steps.cumulative:
            return None
        upto = steps.ids.index(form.at_least or form.below or "") + 1
        return [Demand(self.parts[f"ladder.{form.ladder}.{one}"]) for one in steps.ids[:upto]]

    def _rows(self, name: str, row: str) -> list[Demand]:
        ids = self.bundle.steps(name).ids
        above = [self.parts[f"decision.{name}?{one}"] for one in ids[: ids.index(row)]]
        own = Demand(self.parts[f"decision.{name}?{row}"])
        return [*(Demand(part, holds=False) for part in above), own]

    def _place(self, origin: str) -> At:
        """Where the statement behind a fact stands."""
        if origin in self.parts:
            return self.parts[origin].at
        stage, name = origin.replace("?", ".").split(".", 1)
        if stage == "range":
            asked = [question.id for question in self.bundle.questionnaire.questions]
            index = asked.index(self.bundle.questions[name].id)
            return At("questionnaire", ("questions", index, "range"))
        construct, outcome = name.split(".", 1)
        if stage == "check":
            return At("rubric", ("checklists", construct))
        return self.parts[f"{stage}.{construct}?{outcome}"].at

    def _scores(self, leaves: Iterable[Demand]) -> Iterator[At]:
        """The scores that the parts of a core read."""
        for leaf in leaves:
            read, _ = behind(self.plan, leaf.part.lowered(self.bundle))
            for name in self.bundle.rubric.scores:
                if f"score.{name}" in read:
                    yield At("rubric", ("scores", name))
