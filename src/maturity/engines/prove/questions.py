"""The possible settled answers of one question, as terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.prove import smt
from maturity.rules.scope import Shape


@dataclass(frozen=True, slots=True)
class Choice:
    """One truth for each option, and for `not-applicable` where that is possible."""

    options: Mapping[str, smt.Bool]

    @property
    def applies(self) -> smt.Bool:
        """Whether the question applies."""
        left_out = self.options.get(NOT_APPLICABLE)
        return smt.known(value=True) if left_out is None else smt.no(left_out)


@dataclass(frozen=True, slots=True)
class Multi:
    """One truth for each option; none is chosen where the question does not apply."""

    options: Mapping[str, smt.Bool]
    applies: smt.Bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A number within the range of the question."""

    number: smt.Real
    applies: smt.Bool


Asked: TypeAlias = Choice | Multi | Amount


def asked(shape: Shape, world: str, *, may_be_left_out: bool) -> Asked:
    """Fresh terms for a question in a world of this name."""
    name = f"{world}{shape.id}"
    applies = smt.truth(f"{name} applies") if may_be_left_out else smt.known(value=True)
    options = {one: smt.truth(f"{name}={one}") for one in shape.options}
    match shape.kind:
        case "choice":
            left_out = {NOT_APPLICABLE: smt.truth(f"{name}={NOT_APPLICABLE}")}
            return Choice(options | left_out if may_be_left_out else options)
        case "multi":
            return Multi(options, applies)
        case "number":
            return Amount(smt.number(name), applies)
        case "text":
            raise TypeError(shape)


def form_of(question: Asked) -> list[smt.Bool]:
    """What the kind of a question says of its answer."""
    match question:
        case Choice(options):
            return [smt.exactly_one(list(options.values()))]
        case Multi(options, applies):
            return [smt.implies(one, applies) for one in options.values()]
        case Amount():
            return []


def alike(one: Asked, other: Asked) -> smt.Bool:
    """The same answer to the same question in two worlds."""
    match one, other:
        case Choice(), Choice():
            return smt.every(smt.same(one.options[o], other.options[o]) for o in one.options)
        case Multi(), Multi():
            pairs = [(one.options[o], other.options[o]) for o in one.options]
            return smt.every(smt.same(a, b) for a, b in [*pairs, (one.applies, other.applies)])
        case Amount(), Amount():
            return smt.every([one.number == other.number, smt.same(one.applies, other.applies)])
    raise TypeError(one, other)


def same_answer(asked: Asked, model: smt.Model) -> smt.Bool:
    """The answer that a question has in a world."""
    match asked:
        case Choice(options):
            return smt.every(_as_in(model, term) for term in options.values())
        case Multi(options, applies):
            return smt.every(_as_in(model, term) for term in (applies, *options.values()))
        case Amount(number, applies):
            return smt.every([_as_in(model, applies), smt.equal_in(model, number)])


def _as_in(model: smt.Model, term: smt.Bool) -> smt.Bool:
    return term if smt.holds(model, term) else smt.no(term)
