"""Catalogs of sentences: `i18n/<language>.yaml`, sections of keys with `{named}` parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

import yaml

LANGUAGES: Final = ("en", "zh-Hant")


@dataclass(frozen=True, slots=True)
class Catalog:
    """The sentences of one language by `section.key`."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **parameters: object) -> str:
        """A sentence with its parameters put in; a brace that is meant is written twice.

        Raises:
            KeyError: the catalog has no such sentence, or a parameter is missing.
        """
        return self.sentences[key].format(**parameters)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self.sentences


@cache
def catalog(language: str) -> Catalog:
    """The catalog of a language of `LANGUAGES`."""
    file = Path(__file__).with_name(f"{language}.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sections = cast(
        "dict[str, dict[str, str]]", yaml.load(file.read_text(encoding="utf-8"), Loader=loader)
    )
    return Catalog(
        language,
        {
            f"{section}.{key}": text
            for section, said in sections.items()
            for key, text in said.items()
        },
    )
