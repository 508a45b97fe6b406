"""Cases as the text of a file of the form `maturity/cases@1`, which `maturity test` reads."""

import textwrap
from collections.abc import Iterator
from typing import Final

from maturity.base.flow import flow, in_quotes
from maturity.base.ids import NOT_APPLICABLE
from maturity.model.cases import Expectation, Expected
from maturity.model.proofs import Told
from maturity.model.saved import SavedCase, SavedCases

WIDTH: Final = 96
REASON: Final = "so that the rule shows"


def case_file(saved: SavedCases) -> str:
    """The whole file."""
    lines = [*_comment(saved.comment, ""), "format: maturity/cases@1", f"rubric: {saved.rubric}"]
    lines.append("cases:")
    for case in saved.cases:
        lines += _case(case)
    return "\n".join(lines) + "\n"


def _case(case: SavedCase) -> Iterator[str]:
    yield from _comment(case.comment, "  ")
    yield f"  - name: {in_quotes(case.name)}"
    if case.base is not None:
        yield f"    base: {in_quotes(case.base)}"
    yield "    answers:" if case.answers else "    answers: {}"
    for question, answer in case.answers.items():
        yield f"      {question}: {_answer(answer)}"
    yield "    expect:"
    for key, expected in case.expect.items():
        yield f"      {key}: {_expected(expected)}"


def _comment(text: str, margin: str) -> Iterator[str]:
    for line in textwrap.wrap(text, WIDTH - len(margin), break_on_hyphens=False):
        yield f"{margin}# {line}"


def _answer(answer: Told) -> str:
    if answer == NOT_APPLICABLE:
        return f"{{answer: {NOT_APPLICABLE}, reason: {REASON}}}"
    return flow(answer)


def _expected(expected: Expected) -> str:
    if not isinstance(expected, Expectation):
        return flow(expected)
    given = expected.model_dump(by_alias=True, exclude_unset=True)
    return f"{{{', '.join(f'{key}: {flow(value)}' for key, value in given.items())}}}"
