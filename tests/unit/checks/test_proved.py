"""How findings of proofs are told: the answers that show them, the places that exclude them."""

from collections.abc import Mapping

from tests.making.shipped import Models
from tests.making.small import choice, multi, number, small

from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Document, Places
from maturity.checks.proved import Proved, check_proofs
from maturity.engines.prove import Topic, prove

NOWHERE = Places("made.yaml", {}, {})


def told(models: Models, topic: Topic) -> list[Diagnostic]:
    """The findings under one topic, all at the top of a file."""
    proofs = prove(models.plan, models.bundle, 20.0, topics=(topic,))
    places: dict[Document, Places] = {"rubric": NOWHERE, "questionnaire": NOWHERE}
    return list(check_proofs(Proved(proofs, models.bundle.rubric, models.plan, places)))


def of_points(question: str, a: float, b: float, c: float) -> Mapping[str, object]:
    return {"question": question, "points": {"a": a, "b": b, "c": c}}


def test_a_fall_shows_answers_of_every_kind_that_are_the_same_in_both() -> None:
    questions = [
        choice("one"),
        multi("many"),
        number("amount"),
        choice("late", applies_when={"answer": "one", "in": ["c"]}),
    ]
    items = [of_points("one", 0, 0, 1), of_points("many", 1, 1, 1), {"question": "amount"}]
    items.append(of_points("late", -50, -50, -50))
    total = {"name": "S", "scale": [-100, 100], "monotone": True, "items": items}
    (fall,) = told(small(questions, scores={"total": total}), Topic.RISES)
    assert fall.code.number == "M814"
    assert "one from " in (fall.hint or "")
    assert "many: [" in (fall.hint or "")
    assert "amount: " in (fall.hint or "")
    assert "; asked only then: late: " in (fall.hint or "")


def test_where_nothing_else_decides_any_other_answers_do() -> None:
    total = {"name": "S", "items": [of_points("one", 0, 1, 2)]}
    levels = [{"id": "L", "name": "L", "when": {"answer": "one", "in": ["a"]}}]
    steps = {"name": "L", "none": "N", "monotone": ["total"], "levels": levels}
    models = small([choice("one")], scores={"total": total}, ladders={"steps": steps})
    found = told(models, Topic.RISES)
    assert {one.message for one in found} == {
        'better at "one", lower on the ladder "steps": L, then no level'
    }
    assert all((one.hint or "").endswith("with any other answers") for one in found)


def test_a_part_of_a_count_is_told_without_places() -> None:
    one, wide = {"answer": "one", "in": ["a"]}, {"answer": "one", "in": ["a", "b"]}
    counted = {"name": "N", "when": {"at_least": 1, "of": [one, wide]}}
    (idle,) = told(small([choice("one")], conditions={"some": counted}), Topic.DIFFERENCES)
    assert idle.code.number == "M811"
    assert idle.hint == "delete it, or change what it stands for"


def test_a_long_core_is_cut() -> None:
    parts = [{"answer": f"q{n}", "in": ["a"]} for n in range(14)]
    total = {"name": "S", "items": [of_points(f"q{n}", 0, 1, 1) for n in range(14)]}
    low = {"score": "total", "at_least": 1}
    flag = {"name": "N", "theme": "t1", "severity": "info", "means": "M", "action": "A"}
    models = small(
        [choice(f"q{n}") for n in range(14)],
        scores={"total": {**total, "method": "most"}},
        flags={"dead": {**flag, "when": {"all": [*parts, low]}}},
    )
    (dead,) = told(models, Topic.OUTCOMES)
    assert dead.code.number == "M806"
    assert (dead.hint or "").endswith("and 4 more")
