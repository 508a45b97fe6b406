"""Names that differ for people, and for files."""

import hashlib
import re
from typing import Final
from unicodedata import normalize

_PLAIN: Final = re.compile(r"[^A-Za-z0-9]+")
_LONGEST: Final = 40  # characters of each part of a file name


def project_key(city: str, project: str) -> str:
    """What tells projects apart: letter case and Unicode forms of the two names do not."""
    told = "\0".join(map(alike, (city, project)))
    return hashlib.blake2b(told.encode(errors="replace"), digest_size=12).hexdigest()


def alike(name: str) -> str:
    """A name in the form in which letter case and Unicode forms do not show."""
    return normalize("NFC", normalize("NFC", name.strip()).casefold())


def report_name(city: str, project: str) -> str:
    """A file name of plain letters that no other project gets, on any file system.

    It ends in a digest of the two names as they are, so it is never a name that a system keeps
    for itself, and never that of a twin.
    """
    exact = f"{city}\0{project}".encode(errors="backslashreplace")
    told = hashlib.sha256(exact).hexdigest()[:16]
    shown = (
        _PLAIN.sub("-", normalize("NFKD", one))[:_LONGEST].strip("-") for one in (city, project)
    )
    return f"{'-'.join([*filter(None, shown), told])}.md".lower()
