"""What proofs say of models small enough to see it."""

import sys
from collections.abc import Mapping

import pytest
from tests.making.shipped import Models
from tests.making.small import choice, multi, number, small

from maturity.engines.prove import (
    At,
    Cause,
    Claim,
    Kind,
    Proofs,
    SolverMissingError,
    Topic,
    Verdict,
    prove,
)
from maturity.engines.prove.attainable import attainable

ABOUT = {"name": "N", "theme": "t1", "severity": "info", "means": "M", "action": "A"}
ITEM = {"party": "government", "theme": "t1", "name": "N", "advice": "A"}


def is_(option: str, question: str = "one") -> dict[str, object]:
    return {"answer": question, "in": [option]}


def within(question: str = "one", **bounds: object) -> dict[str, object]:
    return {"answer": question, **bounds}


def named(**conditions: object) -> dict[str, object]:
    return {name: {"name": "N", "when": when} for name, when in conditions.items()}


def level(name: str, when: object) -> dict[str, object]:
    return {"id": name, "name": name, "when": when}


def proofs_of(models: Models, *topics: Topic, seconds: float = 20.0) -> Proofs:
    return prove(models.plan, models.bundle, seconds, topics=topics or tuple(Topic))


def one(models: Models, topic: Topic, kind: Kind, subject: str | None = None) -> Claim:
    """The only claim of a kind, about a subject."""
    (found,) = (
        claim
        for claim in proofs_of(models, topic).claims
        if claim.kind is kind and subject in {None, claim.subject}
    )
    return found


def steps(claim: Claim) -> list[tuple[str | int, ...]]:
    return [at.steps for at in claim.core]


def score(*items: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"name": "S", "items": list(items), **more}


def points(question: str, a: float, b: float, c: float, **more: object) -> dict[str, object]:
    return {"question": question, "points": {"a": a, "b": b, "c": c}, **more}


LADDER = {"name": "L", "none": "None"}


def test_a_level_above_one_that_excludes_it_is_out_of_reach() -> None:
    levels = [level("low", is_("a")), level("high", is_("b"))]
    models = small([choice("one")], ladders={"steps": {**LADDER, "levels": levels}})
    high = one(models, Topic.OUTCOMES, Kind.LEVEL_REACHED, "ladder.steps.high")
    assert high.verdict is Verdict.REFUTED
    assert steps(high) == [
        ("ladders", "steps", "levels", 0, "when"),
        ("ladders", "steps", "levels", 1, "when"),
    ]
    low = one(models, Topic.OUTCOMES, Kind.LEVEL_STANDS, "ladder.steps.low")
    assert [witness.answers for witness in low.witnesses] == [{"one": "a"}]


def test_levels_that_do_not_build_on_each_other_exclude_nothing() -> None:
    levels = [level("low", is_("a")), level("high", is_("b"))]
    ladder = {**LADDER, "levels": levels, "cumulative": False}
    models = small([choice("one")], ladders={"steps": ladder})
    assert proofs_of(models, Topic.OUTCOMES).faults() == ()


def test_a_row_below_one_that_takes_all_never_wins() -> None:
    rest = level("rest", when=True)
    rows = [level("first", {"not": is_("a")}), level("second", is_("b")), rest]
    models = small([choice("one")], decisions={"table": {"name": "T", "rows": rows}})
    second = one(models, Topic.OUTCOMES, Kind.ROW_WINS, "decision.table.second")
    assert second.verdict is Verdict.REFUTED
    assert steps(second) == [
        ("decisions", "table", "rows", 0, "when", "not"),
        ("decisions", "table", "rows", 1, "when"),
    ]


def test_a_decision_without_an_outcome_is_shown_the_answers() -> None:
    rows = [level("first", is_("a")), level("second", is_("b"))]
    models = small([choice("one")], decisions={"table": {"name": "T", "rows": rows}})
    gap = one(models, Topic.OUTCOMES, Kind.ALWAYS_DECIDED)
    assert gap.verdict is Verdict.REFUTED
    assert [witness.answers for witness in gap.witnesses] == [{"one": "c"}]


def test_numbers_between_two_bands_are_found() -> None:
    bands = [
        {"id": "low", "name": "Low", "at_most": 2.5},
        {"id": "high", "name": "High", "at_least": 2.6},
    ]
    models = small(
        [choice("one"), choice("two")],
        scores={"total": score(points("one", 2, 3, 2.55), points("two", 2, 3, 2.55))},
        decisions={"grade": {"name": "G", "bands": {"score": "total", "rows": bands}}},
    )
    gap = one(models, Topic.OUTCOMES, Kind.ALWAYS_DECIDED)
    assert [witness.answers for witness in gap.witnesses] == [{"one": "c", "two": "c"}]
    assert one(models, Topic.OUTCOMES, Kind.ROW_WINS, "decision.grade.high").witnesses


