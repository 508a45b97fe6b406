"""Cases as they are written are read back the same."""

import pytest

from maturity.api.saving import saved_text
from maturity.base.errors import UsageError
from maturity.loading.models import Loaded, Source, load
from maturity.model.cases import Case, Cases, Expectation
from maturity.model.proofs import Told
from maturity.model.saved import SavedCase, SavedCases
from maturity.render.case_file import case_file


def read_back(*cases: SavedCase) -> tuple[Case, ...]:
    """What a reader makes of the file."""
    text = case_file(SavedCases("made", cases, "Why these cases are here, at some length. " * 5))
    loaded = load(Source("made.cases.yaml", text.encode()), Cases)
    assert isinstance(loaded, Loaded), loaded
    return loaded.model.cases


def test_answers_of_every_kind_are_read_back() -> None:
    answers: dict[str, Told] = {
        "a": "true",
        "b": (),
        "c": ("x", "null"),
        "d": 4.0,
        "e": 0.25,
        "f": "not-applicable",
    }
    (case,) = read_back(SavedCase("any", answers, {"check.G1": "open"}))
    assert {name: one.answer for name, one in case.answers.items()} == answers
    assert case.answers["f"].reason is not None


@pytest.mark.parametrize(
    "expected",
    [
        None,
        "T1",
        "false",
        "T1|T2",
        12.5,
        Expectation(near=1.5, margin=0.01),
        Expectation(in_=("a", None)),
        Expectation(at_least=-3.0),
    ],
)
def test_expectations_of_every_kind_are_read_back(expected: Expectation | str | float) -> None:
    (case,) = read_back(SavedCase("any", {}, {"score.s.least": expected}))
    assert case.expect == {"score.s.least": expected}


def test_names_and_comments_may_hold_anything() -> None:
    first = SavedCase('a "name": # 望加錫', {}, {"check.G1": "met"}, comment="one\ntwo: [three")
    second = SavedCase("b", {}, {"check.G1": "met"}, base=first.name)
    told = read_back(first, second)
    assert [one.name for one in told] == [first.name, "b"]
    assert told[1].base == first.name


def test_a_file_holds_the_cases_of_one_rubric() -> None:
    case = SavedCase("a", {}, {"check.G1": "met"})
    assert saved_text([SavedCases("none")]) is None
    assert saved_text([SavedCases("none"), SavedCases("one", (case,))]) is not None
    with pytest.raises(UsageError, match="one, two"):
        saved_text([SavedCases("one", (case,)), SavedCases("two", (case,))])
