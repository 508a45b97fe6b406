"""What keeps a file from being a model: every fault at its place, in words that help."""

from typing import Final

import pytest
from pydantic import BaseModel

from maturity.loading.models import Source, load
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
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


def told(text: str, model: type[BaseModel]) -> list[str]:
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


ITEM: Final = "{question: c, points: {a: 0}}"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "{score: c, points: {a: 0}}",
            ['11:20 no key "points" here | `points` does not go with `score`: keep one'],
        ),
        (
            "{qeustion: c, points: {a: 0}}",
            ["11:10 no key \"qeustion\" here | did you mean 'question'?"],
        ),
        (
            "{c: a}",
            ["11:9 not an item of a score: expected question, questions, score or when | None"],
        ),
        (
            "{question: c, points: {export: abc, help: 40}}",
            ['11:40 expected a number, not "abc" | write digits, without quotes and unit'],
        ),
        (
            "{question: c, points: 7}",
            [
                (
                    "11:31 expected points by option, or the name of a point set, not 7 | "
                    "write {option: points, …}, or declare a point set and write its name"
                ),
            ],
        ),
        (
            "{question: c, points: a b}",
            [
                (
                    '11:31 "a b" does not have the form asked for here | '
                    "an id starts with a letter and has letters, digits and hyphens, at most 64"
                ),
            ],
        ),
        ("{question: c, points: [a]}", None),
    ],
)
def test_an_item_is_held_to_the_form_that_it_is_like(item: str, expected: list[str] | None) -> None:
    found = told_rubric(ITEM, item)
    assert found == expected if expected else len(found) == 1


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            "{answer: years, at_least: 10, in: [a]}",
            '12:49 no key "at_least" here | `at_least` does not go with `in`: keep one',
        ),
        (
            "{answer: years, in: [a], or_not_applicable: true}",
            (
                '12:58 no key "or_not_applicable" here | '
                "`or_not_applicable` does not go with `in`: leave it out"
            ),
        ),
        (
            "{answer: years, at_least: 1, of: [a]}",
            '12:62 no key "of" here | `of` does not go with `answer`, `at_least`: keep one',
        ),
        (
            "{answer: years, in: [a], at_leest: 1}",
            '12:58 no key "at_leest" here | known keys: answer, in',
        ),
        ("{answer: years, ins: [a]}", "12:49 no key \"ins\" here | did you mean 'in'?"),
        (
            "{answre: years, at_least: 10}",
            "12:34 no key \"answre\" here | did you mean 'answer'?",
        ),
        ("{conditoin: long}", "12:34 no key \"conditoin\" here | did you mean 'condition'?"),
        ("{laddr: a, below: b}", "12:34 no key \"laddr\" here | did you mean 'ladder'?"),
        (
            "{not: {all: [true, {answr: a, in: [b]}]}}",
            "12:53 no key \"answr\" here | did you mean 'answer'?",
        ),
        ("{check: 7, in: [open]}", '12:41 expected a text, not 7 | put it in quotes: "…"'),
        ("{check: [7], in: [open]}", '12:42 expected a text, not 7 | put it in quotes: "…"'),
    ],
)
def test_a_condition_is_held_to_the_form_that_it_is_like(condition: str, expected: str) -> None:
    entry = f"conditions: {{k: {{name: K, when: {condition}}}}}\n"
    assert told(RUBRIC + entry, Rubric) == [expected]


def test_a_map_that_is_like_no_condition_is_told_as_a_whole() -> None:
    for condition in ("{foo: 1}", "{at_least: 3}", "{}"):
        [found] = told(RUBRIC + f"conditions: {{k: {{name: K, when: {condition}}}}}\n", Rubric)
        assert found.startswith("12:33 not a condition: expected true, false, or one of the forms")
        assert found.endswith("flag) | None")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("{en: A, zh-Hnat: 城}", "3:22 no key \"zh-Hnat\" here | did you mean 'zh-Hant'?"),
        ("{en: A, fr: B}", '3:22 no key "fr" here | known keys: en, zh-Hant'),
        ("{en: 3, zh-Hant: 城}", '3:19 expected a text, not 3 | put it in quotes: "…"'),
        (
            "{}",
            (
                "3:14 expected texts by language (en, zh-Hant), not a map | "
                "write one text, or {en: …, zh-Hant: …}"
            ),
        ),
    ],
)
def test_a_text_by_language_is_told_by_its_keys(name: str, expected: str) -> None:
    assert told_city("name: A", f"name: {name}") == [expected]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("{answer: {on-of: [a, b]}}", "6:56 no key \"on-of\" here | did you mean 'one-of'?"),
        (
            "{one-of: [a, b], has: [c]}",
            '6:63 no key "has" here | `has` does not go with `one-of`: keep one',
        ),
        (
            "{answer: a, between: [1, 2]}",
            '6:47 no key "answer" here | `answer` does not go with `between`: keep one',
        ),
        ("{en: A, zh-Hnat: 城}", "6:54 no key \"zh-Hnat\" here | did you mean 'zh-Hant'?"),
    ],
)
def test_an_answer_is_held_to_the_form_that_it_is_like(answer: str, expected: str) -> None:
    assert told_city("domain: d", f"domain: d, answers: {{q: {answer}}}") == [expected]


def test_a_misspelt_form_of_an_answer_is_named() -> None:
    found = told_city("domain: d", "domain: d, answers: {q: {one-off: [a, b]}}")
    assert found[1] == "6:47 no key \"one-off\" here | did you mean 'one-of'?"


QUESTION: Final = """\
format: maturity/questionnaire@1
id: q
version: "1.0.0"
name: Q
themes: {t: T}
questions:
  - {id: a, ask: A?, theme: t, """


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            "kind: number, range: [3, 3]",
            "7:46 the range must rise | write the least first: [least, most]",
        ),
        (
            "kind: number",
            (
                "7:32 number, and only number, needs a range | "
                "add `range: [least, most]`, or change the kind, which is number"
            ),
        ),
        (
            "kind: text, range: [0, 1]",
            (
                "7:44 number, and only number, needs a range | "
                "delete `range:`, or change the kind, which is text"
            ),
        ),
        (
            "kind: multi",
            (
                "7:32 choice and multi, and only they, need options | "
                "add `options: {option: label, …}`, or change the kind, which is multi"
            ),
        ),
        (
            "kind: text, options: {a: A}",
            (
                "7:44 choice and multi, and only they, need options | "
                "delete `options:`, or change the kind, which is text"
            ),
        ),
        (
            "kind: multi, options: {a: A}, rows: {b: B}",
            (
                "7:62 only a choice question can have rows | "
                "delete `rows:`, or change the kind, which is multi"
            ),
        ),
    ],
)
def test_what_does_not_fit_the_kind_of_a_question_is_told_at_its_key(
    rest: str, expected: str
) -> None:
    assert told(QUESTION + rest + "}\n", Questionnaire) == [expected]


def test_options_and_expected_values_are_told_once() -> None:
    [found] = told(QUESTION + "kind: choice, options: 7}\n", Questionnaire)
    assert found.startswith("7:55 expected options with their labels, or the name of an answer set")
    cases = "format: maturity/cases@1\nrubric: r\ncases:\n  - {name: N, expect: {a: true}}\n"
    [found] = told(cases, Cases)
    assert found.startswith("4:27 expected a text, a number or null, not true | write it as")


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