def test_statuses_are_asked_as_far_as_an_item_declares_them() -> None:
    plain = {**ITEM, "met": is_("a")}
    full = {**plain, "applies": {"not": is_("b")}, "partly": {"any": [is_("a"), is_("b")]}}
    models = small([choice("one")], checklists={"X": plain, "Y": full})
    found = {claim.subject: claim for claim in proofs_of(models, Topic.OUTCOMES).claims}
    assert found.keys() == {
        "check.X.met",
        "check.X.open",
        "check.Y.met",
        "check.Y.not-applicable",
        "check.Y.partly",
        "check.Y.open",
    }
    assert steps(found["check.Y.partly"]) == [
        ("checklists", "Y", "applies", "not"),
        ("checklists", "Y", "met"),
        ("checklists", "Y", "partly"),
    ]


def test_a_dead_flag_is_told_through_conditions_and_other_flags() -> None:
    models = small(
        [choice("one"), choice("two", applies_when=is_("a"))],
        conditions=named(inner=is_("b")),
        flags={
            "first": {**ABOUT, "when": {"condition": "inner"}},
            "dead": {**ABOUT, "when": {"all": [{"flag": "first"}, is_("c", "two")]}},
        },
    )
    dead = one(models, Topic.OUTCOMES, Kind.FLAG_RAISED, "flag.dead")
    assert dead.core == (
        At("rubric", ("conditions", "inner", "when")),
        At("rubric", ("flags", "dead", "when", "all", 1)),
        At("questionnaire", ("questions", 1, "applies_when")),
    )


def test_a_departure_that_cannot_be_is_told_by_its_two_parts() -> None:
    departs = {"question": "one", "usual": ["a"], "silent": [], "where": is_("a")}
    models = small([choice("one")], flags={"odd": {**ABOUT, "departs": departs}})
    odd = one(models, Topic.OUTCOMES, Kind.FLAG_RAISED)
    assert steps(odd) == [
        ("flags", "odd", "departs", "where"),
        ("flags", "odd", "departs", "usual"),
    ]


def test_a_watch_that_settles_its_flag_matters_to_nobody() -> None:
    flags = {
        "settled": {**ABOUT, "when": is_("a"), "watch": is_("b")},
        "open": {**ABOUT, "when": is_("a"), "watch": is_("a", "two")},
    }
    models = small([choice("one"), choice("two")], flags=flags)
    found = {claim.subject: claim for claim in proofs_of(models, Topic.OUTCOMES).claims}
    assert found["watch.settled"].verdict is Verdict.REFUTED
    raised, quiet = found["watch.open"].witnesses
    assert raised.answers["one"] == "a"
    assert quiet.answers["one"] != "a"


def test_parts_that_always_or_never_hold_are_told_at_any_depth() -> None:
    always = {"any": [is_("a"), {"not": is_("a")}]}
    never = {"at_least": 2, "of": [is_("a"), is_("b")]}
    models = small([choice("one"), choice("two")], conditions=named(deep={"all": [always, never]}))
    faults = proofs_of(models, Topic.PARTS).faults()
    assert {(claim.kind, claim.at.steps[3:]) for claim in faults} == {
        (Kind.CAN_HOLD, ()),
        (Kind.CAN_FAIL, ("all", 0)),
        (Kind.CAN_HOLD, ("all", 1)),
    }


def test_a_part_that_another_implies_makes_no_difference() -> None:
    wide = {"answer": "one", "in": ["a", "b"]}
    counted = {"at_least": 1, "of": [is_("a"), wide]}
    models = small([choice("one")], conditions=named(both={"all": [is_("a"), wide]}, some=counted))
    faults = proofs_of(models, Topic.DIFFERENCES).with_verdict(Verdict.REFUTED)
    assert {claim.at.steps[1:]: steps(claim) for claim in faults} == {
        ("both", "when", "all", 1): [
            ("conditions", "both", "when", "all", 0),
            ("conditions", "both", "when", "all", 1),
        ],
        ("some", "when", "of", 0): [],
    }
    assert not any(claim.declared for claim in faults)


def test_each_threshold_has_answers_on_it_above_and_below() -> None:
    models = small([number("one")], conditions=named(long=within(at_least=4)))
    found = proofs_of(models, Topic.THRESHOLDS).claims
    assert {claim.kind: claim.witnesses[0].answers["one"] for claim in found} == {
        Kind.EXACTLY_ON: 4,
        Kind.ABOVE: pytest.approx(7, abs=3),
        Kind.BELOW: pytest.approx(2, abs=2),
    }


