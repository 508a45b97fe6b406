"""What worked cases must keep beside their models."""

from collections.abc import Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.nearest import few_guesses
from maturity.base.places import Places
from maturity.checks.answers import check_answers
from maturity.checks.expectations import check_expectations
from maturity.checks.hints import instead_of
from maturity.checks.questions import Questions
from maturity.model.bundle import Bundle
from maturity.model.cases import Cases


@few_guesses()
def check_cases(cases: Cases, places: Places, bundle: Bundle) -> list[Diagnostic]:
    """Every fault of a file of cases, sorted by place."""
    found = [*duplicate_cases(cases, places), *unknown_bases(cases, places)]
    found += answers(cases, places, Questions.of(bundle.questionnaire))
    found += check_expectations(cases, places, bundle)
    return sorted(found)


def duplicate_cases(cases: Cases, places: Places) -> Iterator[Diagnostic]:
    """M401: two cases have one name."""
    first: dict[str, int] = {}
    for index, case in enumerate(cases.cases):
        if first.setdefault(case.name, index) != index:
            there = places.of(("cases", first[case.name], "name"))
            message = f"a case is called {quoted(case.name)} already, at {there}"
            place = places.of(("cases", index, "name"))
            hint = "give one of the two another name"
            yield Diagnostic.of(Code.DUPLICATE_CASE, place, message, hint)


def unknown_bases(cases: Cases, places: Places) -> Iterator[Diagnostic]:
    """M402: the base of a case is no case above it."""
    above: dict[str, None] = {}
    for index, case in enumerate(cases.cases):
        if case.base is not None and case.base not in above:
            message = f"no case above this one is called {quoted(case.base)}"
            hint = instead_of(case.base, above, "above stand")
            if any(case.base == other.name for other in cases.cases):
                hint = "move this case below its base"
            place = places.of(("cases", index, "base"))
            yield Diagnostic.of(Code.UNKNOWN_BASE, place, message, hint)
        above[case.name] = None


def answers(cases: Cases, places: Places, questions: Questions) -> Iterator[Diagnostic]:
    """Everything that can be wrong with answers; a case answers for the city, too."""
    for index, case in enumerate(cases.cases):
        sides = {"answers": case.answers, "government": case.government, "private": case.private}
        for side, given in sides.items():
            yield from check_answers(given, ("cases", index, side), places, questions)
