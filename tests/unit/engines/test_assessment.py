"""One project: what is told besides levels and numbers."""

from collections.abc import Mapping

from tests.making.shipped import Models
from tests.making.small import choice, city, number, small

from maturity.engines.assessment import assess_project
from maturity.model.result import ProjectResult

FLAG = {"name": "F", "theme": "t1", "severity": "critical", "means": "M", "action": "Do."}
ADVICE = {"action": "Do.", "theme": "t1", "owner": "joint", "horizon": "now"}
IS_A = {"answer": "one", "in": ["a"]}
QUESTIONS: list[dict[str, object]] = [
    choice("one"),
    choice("two", applies_when=IS_A),
    number("size"),
    {"id": "said", "kind": "text"},
]


def result(models: Models, **sides: Mapping[str, object]) -> ProjectResult:
    found = city(**sides)
    return assess_project(models.bundle, models.plan, found, found.projects[0]).result


def test_a_flag_is_raised_watched_or_possible_and_left_out_where_surely_absent() -> None:
    watch = {"answer": "two", "in": ["b"]}
    models = small(
        QUESTIONS, flags={"it": {**FLAG, "when": {"answer": "size", "above": 5}, "watch": watch}}
    )
    status = {
        "raised": result(models, answers={"size": 6}),
        "watched": result(models, answers={"one": "a", "two": "b"}),
        "possible": result(models),
    }
    assert {name: found.flags[0].status for name, found in status.items()} == {
        name: name for name in status
    }
    assert result(models, answers={"size": 5}).flags == ()


def test_a_justification_lowers_a_flag_that_is_raised() -> None:
    why = {"one": {"answer": "a", "justification": "As agreed."}}
    models = small(QUESTIONS, flags={"it": {**FLAG, "when": IS_A}})
    flag = result(models, answers=why).flags[0]
    assert (flag.severity, flag.declared, flag.justified_by) == ("info", "critical", ("one",))
    assert result(models, answers={"one": "a"}).flags[0].severity == "critical"
    assert result(models, government=why, private={"one": "b"}).flags[0].severity == "critical"


def test_the_questions_that_may_justify_can_be_named() -> None:
    why = {"one": {"answer": "a", "justification": "As agreed."}}
    models = small(QUESTIONS, flags={"it": {**FLAG, "when": IS_A, "justified_by": ["size"]}})
    assert result(models, answers=why).flags[0].severity == "critical"
    sized = {**why, "size": {"answer": 3, "justification": "As agreed."}}
    assert result(models, answers=sized).flags[0].justified_by == ("size",)


def test_a_recommendation_tells_what_gives_rise_to_it() -> None:
    flags = {"on": {**FLAG, "when": IS_A}, "off": {**FLAG, "when": False}}
    when = {"any": [{"flag": ["on", "off"]}, {"answer": "size", "above": 5}]}
    advice = {"it": {**ADVICE, "when": when}}
    models = small(QUESTIONS, horizons={"now": "Now"}, flags=flags, recommendations=advice)
    given = result(models, answers={"one": "a"}).recommendations[0]
    assert (given.status, given.because) == ("given", ("flag.on",))
    assert result(models).recommendations[0].status == "possible"
    assert result(models, answers={"one": "b", "size": 1}).recommendations == ()


def test_where_the_sides_differ_what_that_decides_is_told() -> None:
    models = small(QUESTIONS, flags={"it": {**FLAG, "when": IS_A}})
    sides = {"government": {"one": "a", "size": 3}, "private": {"one": "b", "size": 3}}
    found = result(models, **sides).divergences
    assert [(one.question, one.decides, one.settled) for one in found] == [
        ("one", ("flag.it",), False)
    ]
    agreed = result(models, answers={"one": "c"}, **sides).divergences
    assert [(one.question, one.decides, one.settled) for one in agreed] == [("one", (), True)]
    [unsettled] = result(models, answers={"one": "unknown"}, **sides).divergences
    assert not unsettled.settled


def test_texts_and_unknowns_are_no_divergence() -> None:
    models = small(QUESTIONS)
    ours: dict[str, object] = {"said": "This", "one": "unknown"}
    theirs: dict[str, object] = {"said": "That", "one": "a"}
    assert result(models, government=ours, private=theirs).divergences == ()


def test_a_lone_side_and_an_answer_without_use_are_listed() -> None:
    found = result(small(QUESTIONS), government={"one": "b"}, answers={"two": "a"})
    assert found.one_sided == (("one", "government"),)
    assert found.unused == ("two",)


def test_coverage_counts_the_questions_that_may_apply() -> None:
    cited = {"answer": "b", "evidence": [{"grade": "statement", "source": "A talk."}]}
    bare = {"answer": {"between": [1, 2]}, "evidence": [{"grade": "none"}]}
    found = result(small(QUESTIONS), answers={"one": cited, "size": bare, "two": "a"}).coverage
    # `two` does not apply; `said` has no answer; `size` is known in part.
    assert (found.asked, found.answered, found.unknown) == (3, 2, 1)
    assert (found.evidenced, found.partly) == (1, 1)


def test_results_are_found_by_name() -> None:
    ladder = {"name": "L", "none": "N", "levels": [{"id": "L1", "name": "1", "when": IS_A}]}
    decision = {"name": "D", "rows": [{"id": "yes", "name": "Y", "when": IS_A}]}
    found = result(small(QUESTIONS, ladders={"climb": ladder}, decisions={"table": decision}))
    climb, table = found.ladder("climb"), found.decision("table")
    assert climb is not None
    assert table is not None
    assert (climb.confirmed, climb.possible) == (None, "L1")
    # Nothing is confirmed although one row is possible: it may not hold either.
    assert (table.confirmed, table.possible) == (None, ("yes",))
    assert found.ladder("table") is None
