"""What a hint says about a word that nobody knows."""

from collections.abc import Collection, Iterable

from maturity.base.characters import quoted
from maturity.base.nearest import nearest

_MOST_NAMED = 12
_LONGEST_WHOLE = 1e16


def instead_of(word: str, known: Collection[str], where: str) -> str:
    """The nearest known word as a question; where none is near, the known ones.

    `where` says what they are, as in "the options are".
    """
    near = nearest(word, known)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    return f"{where} {listed(known)}" if known else "there are none: declare it first"


def exact(number: float) -> str:
    """The number as it is written: not rounded, a whole one without a point."""
    is_whole = float(number).is_integer() and abs(number) < _LONGEST_WHOLE
    return str(int(number)) if is_whole else repr(number)


def listed(words: Iterable[str]) -> str:
    """The words with commas; those above a dozen are counted."""
    names = list(words)
    rest = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {rest} more" if rest > 0 else shown
