"""The JSON result: of its published schema for every example, and what the sides said in it."""

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from tests.making.reports import example_report, small_report
from tests.making.shipped import EXAMPLES, ROOT

from maturity.render.json_v1 import json_text


@cache
def schema() -> dict[str, Any]:
    path = ROOT / "schemas" / "result.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_of_the_schema(name: str) -> None:
    report = example_report(name)
    found = json.loads(json_text(report))
    jsonschema.Draft202012Validator(schema()).validate(found)
    assert [one["id"] for one in found["projects"]] == [one.project.id for one in report.projects]


def test_what_the_sides_said_stands_beside_each_other() -> None:
    found = json.loads(json_text(small_report()))
    said = {
        one["question"]: (one["government"], one["private"])
        for project in found["projects"]
        for one in project["divergences"]
    }
    assert said["plan"] == ("full", "none")
    assert said["means"] == (["pipes", "law"], {"has": ["pipes"], "lacks": ["law"]})


def test_a_score_of_which_it_is_open_whether_it_applies_says_so() -> None:
    seen = set()
    for name in EXAMPLES:
        report = example_report(name)
        for result, told in zip(
            report.result.projects, json.loads(json_text(report))["projects"], strict=True
        ):
            for one in result.scores:
                ends = {"least": one.least, "most": one.most}
                mark = {"may-not-apply": True} if one.may_not_apply else {}
                assert told["scores"][one.id] == ends | mark
                seen.add(one.may_not_apply)
    assert seen == {True, False}
