"""The algebra for known answers, told in the language of another engine.

With known answers a condition is yes or no, and no two ends of a number differ. A question that
does not apply, or is declared so, has the answer `not-applicable`.
"""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar, assert_never

from tests.bench.rivals.decision import Decision

from maturity.base.ids import NOT_APPLICABLE
from maturity.rules.expr import (
    All,
    Amount,
    AnswerIn,
    AnyOf,
    AtLeast,
    Bounds,
    ChosenCount,
    Condition,
    Const,
    Not,
    Ref,
    Within,
)

T = TypeVar("T")


class Language(Protocol[T]):
    """How another engine says what the algebra says. `T` is a condition in its language."""

    def constant(self, *, value: bool) -> T:
        """Always so."""
        ...

    def among(self, question: str, options: frozenset[str]) -> T:
        """The answer as it was given is one of these; `not-applicable` may be one."""
        ...

    def chosen(self, question: str, options: Sequence[str], low: int, high: int) -> T:
        """So many of these options of a multi question are chosen."""
        ...

    def within(self, question: str, bounds: Bounds) -> T:
        """The number that was given lies within bounds."""
        ...

    def every(self, items: Sequence[T]) -> T:
        """All of at least one."""
        ...

    def some(self, items: Sequence[T]) -> T:
        """Any of at least one."""
        ...

    def opposite(self, item: T) -> T:
        """Not so."""
        ...

    def at_least(self, count: int, items: Sequence[T]) -> T:
        """So many of these."""
        ...

    def named(self, key: str) -> T:
        """The value that has been said before under this key."""
        ...


class Teller(Generic[T]):
    """Tells conditions of a decision in a language."""

    def __init__(self, decision: Decision, language: Language[T]) -> None:
        self.decision = decision
        self.language = language

    def tell(self, node: Condition) -> T:
        """A condition, yes or no.

        Raises:
            TypeError: it asks for a score, which none of the decisions told here does.
        """
        say = self.language
        match node:
            case Const(value):
                return say.constant(value=value)
            case AnswerIn(question, options):
                otherwise = NOT_APPLICABLE in options
                return self._if_it_applies(
                    question, say.among(question, options), otherwise=otherwise
                )
            case ChosenCount(question, options, low, high, otherwise):
                ordered = [
                    o for o in self.decision.models.plan.shapes[question].options if o in options
                ]
                told = say.chosen(question, ordered, low, min(high, len(ordered)))
                return self._declared(question, told, otherwise=otherwise)
            case Within(Amount(question), bounds, otherwise):
                return self._declared(question, say.within(question, bounds), otherwise=otherwise)
            case Within():
                raise TypeError(node)
            case All(items):
                return self._joined(items, empty=True)
            case AnyOf(items):
                return self._joined(items, empty=False)
            case Not(item):
                return say.opposite(self.tell(item))
            case AtLeast(count, items):
                return say.at_least(count, [self.tell(one) for one in items])
            case Ref(key):
                return say.named(key)
        assert_never(node)

    def _joined(self, items: Sequence[Condition], *, empty: bool) -> T:
        told = [self.tell(one) for one in items]
        if len(told) < 2:
            return told[0] if told else self.language.constant(value=empty)
        return self.language.every(told) if empty else self.language.some(told)

    def _declared(self, question: str, told: T, *, otherwise: bool) -> T:
        """What is said of an answer that may have been declared not applicable."""
        say = self.language
        if question in self.decision.models.plan.declarable:
            given = say.among(question, frozenset({NOT_APPLICABLE}))
            told = say.some([given, told]) if otherwise else say.every([say.opposite(given), told])
        return self._if_it_applies(question, told, otherwise=otherwise)

    def _if_it_applies(self, question: str, told: T, *, otherwise: bool) -> T:
        condition = self.decision.applies(question)
        if condition is None:
            return told
        applies = self.tell(condition)
        if otherwise:
            return self.language.some([self.language.opposite(applies), told])
        return self.language.every([applies, told])
