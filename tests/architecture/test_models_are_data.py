"""The program knows no model by name: nothing in src may speak of a question, tier or theme."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import pytest
from pydantic import BaseModel
from tests.architecture.source import trees, words_written

from maturity.loading import shipped
from maturity.loading.models import Loaded, Source, fetch, load
from maturity.model.questionnaire import Questionnaire
from maturity.model.rubric import Rubric

WORD: Final = re.compile(r"[A-Za-z0-9.?-]+")
Model = TypeVar("Model", bound=BaseModel)

ALSO_WORDS_OF_THE_FORMATS: Final = {
    "cases": "a kind of file",
    "one-sided": "an answer of one side alone, in results",
    "verdict": "a key of a rubric's summary",
    "wb": "a mode of opening a file",
}
"""Ids of shipped models that mean something else in the program, and what."""


@pytest.mark.parametrize("file", trees())
def test_no_id_of_a_shipped_model_stands_in_the_program(file: str) -> None:
    forbidden = _ids() - ALSO_WORDS_OF_THE_FORMATS.keys()
    found = [
        (line, word)
        for line, word in words_written(trees()[file])
        if WORD.fullmatch(word) and not forbidden.isdisjoint({word, *word.split(".")})
    ]
    assert found == []


def test_no_word_is_excused_that_is_not_in_use() -> None:
    written = {word for tree in trees().values() for _, word in words_written(tree)}
    parts = {part for word in written for part in (word, *word.split("."))}
    assert ALSO_WORDS_OF_THE_FORMATS.keys() <= parts & _ids()


@cache
def _ids() -> frozenset[str]:
    found: list[str] = []
    for name in shipped.ids("questionnaires"):
        found += _ids_of_questionnaire(
            _model(shipped.path_of("questionnaires", name), Questionnaire)
        )
    for name in shipped.ids("rubrics"):
        found += _ids_of_rubric(_model(shipped.path_of("rubrics", name), Rubric))
    return frozenset(found)


def _model(path: Path | None, kind: type[Model]) -> Model:
    assert path is not None
    source = fetch(path)
    assert isinstance(source, Source)
    loaded = load(source, kind)
    assert isinstance(loaded, Loaded)
    return loaded.model


def _ids_of_questionnaire(model: Questionnaire) -> Iterator[str]:
    yield from (*model.sources, *model.themes, *model.domains, *model.answer_sets)
    for question in model.questions:
        yield from (question.id, *(question.rows or ()), *question.tags)
        # One plain word as an option's id (open, city, none) is a word of the language as well.
        yield from (option for option in model.labels(question) if "-" in option)


def _ids_of_rubric(model: Rubric) -> Iterator[str]:
    yield from (*model.sources, *model.horizons, *model.point_sets, *model.conditions)
    yield from (*model.scores, *model.ladders, *model.decisions)
    yield from (*model.checklists, *model.flags, *model.recommendations)
    for ladder in model.ladders.values():
        yield from (level.id for level in ladder.levels)
    for decision in model.decisions.values():
        yield from (outcome.id for outcome in decision.outcomes())
