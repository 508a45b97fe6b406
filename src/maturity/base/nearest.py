"""What somebody probably meant to write."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_ALIKE: Final = 0.6  # of 1: difflib's measure of likeness, and its usual bound
_LONGEST: Final = 200  # characters: comparing takes time by the square of the length


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like the word, or None when nothing is like it.

    Letter case, and underscore against hyphen, do not count. The order of the choices
    does not matter: the answer depends on nothing but which they are.
    """
    if len(word) > _LONGEST:
        return None
    folded: dict[str, str] = {}
    for choice in sorted(choices):
        folded.setdefault(_fold(choice), choice)
    found = get_close_matches(_fold(word), folded, n=1, cutoff=_ALIKE)
    return folded[found[0]] if found else None


def _fold(word: str) -> str:
    return word.casefold().replace("_", "-").strip()
