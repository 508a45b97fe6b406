"""A file as it was at a revision of git: `git:REV:path`."""

import subprocess
from pathlib import Path
from typing import Final

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.loading.models import Source, fetch

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
    return Source(named, shown.stdout, path)


def _unreadable(named: str, message: str, hint: str) -> list[Diagnostic]:
    return [Diagnostic.of(Code.UNREADABLE, Place(named, 1, 1), message, hint)]
