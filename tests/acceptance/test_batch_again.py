"""A second run of `maturity batch` by the set engine: what it takes over, and what it must not."""

import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.making.batch_model import MADE
from tests.making.projects import city_of
from tests.making.rows import USUAL, errors, results, rows_of, run, tellable, write_city, write_csv

from maturity.api.portfolio.sets import batching, reading, splicing, together
from maturity.api.portfolio.sets.running import Results

pytestmark = pytest.mark.usefixtures("small_model")

NASTY = ("line\nbreak", 'say "x', 'a "b" c', ",", '"', '"\n"', "\r", "=1+1", "", "嘉義")
"""Texts that the lines of a CSV file have trouble with."""

Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def by_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run is one of the set engine."""
    monkeypatch.setitem(USUAL, "engine", "duckdb")


@pytest.fixture
def is_spliced(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each run that writes CSV, whether it took lines over."""
    told: list[bool] = []
    splice = splicing.spliced

    def spliced(found: Results, into: Path) -> bool:
        is_there = splice(found, into)
        told.append(is_there and any(one.taken for one in found.entries))
        return is_there

    monkeypatch.setattr(batching, "spliced", spliced)
    return told


def made_rows(count: int, seed: int, **more: str) -> Rows:
    """Rows out of projects made by chance, with a city of their own."""
    found = rows_of(tellable(city_of(MADE, seed, projects=count)), MADE.plan.shapes)
    own = {"city": f"City {seed}"}
    return [{**row, **own, "project": f"p{n}", **more} for n, row in enumerate(found)]


def write_cities(folder: Path, *seeds: int) -> Path:
    """A folder of city files."""
    folder.mkdir(exist_ok=True)
    for seed in seeds:
        write_city(folder / f"{seed}.yaml", city_of(MADE, seed, projects=2))
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def assert_as_fresh(tmp_path: Path, *paths: Path, before: list[Path], **more: Any) -> int:
    """A run that takes over gives the bytes of one that does not; how many units it takes over.

    The other one scores by a query, however few there are.
    """
    done = run(tmp_path / "again", *paths, before=before, **more)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "FEW", -1)
        run(tmp_path / "fresh", *paths, **more)
    assert outputs(tmp_path / "again") == outputs(tmp_path / "fresh")
    return done.reused


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.untraced), 2])
def test_lines_are_taken_over_whatever_they_hold(
    jobs: int, tmp_path: Path, is_spliced: list[bool]
) -> None:
    notes = [{**row, "note": text} for row, text in zip(made_rows(10, 1), NASTY, strict=True)]
    tables = [write_csv(tmp_path / "a.csv", notes), write_csv(tmp_path / "c.csv", made_rows(3, 2))]
    changed = write_csv(tmp_path / "b.csv", made_rows(2, 3))
    run(tmp_path / "one", tables[0], changed, tables[1], jobs=jobs)
    write_csv(changed, [{**row, "note": 'new "\n'} for row in made_rows(4, 3)])
    paths = tables[0], changed, tables[1]
    assert assert_as_fresh(tmp_path, *paths, before=[tmp_path / "one"], jobs=jobs) == 2
    assert is_spliced == [False, True, False]


@pytest.mark.untraced
def test_lines_are_taken_over_where_nothing_is_fresh(
    tmp_path: Path, is_spliced: list[bool]
) -> None:
    paths = [write_csv(tmp_path / f"{n}.csv", made_rows(3, 1, city=n)) for n in "abc"]
    run(tmp_path / "one", *paths)
    assert assert_as_fresh(tmp_path, *paths, before=[tmp_path / "one"]) == 3
    (tmp_path / "without one").mkdir()
    fewer = paths[0], paths[2]
    assert assert_as_fresh(tmp_path / "without one", *fewer, before=[tmp_path / "one"]) == 2
    assert is_spliced == [False, True, False, True, False]


@pytest.mark.untraced
def test_damaged_lines_are_not_taken_over(tmp_path: Path, is_spliced: list[bool]) -> None:
    folder = write_cities(tmp_path / "cities", 2, 3)
    run(tmp_path / "one", folder)
    lines = tmp_path / "one" / "results.csv"
    raw = lines.read_bytes()
    write_cities(folder, 4)
    run(tmp_path / "fresh", folder)
    wrong = (
        raw.replace(b"absent", b"raised", 1),
        raw[:-20],
        raw[:-20] + b'"' + raw[-19:],
        raw.partition(b"\n")[2],
        b"",
    )
    assert raw not in wrong
    for number, damaged in enumerate(wrong):
        lines.write_bytes(damaged)
        done = run(tmp_path / str(number), folder, before=[tmp_path / "one"])
        assert done.reused == 2
        assert outputs(tmp_path / str(number)) == outputs(tmp_path / "fresh")
    assert not any(is_spliced)


