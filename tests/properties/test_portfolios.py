"""A folder of city files, the table written from them, and one by one: all say the same."""

import json
from pathlib import Path
from random import Random

import pytest
from tests.making.projects import city_of
from tests.making.rows import (
    errors,
    results,
    rows_of,
    run,
    tellable,
    write_city,
    write_csv,
)
from tests.making.shipped import EXAMPLES, ROOT, example, flagship
from tests.making.size import size

from maturity.engines.assessment import assess_project
from maturity.model.city import City
from maturity.model.flat import flat
from maturity.render.results.csv_ import cell

CITIES = size(6, 200)


def cities() -> list[City]:
    """Cities by chance, and the examples of one model, as far as a table can tell them."""
    by_chance = [city_of(flagship(), seed, projects=3) for seed in range(CITIES)]
    alone = [one for one in map(example, EXAMPLES) if one.questionnaire and one.city.ref is None]
    return [tellable(one) for one in [*by_chance, *alone]]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The output of a folder of city files, and of the table written from them."""
    base = tmp_path_factory.mktemp("portfolio")
    (base / "cities").mkdir()
    rows = []
    for number, city in enumerate(cities()):
        write_city(base / "cities" / f"{number:04}.yaml", city)
        rows += rows_of(city, flagship().plan.shapes)
    Random(7).shuffle(rows)
    run(base / "by-file", base / "cities")
    run(base / "by-row", write_csv(base / "table.csv", rows))
    return base / "by-file", base / "by-row"


def told(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """What a run says of each project; a column that is empty throughout says nothing."""
    return {
        (row["city"], row["project"]): {name: text for name, text in row.items() if text}
        for row in results(folder)
    }


def test_a_folder_and_the_table_written_from_it_give_the_same(folders: tuple[Path, Path]) -> None:
    by_file, by_row = (told(folder) for folder in folders)
    assert by_file.keys() == by_row.keys()
    for key, row in by_file.items():
        assert by_row[key] == row
    assert [errors(folder) for folder in folders] == [[], []]


def test_the_page_does_not_tell_a_folder_from_a_table(folders: tuple[Path, Path]) -> None:
    for page in ("portfolio.md", "portfolio.zh-Hant.md"):
        one, other = ((folder / page).read_bytes() for folder in folders)
        assert one == other


def test_a_batch_says_what_an_assessment_says(folders: tuple[Path, Path]) -> None:
    bundle, plan = flagship().bundle, flagship().plan
    batched = told(folders[0])
    for city in cities():
        for project in city.projects:
            result = assess_project(bundle, plan, city, project, asks=False).result
            row = batched[city.city.called().in_language("en"), project.id]
            for key, value in flat(result, bundle).items():
                text = cell("|".join(value) if isinstance(value, tuple) else value)
                assert row.get(key, "") == text, (project.id, key)


def test_the_order_of_rows_shows_in_the_order_of_results_alone(tmp_path: Path) -> None:
    rows = [
        {**row, "note": f"=1+{number}", "weight": str(1 + number / 10)}
        for city in cities()[:4]
        for number, row in enumerate(rows_of(city, flagship().plan.shapes))
    ]
    rows[1]["domain"] = ""
    run(tmp_path / "one", write_csv(tmp_path / "a.csv", rows))
    Random(3).shuffle(rows)
    run(tmp_path / "other", write_csv(tmp_path / "a.csv", rows))
    first, second = (results(tmp_path / name) for name in ("one", "other"))
    assert first != second
    key = json.dumps
    assert sorted(first, key=key) == sorted(second, key=key)
    for page in ("portfolio.md", "portfolio.zh-Hant.md"):
        one, other = ((tmp_path / name / page).read_text("utf-8") for name in ("one", "other"))
        where = r"a\.csv\:"
        assert [part for part in one.split("|") if where not in part] == [
            part for part in other.split("|") if where not in part
        ]


def test_the_shipped_examples_are_scored_whole(tmp_path: Path) -> None:
    done = run(tmp_path / "out", *(ROOT / "examples" / name for name in EXAMPLES))
    projects = sum(len(example(name).projects) for name in EXAMPLES)
    assert done.portfolio.totals.projects == projects
    assert done.portfolio.failed == 0
