"""The shipped rubric proves clean; what is planted in a copy of it is found, by place."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Final, cast

import pytest
from tests.making.shipped import ROOT, Models, flagship, planned
from tests.making.small import values_of

from maturity.base.codes import Severity
from maturity.checks.proved import Proved, check_proofs
from maturity.engines.prove import At, Claim, Kind, Promised, Proofs, Topic, Verdict, Witness, prove
from maturity.engines.python import Valuation
from maturity.loading.nodes import Document, read_file
from maturity.model.rubric import Rubric

BUDGET: Final = 60.0
NOTHING: Final = Promised()

Data = dict[str, dict[str, dict[str, object]]]
Plant = Callable[[Data], None]

ABOUT: Final = {"name": "N", "theme": "structure", "severity": "info", "means": "M", "action": "A"}


@cache
def document() -> Document:
    found = read_file(ROOT / "rubrics" / "ppp-three-tier.yaml", "rubric")
    assert isinstance(found, Document)
    return found


def with_planted(plant: Plant) -> Models:
    data = deepcopy(document().data)
    plant(cast("Data", data))
    return planned(flagship().bundle.questionnaire, Rubric.model_validate(data))


def listed(value: object) -> list[object]:
    """A list within the data of a model."""
    assert isinstance(value, list)
    return value


def demands(levels: object, index: int) -> list[object]:
    """The list of what a level of a ladder demands."""
    level = listed(levels)[index]
    assert isinstance(level, dict)
    return listed(level["when"]["all"])


def refuted(models: Models, *topics: Topic, promised: Promised = NOTHING) -> list[Claim]:
    """What a copy is blamed for under some topics."""
    proofs = prove(models.plan, models.bundle, BUDGET, topics=topics, promised=promised)
    return list(proofs.faults())


def steps(claim: Claim) -> set[tuple[str | int, ...]]:
    """Where the parts stand that exclude each other."""
    return {at.steps for at in claim.core}


def given(models: Models, witness: Witness) -> Valuation:
    answers = {name: list(a) if isinstance(a, tuple) else a for name, a in witness.answers.items()}
    return values_of(models, answers=answers)


@pytest.fixture(scope="module")
def proofs() -> Proofs:
    return prove(flagship().plan, flagship().bundle, BUDGET)


def test_the_shipped_rubric_proves_clean(proofs: Proofs) -> None:
    assert proofs.faults() == ()
    assert proofs.with_verdict(Verdict.UNDECIDED) == ()


def test_the_shipped_rubric_keeps_what_it_promises(proofs: Proofs) -> None:
    """Every score but two promises to rise, and so does the supported tier with ten scores."""
    rising = {claim.subject for claim in proofs.claims if claim.question and claim.declared}
    scores = [f"score.{name}" for name in flagship().bundle.rubric.scores]
    fall = {"score.data-rights-gov", "score.data-rights-priv"}
    assert rising == {*scores, "ladder.supported"} - fall


def test_the_findings_about_the_shipped_rubric_are_mere_information(proofs: Proofs) -> None:
    bundle = flagship().bundle
    places = document().places
    found = check_proofs(
        Proved(proofs, bundle.rubric, flagship().plan, {"rubric": places, "questionnaire": places})
    )
    assert {one.code for one in found if one.severity is not Severity.INFO} == set()


def test_every_outcome_is_asked_for(proofs: Proofs) -> None:
    bundle = flagship().bundle
    rubric = bundle.rubric
    asked = {claim.subject for claim in proofs.claims}
    stepped = [("ladder", name) for name in rubric.ladders]
    stepped += [("decision", name) for name in rubric.decisions]
    outcomes = {f"{stage}.{n}.{one}" for stage, n in stepped for one in bundle.steps(n).ids}
    checks = {f"check.{name}.{status}" for name in rubric.checklists for status in ("met", "open")}
    flags = {f"flag.{name}" for name in rubric.flags}
    advice = {f"recommendation.{name}" for name in rubric.recommendations}
    assert outcomes | checks | flags | advice <= asked


def test_every_place_stands_in_the_file(proofs: Proofs) -> None:
    known = document().places.values
    places = {at for claim in proofs.claims for at in (claim.at, *claim.core)}
    assert [at for at in places if at.document == "rubric" and at.steps not in known] == []


def test_a_dead_flag_is_found_with_the_question_that_kills_it() -> None:
    def plant(data: Data) -> None:
        no_data = {"answer": "data-owner", "in": ["no-data"]}
        partner = {"answer": "derived-data", "in": ["partner"]}
        data["flags"]["planted"] = {**ABOUT, "when": {"all": [no_data, partner]}}

    models = with_planted(plant)
    dead = next(one for one in refuted(models, Topic.OUTCOMES) if one.kind is Kind.FLAG_RAISED)
    assert dead.subject == "flag.planted"
    asked = [one.id for one in models.bundle.questionnaire.questions]
    assert set(dead.core) == {
        At("rubric", ("flags", "planted", "when", "all", 0)),
        At("rubric", ("flags", "planted", "when", "all", 1)),
        At("questionnaire", ("questions", asked.index("derived-data"), "applies_when")),
    }


def test_a_tier_that_nobody_reaches_is_found_with_both_demands() -> None:
    def plant(data: Data) -> None:
        highest = demands(data["ladders"]["supported"]["levels"], 2)
        highest.append({"answer": "data-owner", "in": ["partner"]})

    found = refuted(with_planted(plant), Topic.OUTCOMES)
    dead = next(one for one in found if one.kind is Kind.LEVEL_REACHED)
    assert dead.subject == "ladder.supported.T3"
    assert steps(dead) == {
        ("ladders", "supported", "levels", 0, "when", "all", 0),
        ("ladders", "supported", "levels", 2, "when", "all", 16),
    }


def test_a_score_that_falls_with_a_better_answer_is_found_with_two_answer_sets() -> None:
    def plant(data: Data) -> None:
        score = data["scores"]["exit-gov"]
        tested = {
            "when": {"answer": "exit-plan", "in": ["tested"]},
            "yes": 0,
            "no": 100,
            "weight": 5,
        }
        listed(score["items"]).append(tested)

    models = with_planted(plant)
    promised = Promised(scores=frozenset({"exit-gov"}))
    (fall,) = refuted(models, Topic.RISES, promised=promised)
    assert (fall.kind, fall.subject, fall.question) == (
        Kind.SCORE_RISES,
        "score.exit-gov",
        "exit-plan",
    )
    before, after = fall.witnesses
    assert {**before.answers, "exit-plan": "tested"} == after.answers
    low, high = (given(models, one).interval("score.exit-gov") for one in (after, before))
    assert low.least < high.least


def test_a_ladder_that_falls_with_a_better_answer_is_found() -> None:
    def plant(data: Data) -> None:
        ladder = data["ladders"]["supported"]
        unsecured = {"not": {"answer": "hand-back", "in": ["secured"]}}
        demands(ladder["levels"], 1).append(unsecured)

    models = with_planted(plant)
    promised = Promised(ladders={"supported": ("exit-gov",)})
    (fall,) = refuted(models, Topic.RISES, promised=promised)
    assert fall.kind is Kind.LADDER_RISES
    assert fall.question == "hand-back"
    before, after = (given(models, one) for one in fall.witnesses)
    assert before.truth("ladder.supported.T2")
    assert not after.truth("ladder.supported.T2")


def test_a_threshold_of_zero_is_found() -> None:
    def plant(data: Data) -> None:
        zero = {"answer": "term-years", "at_least": 0, "or_not_applicable": True}
        data["conditions"]["planted"] = {"name": "it lasts", "when": zero}

    models = with_planted(plant)
    found = {one.kind: one for one in refuted(models, Topic.PARTS, Topic.THRESHOLDS)}
    asked = [one.id for one in models.bundle.questionnaire.questions]
    scale = At("questionnaire", ("questions", asked.index("term-years"), "range"))
    assert set(found) == {Kind.CAN_FAIL, Kind.BELOW}
    assert scale in found[Kind.BELOW].core
    assert found[Kind.BELOW].at.steps == ("conditions", "planted", "when", "at_least")


def test_checklists_of_two_sides_that_exclude_each_other_are_named() -> None:
    def plant(data: Data) -> None:
        item = data["checklists"]["P1"]
        item["met"] = {"all": [item["met"], {"answer": "exit-cost", "in": ["barred"]}]}

    (conflict,) = refuted(with_planted(plant), Topic.TOGETHER)
    assert steps(conflict) == {
        ("checklists", "P1", "met", "all", 1),
        ("checklists", "G10a", "met", "all", 0),
    }