@pytest.mark.untraced
def test_lines_with_other_columns_are_not_taken_over(
    tmp_path: Path, is_spliced: list[bool]
) -> None:
    paths = [write_csv(tmp_path / f"{n}.csv", made_rows(3, 1, city=n)) for n in "abc"]
    run(tmp_path / "one", *paths)
    write_csv(paths[1], made_rows(3, 1, city="b", more="x"))
    assert assert_as_fresh(tmp_path, *paths, before=[tmp_path / "one"]) == 2
    assert is_spliced == [False, False, False]


@pytest.mark.untraced
def test_results_are_taken_over_in_another_order(tmp_path: Path, is_spliced: list[bool]) -> None:
    paths = [write_csv(tmp_path / f"{n}.csv", made_rows(3, 1, city=n)) for n in "abc"]
    run(tmp_path / "one", *paths)
    assert assert_as_fresh(tmp_path, *reversed(paths), before=[tmp_path / "one"]) == 3
    assert is_spliced == [False, True, False]


@pytest.mark.untraced
def test_results_of_two_runs_are_taken_over(tmp_path: Path, is_spliced: list[bool]) -> None:
    paths = [write_csv(tmp_path / f"{n}.csv", made_rows(3, 1, city=n)) for n in "abcd"]
    run(tmp_path / "one", *paths[:2])
    run(tmp_path / "two", paths[2])
    before = [tmp_path / "one", tmp_path / "two"]
    assert assert_as_fresh(tmp_path, *paths, before=before) == 3
    assert is_spliced == [False, False, True, False]


@pytest.mark.untraced
def test_a_number_that_changed_in_what_was_left_is_noticed(tmp_path: Path) -> None:
    folder = write_cities(tmp_path / "cities", 2, 3)
    run(tmp_path / "one", folder)
    units = tmp_path / "one" / "units.jsonl"
    told = units.read_bytes()
    assert told.count(b",false,2,") == 2
    units.write_bytes(told.replace(b",false,2,", b",false,1,", 1))
    assert assert_as_fresh(tmp_path, folder, before=[tmp_path / "one"]) == 0


@pytest.mark.parametrize("format_", [pytest.param("csv", marks=pytest.mark.untraced), "parquet"])
def test_more_results_than_are_held_are_taken_over(
    format_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "HELD", 0)
    monkeypatch.setattr(together, "HELD", 0)
    folder = write_cities(tmp_path / "cities", 1, 2, 3)
    run(tmp_path / "one", folder, format_=format_)
    told: dict[str, Any] = {"before": [tmp_path / "one"], "format_": format_}
    (tmp_path / "same").mkdir()
    assert assert_as_fresh(tmp_path / "same", folder, **told) == 3
    write_cities(folder, 4)
    assert assert_as_fresh(tmp_path, folder, **told) == 3


@pytest.mark.parametrize("held", [0, 200_000])
@pytest.mark.parametrize("format_", [pytest.param("csv", marks=pytest.mark.untraced), "parquet"])
def test_results_of_a_table_have_severities_once_city_files_join(
    format_: str, held: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "HELD", held)
    monkeypatch.setattr(together, "HELD", held)
    path = write_csv(tmp_path / "t.csv", made_rows(20, 5))
    run(tmp_path / "one", path, format_=format_)
    folder = write_cities(tmp_path / "cities", 1)
    told: dict[str, Any] = {"before": [tmp_path / "one"], "format_": format_}
    assert assert_as_fresh(tmp_path, path, folder, **told) == 1


@pytest.mark.untraced
@pytest.mark.parametrize("format_", ["jsonl", "duckdb"])
def test_results_in_other_formats_are_those_of_a_full_run(format_: str, tmp_path: Path) -> None:
    folder = write_cities(tmp_path / "cities", 1, 2, 3)
    run(tmp_path / "one", folder, format_=format_)
    write_cities(folder, 4)
    run(tmp_path / "two", folder, before=[tmp_path / "one"], format_=format_)
    run(tmp_path / "fresh", folder, format_=format_)
    found = [told(one / f"results.{format_}") for one in (tmp_path / "two", tmp_path / "fresh")]
    assert found[0] == found[1]


def told(path: Path) -> object:
    """What a file of results holds; of a database the types of its columns, too."""
    if path.suffix != ".duckdb":
        return path.read_bytes()
    with duckdb.connect(path, read_only=True) as database:
        rows = database.sql("FROM results")
        return rows.columns, list(map(str, rows.types)), rows.fetchall()


@pytest.mark.untraced
def test_a_file_is_known_by_what_it_says(tmp_path: Path) -> None:
    folder = write_cities(tmp_path / "cities", 2, 3)
    file = folder / "2.yaml"
    run(tmp_path / "one", folder)
    before, raw = file.stat(), file.read_bytes()
    written = raw.replace(b'"assessed": "2026-', b'"assessed": "2025-')
    assert written != raw
    file.write_bytes(written)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # of one size and time
    os.utime(folder / "3.yaml")  # only touched
    assert file.stat().st_size == before.st_size
    assert assert_as_fresh(tmp_path, folder, before=[tmp_path / "one"]) == 1
    assert results(tmp_path / "again")[0]["assessed"].startswith("2025-")


