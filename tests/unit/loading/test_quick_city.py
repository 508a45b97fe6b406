"""City files read quickly: answers as cells, what decides, and what is left to be explained."""

import pickle
from datetime import date

import pytest
from tests.making.folder import city_files, templates
from tests.making.quick import EVERY_KIND, explained, is_read_alike, usual
from tests.making.shipped import EXAMPLES, ROOT

from maturity.base.text import Text
from maturity.loading.quick.city import PlainCity, PlainProject, plain_city
from maturity.loading.quick.form import Form
from maturity.model.city import Side

FORM = Form.of(EVERY_KIND)
CITY = """\
format: maturity/city@1
questionnaire: made
city: {name: {en: Lund, zh-Hant: 隆德}, country: SE}
assessed: 2026-11-01
sources: {s1: Act}
answers: {wide: a}
projects:
  - id: p
    name: Lamps
    domain: d1
    answers:
      one: b
"""


def read(text: str) -> PlainCity:
    assert is_read_alike(text.encode(), EVERY_KIND, FORM)
    found = plain_city(text.encode(), FORM)
    assert found is not None
    return found


def project(answers: str) -> PlainProject:
    """The project of a file in which these lines stand in place of its answers."""
    text = CITY.replace("answers: {wide: a}\n", "").replace("    answers:\n      one: b\n", answers)
    return read(text).projects[0]


def test_a_file_whole() -> None:
    cells: dict[tuple[Side, str], str] = {("answers", "wide"): "a", ("answers", "one"): "b"}
    lamps = PlainProject("p", Text("Lamps"), "d1", 1.0, cells, frozenset(), frozenset())
    name = Text(by_language={"en": "Lund", "zh-Hant": "隆德"})
    assert read(CITY) == PlainCity(name, "SE", date(2026, 11, 1), False, (lamps,))  # noqa: FBT003
    assert pickle.loads(pickle.dumps(read(CITY))) == read(CITY)  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("question", "answer", "cell"),
    [
        ("one", "a", "a"),
        ("one", "unknown", "unknown"),
        ("one", "{one-of: [c, a]}", "c/a"),
        ("may", "{one-of: [c, not-applicable]}", "c/not-applicable"),
        ("may", "{answer: not-applicable, reason: It does not arise.}", "n/a"),
        ("rows.r", "{answer: b, note: Said.}", "b"),
        ("some", "[a]", "a"),
        ("some", "[c, a]", "c|a"),
        ("some", "[]", "-a|-b|-c"),
        ("some", "{has: [a]}", "+a"),
        ("some", "{has: [a, b], lacks: [c]}", "+a|+b|-c"),
        ("some", "{lacks: [c]}", "-c"),
        ("some", "{answer: not-applicable, reason: 'x'}", "n/a"),
        ("years", "12", "12"),
        ("years", "-2.50", "-2.5"),
        ("years", "0x1f", "31"),
        ("years", "1e-7", "1e-07"),
        ("years", "{between: [1, 2.5]}", "1..2.5"),
        ("words", "n/a", "said"),
        ("words", "'7'", "said"),
        ("words", "{zh-Hant: 照明}", "said"),
        ("words", "unknown", "unknown"),
    ],
)
def test_an_answer_as_a_cell(question: str, answer: str, cell: str) -> None:
    found = project(f"    answers:\n      {question}: {answer}\n")
    assert found.cells == {("answers", question): cell}


GIVEN = "{answer: a, justification: Meant., evidence: [{grade: statement, source: s1}]}"
NOT_KNOWN = GIVEN.replace("answer: a", "answer: unknown")


@pytest.mark.parametrize(
    ("answers", "government", "private", "evidenced", "justified"),
    [
        (GIVEN, "", "", True, True),
        (GIVEN.replace("statement", "none"), "", "", False, True),
        ("{answer: a, justification: null, evidence: []}", "", "", False, False),
        (NOT_KNOWN, "", "", False, True),
        ("", GIVEN, "", True, True),
        ("a", GIVEN, "", False, False),
        ("unknown", GIVEN, "b", True, True),
        ("unknown", NOT_KNOWN, "", False, False),
        ("", NOT_KNOWN, "b", False, False),
        ("", NOT_KNOWN, "unknown", False, True),
        (NOT_KNOWN, "", "a", False, False),
    ],
)
def test_evidence_and_reasons_of_answers_that_decide(
    answers: str, government: str, private: str, *, evidenced: bool, justified: bool
) -> None:
    sides = {"answers": answers, "government": government, "private": private}
    lines = [f"    {side}: {{one: {said}}}\n" for side, said in sides.items() if said]
    found = project("".join(lines))
    assert found.evidenced == (frozenset({"one"}) if evidenced else frozenset())
    assert found.justified == (frozenset({"one"}) if justified else frozenset())