def test_a_threshold_that_everything_reaches_divides_nothing() -> None:
    models = small([number("one")], conditions=named(any=within(at_least=0)))
    (fault,) = proofs_of(models, Topic.THRESHOLDS).faults()
    assert (fault.kind, fault.threshold) == (Kind.BELOW, 0)
    assert fault.core == (
        At("rubric", ("conditions", "any", "when")),
        At("questionnaire", ("questions", 0, "range")),
    )


def test_a_threshold_of_a_score_that_no_sum_of_points_meets() -> None:
    total = score(*(points(name, 0, 50, 100) for name in ("one", "two", "three")))
    models = small(
        [choice("one"), choice("two"), choice("three")],
        scores={"total": total},
        flags={"low": {**ABOUT, "when": {"score": "total", "below": 40}}},
    )
    found = {claim.kind: claim for claim in proofs_of(models, Topic.THRESHOLDS).claims}
    assert found[Kind.EXACTLY_ON].verdict is Verdict.REFUTED
    assert ("scores", "total") in steps(found[Kind.EXACTLY_ON])
    assert found[Kind.ABOVE].verdict is found[Kind.BELOW].verdict is Verdict.PROVEN


def test_a_share_is_a_number_with_thresholds_too() -> None:
    share = {"share": ["one", "two"], "in": ["a"], "at_least": 0.5}
    models = small([choice("one"), choice("two")], conditions=named(half=share))
    assert {claim.verdict for claim in proofs_of(models, Topic.THRESHOLDS).claims} == {
        Verdict.PROVEN
    }


@pytest.mark.parametrize("method", ["mean", "sum", "least", "most", "geometric"])
def test_methods_rise_with_their_items(method: str) -> None:
    total = score(points("one", 1, 2, 3), points("two", 3, 1, 2), method=method)
    models = small([choice("one"), choice("two")], scores={"total": total})
    assert {claim.verdict for claim in proofs_of(models, Topic.RISES).claims} == {Verdict.PROVEN}


def test_a_better_answer_that_takes_a_good_one_out_lowers_the_mean() -> None:
    total = score(points("one", 0, 50, 60), points("two", 0, 50, 100))
    asked = [choice("one"), choice("two", applies_when={"not": is_("c")})]
    models = small(asked, scores={"total": total})
    claims = proofs_of(models, Topic.RISES).claims
    (fall,) = (claim for claim in claims if claim.question == "one")
    assert fall.verdict is Verdict.REFUTED
    assert not fall.declared
    before, after = fall.witnesses
    assert before.answers == {"one": "b", "two": "c"}
    assert after.answers == {"one": "c"}


def test_conflicts_of_items_that_cannot_apply_together_are_none() -> None:
    apart = {
        "X": {**ITEM, "applies": is_("a"), "met": is_("b", "two")},
        "Y": {**ITEM, "applies": is_("b"), "met": is_("c", "two")},
    }
    models = small([choice("one"), choice("two")], checklists=apart)
    assert one(models, Topic.TOGETHER, Kind.MET_TOGETHER).verdict is Verdict.PROVEN


def test_every_least_conflict_is_told() -> None:
    items = {
        "X": {**ITEM, "met": is_("a")},
        "Y": {**ITEM, "party": "private", "met": is_("b")},
        "Z": {**ITEM, "met": {"answer": "one", "in": ["a", "b"]}},
        "W": {**ITEM, "party": "private", "met": is_("c")},
    }
    models = small([choice("one")], checklists=items)
    found = proofs_of(models, Topic.TOGETHER).faults()
    assert {tuple(at.steps[1] for at in claim.core) for claim in found} == {
        ("X", "Y"),
        ("X", "W"),
        ("Y", "W"),
        ("Z", "W"),
    }


def test_what_a_bound_of_a_geometric_mean_leaves_open_is_undecided() -> None:
    total = score({"question": "one"}, points("two", 1, 2, 3), method="geometric")
    high = {"score": "total", "at_least": 5}
    models = small(
        [number("one"), choice("two")],
        scores={"total": total},
        flags={
            "reached": {**ABOUT, "when": high},
            "bounded": {**ABOUT, "when": {"all": [high, within(below=5)]}},
            "open": {**ABOUT, "when": {"all": [high, within(below=6)]}},
        },
    )
    claims = proofs_of(models, Topic.OUTCOMES).claims
    assert [(claim.verdict, claim.cause) for claim in claims] == [
        (Verdict.PROVEN, None),
        (Verdict.REFUTED, None),
        (Verdict.UNDECIDED, Cause.METHOD),
    ]


def test_questions_declared_inapplicable_are_told_so() -> None:
    asked = [multi("one", may_be_inapplicable=True), number("two", may_be_inapplicable=True)]
    gone = {"all": [within("two", at_least=0, below=0, or_not_applicable=True)]}
    lacking = within("one", has=["a"], or_not_applicable=True)
    both = {"all": [*gone["all"], lacking, {"not": within("one", has=["a"])}]}
    models = small(asked, conditions=named(gone=both))
    holds = [c for c in proofs_of(models, Topic.PARTS).claims if c.kind is Kind.CAN_HOLD]
    assert holds[0].witnesses[0].answers == {"one": "not-applicable", "two": "not-applicable"}


