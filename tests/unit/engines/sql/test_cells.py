"""What cells say, and which are no answers."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from tests.making.small import choice, multi, number, small
from tests.making.tables import table

from maturity.base.errors import UsageError
from maturity.engines.database import Database
from maturity.engines.sql.query import query_for

QUESTIONS = (
    choice("one"),
    choice("left-out", may_be_inapplicable=True),
    multi("some", may_be_inapplicable=True),
    number("years"),
    {"id": "said", "kind": "text"},
)


def scored(*rows: Mapping[str, str | None]) -> Sequence[Mapping[str, object]]:
    models = small(QUESTIONS, scores={"total": {"name": "Total", "items": [POINTS]}})
    database = Database(threads=1)
    query = query_for(models.plan, models.bundle, table(database, models, rows))
    return database.rows(query)


POINTS = {"question": "one", "points": {"a": 1, "b": 2, "c": 4}}


NO_ANSWERS = (
    ("one", "d"),
    ("one", "a/a"),
    ("one", "a/d"),
    ("one", "a|b"),
    ("one", "A"),
    ("one", "a b"),
    ("one", "n/a"),
    ("one", "-1"),
    ("left-out", "not applicable"),
    ("some", "a/b"),
    ("some", "a|a"),
    ("some", "a|d"),
    ("some", "a|+b"),
    ("some", "+a|b"),
    ("some", "+a|-a"),
    ("some", "a+|+b"),
    ("some", "|a|"),
    ("some", "a||b"),
    ("some", "+|+"),
    ("some", "-"),
    ("some", "+a|+"),
    ("years", "11"),
    ("years", "-0.5"),
    ("years", "7..5"),
    ("years", "5..11"),
    ("years", "five"),
    ("years", "1,5"),
    ("years", "nan"),
    ("years", "n/a"),
    ("years", "1e99"),
    ("said", "n/a"),
    ("government.one", "d"),
)


@cache
def no_answers() -> Sequence[Mapping[str, object]]:
    """A row each, scored together."""
    fine: dict[str, str | None] = {"project": "p", "one": "a", "government.one": None}
    return scored(fine, *({**fine, "one": None, header: cell} for header, cell in NO_ANSWERS))


@pytest.mark.parametrize("index", range(len(NO_ANSWERS)), ids=map("=".join, NO_ANSWERS))
def test_a_cell_that_is_no_answer_is_named(index: int) -> None:
    header, _ = NO_ANSWERS[index]
    assert no_answers()[index + 1]["unreadable"] == header


def test_a_row_of_answers_has_nothing_unreadable() -> None:
    assert no_answers()[0]["unreadable"] is None


def test_every_unreadable_cell_of_a_row_is_named() -> None:
    found = scored({"project": "p", "one": "x", "some": "y", "years": "z", "said": "fine"})
    assert found[0]["unreadable"] == "one|some|years"


LEFT_POSSIBLE: Mapping[str | None, tuple[float, float]] = {
    "a": (1.0, 1.0),
    " b ": (2.0, 2.0),
    "a/b": (1.0, 2.0),
    "c/a": (1.0, 4.0),
    " c/b ": (2.0, 4.0),
    "unknown": (1.0, 4.0),
    " unknown ": (1.0, 4.0),
    "": (1.0, 4.0),
    None: (1.0, 4.0),
    "unheard-of": (1.0, 4.0),
}


def test_what_a_choice_cell_leaves_possible() -> None:
    rows = [{"project": "p", "one": cell, "years": "3"} for cell in LEFT_POSSIBLE]
    ends = [(row["score.total.least"], row["score.total.most"]) for row in scored(*rows)]
    assert dict(zip(LEFT_POSSIBLE, ends, strict=True)) == LEFT_POSSIBLE


def test_a_plus_alone_answers_and_leaves_every_option_open() -> None:
    rows = scored(*({"project": "p", "some": cell} for cell in ("+", " + ", "unknown")))
    counts = [(row["coverage.answered"], row["coverage.partly"]) for row in rows]
    assert counts == [(1, 1), (1, 1), (0, 0)]
    assert {row["unreadable"] for row in rows} == {None}


def test_other_columns_are_carried_as_they_are() -> None:
    first = {"project": "=1+1", "Remarks": "a\nb", "flag.x": "  ", "one": "a"}
    found = scored(first, {**first, "project": None})
    assert [(row["project"], row["Remarks"], row["flag.x"]) for row in found] == [
        ("=1+1", "a\nb", "  "),
        (None, "a\nb", "  "),
    ]


def test_a_table_without_answers_is_scored_as_unknown() -> None:
    found = scored({"project": "p"})
    assert found[0]["coverage.unknown"] == len(QUESTIONS)
    assert found[0]["unreadable"] is None


def test_sides_are_joined_where_the_table_has_no_joint_column() -> None:
    found = scored(
        {"government.one": "a", "private.one": "c"},
        {"government.one": "b", "private.one": "unknown"},
        {"government.one": None, "private.one": "c"},
    )
    ends = [(row["score.total.least"], row["score.total.most"]) for row in found]
    assert ends == [(1.0, 4.0), (2.0, 2.0), (4.0, 4.0)]
    assert [row["divergence.one"] for row in found] == ["open", "absent", "absent"]


def test_without_duckdb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match="no duckdb"):
        Database()
