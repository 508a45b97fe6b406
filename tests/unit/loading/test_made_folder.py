"""The folders of city files that tests and benchmarks make: valid, varied, the same again."""

from pathlib import Path

from tests.making.folder import city_files, templates, write_folder
from tests.making.shipped import flagship

from maturity.checks.city import check_city
from maturity.loading.models import Loaded, Source, load
from maturity.model.city import City


def test_every_file_is_valid() -> None:
    instrument = flagship().bundle.questionnaire
    for name, text in city_files(len(templates())):
        loaded = load(Source(name, text.encode()), City)
        assert isinstance(loaded, Loaded), [one.line() for one in loaded]
        found = check_city(loaded.model, loaded.document.places, instrument)
        assert not [one.line() for one in found if one.is_error]


def test_files_differ_and_come_again() -> None:
    every = list(city_files(90))
    assert every == list(city_files(90))
    assert len({name for name, _ in every}) == len({text for _, text in every}) == 90
    assert {text for _, text in every}.isdisjoint(text for _, text in city_files(90, seed=5))


def test_a_folder_is_written_byte_for_byte(tmp_path: Path) -> None:
    write_folder(tmp_path / "cities", 5)
    for name, text in city_files(5):
        assert (tmp_path / "cities" / name).read_bytes() == text.encode()
