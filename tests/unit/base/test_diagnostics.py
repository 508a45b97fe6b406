"""Diagnostics, the table of their codes, and the suggestion of a nearest name."""

from __future__ import annotations

import pytest

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.nearest import nearest, nearest_first
from maturity.base.places import Place


def test_a_diagnostic_reads_as_documented() -> None:
    place = Place("cities/a.yaml", 3, 7)
    plain = Diagnostic.of(Code.EMPTY, place, "nothing\nhere \x1b[0m")
    assert plain.line() == "cities/a.yaml:3:7: M012 error: nothing here \ufffd[0m [empty]"
    hinted = Diagnostic.of(Code.EMPTY, place, "nothing", "write something")
    assert hinted.line().splitlines()[1] == "  hint: write something"


def test_diagnostics_sort_by_file_line_column_and_code() -> None:
    right = [
        Diagnostic.of(code, Place(path, line, column), "")
        for path in ("a", "b")
        for line in (2, 10)
        for column in (9, 11)
        for code in (Code.SYNTAX, Code.EMPTY)
    ]
    backwards = right[::-1]
    assert sorted(backwards) == right


def test_codes_are_found_by_number_or_word_and_are_unique() -> None:
    assert Code.find("m009") is Code.find(" duplicate-key ") is Code.DUPLICATE_KEY
    assert Code.find("M999") is None
    assert len({code.number for code in Code}) == len({code.word for code in Code}) == len(Code)
    assert [code.number for code in Code] == sorted(code.number for code in Code)


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("wieght", "weight"),
        ("Data_Owner", "data-owner"),
        ("dataowner", "data-owner"),
        ("zzz", None),
        ("", None),
        ("w" * 100_000, None),
    ],
)
def test_nearest_finds_what_was_meant(word: str, choice: str | None) -> None:
    assert nearest(word, ["weight", "data-owner", "domain", "id"]) == choice
    assert nearest(word, ["id", "domain", "data-owner", "weight"]) == choice


def test_the_nearest_come_first_however_far_they_are() -> None:
    names = ["operating", "exit-gov", "flag-exit", "exit-unstated"]
    assert nearest_first("Exit", names, 2) == ["exit-gov", "flag-exit"]
    assert sorted(nearest_first("zzz", names, 9)) == sorted(names)
    assert nearest_first("z" * 100_000, names, 2) == names[:2]
