"""A small assessment for the tests of reports; every text in it can be replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel

from maturity.api.assessing import score
from maturity.api.models import Scoring
from maturity.i18n.catalog import catalog
from maturity.loading.models import Loaded, Source, load
from maturity.model.bundle import Bundle
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.report import Report
from maturity.model.rubric import Rubric
from maturity.plan import plan_for
from maturity.render.words import Words

FOLDER: Final = Path(__file__).with_name("advice")
MARK: Final = "T:"
_PAIR: Final = re.compile(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")

Model = TypeVar("Model", bound=BaseModel)
Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | float | bool | None"
Texts: TypeAlias = Callable[[str], str]


def as_written(text: str) -> str:
    """The text as it stands in the file."""
    return text


def advised(city: Texts = as_written, models: Texts = as_written) -> Report:
    """The small city assessed, with the texts of the city file and of the models replaced."""
    return score(_loaded("city.yaml", City, city), _scoring(models))


def words(report: Report, language: str = "en") -> Words:
    """The words of a report."""
    return Words(catalog(language), report.bundle)


@cache
def _scoring(texts: Texts) -> Scoring:
    instrument = _loaded("questionnaire.yaml", Questionnaire, texts)
    judgement = _loaded("rubric.yaml", Rubric, texts)
    bundle = Bundle(instrument.model, judgement.model)
    return Scoring(instrument, judgement, bundle, plan_for(bundle))


@cache
def _tree(name: str) -> Tree:
    """A file of the folder; its date stays a text."""
    text = (FOLDER / name).read_text(encoding="utf-8").replace(": 2026-11-01", ': "2026-11-01"')
    tree: Tree = yaml.safe_load(text)
    return tree


def _loaded(name: str, model: type[Model], texts: Texts) -> Loaded[Model]:
    tree = _tree(name)
    raw = _PAIR.sub(_one_escape, json.dumps(_replaced(tree, texts))).encode()
    found = load(Source(name, raw), model)
    assert isinstance(found, Loaded), [one.line() for one in found]
    return found


def _one_escape(pair: re.Match[str]) -> str:
    """JSON's two escapes of a character beyond U+FFFF as the one of YAML."""
    return f"\\U{ord(json.loads(f'{chr(34)}{pair[0]}{chr(34)}')):08x}"


def _replaced(tree: Tree, texts: Texts) -> Tree:
    match tree:
        case dict():
            return {key: _replaced(value, texts) for key, value in tree.items()}
        case list():
            return [_replaced(value, texts) for value in tree]
        case str() if tree.startswith(MARK):
            return texts(tree.removeprefix(MARK))
    return tree
