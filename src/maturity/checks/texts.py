"""Texts that lack a language."""

from collections.abc import Iterator

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Places
from maturity.base.strict import Strict
from maturity.base.text import FALLBACK, LANGUAGES
from maturity.checks.parts import texts


def missing_translations(model: Strict, places: Places) -> Iterator[Diagnostic]:
    """M115: a text given by language lacks one; a text given once for all languages does not."""
    for text, steps in texts(model):
        if text.by_language and (missing := text.lacks()):
            lacking = ", ".join(missing)
            given = [code for code in (FALLBACK, *LANGUAGES) if code not in missing]
            instead = f"readers get it in {given[0]}" if given else "readers get nothing"
            message = f"this text is missing in {lacking}; {instead}"
            hint = f"add {lacking}, or give one text without a language if all read the same"
            yield Diagnostic.of(Code.MISSING_TRANSLATION, places.of(steps), message, hint)
