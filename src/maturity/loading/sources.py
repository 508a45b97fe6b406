"""The bytes of files, and where the models lie that a file or a user names."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final, TypeAlias

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.inputs import remember
from maturity.base.places import Place
from maturity.loading import shipped
from maturity.loading.limits import DEFAULT_LIMITS, Limits

MARKS: Final[dict[shipped.Kind, bytes]] = {
    "questionnaires": b"maturity/questionnaire@",
    "registries": b"maturity/registry@",
    "rubrics": b"maturity/rubric@",
}
"""What the beginning of a file of each kind holds."""

_HEAD: Final = 4096

Shown: TypeAlias = Callable[[Path], str]
"""Gives the name of a file in messages."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file, and the name under which messages speak of it.

    `revision`: that of git at which the file had these bytes; None for the file as it is now.
    """

    shown: str
    raw: bytes
    path: Path | None = None
    revision: str | None = None

    @property
    def digest(self) -> str:
        """`sha256:` and the digest of the bytes."""
        return f"sha256:{hashlib.sha256(self.raw).hexdigest()}"


def fetch(path: Path, limits: Limits = DEFAULT_LIMITS) -> Source | list[Diagnostic]:
    """The bytes of a file, never more than one above the largest size; the run remembers it."""
    remember(path)
    return fetch_one_of_many(path, shown_as, limits)


def fetch_one_of_many(
    path: Path, shown: Shown, limits: Limits = DEFAULT_LIMITS
) -> Source | list[Diagnostic]:
    """As `fetch`, of files of which there may be too many to remember; `shown` gives its name."""
    name = shown(path)
    try:
        with path.open("rb", buffering=0) as stream:
            return Source(name, _all_of(stream, limits.size + 1), path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        hint = "check the name and the folder, and that you may read it"
        message = f"the file cannot be read: {why}"
        return [Diagnostic.of(Code.UNREADABLE, Place(name, 1, 1), message, hint)]


def _all_of(stream: FileIO, most: int) -> bytes:
    """The bytes of a stream, `most` of them at the most; a pipe gives them in pieces."""
    found = stream.read(min(os.fstat(stream.fileno()).st_size + 1, most)) or b""
    while len(found) < most and (more := stream.read(most - len(found))):
        found += more
    return found


def shown_as(path: Path) -> str:
    """A path relative to the working folder where it lies below it."""
    try:
        whole, here = os.path.realpath(path), os.getcwd()  # noqa: PTH109
    except (ValueError, OSError):
        return path.as_posix()
    below = os.path.join(here, "")  # noqa: PTH118 - this is asked of every file of a portfolio
    if not whole.startswith(below):
        return path.as_posix()
    return whole[len(below) :].replace(os.sep, "/")


class Naming:
    """`shown_as` for many files while a run lasts: of each folder one file is looked up."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}

    def __call__(self, path: Path) -> str:
        """The name of a file; one that is a link is looked up by itself."""
        return self.of(str(path))

    def of(self, text: str) -> str:
        """The same of a path as a text."""
        name = text.rpartition(os.sep)[2]
        folder = text.removesuffix(name)
        if name in ("", "..") or os.path.islink(text):  # noqa: PTH114 - of every file
            return shown_as(Path(text))
        before = self._before.get(folder)
        if before is not None:
            return before + name
        shown = shown_as(Path(text))
        if shown.endswith(name):
            self._before[folder] = shown.removesuffix(name)
        return shown


def find_rubric(name: str, beside: Path | None = None) -> Path | None:
    """The file that is meant by a rubric: a shipped id, an id near a file or near here, a path."""
    close = _near(name, beside or Path(), "rubrics")
    return shipped.path_of("rubrics", name) or close or _as_path(name)


def find_questionnaire(name: str, beside: Path | None, *, near_first: bool) -> Path | None:
    """The file that is meant by a questionnaire: a shipped id, a path, or an id near a file.

    Near are the folder of the file that names it, and a folder `questionnaires` beside that.
    """
    shipped_one = shipped.path_of("questionnaires", name)
    close = _near(name, beside, "questionnaires") if beside else None
    first, second = (close, shipped_one) if near_first else (shipped_one, close)
    return first or second or _as_path(name)


def find_registry(name: str, beside: Path | None) -> Path | None:
    """The file that is meant by a registry: a shipped id, or an id near the file that names it."""
    shipped_one = shipped.path_of("registries", name)
    return shipped_one or (_near(name, beside, "registries") if beside else None)


def rubric_tested(name: str, path: Path | None) -> Path | None:
    """The rubric that a case file tests.

    The file beside it with its name, else the one of the id that it names: near it, or shipped.
    """
    if path is not None:
        beside = path.with_name(f"{path.name.removesuffix('.cases.yaml')}.yaml")
        if beside.is_file() and beside != path:
            return beside
    close = _near(name, path.parent, "rubrics") if path else None
    return close or shipped.path_of("rubrics", name)


def rubrics_near(folder: Path) -> Iterator[Path]:
    """The rubrics in a folder, and in a folder `rubrics` in it or beside it, in order."""
    for one in _folders_near(folder, "rubrics"):
        yield from (path for path in sorted(one.glob("*.yaml")) if is_marked(path, "rubrics"))


def near(name: str, folder: Path, kind: shipped.Kind) -> list[Path]:
    """Where a model of this id may lie near a file in a folder, the first place first."""
    return [one / f"{name}.yaml" for one in _folders_near(folder, kind)]


def is_marked(path: Path, kind: shipped.Kind) -> bool:
    """Whether a file that can be read begins as one of this kind."""
    try:
        with path.open("rb") as stream:
            return MARKS[kind] in stream.read(_HEAD)
    except (OSError, ValueError):
        return False


def _as_path(name: str) -> Path | None:
    return Path(name) if "/" in name or name.endswith((".yaml", ".yml")) else None


def _folders_near(folder: Path, kind: shipped.Kind) -> tuple[Path, ...]:
    above = folder.parent if folder.name else folder / ".."
    return folder, above / kind, folder / kind


def _near(name: str, folder: Path, kind: shipped.Kind) -> Path | None:
    return next((one for one in near(name, folder, kind) if is_marked(one, kind)), None)
