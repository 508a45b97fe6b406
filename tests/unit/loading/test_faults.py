"""What keeps a file from being a model: every fault at its place, in words that help."""

from typing import Final

import pytest

from maturity.loading.models import Source, load
from maturity.model.city import City
from maturity.model.rubric import Rubric

CITY: Final = """\
format: maturity/city@1
questionnaire: q
city: {name: A}
assessed: 2026-11-01
projects:
  - {id: p, name: P, domain: d}
"""
RUBRIC: Final = """\
format: maturity/rubric@1
id: r
version: "1.0.0"
name: R
questionnaire: {id: q, versions: ">=1.0, <2"}
scores:
  s:
    name: S
    method: mean
    items:
      - {question: c, points: {a: 0}}
"""


def told(text: str, model: type[City] | type[Rubric]) -> list[str]:
    found = load(Source("a.yaml", text.encode()), model)
    assert isinstance(found, list), "the file is accepted"
    assert all(one.code.number in {"M102", "M103", "M105"} for one in found)
    return [f"{one.place.line}:{one.place.column} {one.message} | {one.hint}" for one in found]


def told_city(old: str, new: str) -> list[str]:
    assert old in CITY
    return told(CITY.replace(old, new), City)


def told_rubric(old: str, new: str) -> list[str]:
    assert old in RUBRIC
    return told(RUBRIC.replace(old, new), Rubric)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: p", "id: 3", '6:10 expected a text, not 3 | put it in quotes: "…"'),
        ("id: p", "id: [a]", '6:10 expected a text, not a list | put it in quotes: "…"'),
        ("id: p", "id: {a: 1}", '6:10 expected a text, not a map | put it in quotes: "…"'),
        ("id: p", "id: null", '6:10 expected a text, not nothing | put it in quotes: "…"'),
        ("id: p", "id: true", '6:10 expected a text, not true | put it in quotes: "…"'),
        ("id: p", "id: false", '6:10 expected a text, not false | put it in quotes: "…"'),
        (
            "name: A",
            "name: A, country: Taiwan",
            (
                '3:26 "Taiwan" does not have the form asked for here | a country is its ISO 3166-1 '
                "code of two capital letters, such as TW"
            ),
        ),
        (
            "domain: d",
            "domain: d, weight: heavy",
            '6:41 expected a number, not "heavy" | write digits, without quotes and unit',
        ),
        (
            "domain: d",
            "domain: d, evidence: 3",
            (
                '6:33 no key "evidence" here | known keys: answers, domain, government, id, name, '
                "private, subject, weight"
            ),
        ),
        (
            "domain: d",
            "domain: d, wieght: 3",
            "6:33 no key \"wieght\" here | did you mean 'weight'?",
        ),
        (", domain: d", "", '6:5 the key "domain" is missing | add `domain:` to this entry'),
        (
            "projects:\n  - {id: p, name: P, domain: d}",
            "projects: []",
            (
                '5:11 "projects" has no entry, and needs at least 1 | '
                "add a project: id, name, domain, answers"
            ),
        ),
        (
            "projects:\n  - {id: p, name: P, domain: d}",
            "projects: none",
            '5:11 expected a list, not "none" | write it as [a, b], or each on a line with -',
        ),
        (
            "city: {name: A}",
            "city: A",
            '3:7 expected a map, not "A" | write it as {key: value}, or a key a line',
        ),
        (
            "city: {name: A}",
            "city: {name: A}\nillustration: maybe",
            '4:15 expected true or false, not "maybe" | None',
        ),
        ("2026-11-01", "2026-02-30", None),
        ("projects:", "note: x\nprojects:", None),
        ("projects:", "answer: x\nprojects:", None),
    ],
)
def test_a_city_file_with_one_fault(old: str, new: str, expected: str | None) -> None:
    [found] = told_city(old, new)
    assert expected is None or found == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "id: r",
            "id: r r",
            (
                '2:5 "r r" does not have the form asked for here | an id starts with a letter and '
                "has letters, digits and hyphens, at most 64"
            ),
        ),
        (
            "method: mean",
            "method: meen",
            (
                "9:13 \"meen\" is not one of 'mean', 'geometric', 'least', 'most' or 'sum' | "
                "did you mean 'mean'?"
            ),
        ),
        (
            "method: mean",
            "method: xyz",
            (
                "9:13 \"xyz\" is not one of 'mean', 'geometric', 'least', 'most' or 'sum' | "
                "expected 'mean', 'geometric', 'least', 'most' or 'sum'"
            ),
        ),
        (
            '"1.0.0"',
            '"1"',
            (
                '3:10 "1" does not have the form asked for here | a version is three numbers in '
                'quotes, such as "1.0.0"'
            ),
        ),
        (
            '">=1.0, <2"',
            '"1.0"',
            (
                '5:34 "1.0" does not have the form asked for here | a range of versions is written '
                'such as ">=1.0, <2"'
            ),
        ),
        (
            "    method: mean",
            "    method: mean\n    digits: 1.5",
            "10:13 expected a number, not 1.5 | write digits, without quotes and unit",
        ),
        (
            "points: {a: 0}",
            "points: {a: 0}, weigth: 2",
            "11:39 no key \"weigth\" here | did you mean 'weight'?",
        ),
    ],
)
def test_a_rubric_with_one_fault(old: str, new: str, expected: str) -> None:
    assert told_rubric(old, new) == [expected]


def test_all_faults_are_told_in_the_order_of_the_file() -> None:
    text = CITY.replace("id: p", "id: 3").replace("name: A", "nome: A").replace("domain: d", "x: 1")
    found = told(text, City)
    places = [tuple(map(int, one.split(" ")[0].split(":"))) for one in found]
    assert places == sorted(places)
    assert len(found) == 4


def test_a_long_value_is_cut_and_fifty_guesses_are_the_most() -> None:
    long = "x" * 5_000
    [found] = told_city("2026-11-01", f'"{long}"')
    assert "x" * 59 + "…" in found
    assert "x" * 61 not in found
    many = "".join(f"projcts{n}: 1\n" for n in range(300))
    assert sum("did you mean" in one for one in told(CITY + many, City)) == 50
