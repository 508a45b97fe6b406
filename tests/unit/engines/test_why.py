"""Reasons and changes: what decided a value, and what would change it."""

import pytest
from tests.making.reports import example_report, small_report

from maturity.model.reason import Change, Number, Reason

DAM, WELL = small_report().projects


def named(reason: Reason) -> list[Reason]:
    own = [reason] if reason.kind == "named" else []
    return own + [one for part in reason.parts for one in named(part)]


def test_a_named_value_is_opened_once_a_tree() -> None:
    for project in example_report("all-unknown.yaml").projects:
        for row in ("over-extended", "aligned"):
            found = named(project.why(f"decision.verdict.{row}"))
            opened = [one.key for one in found if one.parts]
            assert len(opened) == len(set(opened))
            assert {one.key for one in found} == set(opened)


def test_only_what_decides_is_kept() -> None:
    reason = WELL.why("flag.odd").parts[0]
    assert (reason.kind, reason.value, len(reason.parts), reason.left_out) == ("all", True, 2, 0)
    reason = DAM.why("flag.odd").parts[0]
    assert (reason.value, len(reason.parts), reason.left_out) == (False, 1, 1)
    assert reason.parts[0].asked is not None
    assert reason.parts[0].asked.question == "risk.flood"


def test_what_is_looked_for_stands_in_the_order_of_the_questionnaire() -> None:
    asked = [part.asked for part in WELL.why("condition.tools").parts[0].parts]
    forms = {one.form: (one.wanted, one.low) for one in asked if one is not None}
    assert forms == {"has-all": (("pipes", "pumps"), 2), "chosen": (("pipes", "pumps", "law"), 2)}
    assert DAM.why("check.C2.met").leaves()[0].form == "has"


def test_a_number_tells_its_truth_and_a_truth_its_number() -> None:
    score = DAM.why("score.rare")
    assert (score.number, score.truth) == (Number(1.0, 5.0), None)
    assert WELL.why("score.rare").number == Number(None, None)
    assert (WELL.why("flag.odd").truth, WELL.why("flag.odd").number.least) == (True, None)
    assert DAM.why("score.rare").parts[0].method == "most"


def test_an_indicator_tells_its_points() -> None:
    item = DAM.why("score.gauge").parts[0].parts[0]
    assert (item.kind, item.points, item.weight, item.number.most) == (
        "indicator",
        (4, 1),
        1.0,
        1.0,
    )


def test_why_a_question_does_not_apply_is_told_once() -> None:
    reasons = WELL.why("score.lowest")
    leaves = [leaf.question for leaf in reasons.leaves()]
    assert leaves.count("kind") == 1


def test_changes_of_an_outcome() -> None:
    assert DAM.changes("flag.odd") == (Change("risk.flood", ("part",), "odd"),)
    assert {one.outcome for one in WELL.changes("decision.mood")} == {"low", "high"}
    assert {one.outcome for one in WELL.changes("flag.odd")} == {"none"}
    assert DAM.changes("condition.never") == ()


def test_changes_of_a_score_tell_what_it_would_be() -> None:
    found = DAM.changes("score.rare")
    assert Change("plan", ("full",), "score", Number(5.0, 5.0)) in found
    assert Change("kind", ("lone",), "score", Number(None, None)) in found
    assert all(one.number != Number(1.0, 5.0) for one in found)


def test_there_is_no_such_output() -> None:
    with pytest.raises(KeyError):
        DAM.changes("ladder.nothing")
