"""Worked cases that the program makes, as the text of a file."""

from collections.abc import Iterable

from maturity.base.errors import UsageError
from maturity.model.saved import SavedCases


def saved_text(found: Iterable[SavedCases]) -> str | None:
    """Cases as the text of a case file; None where there are none.

    Raises:
        UsageError: they are of several rubrics, and a case file tests one.
    """
    from maturity.render.case_file import case_file

    told = [one for one in found if one.cases]
    if len(told) > 1:
        names = ", ".join(one.rubric for one in told)
        raise UsageError("several-rubrics", known=names)
    return case_file(told[0]) if told else None
