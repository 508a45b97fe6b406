"""Localized text: one string, or one a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from maturity.base.characters import trimmed, visible

FALLBACK: Final = "en"
"""The language that stands in where another is missing."""

LANGUAGES: Final = ("en", "zh-Hant")
"""The languages that a text map may hold, equals of each other."""

BY_LANGUAGE_SCHEMA: Final[dict[str, object]] = {
    "type": "object",
    "properties": {code: {"type": "string", "minLength": 1} for code in LANGUAGES},
    "additionalProperties": False,
    "minProperties": 1,
}
"""JSON Schema of a text by language."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads: `by_language` is empty for a text that is the same in every language."""

    plain: str = ""
    by_language: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """The text in a language, else in the fallback, else in whichever there is."""
        if not self.by_language:
            return self.plain
        found = self.by_language.get(language) or self.by_language.get(FALLBACK)
        return found or next(filter(None, self.by_language.values()), "")

    def as_map(self) -> dict[str, str]:
        """The text as `{language: text}`; a text without language stands under the fallback."""
        return dict(self.by_language) or {FALLBACK: self.plain}

    def seen(self) -> "Text":
        """The text with its hidden characters made visible, in every language."""
        by_language = {language: visible(said) for language, said in self.by_language.items()}
        return Text(visible(self.plain), by_language)

    def lacks(self) -> tuple[str, ...]:
        """The languages in which a translated text is missing; a plain text lacks none."""
        if not self.by_language:
            return ()
        return tuple(code for code in LANGUAGES if not self.by_language.get(code))

    def __hash__(self) -> int:
        return hash((self.plain, frozenset(self.by_language.items())))

    @classmethod
    def parse(cls, value: object) -> "Text":
        """Read a text out of a data file.

        Raises:
            PydanticCustomError: neither a text nor a map of known languages to texts.
        """
        match value:
            case Text():
                return value
            case str():
                return cls(plain=value)
            case dict() if value and all(_is_entry(key, said) for key, said in value.items()):
                return cls(by_language=value)
            case dict():
                raise PydanticCustomError(
                    "text_map",
                    "expected texts by language ({languages})",
                    {"languages": ", ".join(LANGUAGES)},
                )
        raise PydanticCustomError("text", "expected a text, or one text a language")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda t: t.as_map()),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, BY_LANGUAGE_SCHEMA]}


def _is_entry(key: object, said: object) -> bool:
    return key in LANGUAGES and isinstance(said, str)


def _filled(text: Text) -> Text:
    if not any(trimmed(said) for said in text.as_map().values()):
        raise PydanticCustomError("text_blank", "expected a text with something in it")
    return text


FilledText: TypeAlias = Annotated[Text, AfterValidator(_filled)]
"""A text that has to say something in some language: a name, a question, what to do."""
