"""The names of many files are those that each has alone."""

import os
from pathlib import Path

import pytest

from maturity.loading.sources import Naming, shown_as


def test_each_file_has_the_name_that_it_has_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, beside = tmp_path / "here", tmp_path / "beside"
    for folder in (here / "in", beside):
        folder.mkdir(parents=True)
        for told in ("a.yaml", "b.yaml"):
            (folder / told).touch()
    (here / "linked").symlink_to(beside)
    (here / "in" / "c.yaml").symlink_to(beside / "a.yaml")
    (beside / "d.yaml").symlink_to(here / "in" / "a.yaml")
    (here / "e.yaml").touch()
    monkeypatch.chdir(here)
    folders = ["in", "./in", "../here/in", "linked", "../beside", str(here), str(beside), ".", ""]
    folders += [str(here / "in"), "..", "/", str(here / "linked")]
    names = ["c.yaml", "a.yaml", "b.yaml", "d.yaml", "e.yaml", "none", "..", ""]
    naming = Naming()
    for start in folders:
        for name in names:
            path = Path(os.path.join(start, name))  # noqa: PTH118 - as a user may write it
            assert naming(path) == shown_as(path)
