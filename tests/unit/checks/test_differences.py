"""What counts as a change in meaning, and which number of the version it must raise."""

from typing import Any, Final

import pytest
from tests.making.small import choice, questionnaire_of, rubric_of

from maturity.base.places import Place
from maturity.checks.diff import check_version, differences
from maturity.i18n.catalog import catalog
from maturity.model.rubric import Rubric

A: Final = {"answer": "c", "in": ["a"]}
B: Final = {"answer": "c", "in": ["b"]}
AB: Final = {"answer": "c", "in": ["a", "b"]}
ENGLISH: Final = catalog("en")
HERE: Final = Place("new.yaml", 1, 1)


def named(when: object) -> Rubric:
    return rubric_of(conditions={"k": {"name": "It holds", "when": when}})


def scored(**score: object) -> Rubric:
    item = {"question": "c", "points": {"a": 0, "b": 50}}
    return rubric_of(scores={"s": {"name": "S", "method": "mean", "items": [item], **score}})


def decided(*rows: str) -> Rubric:
    found = [{"id": one, "name": one, "when": True} for one in rows]
    return rubric_of(decisions={"d": {"name": "D", "rows": found}})


CHANGES: Final[list[tuple[Any, Any, list[tuple[str, str, str]]]]] = [
    (named(A), named(A), []),
    (named(A), named(B), [("conditions.k.when.in", "-a +b", "breaking")]),
    (
        named(AB),
        named({**AB, "in": ["b", "a"]}),
        [("conditions.k.when.in", "in another order", "editorial")],
    ),
    (
        named({"all": [A, B]}),
        named({"all": [A]}),
        [
            (
                "conditions.k.when.all.1",
                "{answer: c, in: [b]} left out or changed",
                "breaking",
            )
        ],
    ),
    (
        named({"all": [A]}),
        named({"all": [A, B]}),
        [("conditions.k.when.all.1", "{answer: c, in: [b]} put in", "breaking")],
    ),
    (
        named({"all": [A, B]}),
        named({"all": [A, A]}),
        [("conditions.k.when.all.1.in", "-b +a", "breaking")],
    ),
    (
        named(A),
        named({"not": A}),
        [
            (
                "conditions.k.when",
                "{answer: c, in: [a]} became {not: {answer: c, in: [a]}}",
                "breaking",
            )
        ],
    ),
    (
        named({"every": ["c"], "in": ["a"]}),
        named({"every": {"theme": "t1"}, "in": ["a"]}),
        [("conditions.k.when.every", "[c] became {theme: t1}", "breaking")],
    ),
    (named(A), rubric_of(), [("conditions.k", "removed", "breaking")]),
    (rubric_of(), named(A), [("conditions.k", "added", "additive")]),
    (scored(), scored(method="least"), [("scores.s.method", "mean became least", "breaking")]),
    (scored(), scored(digits=3), [("scores.s.digits", "0 became 3", "editorial")]),
    (scored(), scored(name="T"), [("scores.s.name", "changed in words", "editorial")]),
    (decided("a", "b"), decided("b", "a"), [("decisions.d.rows", "in another order", "breaking")]),
    (decided("a"), decided("a", "b"), [("decisions.d.rows.b", "added", "breaking")]),
    (
        rubric_of(),
        rubric_of(questionnaire={"id": "made", "versions": ">=1.0, <3"}),
        [("questionnaire.versions", ">=1.0, <2 became >=1.0, <3", "additive")],
    ),
    (
        questionnaire_of([choice("c")]),
        questionnaire_of([choice("c", options={"a": "A", "b": "B"})]),
        [("questions.c.options", "abc became {a: A, b: B}", "breaking")],
    ),
    (
        questionnaire_of([choice("c"), choice("d", ask="Else?")]),
        questionnaire_of([choice("d", ask="Else?"), choice("c")]),
        [("questions", "in another order", "editorial")],
    ),
    (
        questionnaire_of([choice("c")]),
        questionnaire_of([choice("c", tags=["x"])]),
        [("questions.c.tags", "+x", "breaking")],
    ),
    (
        questionnaire_of([choice("c", options={"a": "A", "b": {"en": "B", "zh-Hant": "乙"}})]),
        questionnaire_of([choice("c", options="abc")]),
        [
            (
                "questions.c.options",
                '{a: A, b: {en: B, zh-Hant: "乙"}} became abc',
                "breaking",
            )
        ],
    ),
    (
        scored(),
        scored(scale=[0, 10]),
        [("scores.s.scale.1", "100 became 10", "breaking")],
    ),
    (scored(), scored(monotone=True), [("scores.s.monotone", "false became true", "editorial")]),
    (scored(source="proposed"), scored(source=["proposed"]), []),
    (scored(), scored(source="proposed"), [("scores.s.source", "+proposed", "editorial")]),
    (
        scored(source="proposed"),
        scored(source=["proposed", "paper:4"]),
        [("scores.s.source", "+paper:4", "editorial")],
    ),
    (
        scored(),
        scored(items=[{"question": "c", "points": {"a": 0, "b": 50, "new": 10}}]),
        [("scores.s.items.0.points.new", "added", "additive")],
    ),
    (
        rubric_of(summary={"columns": ["a", "b"], "verdict": "d"}),
        rubric_of(summary={"columns": ["a"], "verdict": "e", "sections": [{"theme": "t1"}]}),
        [
            ("summary.verdict", "d became e", "breaking"),
            ("summary.columns", "-b", "editorial"),
            ("summary.sections.0", "{theme: t1} put in", "editorial"),
        ],
    ),
    (
        rubric_of(sources={"paper": "A paper"}),
        rubric_of(sources={"book": "A book"}),
        [("sources.paper", "removed", "editorial"), ("sources.book", "added", "editorial")],
    ),
    (
        questionnaire_of([choice("c")]),
        questionnaire_of([choice("c", ask_first=True)]),
        [("questions.c.ask_first", "false became true", "editorial")],
    ),
    (
        questionnaire_of([choice("c")]),
        questionnaire_of([choice("z")]),
        [("questions.c", "renamed to z", "breaking")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
def test_changes_are_told_by_place_and_grade(
    old: Any, new: Any, expected: list[tuple[str, str, str]]
) -> None:
    found = [
        (".".join(map(str, one.steps)), ENGLISH.tell(one.what), one.grade.name.lower())
        for one in differences(old, new)
    ]
    assert found == expected


def test_a_long_value_is_cut() -> None:
    long = {"all": [{"answer": f"question-{n}", "in": ["a"]} for n in range(20)]}
    [one] = differences(named(A), named(long))
    what = ENGLISH.tell(one.what)
    assert what.endswith("...")
    assert len(what) < 200


@pytest.mark.parametrize(
    ("change", "version", "hint"),
    [
        (B, "1.0.1", "raise the first number: 2.0.0"),
        (B, "1.3.0", "raise the first number: 2.0.0"),
        (B, "2.0.0", None),
    ],
)
def test_the_version_rises_as_the_change_demands(
    change: object, version: str, hint: str | None
) -> None:
    old, new = named(A), named(change).model_copy(update={"version": version})
    found = check_version(old, new, differences(old, new), HERE)
    assert [one.hint for one in found] == ([hint] if hint else [])


def test_no_change_demands_no_version() -> None:
    assert check_version(named(A), named(A), [], HERE) == []


def test_a_version_that_falls_is_told_though_nothing_changed() -> None:
    old, new = named(A), named(A).model_copy(update={"version": "0.9.0"})
    [one] = check_version(old, new, differences(old, new), HERE)
    assert (one.code.number, one.hint) == ("M601", "leave it at 1.0.0")
    assert check_version(new, old, differences(new, old), HERE) == []
