"""The bytes of files, and where the models lie that a file or a user names."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.loading import shipped
from maturity.loading.limits import DEFAULT_LIMITS, Limits

_FORMATS: Final[dict[shipped.Kind, bytes]] = {
    "questionnaires": b"maturity/questionnaire@",
    "registries": b"maturity/registry@",
    "rubrics": b"maturity/rubric@",
}


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file, and the name under which messages speak of it."""

    shown: str
    raw: bytes
    path: Path | None = None

    @property
    def digest(self) -> str:
        """`sha256:` and the digest of the bytes."""
        return f"sha256:{hashlib.sha256(self.raw).hexdigest()}"


def fetch(path: Path, limits: Limits = DEFAULT_LIMITS) -> Source | list[Diagnostic]:
    """The bytes of a file, never more than one above the largest size."""
    shown = shown_as(path)
    try:
        with path.open("rb") as stream:
            return Source(shown, stream.read(limits.size + 1), path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        hint = "check the name and the folder, and that you may read it"
        message = f"the file cannot be read: {why}"
        return [Diagnostic.of(Code.UNREADABLE, Place(shown, 1, 1), message, hint)]


def shown_as(path: Path) -> str:
    """A path relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def find_rubric(name: str, beside: Path | None = None) -> Path | None:
    """The file that is meant by a rubric: a shipped id, an id near a file, or a path."""
    near = _near("rubrics", name, beside) if beside else None
    return shipped.path_of("rubrics", name) or near or _as_path(name)


def find_questionnaire(name: str, beside: Path | None, *, near_first: bool) -> Path | None:
    """The file that is meant by a questionnaire: a shipped id, a path, or an id near a file.

    Near are the folder of the file that names it, and a folder `questionnaires` beside that.
    """
    shipped_one = shipped.path_of("questionnaires", name)
    near = _near("questionnaires", name, beside) if beside else None
    first, second = (near, shipped_one) if near_first else (shipped_one, near)
    return first or second or _as_path(name)


def find_registry(name: str, beside: Path | None) -> Path | None:
    """The file that is meant by a registry: a shipped id, or an id near the file that names it."""
    shipped_one = shipped.path_of("registries", name)
    return shipped_one or (_near("registries", name, beside) if beside else None)


def rubric_beside(path: Path | None) -> Path | None:
    """The rubric beside a case file, by its name."""
    beside = path.with_name(f"{path.name.removesuffix('.cases.yaml')}.yaml") if path else None
    return beside if beside and beside.is_file() and beside != path else None


def _as_path(name: str) -> Path | None:
    return Path(name) if "/" in name or name.endswith((".yaml", ".yml")) else None


def _near(kind: shipped.Kind, name: str, beside: Path) -> Path | None:
    """A file of this id and kind in a folder, or in a folder named by the kind beside or in it."""
    for folder in (beside, beside.parent / kind, beside / kind):
        found = folder / f"{name}.yaml"
        if found.is_file() and _FORMATS[kind] in found.read_bytes()[:4096]:
            return found
    return None
