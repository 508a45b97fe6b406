"""The models that come with the product: inside the wheel, or at the root of the repository."""

from pathlib import Path
from typing import Literal

Kind = Literal["questionnaires", "rubrics", "registries", "templates"]


def folder(kind: Kind) -> Path:
    """The folder of the shipped models of a kind."""
    inside = Path(__file__).resolve().parents[1] / "shipped" / kind
    if inside.is_dir():
        return inside
    return Path(__file__).resolve().parents[3] / kind


def ids(kind: Kind) -> list[str]:
    """The ids of what is shipped of a kind, in order."""
    ending = _ending(kind)
    names = (path.name for path in folder(kind).glob(f"*{ending}"))
    return sorted(name.removesuffix(ending) for name in names if not name.endswith(".cases.yaml"))


def usual() -> str:
    """The id of the questionnaire that is meant where none is named: the file `USUAL` names it."""
    return (folder("questionnaires") / "USUAL").read_text(encoding="utf-8").strip()


def files(kind: Kind) -> dict[str, Path]:
    """The shipped files of a kind by their ids, in order."""
    return {name: folder(kind) / f"{name}{_ending(kind)}" for name in ids(kind)}


def path_of(kind: Kind, name: str) -> Path | None:
    """The shipped file with this id; None where there is none."""
    return files(kind).get(name)


def title_of(template: str, language: str) -> str:
    """What the comment at the head of a template says in a language; empty where nothing."""
    head = template.partition("#}")[0].removeprefix("{#")
    lines = (line.partition(": ") for line in head.splitlines())
    return next((said.strip() for name, _, said in lines if name.strip() == language), "")


def _ending(kind: Kind) -> str:
    return ".md.j2" if kind == "templates" else ".yaml"
