"""What a database can tell of a text by itself: that it is plainly right, or how it is shown."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from maturity.base.characters import AROUND
from maturity.engines.sql import terms
from maturity.engines.sql.terms import Term, cases, text

_HIDDEN: Final = (
    r"\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}"
    r"\x{feff}\x{e0000}-\x{e007f}"
)
"""The characters of `base.characters.HIDDEN`, as far as a database can hold them."""

_AROUND: Final = "".join(rf"\x{{{ord(one):x}}}" for one in AROUND)
"""What readers take away around a text."""

_EDGE: Final = f"[^&{_HIDDEN}{_AROUND}]"
_INSIDE: Final = rf"[^&{_HIDDEN}\t\n]"
PLAIN: Final = f"^{_EDGE}({_INSIDE}*{_EDGE})?$"
"""A text that no reader changes: no entity, nothing hidden, no blanks around, on one line."""

CHANGED: Final = f"^[{_AROUND}]|[{_AROUND}]$|&"
"""A text that has blanks around, or may hold an entity."""

_BREAK: Final = r"\r\n?"


def matches(term: Term, pattern: str) -> Term:
    """A text has a form; NULL where it is NULL."""
    return exp.RegexpLike(this=term, expression=text(pattern))


def shown(term: Term) -> Term:
    """A text as results show it: line feeds between lines, U+FFFD for what cannot be seen."""
    return _without_hidden(term, _replaced(term, _BREAK, "\n"))


def seen(term: Term) -> Term:
    """The same of a text whose reader has seen to its lines: U+FFFD for what cannot be seen."""
    return _without_hidden(term, term.copy())


def _without_hidden(term: Term, lines: Term) -> Term:
    hidden = _replaced(lines, f"[{_HIDDEN}]", "\N{REPLACEMENT CHARACTER}")
    return cases([(matches(term.copy(), f"[{_HIDDEN}]"), hidden)], term.copy())


def _replaced(term: Term, pattern: str, other: str) -> Term:
    return exp.RegexpReplace(
        this=term, expression=text(pattern), replacement=text(other), modifiers=text("g")
    )


def bare(term: Term) -> Term:
    """A text without blanks around, those of no width neither."""
    return exp.Trim(this=term, expression=text(AROUND))


def is_not(condition: Term) -> Term:
    """A condition is false or NULL."""
    return exp.Not(this=exp.Coalesce(this=condition, expressions=[terms.truth(value=False)]))


def is_empty(term: Term) -> Term:
    """Nothing, or a text without a character."""
    return exp.Or(
        this=exp.Is(this=term, expression=terms.nothing()),
        expression=terms.equal(term.copy(), text("")),
    )


def one_of(term: Term, words: Sequence[str]) -> Term:
    """A text is one of some words."""
    return exp.In(this=term, expressions=[text(word) for word in words])
