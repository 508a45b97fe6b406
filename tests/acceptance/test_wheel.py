"""The wheel alone, in an empty environment and another folder: everything it needs is in it."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.untraced  # what these reach is counted elsewhere

ROOT: Final = Path(__file__).resolve().parents[2]
CITY: Final = ROOT / "examples" / "makassar.yaml"
NETWORK: Final = ROOT / "examples" / "phuket.yaml"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT), cwd=folder)
    return folder


@pytest.fixture(scope="module")
def program(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command, in an environment that holds nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    _run(str(scripts / "python"), "-m", "pip", "install", "--quiet", str(_only(dist, "*.whl")))
    return scripts / "maturity"


def test_the_wheel_holds_the_models_and_nothing_of_the_tests(dist: Path) -> None:
    names = zipfile.ZipFile(_only(dist, "*.whl")).namelist()
    for kind in ("questionnaires", "rubrics", "registries", "templates"):
        models = {f"maturity/shipped/{kind}/{path.name}" for path in (ROOT / kind).iterdir()}
        assert models
        assert models <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"maturity", "maturity_ppp"}


def test_the_sdist_holds_all_that_a_reader_needs(dist: Path) -> None:
    with tarfile.open(_only(dist, "*.tar.gz")) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    wanted = {"LICENSE", "README.md", "CHANGELOG.md", "Makefile", "examples/makassar.yaml"}
    wanted |= {"docs/generate.py", "schemas/city.schema.json", "tests/acceptance/test_wheel.py"}
    assert wanted <= names


def test_the_shipped_models_are_listed(program: Path, tmp_path: Path) -> None:
    told = _run(str(program), "list", cwd=tmp_path)
    for kind in ("questionnaires", "rubrics", "registries"):
        for path in (ROOT / kind).glob("*.yaml"):
            if not path.name.endswith(".cases.yaml"):
                assert path.stem in told


def test_a_city_is_assessed_from_another_folder(program: Path, tmp_path: Path) -> None:
    shutil.copy(CITY, tmp_path / "city.yaml")
    assert "Makassar" in _run(str(program), "assess", "city.yaml", cwd=tmp_path)


def test_a_city_of_both_models_and_a_registry_is_reported(program: Path, tmp_path: Path) -> None:
    shutil.copy(NETWORK, tmp_path / "city.yaml")
    told = _run(str(program), "report", "city.yaml", "--template", "ascn-progress", cwd=tmp_path)
    assert "Phuket (Thailand)" in told
    assert "Catching up" in told


def _only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def _run(*command: str, cwd: Path | None = None) -> str:
    """Run a command and give what it writes; where it fails, tell all that it said."""
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, env=_clean()
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _clean() -> dict[str, str]:
    """The environment without anything that would let Python find this working tree."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
