"""The registry of pilot cities agrees with the corrected table and takes over no known error."""

import csv
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

ROOT: Final = Path(__file__).resolve().parents[2]
TABLE: Final = Path(__file__).parent / "pilot_cities.csv"
"""Names, populations in ten thousands with their origin, and what a damaged table got wrong."""

FILLER: Final = "1.8"
"""What the damaged table gives as a population, in ten thousands, where it has none."""


@cache
def registry() -> dict[str, Any]:
    path = ROOT / "registries" / "ascn-cities.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


@cache
def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entry_of(row: dict[str, str]) -> dict[str, Any]:
    [entry] = [one for one in registry()["entries"].values() if one["name"]["en"] == row["city"]]
    found: dict[str, Any] = entry
    return found


def test_every_city_of_the_table_is_in_the_registry_once() -> None:
    assert len(rows()) == len(registry()["entries"]) == 26


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["city"])
def test_names_and_country_agree(row: dict[str, str]) -> None:
    entry = entry_of(row)
    assert entry["name"]["zh-Hant"] == row["city_zh_hant"]
    assert entry["country"] == row["country"]
    assert registry()["countries"][row["country"]]["name"]["zh-Hant"] == row["country_zh_hant"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["city"])
def test_population_agrees_or_is_left_out(row: dict[str, str]) -> None:
    population: dict[str, Any] = entry_of(row).get("population", {})
    if not row["population_10k"]:
        assert not population
        return
    assert population["value"] == round(float(row["population_10k"]) * 10_000)
    assert str(population["year"]) == row["population_year"]
    assert row["population_scope"] in population["scope"]["en"]
    assert population["source"].split(":")[0] in registry()["sources"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["city"])
def test_what_the_damaged_table_got_wrong_is_told_and_not_taken_over(row: dict[str, str]) -> None:
    entry = entry_of(row)
    assert bool(entry.get("corrections")) == bool(row["paper_slip"])
    fillers = [one for one in entry.get("corrections", ()) if FILLER in one["what"]["en"]]
    assert bool(fillers) == (row["paper_population_10k"] == FILLER)
    assert entry.get("population", {}).get("value") != float(FILLER) * 10_000


def test_every_country_figure_has_a_year_and_a_source() -> None:
    countries = registry()["countries"]
    assert {one["country"] for one in registry()["entries"].values()} == countries.keys()
    facts = [fact for country in countries.values() for fact in country.get("figures", ())]
    facts += [country["group"] for country in countries.values() if "group" in country]
    for fact in facts:
        assert isinstance(fact["year"], int)
        assert fact["source"].split(":")[0] in registry()["sources"]
    standing = [country["group"] for country in countries.values() if "group" in country]
    assert {(one["year"], one["until"]) for one in standing} == {(2018, 2019)}
    groups = {country["group"]["value"] for country in countries.values() if "group" in country}
    assert groups == registry()["groups"].keys()
