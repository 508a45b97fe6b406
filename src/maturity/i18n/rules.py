"""The texts of the catalogue of diagnostics, read only when somebody asks for them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a diagnostic means and why it matters, by language, with a bad and a good example."""

    title: dict[str, str]
    meaning: dict[str, str]
    why: dict[str, str]
    bad: str
    good: str


@cache
def rule_texts() -> dict[str, RuleText]:
    """The texts by the number of their code."""
    text = Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = cast("dict[str, dict[str, Any]]", yaml.load(text, Loader=loader))
    return {number: RuleText(**said) for number, said in found.items()}
