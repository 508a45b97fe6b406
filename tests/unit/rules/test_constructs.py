"""What the constructs of a rubric refuse, and what they are lowered to."""

import pytest
from pydantic import TypeAdapter, ValidationError
from tests.making.small import choice, multi, number, small, values_of

from maturity.rules import expr
from maturity.rules.checklists import STATUSES
from maturity.rules.decisions import Decision
from maturity.rules.flags import Flag
from maturity.rules.scores import ITEMS, Score
from maturity.rules.selection import Selector
from maturity.rules.source import Source, as_sources

ROW = {"id": "only", "name": "Only", "when": True}
BANDS = {"score": "mark", "rows": [{"id": "low", "name": "Low", "below": 3}]}
FLAG = {"name": "F", "theme": "t1", "severity": "info", "means": "M", "action": "Do."}
DEPARTS = {"question": "one", "usual": ["a"]}


@pytest.mark.parametrize("raw", [{}, {"rows": [ROW], "bands": BANDS}, {"rows": []}])
def test_a_decision_has_rows_or_bands(raw: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Decision.model_validate({"name": "D", **raw})


@pytest.mark.parametrize("raw", [{}, {"when": True, "departs": DEPARTS}])
def test_a_flag_has_a_condition_or_a_departure(raw: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Flag.model_validate({**FLAG, **raw})


@pytest.mark.parametrize("weight", [0, -1, 1e7, "1", True])
def test_a_weight_is_above_nought(weight: object) -> None:
    with pytest.raises(ValidationError):
        Score.model_validate({"name": "S", "items": [{"question": "one", "weight": weight}]})


def test_the_items_of_a_score_are_told_by_their_head() -> None:
    raw = [
        {"question": "one", "points": {"a": 1}},
        {"questions": ["one"], "points": "set"},
        {"score": "other"},
        {"when": True, "yes": 1},
    ]
    score = Score.model_validate({"name": "S", "items": raw})
    assert [type(item) for item in score.items] == list(ITEMS.values())
    assert Score.model_validate({"name": "S", "items": score.items}) == score
    with pytest.raises(ValidationError, match="not an item of a score"):
        Score.model_validate({"name": "S", "items": [{"weight": 1}]})


def test_bands_compare_their_score() -> None:
    rows = [{"id": "low", "name": "L", "below": 5}, {"id": "high", "name": "H", "at_least": 5}]
    models = small(
        [number("size")],
        scores={"mark": {"name": "M", "items": [{"question": "size"}]}},
        decisions={"band": {"name": "B", "bands": {"score": "mark", "rows": rows}}},
    )
    assert values_of(models, answers={"size": 5}).truth("decision.band.high") is True
    assert values_of(models, answers={"size": 4.999}).truth("decision.band.low") is True
    assert (
        values_of(models, answers={"size": {"between": [4, 6]}}).truth("decision.band.low") is None
    )


@pytest.mark.parametrize(
    ("answer", "expected"), [("a", False), ("b", True), ("c", False), ("unknown", None)]
)
def test_a_departure_is_an_answer_neither_usual_nor_silent(
    answer: str, expected: bool | None
) -> None:
    departs = {**DEPARTS, "silent": ["c"]}
    models = small([choice("one")], flags={"odd": {**FLAG, "departs": departs}})
    assert values_of(models, answers={"one": answer}).truth("flag.odd") is expected


@pytest.mark.parametrize(
    ("applies", "met", "partly", "status"),
    [
        (False, True, True, "not-applicable"),
        (True, True, True, "met"),
        (True, False, True, "partly"),
        (True, False, False, "open"),
    ],
)
def test_an_item_has_exactly_one_status(
    applies: bool, met: bool, partly: bool, status: str
) -> None:
    item = {"party": "private", "theme": "t1", "name": "?", "advice": "Do."}
    when = {"applies": applies, "met": met, "partly": partly}
    models = small([choice("one")], checklists={"G1": {**item, **when}})
    at = values_of(models)
    assert [one for one in STATUSES if at.truth(f"check.G1.{one}")] == [status]


def test_a_table_of_points_holds_the_options_of_its_question_alone() -> None:
    two = {"id": "two", "kind": "choice", "options": {"a": "A", "b": "B"}}
    score = {
        "name": "S",
        "not_applicable": "least",
        "items": [{"question": "two", "points": "set"}],
    }
    models = small([two], point_sets={"set": {"a": 80, "b": 20, "c": -5}}, scores={"mark": score})
    assert models.plan.values["score.mark"] == expr.Fold(
        expr.Method.MEAN,
        (
            (
                1.0,
                expr.Points(
                    "two",
                    (("a", 80.0), ("b", 20.0)),
                    expr.Unanswered.RANGE,
                    expr.NotApplicable.LEAST,
                ),
            ),
        ),
    )


def test_an_option_without_points_counts_nought() -> None:
    items = [{"question": "set", "points": {"a": 3}}, {"questions": ["one"], "points": {"a": 3}}]
    score = {"name": "S", "method": "sum", "items": items}
    models = small([multi("set"), choice("one")], scores={"mark": score})
    assert values_of(models, answers={"set": ["b"], "one": "b"}).interval("score.mark").most == 0.0


def test_a_selector_takes_every_criterion_that_it_names() -> None:
    models = small(
        [
            choice("p", theme="t1", tags=["x"]),
            choice("q", theme="t2", tags=["x"]),
            choice("r", theme="t2", rows={"s": "S", "t": "T"}),
        ]
    )
    assert list(models.bundle.select(None, "x", None)) == ["p", "q"]
    assert list(models.bundle.select("t2", "x", None)) == ["q"]
    assert list(models.bundle.select("t2", None, "r")) == ["r.s", "r.t"]
    assert list(models.bundle.select("t1", None, "r")) == []
    assert Selector().theme is None


def test_a_source_is_one_or_several() -> None:
    sources: TypeAdapter[str | tuple[str, ...]] = TypeAdapter(Source)
    assert as_sources(None) == ()
    assert as_sources(sources.validate_python("pwc:G4")) == ("pwc:G4",)
    assert as_sources(sources.validate_python(["pwc:G4", "proposed"])) == ("pwc:G4", "proposed")
    for wrong in ("pwc", "pwc:", [], ["own"]):
        with pytest.raises(ValidationError):
            sources.validate_python(wrong)


def test_bounds_forgive_what_binary_arithmetic_adds_or_loses() -> None:
    sum_of_tenths = 0.1 + 0.2 + 0.3  # 0.6000000000000001
    meant = expr.Bounds(at_most=0.6)
    assert sum_of_tenths > 0.6
    assert meant.keeps(sum_of_tenths)
    assert not expr.Bounds(above=0.6).reaches(sum_of_tenths)
    assert expr.Bounds(at_least=2.6).reaches(0.1 * 1 + 0.2 * 2 + 0.7 * 3)
    assert not expr.Bounds(below=2.6).keeps(0.1 * 1 + 0.2 * 2 + 0.7 * 3)
    assert not meant.keeps(0.6001)


def test_leaves_and_branches_of_the_algebra() -> None:
    leaf = expr.AnswerIn("one", frozenset({"a"}))
    points = expr.Points("one", (), expr.Unanswered.RANGE, expr.NotApplicable.EXCLUDE)
    assert expr.children(expr.Not(leaf)) == (leaf,)
    assert expr.children(expr.Indicator(leaf, 1.0, 0.0)) == (leaf,)
    assert expr.children(leaf) == ()
    assert expr.question_read(points) == expr.question_read(leaf) == "one"
    assert expr.question_read(expr.Ref("condition.it")) is None
    assert expr.key_read(expr.ScoreRef("score.it")) == "score.it"
    assert expr.key_read(leaf) is None
