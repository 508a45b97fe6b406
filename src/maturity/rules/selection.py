"""A list of questions, written out or told by what they have in common."""

from typing import Annotated

from pydantic import Discriminator, Tag

from maturity.base.ids import Id, QuestionId
from maturity.base.strict import Many, Strict
from maturity.rules.scope import Scope


class Selector(Strict):
    """The questions of a theme, with a tag, or the rows of one question."""

    theme: Id | None = None
    tag: Id | None = None
    rows_of: Id | None = None


def _form(value: object) -> str:
    return "is-list" if isinstance(value, list | tuple) else "is-selector"


Selection = Annotated[
    Annotated[Many[QuestionId], Tag("is-list")] | Annotated[Selector, Tag("is-selector")],
    Discriminator(_form),
]


def selected(selection: tuple[str, ...] | Selector, scope: Scope) -> tuple[str, ...]:
    """The ids of the questions meant, in declared order."""
    if isinstance(selection, tuple):
        return selection
    return tuple(scope.select(selection.theme, selection.tag, selection.rows_of))
