"""SARIF 2.1.0: the constraints of the standard (OASIS, 27 March 2020) on all that we write.

Section numbers are those of the standard. Of its JSON schema, these are the objects in use; a key
that does not stand here would be one that nobody has looked up.
"""

import json
from pathlib import Path
from typing import Final

import jsonschema
import pytest
from typer.testing import CliRunner

from maturity.cli.app import app

BROKEN = Path(__file__).resolve().parents[1] / "broken"


def _object(required: list[str], **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


LEVEL: Final = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
TEXT: Final = _object(["text"], text={"type": "string", "minLength": 1})  # 3.11, 3.12
RULE: Final = _object(  # 3.49
    ["id"],
    id={"type": "string"},
    name={"type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$"},
    shortDescription=TEXT,
    defaultConfiguration=_object([], level=LEVEL),  # 3.50
)
REGION: Final = _object(  # 3.30: lines and columns count from 1
    ["startLine"],
    startLine={"type": "integer", "minimum": 1},
    startColumn={"type": "integer", "minimum": 1},
)
ADDRESS: Final = _object(
    ["uri"], uri={"type": "string", "pattern": r"^[!#-;=?-\[\]_a-z~]+$"}
)  # 3.4
LOCATION: Final = _object(  # 3.28, 3.29
    ["physicalLocation"],
    physicalLocation=_object(
        ["artifactLocation", "region"], artifactLocation=ADDRESS, region=REGION
    ),
)
RESULT: Final = _object(  # 3.27
    ["message"],
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=TEXT,
    locations={"type": "array", "minItems": 1, "items": LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
)
DRIVER: Final = _object(  # 3.19
    ["name"],
    name={"const": "maturity"},
    version={"type": "string"},
    rules={"type": "array", "uniqueItems": True, "items": RULE},
)
RUN: Final = _object(  # 3.14
    ["tool"],
    tool=_object(["driver"], driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": RESULT},
)
LOG: Final = {  # 3.13
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        ["version", "runs"],
        version={"const": "2.1.0"},
        runs={"type": "array", "minItems": 1, "maxItems": 1, "items": RUN},
    ),
}
LOG["properties"] = {**LOG["properties"], "$schema": {"type": "string"}}  # type: ignore[dict-item]


@pytest.mark.parametrize("path", [BROKEN, BROKEN / "base" / "questionnaire.yaml"])
def test_everything_that_can_be_found_is_valid_sarif(path: Path) -> None:
    done = CliRunner().invoke(app, ["validate", str(path), "--format", "sarif"])
    log = json.loads(done.stdout)
    jsonschema.Draft202012Validator(LOG).validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    results = run["results"]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in results)
    prints = [one["partialFingerprints"]["maturity/1"] for one in results]
    assert len(set(prints)) == len(prints)


def test_addresses_are_relative_and_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a b 市.yaml").write_text("format: none\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["validate", ".", "--format", "sarif"])
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b%20%E5%B8%82.yaml"}
    assert place["region"] == {"startLine": 1, "startColumn": 9}
