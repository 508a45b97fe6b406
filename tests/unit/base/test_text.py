"""Texts: one string, or one a language."""

import pytest
from pydantic import TypeAdapter, ValidationError

from maturity.base.text import Text

TEXTS: TypeAdapter[Text] = TypeAdapter(Text)


@pytest.mark.parametrize(
    ("raw", "language", "said"),
    [
        ("Plain", "zh-Hant", "Plain"),
        ({"en": "Owner", "zh-Hant": "擁有者"}, "zh-Hant", "擁有者"),
        ({"en": "Owner"}, "zh-Hant", "Owner"),
        ({"zh-Hant": "擁有者"}, "en", "擁有者"),
        ({"en": "", "zh-Hant": "擁有者"}, "en", "擁有者"),
    ],
)
def test_a_text_is_said_in_a_language_else_in_english_else_in_any(
    raw: object, language: str, said: str
) -> None:
    assert TEXTS.validate_python(raw).in_language(language) == said


def test_a_text_knows_which_languages_it_lacks() -> None:
    assert Text("Plain").lacks() == ()
    assert Text.parse({"en": "Owner"}).lacks() == ("zh-Hant",)
    assert Text.parse({"en": "Owner", "zh-Hant": "擁有者"}).lacks() == ()


def test_a_text_is_written_as_a_map() -> None:
    assert TEXTS.dump_python(Text("Plain")) == {"en": "Plain"}
    assert TEXTS.dump_python(Text.parse({"zh-Hant": "擁有者"})) == {"zh-Hant": "擁有者"}


def test_equal_texts_have_equal_hashes_whatever_language_is_first() -> None:
    one = Text.parse({"en": "Owner", "zh-Hant": "擁有者"})
    other = Text.parse({"zh-Hant": "擁有者", "en": "Owner"})
    assert one == other
    assert hash(one) == hash(other)
    assert Text.parse(one) is one


@pytest.mark.parametrize("raw", [{}, {"fr": "Ville"}, {"en": 1}, {1: "a"}, 1, None, ["a"]])
def test_anything_else_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        TEXTS.validate_python(raw)


def test_its_schema_allows_both_forms() -> None:
    schema = TEXTS.json_schema()
    assert schema["anyOf"][0] == {"type": "string"}
    assert set(schema["anyOf"][1]["properties"]) == {"en", "zh-Hant"}
