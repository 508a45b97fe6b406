"""Pairs of models that this version of the checks has passed, told by the digests of their bytes.

A check is a function of the bytes alone, so that a shipped pair, unchanged, need not be checked
again at every start. `make docs` writes the list; a test demands that it is fresh.
"""

from pathlib import Path
from typing import Final

LIST: Final = Path(__file__).with_name("vouched.txt")


def is_vouched(questionnaire: str, rubric: str) -> bool:
    """Whether the models with these digests were checked together and had no error."""
    return vouched_line(questionnaire, rubric) in LIST.read_text(encoding="utf-8").splitlines()


def vouched_line(questionnaire: str, rubric: str) -> str:
    """The line of the list for a pair of digests."""
    return f"{questionnaire} {rubric}"
