"""`not` over questions that may not apply: a trap, as "not applicable" would make it true."""

from collections.abc import Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.checks.judged import Judged
from maturity.checks.readings import Reading


def negated_inapplicable(judged: Judged) -> Iterator[Diagnostic]:
    """M321: a negated condition reads a question that may not apply, and does not say so."""
    for reading in judged.readings:
        if reading.mention.negated and not reading.keeps_inapplicable:
            name = _may_drop_out(reading, judged)
            if name is not None:
                message = f"{quoted(name)} may not apply, and then this `not` holds"
                hint = _hint(reading)
                place = judged.places.of(reading.mention.steps)
                yield Diagnostic.of(Code.NEGATED_INAPPLICABLE, place, message, hint)


def _may_drop_out(reading: Reading, judged: Judged) -> str | None:
    asked = judged.questions.asked
    return next(
        (name for name, _ in reading.names if name in asked and asked[name].may_drop_out), None
    )


def _hint(reading: Reading) -> str:
    if reading.kind == "choice":
        return "say it without `not`, by the options that are meant, or add not-applicable to `in`"
    return "say it without `not`, or add `or_not_applicable: true`"
