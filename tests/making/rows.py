"""City files as rows of a table, and runs of a portfolio on either."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from maturity.api.portfolio.request import Batched, Request
from maturity.api.portfolio.running import batch
from maturity.base.ids import NOT_APPLICABLE
from maturity.base.text import Text
from maturity.model.city import SIDES, Answer, Between, City, HasLacks, OneOf, Project
from maturity.rules.scope import Shape

USUAL: Final[dict[str, object]] = {"rubric": "ppp-three-tier", "engine": "reference"}
"""What runs of tests ask for unless they say otherwise."""

DAY: Final = date(2026, 11, 1)


def tellable(city: City) -> City:
    """The city without what a table has no room for: what an answer rests on."""
    plain = city.model_dump(mode="json", by_alias=True)
    for holder in (plain, *plain["projects"]):
        for side in SIDES:
            holder[side] = {name: _bare(one) for name, one in holder[side].items()}
    return City.model_validate(plain)


def rows_of(city: City, shapes: Mapping[str, Shape]) -> list[dict[str, str]]:
    """A row for each project: facts, then every answer that holds for it."""
    return [_row(city, project, shapes) for project in city.projects]


def as_cell(answer: Answer, shape: Shape) -> str:
    """One answer in the form of a cell."""
    match answer.answer:
        case str() as word:
            return "n/a" if word == NOT_APPLICABLE else word
        case OneOf(one_of=options):
            return "/".join(options)
        case HasLacks(has=has, lacks=lacks):
            return "|".join([*(f"+{one}" for one in has), *(f"-{one}" for one in lacks)]) or "+"
        case Between(between=(least, most)):
            return f"{least}..{most}"
        case tuple() as chosen:
            return "|".join(chosen) or "|".join(f"-{one}" for one in shape.options)
        case Text() as text:
            return text.in_language("en")
        case number:
            return repr(number)


def write_csv(path: Path, rows: Sequence[Mapping[str, str]], **more: str) -> Path:
    """Rows as a CSV file; headers are those of all rows."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding=more.get("encoding", "utf-8"), newline="") as stream:
        writer = csv.DictWriter(stream, headers, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_city(path: Path, city: City) -> Path:
    """A city as a file; JSON is YAML, too."""
    told = city.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for holder in (told, *told["projects"]):
        for answers in (holder.get(side, {}) for side in SIDES):
            for one in answers.values():
                one["answer"] = {"has": []} if one["answer"] == {} else one["answer"]
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def run(into: Path, *paths: Path, before: Sequence[Path] = (), **more: object) -> Batched:
    """Score paths into a folder that is made for it, by the reference engine unless said."""
    into.mkdir(parents=True)
    asked = {"paths": tuple(map(str, paths)), "assessed": DAY, **USUAL, **more}
    return batch(Request(**asked), into, tuple(before), lambda _: None)  # type: ignore[arg-type]


def results(folder: Path) -> list[dict[str, str]]:
    """The rows of the results of a run, as a CSV reader gives them."""
    with (folder / "results.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def errors(folder: Path) -> list[dict[str, str]]:
    """The rows of the table of errors."""
    with (folder / "errors.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _row(city: City, project: Project, shapes: Mapping[str, Shape]) -> dict[str, str]:
    name, called = city.city.called(), project.name
    row = {"city": name.in_language("en"), "project": project.id, "name": called.in_language("en")}
    row |= {"domain": project.domain, "weight": repr(project.weight)}
    row |= {"illustration": "true"} if city.illustration else {}
    row |= {"assessed": city.assessed.isoformat(), "country": city.city.country or ""}
    for column, text in (("city", name), ("name", called)):
        if "zh-Hant" in text.by_language:
            row[f"{column}.zh-Hant"] = text.by_language["zh-Hant"]
    for side in SIDES:
        for question, answer in city.given(project, side).items():
            header = question if side == "answers" else f"{side}.{question}"
            row[header] = as_cell(answer, shapes[question])
    return row


def _bare(answer: Mapping[str, object]) -> dict[str, object]:
    return {"answer": answer["answer"], "reason": answer.get("reason")}
