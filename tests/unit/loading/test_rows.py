"""Rows as city files in memory: where each cell belongs, and what is wrong with it."""

from collections.abc import Mapping

import pytest
from tests.making.rows import DAY
from tests.making.small import choice, multi, number, questionnaire_of

from maturity.base.diagnostics import Diagnostic
from maturity.loading.rows import Layout, RowRead
from maturity.loading.tables import Row
from maturity.model.columns import Columns

QUESTIONS = questionnaire_of([choice("owner"), multi("sides"), number("years")])
FACTS = (("city", "Chiayi"), ("project", "tram"), ("domain", "any"))


def layout(**more: object) -> Layout:
    columns = Columns.model_validate({"format": "maturity/columns@1", **more})
    shapes = {shape.id: shape for shape, _ in QUESTIONS.shapes()}
    return Layout("desk", shapes, columns, DAY)


def read(*cells: tuple[str, str], facts: bool = True, **more: object) -> RowRead:
    found = layout(**more).read("t.csv", Row(7, (*(FACTS if facts else ()), *cells)))
    assert isinstance(found, RowRead), found
    assert not found.faults
    return found


def faults(*cells: tuple[str, str], facts: bool = True) -> list[Diagnostic]:
    found = layout().read("t.csv", Row(7, (*(FACTS if facts else ()), *cells)))
    return found if isinstance(found, list) else list(found.faults)


def answers(found: RowRead, side: str = "answers") -> Mapping[str, object]:
    told = found.loaded.model.projects[0].model_dump(by_alias=True)[side]
    return {name: one["answer"] for name, one in told.items()}


def test_answers_stand_with_their_sides() -> None:
    found = read(("owner", "a"), ("government.owner", "b"), ("private.years", "3"), ("years", ""))
    assert answers(found) == {"owner": "a"}
    assert answers(found, "government") == {"owner": "b"}
    assert answers(found, "private") == {"years": 3.0}
    assert found.carried == {}


def test_what_is_not_read_is_carried() -> None:
    found = read(("note", "x&amp;y"), ("note", "z"), ("", ""), ("", "loose"), ("government.", "1"))
    carried = {"note": "x&amp;y", "note.2": "z", "column-7": "loose", "government.": "1"}
    assert found.carried == carried


def test_a_column_without_a_header_may_stand_beside_one_called_like_it() -> None:
    found = read(("column-5", "x"), ("", "y"), ("column-5", "z"))
    assert found.carried == {"column-5": "x", "column-5.2": "y", "column-5.3": "z"}


def test_facts_of_the_city_and_the_project() -> None:
    more = [("city.zh-Hant", "嘉義"), ("name.zh-Hant", "電車"), ("name", "Tram"), ("weight", "2.5")]
    found = read(("country", "TW"), ("assessed", "2026-10-01"), *more)
    city, project = found.loaded.model, found.loaded.model.projects[0]
    assert city.city.called().as_map() == {"en": "Chiayi", "zh-Hant": "嘉義"}
    assert project.name.as_map() == {"en": "Tram", "zh-Hant": "電車"}
    assert (project.weight, city.city.country) == (2.5, "TW")
    assert city.assessed.isoformat() == "2026-10-01"
    assert set(found.carried) == {"country", "assessed", "city.zh-Hant", "name.zh-Hant"}


def test_a_translation_may_stand_before_its_text() -> None:
    found = read(("city.zh-Hant", "嘉義"), *FACTS, facts=False)
    assert found.loaded.model.city.called().as_map() == {"zh-Hant": "嘉義", "en": "Chiayi"}


def test_a_project_without_a_name_is_called_by_its_id_on_the_day_of_the_run() -> None:
    found = read()
    assert found.loaded.model.projects[0].name.in_language("en") == "tram"
    assert found.loaded.model.assessed == DAY


@pytest.mark.parametrize("name", ["city", "project", "domain"])
def test_what_every_project_needs_is_asked_for(name: str) -> None:
    cells = [(header, " " if header == name else text) for header, text in FACTS]
    (fault,) = faults(*cells, facts=False)
    assert fault.line().startswith(f"t.csv:7:1: M103 error: the row has no `{name}`")


def test_what_is_missing_hides_no_other_fault() -> None:
    cells = ("city.zh-Hant", "嘉義"), ("domain", "any"), ("owner", "a"), ("owner", "b")
    found = faults(*cells, ("country", "Taiwan"), facts=False)
    told = [(one.code.number, one.place.column) for one in found]
    assert told == [("M103", 1), ("M103", 1), ("M124", 4), ("M105", 5)]


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("weight", "much", "M105"),
        ("weight", "-1", "M105"),
        ("country", "Taiwan", "M105"),
        ("assessed", "yesterday", "M105"),
        ("sides", "a||b", "M105"),
    ],
)
def test_a_cell_that_no_model_takes_is_told_with_its_place(
    header: str, text: str, code: str
) -> None:
    told = faults((header, text))[0].line()
    assert told.startswith(f"t.csv:7:4: {code} error")


def test_two_columns_that_say_the_same_are_one() -> None:
    assert answers(read(("owner", "a"), ("owner", " a "), ("owner", ""))) == {"owner": "a"}
    (fault,) = faults(("owner", "a"), ("owner", "b"))
    assert fault.line().startswith("t.csv:7:5: M124 error")


def test_a_row_with_a_fault_of_its_own_is_not_read() -> None:
    (fault,) = faults(("weight", "much"))
    assert layout().read("t.csv", Row(7, (), fault)) == [fault]


def test_headers_and_values_are_mapped() -> None:
    found = read(
        ("Owner", "City council"),
        ("Years", "k.A."),
        ("sides", "k.A."),
        columns={"Owner": "owner", "Years": "private.years"},
        values={"owner": {"City council": "a"}, "*": {"k.A.": "unknown"}},
    )
    assert answers(found) == {"owner": "a", "sides": "unknown"}
    assert answers(found, "private") == {"years": "unknown"}


def test_values_of_one_side_come_before_those_of_the_question() -> None:
    values = {"owner": {"x": "a", "y": "a"}, "private.owner": {"x": "b"}, "*": {"x": "c", "z": "b"}}
    cells = ("owner", "x"), ("government.owner", "x"), ("private.owner", "x")
    found = read(*cells, values=values)
    told = [answers(found, side)["owner"] for side in ("answers", "government", "private")]
    assert told == ["a", "a", "b"]
    other = read(("private.owner", "y"), ("government.owner", "z"), values=values)
    assert answers(other, "private") == {"owner": "a"}
    assert answers(other, "government") == {"owner": "b"}


def test_values_of_a_fact_are_of_no_other() -> None:
    found = read(("name", "Tram"), values={"name": {"Chiayi": "Tainan", "Tram": "Metro"}})
    assert found.loaded.model.city.called().in_language("en") == "Chiayi"
    assert found.loaded.model.projects[0].name.in_language("en") == "Metro"


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (("city", "owner"), "`project`, `domain`"),
        (("city", "project", "domain", "note"), "is a question of desk"),
        (("city", "project", "domain", "private.owner"), None),
    ],
)
def test_a_table_that_lacks_a_column_is_refused_once(
    headers: tuple[str, ...], said: str | None
) -> None:
    found = layout().faults("t.csv", headers)
    assert [said in one.line() for one in found if said] == ([True] if said else [])
    assert all("--suggest-columns" in one.line() for one in found)
    assert bool(found) == (said is not None)
