"""What somebody probably meant to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_ALIKE: Final = 0.6  # of 1: difflib's measure of likeness, and its usual bound
_LONGEST: Final = 200  # characters: comparing takes time by the square of the length
_MOST_GUESSED: Final = 50  # words of one file: nobody reads more guesses, and each takes time

_GUESSED: Final[ContextVar[list[str] | None]] = ContextVar("guessed", default=None)


@contextmanager
def few_guesses() -> Iterator[None]:
    """Within it only the first fifty words are guessed at: what has more faults is hostile."""
    token = _GUESSED.set([])
    try:
        yield
    finally:
        _GUESSED.reset(token)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like the word, or None when nothing is like it.

    Letter case, and underscore against hyphen, do not count. The order of the choices
    does not matter: the answer depends on nothing but which they are, and on how many words
    were guessed at within `few_guesses`.
    """
    guessed = _GUESSED.get()
    if len(word) > _LONGEST or (guessed is not None and len(guessed) >= _MOST_GUESSED):
        return None
    if guessed is not None:
        guessed.append(word)
    folded: dict[str, str] = {}
    for choice in sorted(choices):
        folded.setdefault(_fold(choice), choice)
    found = _alike(word, folded, 1, _ALIKE)
    return folded[found[0]] if found else None


def nearest_first(word: str, choices: Sequence[str], most: int) -> list[str]:
    """So many of the choices: those most like the word, as `nearest` compares, or just the first.

    The first are taken where the word is too long to be compared.
    """
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_fold(choice), choice)
    if len(word) > _LONGEST:
        return list(choices[:most])
    return [folded[one] for one in _alike(word, folded, most, 0)]


def _alike(word: str, folded: Iterable[str], most: int, bound: float) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - a start without faults needs no guess

    return get_close_matches(_fold(word), folded, n=most, cutoff=bound)


def _fold(word: str) -> str:
    return word.casefold().replace("_", "-").strip()