@pytest.mark.untraced
def test_columns_that_others_rename_are_not_taken_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_csv(folder / "b.csv", made_rows(1, 1, partner="FIRST", **{"partner.2": "SECOND"}))
    run(tmp_path / "one", folder)
    write_csv(folder / "a.csv", made_rows(1, 2, PARTNER="UPPER"))
    run(tmp_path / "two", folder, before=[tmp_path / "one"])
    run(tmp_path / "fresh", folder)
    assert outputs(tmp_path / "two") == outputs(tmp_path / "fresh")
    (folder / "a.csv").unlink()
    run(tmp_path / "three", folder, before=[tmp_path / "two"])
    assert outputs(tmp_path / "three") == outputs(tmp_path / "one")


@pytest.mark.untraced
def test_a_column_may_be_called_as_the_number_of_a_row(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_csv(folder / "a.csv", made_rows(3, 1, RowId="x"))
    run(tmp_path / "one", folder)
    write_csv(folder / "b.csv", made_rows(2, 2, RowId="1"))
    done = run(tmp_path / "two", folder, before=[tmp_path / "one"])
    run(tmp_path / "fresh", folder)
    assert done.reused == 1
    assert outputs(tmp_path / "two") == outputs(tmp_path / "fresh")
    assert [row["input.RowId"] for row in results(tmp_path / "two")] == ["x"] * 3 + ["1"] * 2


def write_named(path: Path, city: object, *names: object) -> Path:
    """A city file with projects p0, p1, … of these names."""
    instrument = MADE.bundle.questionnaire
    domain = next(iter(instrument.domains))
    projects = [{"id": f"p{n}", "name": name, "domain": domain} for n, name in enumerate(names)]
    head = {"format": "maturity/city@1", "questionnaire": instrument.id, "assessed": "2026-11-01"}
    told = {**head, "city": {"name": city}, "projects": projects}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_names_with_blanks_around_and_names_in_one_language_alone(tmp_path: Path) -> None:
    names = [" blanks ", {"en": "", "zh-Hant": "街"}, {"zh-Hant": " 街"}]
    city = write_named(tmp_path / "a.yaml", {"en": "", "zh-Hant": " 市"}, *names)
    assert_as_fresh(tmp_path, city, before=[])
    run(tmp_path / "reference", city, engine="reference")
    for folder in (tmp_path / "again", tmp_path / "reference"):
        told = [(row["city"], row["name"]) for row in results(folder)]
        assert told == [(" 市", " blanks "), (" 市", "街"), (" 市", " 街")]


@pytest.mark.parametrize(
    ("city", "twin", "shown"),
    [
        ("x\u2028y", "X\u2028Y", "x\N{REPLACEMENT CHARACTER}y"),
        ("x\ry", "x\ry", "x\N{REPLACEMENT CHARACTER}y"),
        ("City\n", "city", "City\n"),
    ],
)
def test_a_twin_is_found_whatever_its_city_is_called(
    city: str, twin: str, shown: str, tmp_path: Path
) -> None:
    one, other = write_named(tmp_path / "a.yaml", city, "A"), tmp_path / "b.yaml"
    run(tmp_path / "before", one)
    assert [row["city"] for row in results(tmp_path / "before")] == [shown]
    write_named(other, twin, "B")
    assert_as_fresh(tmp_path, one, other, before=[tmp_path / "before"])
    assert len(errors(tmp_path / "again")) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("csv", "parquet"),
        pytest.param("parquet", "csv", marks=pytest.mark.untraced),
        pytest.param("csv", "jsonl", marks=pytest.mark.untraced),
        pytest.param("jsonl", "parquet", marks=pytest.mark.untraced),
    ],
)
@pytest.mark.parametrize("few", [-1, 200])
def test_results_are_taken_over_in_another_format(
    few: int, before: str, after: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are read again as columns, some as letters; a query scores, or the other engine."""
    folder = write_cities(tmp_path / "cities", 1, 2, 3, 4)
    run(tmp_path / "one", folder, format_=before)
    write_city(folder / "2.yaml", city_of(MADE, 5, projects=3))
    monkeypatch.setattr(reading, "FEW", few)
    assert assert_as_fresh(tmp_path, folder, before=[tmp_path / "one"], format_=after) == 3


@pytest.mark.untraced
@pytest.mark.parametrize("is_held", [False, True])
def test_results_are_taken_over_by_a_run_that_holds_them_and_one_that_does_not(
    is_held: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_cities(tmp_path / "cities", 1, 2, 3, 4)
    with monkeypatch.context() as patch:
        for module in (reading, together) if is_held else ():
            patch.setattr(module, "HELD", 0)
        run(tmp_path / "one", folder)
    write_city(folder / "2.yaml", city_of(MADE, 5, projects=3))
    for module in () if is_held else (reading, together):
        monkeypatch.setattr(module, "HELD", 0)
    assert assert_as_fresh(tmp_path, folder, before=[tmp_path / "one"]) == 3
