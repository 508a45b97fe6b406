"""A diagnostic in a language: the texts of the catalogue, and the detail as the check words it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from maturity.base.characters import one_line
from maturity.base.diagnostics import Diagnostic
from maturity.base.text import FALLBACK
from maturity.i18n.catalog import catalog
from maturity.i18n.rules import rule_texts

_GUESS: Final = re.compile(r"did you mean (.+)\?", re.DOTALL)


def told(one: Diagnostic, language: str, *, means: bool = True) -> str:
    """`path:line:column: M104 error: …  [word]` with what belongs to it on indented lines.

    In another language than the checks' own the title of the code stands in the place of the
    message, which follows as a detail; `means` tells what the code means and what to do.
    """
    if language == FALLBACK:
        return one.line()
    texts = rule_texts()[one.code.number]
    head = f"{one.place}: {one.code.number} {one.severity}: {texts.title[language]}"
    lines = [one_line(f"{head} [{one.code.word}]")]
    lines += [f"  {texts.meaning[language].strip()}"] if means else []
    lines.append(f"  {catalog(language).say('findings.detail', text=one_line(one.message))}")
    lines += [f"  {_hint(one.hint, language)}"] if one.hint else []
    return "\n".join(lines)


def all_told(found: Iterable[Diagnostic], language: str) -> Iterator[str]:
    """Each diagnostic; what a code means is told once."""
    seen: set[str] = set()
    for one in found:
        yield told(one, language, means=one.code.number not in seen)
        seen.add(one.code.number)


def _hint(hint: str, language: str) -> str:
    guess = _GUESS.fullmatch(hint)
    if guess:
        return catalog(language).say("findings.did-you-mean", word=one_line(guess[1]))
    return catalog(language).say("findings.hint", text=one_line(hint))
