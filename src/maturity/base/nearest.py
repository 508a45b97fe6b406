"""What somebody probably meant to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    from difflib import get_close_matches  # noqa: PLC0415 - a start without faults needs no guess

    guessed = _GUESSED.get()
    if len(word) > _LONGEST or (guessed is not None and len(guessed) >= _MOST_GUESSED):
        return None
    if guessed is not None:
        guessed.append(word)
    folded: dict[str, str] = {}
    for choice in sorted(choices):
        folded.setdefault(_fold(choice), choice)
    found = get_close_matches(_fold(word), folded, n=1, cutoff=_ALIKE)
    return folded[found[0]] if found else None


def _fold(word: str) -> str:
    return word.casefold().replace("_", "-").strip()
