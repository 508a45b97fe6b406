"""Ids and versions."""

import pytest
from pydantic import TypeAdapter, ValidationError

from maturity.base.ids import Id, QuestionId, Version, version_parts


def test_versions_compare_by_number() -> None:
    assert version_parts("1.10.0") > version_parts("1.9.9")
    assert version_parts("1.0.0") == (1, 0, 0)


@pytest.mark.parametrize("name", ["a", "data-owner", "G10a", "x" * 64])
def test_ids_are_words(name: str) -> None:
    assert TypeAdapter(Id).validate_python(name) == name
    assert TypeAdapter(QuestionId).validate_python(f"{name}.row") == f"{name}.row"


@pytest.mark.parametrize("name", ["", "1a", "-a", "a b", "a_b", "a.b", "x" * 65, "a\n", "é"])
def test_other_names_are_not_ids(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Id).validate_python(name)


@pytest.mark.parametrize("name", ["a.", ".a", "a.b.c", "a. b"])
def test_other_names_are_not_of_questions(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(QuestionId).validate_python(name)


@pytest.mark.parametrize("version", ["1.0", "1", "v1.0.0", "1.0.0-rc", ""])
def test_a_version_has_three_numbers(version: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Version).validate_python(version)
