"""The solver behind the few words that proofs need. The only file that knows z3.

Terms are exact: numbers are rationals, never floats.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

import z3  # type: ignore[import-untyped]

Bool: TypeAlias = z3.BoolRef
Real: TypeAlias = z3.ArithRef
Model: TypeAlias = z3.ModelRef


class _Workspace:
    """Where terms are kept; the solver's choices depend on what else was ever put there."""

    terms = z3.Context()


def begin() -> None:
    """Start afresh, so that the same questions give the same answers whatever was asked before.

    Terms made before cannot be put together with those made after.
    """
    _Workspace.terms = z3.Context()


def known(value: bool) -> Bool:
    """A truth that is known."""
    return z3.BoolVal(value, _Workspace.terms)


class Answer(Enum):
    """What the solver says: there is such a world, there is none, or it stopped."""

    SOME = "some"
    NONE = "none"
    STOPPED = "stopped"


def truth(name: str) -> Bool:
    """A truth of this name."""
    return z3.Bool(name, _Workspace.terms)


def number(name: str) -> Real:
    """A number of this name."""
    return z3.Real(name, _Workspace.terms)


def exact(value: float) -> Fraction:
    """The number as it is written: 0.3 is three tenths, not the nearest binary fraction."""
    return Fraction(repr(value))


def constant(value: Fraction) -> Real:
    """A number that is known."""
    return z3.RealVal(str(value), _Workspace.terms)


def zero() -> Real:
    """Nothing."""
    return constant(Fraction(0))


def every(terms: Iterable[Bool]) -> Bool:
    """All of them; true of none."""
    found = list(terms)
    if len(found) > 1:
        return z3.And(found)
    return found[0] if found else known(value=True)


def some(terms: Iterable[Bool]) -> Bool:
    """At least one of them; false of none."""
    found = list(terms)
    if len(found) > 1:
        return z3.Or(found)
    return found[0] if found else known(value=False)


def no(term: Bool) -> Bool:
    """Not so."""
    return z3.Not(term)


def same(one: Bool, other: Bool) -> Bool:
    """Both or neither."""
    return one == other


def implies(one: Bool, other: Bool) -> Bool:
    """The other wherever the one is."""
    return z3.Implies(one, other)


def at_least(count: int, terms: Sequence[Bool]) -> Bool:
    """At least so many of them."""
    if count <= 0:
        return known(value=True)
    if count > len(terms):
        return known(value=False)
    if count == 1:
        return some(terms)
    return every(terms) if count == len(terms) else z3.AtLeast(*terms, count)


def at_most(count: int, terms: Sequence[Bool]) -> Bool:
    """At most so many of them."""
    return no(at_least(count + 1, terms))


def exactly_one(terms: Sequence[Bool]) -> Bool:
    """One of them, and no other."""
    pairs = [z3.Or(z3.Not(a), z3.Not(b)) for n, a in enumerate(terms) for b in terms[:n]]
    return z3.And([z3.Or(list(terms)), *pairs])


def chosen(condition: Bool, yes: Real, otherwise: Real) -> Real:
    """One number where a condition holds, the other where not."""
    return z3.If(condition, yes, otherwise)


def total(terms: Iterable[Real]) -> Real:
    """The sum; zero of none."""
    return z3.Sum([*terms, zero()])


def weighed(pieces: Iterable[tuple[Bool, Fraction]]) -> Real:
    """The sum of the numbers whose truths hold."""
    return total(chosen(holds, constant(number), zero()) for holds, number in pieces if number)


def decimal(model: Model, term: Real) -> float:
    """A number of a world, as the engine can take it."""
    value = model.eval(term, model_completion=True)
    return float(value.as_fraction())


def equal_in(model: Model, term: Real) -> Bool:
    """The number is what it is in a world."""
    return term == model.eval(term, model_completion=True)


def holds(model: Model, term: Bool) -> bool:
    """A truth of a world."""
    return bool(z3.is_true(model.eval(term, model_completion=True)))


class Solver:
    """Facts that grow, asked under assumptions; the same questions give the same answers."""

    def __init__(self) -> None:
        self._solver = z3.Solver(ctx=_Workspace.terms)
        self._solver.set("random_seed", 1)
        self._count = 0
        self.spent = 0

    def add(self, facts: Iterable[Bool]) -> None:
        """Hold these from now on."""
        for fact in facts:
            self._solver.add(fact)

    def name(self, term: Bool) -> Bool:
        """A name that can be assumed, and then implies the term."""
        self._count += 1
        proxy = truth(f"assumed#{self._count}")
        self._solver.add(z3.Implies(proxy, term))
        return proxy

    def ask(self, assumed: Sequence[Bool], limit: int) -> Answer:
        """Whether there is a world, within a limit of steps.

        Counts the steps taken in `spent`.
        """
        self._solver.set("rlimit", max(limit, 1))
        before = self._steps()
        answer = self._solver.check(*assumed)
        self.spent += self._steps() - before
        if answer == z3.sat:
            return Answer.SOME
        return Answer.NONE if answer == z3.unsat else Answer.STOPPED

    def model(self) -> Model:
        """The world found last."""
        return self._solver.model()

    def core(self) -> set[str]:
        """The names of assumptions that rule out every world, after `ask` said so."""
        return {str(term) for term in self._solver.unsat_core()}

    def _steps(self) -> int:
        statistics = self._solver.statistics()
        found = [n for n, key in enumerate(statistics.keys()) if key == "rlimit count"]
        return int(statistics[found[0]][1]) if found else 0
