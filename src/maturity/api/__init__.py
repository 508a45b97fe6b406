"""TELLS: the use cases of the product, each a function of its arguments.

A use case is imported with what it needs when it is first asked for, for a quick start.
"""

from importlib import import_module
from typing import Any, Final

_HOMES: Final = {
    "assess": "assessing",
    "score": "assessing",
    "scoring_for": "assessing",
    "city_form": "authoring",
    "city_schema_of": "authoring",
    "model_form": "authoring",
    "rules": "authoring",
    "schema": "authoring",
    "shipped_models": "authoring",
    "vouched": "authoring",
    "Wanted": "testing",
    "cases_summary": "testing",
    "cases_text": "testing",
    "run_cases": "testing",
    "Against": "diffing",
    "compare": "diffing",
    "compared_text": "diffing",
    "validate": "checking",
    "Proving": "checking",
    "saved_text": "saving",
    "check": "judging",
    "codes_named": "checking",
    "Models": "models",
    "Look": "telling",
    "explainable": "telling",
    "explanation": "telling",
    "gates_closed": "telling",
    "markdown_report": "telling",
    "markdown_reports": "telling",
    "render": "telling",
    "sql": "warehouse",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"maturity.api.{_HOMES[name]}"), name)