def test_without_a_budget_nothing_is_asked_of_the_solver() -> None:
    rare = {"all": [is_("a", f"q{n}") for n in range(20)]}
    models = small([choice(f"q{n}") for n in range(20)], flags={"rare": {**ABOUT, "when": rare}})
    proofs = proofs_of(models, Topic.OUTCOMES, seconds=0)
    assert [(c.verdict, c.cause) for c in proofs.claims] == [(Verdict.UNDECIDED, Cause.TIME)]
    assert proofs.units == 0
    items = {name: {**ITEM, "met": is_(name, "q0")} for name in ("a", "b")}
    models = small([choice("q0")], checklists=items)
    assert proofs_of(models, Topic.TOGETHER, seconds=0).claims[0].cause is Cause.TIME


def test_without_the_solver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("maturity.engines.prove.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    models = small([choice("one")])
    with pytest.raises(SolverMissingError, match="no solver"):
        proofs_of(models)


def test_another_module_that_is_missing_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "maturity.engines.prove.proving", None)
    with pytest.raises(ModuleNotFoundError, match="proving"):
        proofs_of(small([choice("one")]))


@pytest.mark.parametrize("seconds", [0.0, 0.0001, 0.001, 0.0022, 0.0025, 0.003, 0.004, 0.01])
def test_a_budget_that_ends_halfway_never_passes_for_a_proof(seconds: float) -> None:
    items = {
        name: {**ITEM, "applies": {"not": is_("c", f"q{n}")}, "met": is_(name)}
        for n, name in enumerate("abc")
    }
    falls = score(points("one", 0, 50, 60), points("late", 0, 50, 100), monotone=True)
    asked = [choice("one"), *(choice(f"q{n}") for n in range(3))]
    asked.append(choice("late", applies_when={"not": is_("c")}))
    models = small(asked, checklists=items, scores={"total": falls})
    for claim in proofs_of(models, Topic.TOGETHER, Topic.RISES, seconds=seconds).claims:
        if claim.question != "late":
            assert claim.verdict is not Verdict.PROVEN
            assert (claim.cause is Cause.TIME) == (claim.verdict is Verdict.UNDECIDED)
            assert bool(claim.core) == (claim.verdict is Verdict.REFUTED)


def test_a_recommendation_that_aims_at_what_stands_is_told_with_its_aims() -> None:
    advice = {"action": "A", "theme": "t1", "owner": "joint", "horizon": "now"}
    both = within("many", has_all=["a", "b"])
    dead = {**advice, "when": both, "answers": {"many": ["a", "b"]}}
    models = small([multi("many")], horizons={"now": "Now"}, recommendations={"dead": dead})
    assert steps(one(models, Topic.OUTCOMES, Kind.RECOMMENDED)) == [
        ("recommendations", "dead", "when"),
        ("recommendations", "dead", "answers"),
    ]


def test_thresholds_of_a_geometric_mean_on_its_points_and_at_nought() -> None:
    total = score(points("one", 0, 4, 9), points("two", 0, 4, 1), method="geometric")
    bounds = {"four": {"at_least": 4}, "none": {"at_most": 0}, "negative": {"above": -1}}
    flags = {n: {**ABOUT, "when": {"score": "total", **one}} for n, one in bounds.items()}
    models = small([choice("one"), choice("two")], scores={"total": total}, flags=flags)
    found = {
        (claim.kind, claim.threshold): claim.verdict
        for claim in proofs_of(models, Topic.THRESHOLDS).claims
    }
    assert found[Kind.EXACTLY_ON, 4] is Verdict.PROVEN
    assert found[Kind.EXACTLY_ON, 0] is found[Kind.ABOVE, 0] is Verdict.PROVEN
    assert found[Kind.BELOW, 0] is found[Kind.BELOW, -1] is Verdict.REFUTED


def test_values_that_are_too_many_are_not_listed() -> None:
    asked = [choice(f"q{n}") for n in range(12)]
    items = [points(f"q{n}", 0, 4.0**n, 2 * 4.0**n) for n in range(12)]
    models = small(asked, scores={"total": score(*items, method="sum")})
    assert attainable(models.plan.values["score.total"], models.plan) is None  # type: ignore[arg-type]
    few = small(asked, scores={"total": score(*items[:3], method="sum")})
    values = attainable(few.plan.values["score.total"], few.plan)  # type: ignore[arg-type]
    assert values is not None
    assert len(values.numbers) == 27