def test_own_answers_stand_before_those_of_the_city() -> None:
    text = CITY.replace("one: b", "one: b\n    private: {wide: c}")
    text = text.replace(
        "answers: {wide: a}", "answers: {wide: a, wide-words: x}\ngovernment: {wide: b}"
    )
    cells = {("answers", "one"): "b", ("private", "wide"): "c", ("answers", "wide-words"): "said"}
    assert read(text).projects[0].cells == cells


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("maturity/city@1", "maturity/city@2"),
        ("questionnaire: made", "questionnaire: other"),
        ("questionnaire: made", "questionnaires: [made, other]"),
        ("country: SE", "country: Sweden"),
        ("country: SE", "ref: ascn-cities/davao"),
        ("{en: Lund, zh-Hant: 隆德}", "{en: ' ', zh-Hant: ''}"),
        ("{en: Lund, zh-Hant: 隆德}", "{fr: Lund}"),
        ("{en: Lund, zh-Hant: 隆德}", "{}"),
        ("{name: {en: Lund, zh-Hant: 隆德}, country: SE}", "Lund"),
        ("2026-11-01", "2026-02-30"),
        ("2026-11-01", "1 November"),
        ("assessed: 2026-11-01", "illustration: maybe\nassessed: 2026-11-01"),
        ("{s1: Act}", "{s-: Act, 1s: Act}"),
        ("{s1: Act}", "{s.1: Act}"),
        ("{s1: Act}", "{s1: 7}"),
        ("{s1: Act}", "[s1]"),
        ("wide: a", "one: a"),
        ("wide: a", "wide: d"),
        ("id: p", "id: 7"),
        ("id: p", f"id: {'p' * 301}"),
        ("name: Lamps", "name: ''"),
        ("name: Lamps", "nmae: Lamps"),
        ("domain: d1", "domain: d 1"),
        ("domain: d1", "domain: d1\n    weight: 0"),
        ("domain: d1", "domain: d1\n    weight: heavy"),
        ("domain: d1", "domain: d1\n    weight: true"),
        ("domain: d1", "domain: d1\n    subject: 7"),
        ("one: b", "one: b\n    answer: c"),
        ("one: b", "two: b"),
        ("one: b", "one: d"),
        ("one: b", "one: 7"),
        ("one: b", "one: true"),
        ("one: b", "one:"),
        ("one: b", "one: [b]"),
        ("one: b", "one: not-applicable"),
        ("one: b", "one: {answer: not-applicable, reason: x}"),
        ("one: b", "may: not-applicable"),
        ("one: b", "one: {one-of: [a]}"),
        ("one: b", "one: {one-of: [a, a]}"),
        ("one: b", "one: {one-of: [a, not-applicable]}"),
        ("one: b", "one: {one-of: [a, b], note: x}"),
        ("one: b", "one: {has: [a]}"),
        ("one: b", "one: {answer: b, nota: x}"),
        ("one: b", "one: {note: x}"),
        ("one: b", "one: {answer: b, note: 7}"),
        ("one: b", "one: {answer: b, evidence: x}"),
        ("one: b", "one: {answer: b, evidence: [x]}"),
        ("one: b", "one: {answer: b, evidence: [{grade: good}]}"),
        ("one: b", "one: {answer: b, evidence: [{grade: [a]}]}"),
        ("one: b", "one: {answer: b, evidence: [{source: s1}]}"),
        ("one: b", "one: {answer: b, evidence: [{grade: none, sauce: s1}]}"),
        ("one: b", "one: {answer: b, evidence: [{grade: none, place: [a]}]}"),
        ("one: b", "some: a"),
        ("one: b", "some: [a, a]"),
        ("one: b", "some: [d]"),
        ("one: b", "some: [[a]]"),
        ("one: b", "some: {has: [a], lacks: [a]}"),
        ("one: b", "some: {has: a}"),
        ("one: b", "some: {has: [a], lacks: b}"),
        ("one: b", "some: {one-of: [a, b]}"),
        ("one: b", "years: many"),
        ("one: b", "years: 1000001"),
        ("one: b", "years: {between: [2, 1]}"),
        ("one: b", "years: {between: [1]}"),
        ("one: b", "years: {between: [1, x]}"),
        ("one: b", "years: [1]"),
        ("one: b", "words: 7"),
        ("one: b", "words: ''"),
        ("one: b", "one: {answer: b, justification: ''}"),
        ("one: b", "one: {answer: b, justification: {en: ' '}}"),
        ("one: b", "one: {answer: b, reason: ' '}"),
        ("one: b", "words: [x]"),
        ("one: b", "words: {one-of: [a, b]}"),
        ("one: b", f"words: {'x' * 10_001}"),
        ("    answers:\n      one: b\n", "    answers: x\n"),
        ("    answers:\n      one: b\n", "    answers:\n  - id: P\n    name: Q\n    domain: d2\n"),
        ("    answers:\n      one: b\n", "  - id: P\n    name: Q\n    domain: d2\n"),
        ("  - id: p\n", "  - p\n  - id: p\n"),
    ],
)
def test_what_is_not_right_is_left(old: str, new: str) -> None:
    assert old in CITY
    raw = CITY.replace(old, new).encode()
    assert plain_city(raw, FORM) is None
    assert explained(raw, EVERY_KIND) is None


@pytest.mark.parametrize(
    "answer", ["some: {has: [], lacks: []}", "some: {has: []}", "years: 1e-300"]
)
def test_what_no_cell_can_say_is_left(answer: str) -> None:
    raw = CITY.replace("one: b", answer).encode()
    assert plain_city(raw, FORM) is None
    assert explained(raw, EVERY_KIND) is not None


def test_a_list_without_projects_is_left() -> None:
    head = CITY[: CITY.index("projects:")]
    for projects in ("", "projects: []\n", "projects: {}\n"):
        assert plain_city(f"{head}{projects}".encode(), FORM) is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_one_questionnaire_are_read(name: str) -> None:
    raw = (ROOT / "examples" / name).read_bytes()
    alone = b"\nquestionnaires:" not in raw and b"ref:" not in raw
    assert is_read_alike(raw, usual(), Form.of(usual())) == alone


def test_every_style_of_the_made_files_is_read() -> None:
    form = Form.of(usual())
    for _, text in city_files(len(templates())):
        assert is_read_alike(text.encode(), usual(), form)
