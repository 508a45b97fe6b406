"""JSON Lines: a project a line, in the shape of a project of the JSON result."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from maturity.base.characters import visible
from maturity.model.flat import ABSENT, FlatValue
from maturity.model.portfolio import Scored
from maturity.render.results.results import Head


class JsonResults:
    """Results as JSON Lines in UTF-8."""

    def __init__(self, path: Path, head: Head) -> None:
        self.head = head
        self.stream = path.open("w", encoding="utf-8", newline="\n")

    def add(self, one: Scored) -> None:
        """Write a project."""
        text = json.dumps(_project(one, self.head), ensure_ascii=False, allow_nan=False)
        self.stream.write(f"{text.encode(errors='replace').decode()}\n")

    def close(self) -> None:
        """Write what is left."""
        self.stream.close()


def _project(one: Scored, head: Head) -> dict[str, object]:
    values, rubric = one.values, head.bundle.rubric
    return {
        "city": {"name": one.city.seen().as_map()},
        "id": visible(one.project),
        "name": one.name.seen().as_map(),
        "domain": one.domain,
        "weight": one.weight,
        "carried": {name: visible(one.carried.get(name, "")) or None for name in head.carried},
        "scores": _ends(values, "score", rubric.scores, ("least", "most")),
        "ladders": _ends(values, "ladder", rubric.ladders, ("confirmed", "possible")),
        "decisions": _ends(values, "decision", rubric.decisions, ("confirmed", "possible")),
        "checklists": [
            {
                "id": name,
                "party": item.party,
                "theme": item.theme,
                "status": values[f"check.{name}"],
            }
            for name, item in rubric.checklists.items()
        ],
        "flags": list(_flags(values, head)),
        "recommendations": list(_recommendations(values, head)),
        "divergences": list(_divergences(values, head)),
        "coverage": {
            key.split(".")[1]: values[key] for key in head.keys if key.startswith("coverage.")
        },
    }


def _ends(
    values: Mapping[str, FlatValue],
    stage: str,
    names: Mapping[str, object],
    ends: tuple[str, ...],
) -> dict[str, dict[str, FlatValue]]:
    return {name: {end: values[f"{stage}.{name}.{end}"] for end in ends} for name in names}


def _flags(values: Mapping[str, FlatValue], head: Head) -> Iterator[dict[str, object]]:
    for name, flag in head.bundle.rubric.flags.items():
        status = values[f"flag.{name}"]
        if status != ABSENT:
            severity = values[f"flag.{name}.severity"]
            told = {"id": name, "severity": severity, "status": status}
            yield {**told, "theme": flag.theme, "declared": flag.severity}


def _recommendations(values: Mapping[str, FlatValue], head: Head) -> Iterator[dict[str, object]]:
    for name, one in head.bundle.rubric.recommendations.items():
        status = values[f"recommendation.{name}"]
        if status != ABSENT:
            yield {"id": name, "owner": one.owner, "status": status, "horizon": one.horizon}


def _divergences(values: Mapping[str, FlatValue], head: Head) -> Iterator[dict[str, object]]:
    for name in head.bundle.shapes:
        status = values[f"divergence.{name}"]
        if status != ABSENT:
            yield {"question": name, "settled": status == "settled"}
