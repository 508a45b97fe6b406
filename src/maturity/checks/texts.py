"""Texts that lack a language."""

from collections.abc import Iterator

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Places
from maturity.base.strict import Strict
from maturity.base.text import FALLBACK
from maturity.checks.parts import texts


def missing_translations(model: Strict, places: Places) -> Iterator[Diagnostic]:
    """M115: a text given by language lacks one; a text given once for all languages does not."""
    for text, steps in texts(model):
        if text.by_language and (missing := text.lacks()):
            lacking = ", ".join(missing)
            shown = FALLBACK if FALLBACK in text.by_language else next(iter(text.by_language))
            message = f"this text is missing in {lacking}; readers get it in {shown}"
            hint = f"add {lacking}, or give one text without a language if all read the same"
            yield Diagnostic.of(Code.MISSING_TRANSLATION, places.of(steps), message, hint)
