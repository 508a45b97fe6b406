"""The first files of a model to write: questionnaire, rubric and worked cases."""

import re
from pathlib import Path
from typing import Final

from maturity.i18n.catalog import Catalog
from maturity.render.city_form import comment

SUFFIXES: Final = {
    "questionnaire": "-questions.yaml",
    "rubric": ".yaml",
    "cases": ".cases.yaml",
}
"""How the file of each kind is named after the id of the rubric."""

_SKELETONS: Final = Path(__file__).with_name("skeleton")
_COMMENT: Final = re.compile(r"^( *)#: (\S+)$")


def model_form(name: str, catalog: Catalog) -> dict[str, str]:
    """A small model in which nothing is found and whose cases hold, by the names of its files.

    Its texts are in every language; the comments that lead through it in that of the catalog.
    """
    return {f"{name}{suffix}": _filled(kind, name, catalog) for kind, suffix in SUFFIXES.items()}


def _filled(kind: str, name: str, catalog: Catalog) -> str:
    text = (_SKELETONS / f"{kind}.yaml").read_text(encoding="utf-8")
    lines: list[str] = []
    for line in text.replace("$id", name).splitlines():
        found = _COMMENT.match(line)
        if found is None:
            lines.append(line)
        else:
            said = catalog.say(f"skeleton.{found[2]}", name=name)
            lines += comment(said, len(found[1]))
    return "\n".join(lines) + "\n"
