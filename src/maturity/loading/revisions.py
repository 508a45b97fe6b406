"""A file as it was at a revision of git: `git:REV:path`."""

import subprocess
from pathlib import Path
from typing import Final

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.inputs import remember
from maturity.base.places import Place
from maturity.loading import shipped
from maturity.loading.sources import MARKS, Source, fetch, near

SCHEME: Final = "git:"
_SECONDS: Final = 60


def fetch_any(named: str) -> Source | list[Diagnostic]:
    """The bytes of a file, or of `git:REV:path` as they were at that revision.

    The source of a revision has the path of the file now, so that what lies beside it is found.
    """
    if not named.startswith(SCHEME):
        return fetch(Path(named))
    revision, _, path = named.removeprefix(SCHEME).rpartition(":")
    if not revision or not path:
        return _unreadable(named, "a revision and a path are needed", "git:HEAD~1:rubrics/x.yaml")
    return _at(named, revision, Path(path))


def _at(named: str, revision: str, path: Path) -> Source | list[Diagnostic]:
    command = ["git", "-C", str(path.parent), "show", "--end-of-options"]
    try:
        shown = subprocess.run(  # noqa: S603 - no shell; what follows is no option
            [*command, f"{revision}:./{path.name}"],
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return _unreadable(named, f"git cannot be run: {error}", "check that git is installed")
    if shown.returncode:
        said = shown.stderr.decode("utf-8", errors="replace").strip().splitlines() or ["no reason"]
        return _unreadable(named, f"git does not give it: {said[-1]}", "check revision and path")
    remember(path)  # as it is now it may hold what git has not
    return Source(named, shown.stdout, path, revision)


def near_at(revision: str, name: str, folder: Path, kind: shipped.Kind) -> Source | None:
    """The model of this id that lay near a file in a folder, as it was at that revision."""
    for path in near(name, folder, kind):
        found = at_revision(revision, path)
        if found is not None and MARKS[kind] in found.raw:
            return found
    return None


def at_revision(revision: str, path: Path) -> Source | None:
    """The bytes of a file as they were at a revision; None where git has none."""
    if not path.parent.is_dir():
        return None
    found = _at(f"{SCHEME}{revision}:{path.as_posix()}", revision, path)
    return found if isinstance(found, Source) else None


def _unreadable(named: str, message: str, hint: str) -> list[Diagnostic]:
    return [Diagnostic.of(Code.UNREADABLE, Place(named, 1, 1), message, hint)]
