"""Few city files are scored one by one: what comes out is what the query gives, to the byte."""

from pathlib import Path
from shutil import copy

import pytest
from tests.making.cells import sayable
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.rows import USUAL, run
from tests.making.shipped import EXAMPLES, ROOT, flagship, shipped_models
from tests.making.tables import by_reference, by_sets

from maturity.api.portfolio.sets import few, reading
from maturity.engines import assessment
from maturity.engines.database import Database
from maturity.engines.sql.exactness import comes_out_alike


@pytest.fixture(autouse=True)
def by_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run is one of the set engine."""
    monkeypatch.setitem(USUAL, "engine", "duckdb")


def outputs(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def examples(folder: Path) -> Path:
    folder.mkdir()
    for name in EXAMPLES:
        copy(ROOT / "examples" / name, folder)
    return folder


def assert_as_by_query(
    tmp_path: Path, *paths: Path, jobs: int = 1, before: Path | None = None
) -> int:
    earlier = [] if before is None else [before]
    done = run(tmp_path / "singly", *paths, before=earlier, jobs=jobs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "FEW", -1)
        run(tmp_path / "by query", *paths)
    assert outputs(tmp_path / "singly") == outputs(tmp_path / "by query")
    return done.reused


@pytest.mark.untraced
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_examples(jobs: int, tmp_path: Path) -> None:
    folder = examples(tmp_path / "cities")
    assert_as_by_query(tmp_path, folder, jobs=jobs)
    changed = folder / EXAMPLES[0]
    changed.write_text(changed.read_text().replace("assessed: 2026", "assessed: 2025"))
    (folder / EXAMPLES[1]).unlink()
    (tmp_path / "again").mkdir()
    before = tmp_path / "singly"
    again = assert_as_by_query(tmp_path / "again", folder, jobs=jobs, before=before)
    assert 1 < again <= len(EXAMPLES) - 2  # some refer to others, or answer something else


@pytest.mark.untraced
def test_a_project_that_stands_twice(tmp_path: Path) -> None:
    folder = examples(tmp_path / "cities")
    run(tmp_path / "one", folder)
    copy(folder / EXAMPLES[0], folder / "twin.yaml")
    assert_as_by_query(tmp_path, folder, before=tmp_path / "one")


@pytest.mark.untraced
def test_it_is_the_way_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(few.Few, "scored", lambda *_: pytest.fail("scored singly"))
    with pytest.raises(pytest.fail.Exception, match="scored singly"):
        run(tmp_path / "out", examples(tmp_path / "cities"))


def test_of_which_rubrics_scores_are_the_same_to_the_last_bit() -> None:
    assert comes_out_alike(flagship().plan)
    assert not comes_out_alike(shipped_models("ascn-framework").plan)  # geometric means


@pytest.mark.untraced
def test_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessment, "next_questions", lambda *_: ())
    database = Database(threads=1)
    seeds = [seed for seed in range(60) if comes_out_alike(models_of(seed).plan)]
    assert len(seeds) > 3
    for seed in seeds:
        models = models_of(seed)
        city = sayable(city_of(models, seed, projects=20))
        pairs = zip(
            by_sets(database, models, city, staged=False), by_reference(models, city), strict=True
        )
        for one, other in pairs:
            keys = [key for key in one if key.startswith("score.")]
            assert [one[key] for key in keys] == [other[key] for key in keys]
