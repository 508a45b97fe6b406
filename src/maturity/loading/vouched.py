"""Files that this version of the checks has passed, told by the digests of their bytes.

A check is a function of the bytes of a file and of the models that it refers to, so that shipped
files, unchanged, need not be checked again at every start. `make docs` writes the list; a test
demands that it is fresh. A line is a word and digests:

    fits QUESTIONNAIRE RUBRIC       checked together, without error: they can score
    questionnaire DIGEST            checked without any finding; behind it, in pairs, the id and the
                                    digest of each questionnaire that it shares questions with
    rubric DIGEST ID QUESTIONNAIRE  as above, beside the questionnaire that it names by this id
    cases DIGEST ID RUBRIC          as above, beside the rubric that it names by this id
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from maturity.loading.sources import (
    Source,
    fetch,
    find_questionnaire,
    rubric_tested,
)

LIST: Final = Path(__file__).with_name("vouched.txt")


def is_vouched(questionnaire: str, rubric: str) -> bool:
    """Whether the models with these digests were checked together and had no error."""
    return ("fits", questionnaire, rubric) in _lines()


def is_clean(source: Source) -> bool:
    """Whether this file, beside the models that it finds here, was checked without any finding."""
    return _is_clean(source, source.digest)


def _is_clean(source: Source, digest: str) -> bool:
    return any(_is_as_checked(line, source) for line in _lines() if line[1] == digest)


def line_for(word: str, *digests: str) -> str:
    """A line of the list."""
    return " ".join((word, *digests))


def _is_as_checked(line: tuple[str, ...], source: Source) -> bool:
    """Whether what the file refers to is found, and is the same as when it was checked."""
    match line:
        case ("questionnaire", _, *others):
            pairs = zip(others[::2], others[1::2], strict=True)
            return all(_asks(source, name) == digest for name, digest in pairs)
        case ("rubric", _, name, digest):
            return _asks(source, name) == digest
        case ("cases", _, name, digest):
            found = rubric_tested(name, source.path)
            rubric = fetch(found) if found else None
            if isinstance(rubric, Source) and rubric.digest == digest:
                return _is_clean(rubric, digest)
    return False


def _asks(source: Source, name: str) -> str | None:
    """The digest of the questionnaire that a file means by this id, where there is one."""
    path = find_questionnaire(name, source.path.parent if source.path else None, near_first=True)
    found = fetch(path) if path else None
    return found.digest if isinstance(found, Source) else None


@cache
def _lines() -> frozenset[tuple[str, ...]]:
    return frozenset(_read())


def _read() -> Iterator[tuple[str, ...]]:
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield tuple(line.split())
