"""What a rule may ask about the things it refers to while it is lowered."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from maturity.rules.expr import NotApplicable, Unanswered

Kind = Literal["choice", "multi", "number", "text"]


class Shape(NamedTuple):
    """One answerable question: a question, or one row of a question with rows."""

    id: str
    kind: Kind
    options: tuple[str, ...] = ()
    least: float = 0.0
    most: float = 0.0


class Steps(NamedTuple):
    """The ordered outcomes of a ladder (levels, lowest first) or a decision (rows)."""

    stage: Literal["ladder", "decision"]
    ids: tuple[str, ...]
    cumulative: bool = True


class Scope(Protocol):
    """The names that a rule can refer to. Unknown names were reported before lowering starts."""

    @property
    def unanswered(self) -> Unanswered:
        """What a score makes of a question that nobody could answer, unless it says so itself."""
        ...

    @property
    def not_applicable(self) -> NotApplicable:
        """What a score makes of a question that does not apply, unless it says so itself."""
        ...

    def shape(self, question: str) -> Shape:
        """The shape of a question.

        Raises:
            KeyError: there is no such question.
        """
        ...

    def select(self, theme: str | None, tag: str | None, rows_of: str | None) -> Sequence[str]:
        """The questions of a theme, with a tag, or the rows of one question, in file order."""
        ...

    def steps(self, name: str) -> Steps:
        """The outcomes of the ladder or decision of this name.

        Raises:
            KeyError: there is no such ladder and no such decision.
        """
        ...

    def point_set(self, name: str) -> dict[str, float]:
        """A point set of the rubric.

        Raises:
            KeyError: there is no such point set.
        """
        ...
